"""Files in other encodings than UTF-8, and with other line ends: read, placed and fixed as they are."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from propguard.compilers import Checker
from propguard.lint.encoding import decoded
from propguard.lint.fix import Unencodable, mended
from propguard.lint.project import Project, survey
from propguard.lint.read import read
from propguard.lint.run import judge_source
from propguard.lint.source import Source
from tests.lint.documents import SCHEMA

HEADERS = '{"headers": {"Helicone-Property-Environment": "prod"}}'
FIXED = HEADERS.replace('"prod"', '"production"')


def places(path: str, content: bytes) -> list[tuple[int, int, int, str]]:
    """The line and the columns of each finding, and its rule."""
    found = judge_source(path, content, lambda _: (Checker(SCHEMA), "test"))
    spans = [(finding.place.span, finding.violation.rule) for finding in found]  # type: ignore[union-attr]
    return [(span.line, span.column, span.end_column, rule) for span, rule in spans]


def fixed(path: str, content: bytes) -> bytes:
    return mended(path, content, lambda _: (Checker(SCHEMA), "test"), lambda finding: finding.fix is not None)[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_utf_16_and_32_are_read_and_fixed_in_place(encoding: str, mark: str) -> None:
    """With a byte order mark or without; columns are those of the text, and what comes of a fix is in the same encoding."""
    content = (mark + HEADERS).encode(encoding)
    assert places("client.json", content) == [(1, 48, 52, "value-alias")]
    assert fixed("client.json", content) == (mark + FIXED).encode(encoding)


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.env", '# é日😀\r\nX_HEADERS="Helicone-Property-Environment: prod"\r\n', (2, 43, 47)),
        ("a.yml", "headers:\n  Helicone-Property-Environment: prod\n", (2, 34, 38)),
        ("a.sh", "curl -H 'Helicone-Property-Environment: prod' é", (1, 41, 45)),
        ("a.md", '# 日\n\n```py\nh["Helicone-Property-Environment"] = "prod"\n```\n', (4, 39, 43)),
        ("a.ipynb", '{"cells": [{"cell_type": "code", "source": "h[\'Helicone-Property-Environment\'] = \'prod\'"}]}', (1, 39, 43)),
    ],
)  # fmt: skip
def test_every_kind_of_file_may_be_in_utf_16(path: str, text: str, place: tuple[int, int, int]) -> None:
    """As PowerShell writes it."""
    content = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    assert places(path, content) == [(*place, "value-alias")]
    assert fixed(path, content) == codecs.BOM_UTF16_LE + text.replace("prod", "production").encode("utf-16-le")


@pytest.mark.parametrize(
    ("path", "first", "encoding"),
    [
        ("a.py", "# -*- coding: latin-1 -*-\n", "latin-1"),
        ("a.py", "#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\r\n", "cp1252"),
        ("a.py", "# coding: shift_jis\n", "shift_jis"),
        ("a.py", "# coding: iso-8859-15-unix\n", "iso-8859-15"),
        ("tool", "#!/usr/bin/env python3\n# coding: latin-1\n", "latin-1"),
        ("a.rb", "# encoding: iso-8859-1\n", "latin-1"),
    ],
)
def test_a_declared_encoding_is_the_one_that_is_read(path: str, first: str, encoding: str) -> None:
    """By PEP 263 and as Ruby has it."""
    word = "あ" if encoding == "shift_jis" else "é"
    arrow = "=>" if path.endswith(".rb") else ":"
    text = f'{first}h = {{"{word}" {arrow} "", "Helicone-Property-Environment" {arrow} "prod"}}\n'
    column = text.splitlines()[-1].index("prod") + 1
    line = text.count("\n")
    assert places(path, text.encode(encoding)) == [(line, column, column + 4, "value-alias")]
    assert fixed(path, text.encode(encoding)) == text.replace('"prod"', '"production"').encode(encoding)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"# coding: klingon\n", "it declares the encoding `klingon`, which is not one that is read; save it as UTF-8"),
        (b"# coding: rot13\n", "it declares the encoding `rot13`, which is not one that is read; save it as UTF-8"),
        (b"# coding: utf-16\n", "it declares the encoding `utf-16`, which is not one that is read; save it as UTF-8"),
        (b"# coding: punycode\n", "it declares the encoding `punycode`, which is not one that is read; save it as UTF-8"),
        (b"# coding: ascii\nx = '\xe9'\n", "its text is not in its encoding, ascii; save it as UTF-8"),
        (codecs.BOM_UTF16_LE + b"x\x00\x00\xdc", "its text is not in its encoding, utf-16-le; save it as UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_decoded_is_reported(content: bytes, problem: str) -> None:
    """With what to do about it, where it may write a property."""
    assert read(Source.of_file("a.py", content)).problem is None
    hit = "\nh = {'Helicone-Property-App': 1}"
    is_wide = content.startswith(codecs.BOM_UTF16_LE)
    assert read(Source.of_file("a.py", content + hit.encode("utf-16-le" if is_wide else "ascii"))).problem == problem


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.py", b"# coding: utf-8 \xff\n"),
        ("a.py", b"# coding: utf-8-unix\n"),
        ("a.py", b"x = 1\ny = 2\n# coding: latin-1\n"),
        ("a.js", b"// coding: latin-1\n"),
        ("a.py", codecs.BOM_UTF8 + b"# coding: latin-1\n"),
        ("a.py", b""),
        ("a.py", b"\xff\xfd"),
        ("a.json", b"\x00\x01\x02\x03"),
    ],
)
def test_everything_else_is_utf_8(path: str, content: bytes) -> None:
    """Where nothing else is declared where it counts."""
    assert decoded(path, content).encoding == "utf-8"
    assert decoded(path, content).data == content


def test_a_file_that_would_be_spelled_anew_is_not_fixed() -> None:
    """Where a fix would change bytes that it is not about: an escape sequence of ISO-2022-JP that says nothing."""
    content = b'# coding: iso2022_jp\nx = "\x1b(B"\nh = {"Helicone-Property-Environment": "prod"}\n'
    assert places("a.py", content) == [(3, 40, 44, "value-alias")]
    with pytest.raises(Unencodable):
        fixed("a.py", content)


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.py", '# one\n\nh = {"Helicone-Property-Environment": "prod"}\n', (3, 40, 44)),
        ("a.js", '// one\nconst h = {"Helicone-Property-Environment": "prod"};\n', (2, 46, 50)),
        ("a.sh", "# one\ncurl -H 'Helicone-Property-Environment: prod'\n", (2, 41, 45)),
        ("a.go", '// one\npackage a\nvar h = map[string]string{"Helicone-Property-Environment": "prod"}\n', (3, 61, 65)),
        ("a.rb", '# one\nh = {"Helicone-Property-Environment" => "prod"}\n', (2, 42, 46)),
        ("a.yaml", "# one\nheaders:\n  Helicone-Property-Environment: prod\n", (3, 34, 38)),
        ("a.env", '# one\nX_HEADERS="Helicone-Property-Environment: prod"\n', (2, 43, 47)),
        ("a.json", f"{{\n{HEADERS[1:]}", (2, 47, 51)),
        ("a.md", 'text\n\n```py\nh["Helicone-Property-Environment"] = "prod"\n```\n', (4, 39, 43)),
        ("a.py", '# one\nx = 1  # propguard: ignore\ny = 1\n', (2, 10, 27)),
    ],
)  # fmt: skip
def test_carriage_returns_end_lines(path: str, text: str, place: tuple[int, int, int]) -> None:
    """Lines, columns and fixes are those of the same file with line feeds; the line ends stay."""
    content = text.replace("\n", "\r").encode()
    assert [found[:3] for found in places(path, content)] == [place]
    assert fixed(path, content) == fixed(path, text.encode()).replace(b"\n", b"\r")
    assert fixed(path, content) != content


def test_a_carriage_return_ends_a_comment_among_line_feeds_too() -> None:
    """Python and JavaScript run what stands behind it, so that no code is hidden there."""
    content = b'x = 1\n# note\rh = {"Helicone-Property-Environment": "prod"}\r\ny = 2\n'
    assert places("a.py", content) == [(3, 40, 44, "value-alias")]
    assert fixed("a.py", content) == content.replace(b'"prod"', b'"production"')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_first_look_at_many_files_finds_those_in_utf_16(encoding: str, tmp_path: Path) -> None:
    """Those that hold a header, and those that use a wrapper of another file."""
    for number in range(60):
        (tmp_path / f"plain{number}.ts").write_text("const one = 1;\n")
    (tmp_path / "llm.ts").write_text("export const tag = (k, v) => ({ [`Helicone-Property-${k}`]: v });\n")
    (tmp_path / "a.json").write_text(HEADERS, encoding=encoding)
    (tmp_path / "use.ts").write_text('import { tag } from "./llm";\ntag("app", "x");\n', encoding=encoding)
    paths = sorted(map(str, tmp_path.iterdir()))
    found = survey(Project(str(tmp_path), paths)).readings
    keys = {Path(path).name: [usage.stored_key for usage in reading.usages] for path, reading in found.items()}
    assert keys["a.json"] == ["environment"]
    assert keys["use.ts"] == ["app"]
