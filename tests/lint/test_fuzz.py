"""The example files of every language, mutilated: nothing stops the linter, and no file takes long."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.lint.fix import mended
from propguard.lint.judge import findings_in
from propguard.lint.read import read
from propguard.lint.soundness import is_as_sound
from propguard.lint.source import Source
from tests.lint.documents import SCHEMA

if TYPE_CHECKING:
    from propguard.model.finding import Finding

CASES = Path(__file__).parents[1] / "cases" / "lint"
LANGUAGES = (
    *(".py", ".ts", ".tsx", ".jsx", ".go", ".kt", ".rs", ".ex", ".php", ".rb", ".sh", ".md"),
    *(".yml", ".yaml", ".json", ".json5", ".toml", ".env", ".ipynb"),
)
EXAMPLES = {suffix: [path.read_bytes() for path in sorted(CASES.glob(f"*/*{suffix}"))] for suffix in LANGUAGES}
JUNK = [
    *(
        b'"',
        b"'",
        b"`",
        b"(",
        b")",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\\",
        b"\n",
        b"\r\n",
        b"\t",
        b",",
        b":",
        b"=",
        b"#",
        b"${",
    ),
    *(b"\x00", b"\xff", b"\xc3", "😀".encode(), "\u2028".encode(), b"Helicone-Property-", b"/v1/request/x/property"),
    *(
        b"- ",
        b": ",
        b"&a ",
        b"*a",
        b"|\n  ",
        b"{{ x }}",
        b"${{ x }}",
        b"[[",
        b"!!str ",
        b"---\n",
        b"\\n",
        b"\\u00",
        b"%%sh\n",
    ),
    *(b'"""', b"//", b"/*", b"<!--", b"```", b"> ", b" + ", b" or ", b" if x else ", b" ? ", b"f'{", b"%s", b"-H "),
    *(b"$x", b'r#"', b"json!({", b"vec![", b"hashmap!{", b":=", b" to ", b"{x}", b"=>", b" ?: ", b"\\u"),
    *(b" => ", b" |> ", b" do ", b" end ", b"#{", b"<<~A\n", b"<?php ", b"->", b"::", b"@", b":a ", b" = ", b"$"),
]
CHECKER = Checker(SCHEMA)


def mutilated(data: st.DataObject, content: bytes) -> bytes:
    """Pieces of it taken out, put elsewhere, doubled, and junk put in."""
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 60)))
        middle = data.draw(st.sampled_from([b"", content[start:end] * 2, content[start:end] * 40, *JUNK]))
        content = content[:start] + middle + content[end:]
    return content


@pytest.mark.parametrize("suffix", LANGUAGES)
@given(data=st.data())
def test_a_mutilated_file_is_read_and_judged(suffix: str, data: st.DataObject) -> None:
    """Or said to be unreadable; in less than two seconds."""
    content = mutilated(data, data.draw(st.sampled_from(EXAMPLES[suffix])))
    start = time.monotonic()
    source = Source(f"a{suffix}", content)
    reading = read(source)
    findings_in(source, reading.usages, CHECKER, "test")
    for usage in reading.usages:
        assert source.offset(usage.span.line, usage.span.column) <= source.offset(
            usage.span.end_line, usage.span.end_column
        )
    assert time.monotonic() - start < 2.0


@pytest.mark.parametrize("suffix", LANGUAGES)
@given(data=st.data(), unsafe=st.booleans())
def test_a_mutilated_file_that_is_mended_is_as_sound_as_before(suffix: str, data: st.DataObject, unsafe: bool) -> None:
    """No fault in its syntax where there was none, and it is mended for good."""
    path, content = f"a{suffix}", mutilated(data, data.draw(st.sampled_from(EXAMPLES[suffix])))

    def is_to_be_made(finding: Finding) -> bool:
        return finding.fix is not None and (unsafe or finding.fix.safe)

    text, count = mended(path, content, lambda _: (CHECKER, "test"), is_to_be_made)
    assert (text == content) == (count == 0)
    assert is_as_sound(Source(path, text), Source(path, content))
    assert mended(path, text, lambda _: (CHECKER, "test"), is_to_be_made)[0] == text
