"""The example files of every language, mutilated: nothing stops the linter, and no file takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.lint.fix import _applied
from propguard.lint.judge import findings_in
from propguard.lint.read import read
from propguard.lint.source import Source
from tests.lint.documents import SCHEMA

CASES = Path(__file__).parents[1] / "cases" / "lint"
LANGUAGES = (".py", ".ts", ".tsx", ".jsx", ".sh", ".md", ".ex", ".php", ".rb")
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
    *(b'"""', b"//", b"/*", b"<!--", b"```", b"> ", b" + ", b" or ", b" if x else ", b" ? ", b"f'{", b"%s", b"-H "),
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
def test_a_mutilated_file_is_read_judged_and_mended(suffix: str, data: st.DataObject) -> None:
    """Or said to be unreadable; in less than two seconds, and what is mended can be read again."""
    content = mutilated(data, data.draw(st.sampled_from(EXAMPLES[suffix])))
    start = time.monotonic()
    source = Source(f"a{suffix}", content)
    reading = read(source)
    findings = findings_in(source, reading.usages, CHECKER, "test")
    for usage in reading.usages:
        assert source.offset(usage.span.line, usage.span.column) <= source.offset(
            usage.span.end_line, usage.span.end_column
        )
    mended, count = _applied(source, findings)
    assert (mended == content) == (count == 0)
    read(Source(f"a{suffix}", mended))
    assert time.monotonic() - start < 2.0
