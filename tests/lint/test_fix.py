"""Fixes in files: nothing changes but what is mended, whole or not at all."""

from __future__ import annotations

import ast
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.errors import UsageError
from propguard.lint.fix import FixedFile, _applied, fix_paths, write
from propguard.lint.run import lint_paths
from propguard.lint.source import Source
from propguard.model.finding import Edit, FilePlace, Finding, Fix, Severity, Span, Violation
from tests.lint.documents import SCHEMA, judged

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links are those of POSIX")
CHECKER = Checker(SCHEMA)
BAD = b'h = {"Helicone-Property-Env": "prod"}'
GOOD = b'h = {"Helicone-Property-Environment": "production"}'
HALF = b'h = {"Helicone-Property-Environment": "prod"}'


def judges(_: str) -> tuple[Checker, str]:
    return CHECKER, "test"


def fixed(folder: Path, name: str, content: bytes) -> bytes:
    """What becomes of a file with this content."""
    path = folder / name
    path.write_bytes(content)
    for file in fix_paths([str(path)], judges, lint_paths([str(path)], judges).findings):
        write(file)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.py", BAD, GOOD),
        ("a.py", BAD + b"\n", GOOD + b"\n"),
        ("a.py", b"x = 1\r\n" + BAD + b"\r\ny = 2\r\n", b"x = 1\r\n" + GOOD + b"\r\ny = 2\r\n"),
        ("a.py", b"x = 1\r\n" + BAD + b"\ny = 2\r", b"x = 1\r\n" + GOOD + b"\ny = 2\r"),
        ("a.py", b"\xef\xbb\xbf" + BAD, b"\xef\xbb\xbf" + GOOD),
        ("a.py", b"# caf\xe9\xff\n" + BAD + b"# \xff", b"# caf\xe9\xff\n" + GOOD + b"# \xff"),
        ("a.py", "'😀é'; ".encode() + BAD, "'😀é'; ".encode() + GOOD),
        ("a.py", b"'\xff'; " + BAD, b"'\xff'; " + GOOD),
        ("a.py", BAD.replace(b'"', b"'"), GOOD.replace(b'"', b"'")),
        ("a.py", BAD.replace(b'"', b'"""'), GOOD.replace(b'"', b'"""')),
        ("a.py", BAD.replace(b'"prod', b'b"prod'), GOOD.replace(b'"prod', b'b"prod')),
        ("a.py", b'h = {"Helicone-Property-" "Env": "x"}', b'h = {"Helicone-Property-" "Environment": "x"}'),
        ("a.py", b'h = {"Helicone-Property-Billable": False}', b'h = {"Helicone-Property-Billable": "false"}'),
        ("a.ts", b"h = {'Helicone-Property-Env': `prod`};", b"h = {'Helicone-Property-Environment': `production`};"),
        ("a.ts", b"h = {'helicone-property-env': `x`};", b"h = {'helicone-property-environment': `x`};"),
        ("a.sh", b"curl -H Helicone-Property-Env:prod x", b"curl -H Helicone-Property-Environment:production x"),
        ("a.sh", b'curl -H"Helicone-Property-Env: prod" x', b'curl -H"Helicone-Property-Environment: production" x'),
        (
            "a.sh",
            b'curl -X PUT /v1/request/1/property -d \'{"key": "env", "value": "prod"}\'',
            b'curl -X PUT /v1/request/1/property -d \'{"key": "environment", "value": "production"}\'',
        ),
        ("a.md", b"> ```py\n> " + BAD + b"\n> ```\n", b"> ```py\n> " + GOOD + b"\n> ```\n"),
        ("a.tsx", b"<A h={{'Helicone-Property-Env': x}} />", b"<A h={{'Helicone-Property-Environment': x}} />"),
        (
            "a.rb",
            b"h = { 'Helicone-Property-Env' => \"prod\" }",
            b"h = { 'Helicone-Property-Environment' => \"production\" }",
        ),
        ("a.rb", b'h = { "Helicone-Property-Env": x }', b'h = { "Helicone-Property-Environment": x }'),
        ("a.rb", b'h["Helicone-Property-Billable"] = true', b'h["Helicone-Property-Billable"] = "true"'),
        (
            "a.php",
            b"<?php $l[] = 'Helicone-Property-Env: prod';",
            b"<?php $l[] = 'Helicone-Property-Environment: production';",
        ),
        (
            "a.php",
            b'<?php $h = ["Helicone-Property-Env" => $x];',
            b'<?php $h = ["Helicone-Property-Environment" => $x];',
        ),
        ("a.ex", b'[{"Helicone-Property-Env", "prod"}]', b'[{"Helicone-Property-Environment", "production"}]'),
        ("a.ex", b'["Helicone-Property-Env": x]', b'["Helicone-Property-Environment": x]'),
        (
            "a.ex",
            b'x |> put_header("Helicone-Property-Env", y)',
            b'x |> put_header("Helicone-Property-Environment", y)',
        ),
        # Not mended: a symbol, which could not hold every text.
        ("a.rb", b'h["Helicone-Property-Environment"] = :prod', b'h["Helicone-Property-Environment"] = :prod'),
        # Not mended: bytes that are no UTF-8 in the very literal, a literal in pieces, what is only likely.
        ("a.py", b'h = {"Helicone-Property-Env\xff": "x"}', b'h = {"Helicone-Property-Env\xff": "x"}'),
        ("a.py", b'h = {"Helicone-Property-E" "nv": "x"}', b'h = {"Helicone-Property-E" "nv": "x"}'),
        ("a.py", b'h = {"Helicone-Property-Enviroment": "x"}', b'h = {"Helicone-Property-Enviroment": "x"}'),
    ],
)
def test_a_fix_changes_nothing_but_its_target(name: str, before: bytes, after: bytes, tmp_path: Path) -> None:
    """Line ends, encoding, quotes and everything around stay; a second run finds nothing to mend."""
    assert fixed(tmp_path, name, before) == after
    assert fixed(tmp_path, name, after) == after


SURROUNDINGS = st.lists(
    st.sampled_from(
        ["x = 1", "# é😀", "y = '日'", "", "\t", "    ", "z = '\\x0c'", "'''", '"""', "(", "#\r", "# \u2028"]
    )
).map("\n".join)


@given(SURROUNDINGS, SURROUNDINGS, st.booleans(), st.booleans())
def test_around_a_fix_not_a_byte_moves(before: str, after: str, crlf: bool, bom: bool) -> None:
    """Whatever stands before and behind, syntax errors and all."""
    head, tail = f"{before}\n".encode(), f"\n{after}".encode()
    if crlf:
        head, tail = head.replace(b"\n", b"\r\n"), tail.replace(b"\n", b"\r\n")
    head = b"\xef\xbb\xbf" + head if bom else head
    data = head + BAD + tail
    for _ in range(3):
        data, _applied_fixes = _applied(Source("a.py", data), judged("a.py", data))
    assert data in {head + BAD + tail, head + HALF + tail, head + GOOD + tail}


@given(st.lists(st.sampled_from(["Env", "environment", "App", "Nope"]), min_size=1, max_size=6), st.data())
def test_a_fixed_program_still_parses_and_says_the_rest_as_before(keys: list[str], data: st.DataObject) -> None:
    """The map has as many entries as before, and only those that were wrong are others."""
    values = data.draw(st.lists(st.sampled_from(['"prod"', '"staging"', "x", "True"]), min_size=6, max_size=6))
    entries = [f'"Helicone-Property-{key}": {value}' for key, value in zip(keys, values, strict=False)]
    code = "h = [{" + "}, {".join(entries) + "}]"
    mended, _ = _applied(Source("a.py", code.encode()), judged("a.py", code.encode()))
    before, after = (ast.unparse(ast.parse(text)) for text in (code, mended.decode()))
    assert after.count("Helicone-Property-") == before.count("Helicone-Property-")
    again, count = _applied(Source("a.py", mended), judged("a.py", mended))
    for _ in range(2):
        again, count = _applied(Source("a.py", again), judged("a.py", again))
    assert count == 0


def finding(*edits: tuple[int, int, str], safe: bool = True) -> Finding:
    """A finding in the first line, with a fix of these edits: from column, to column, text."""
    made = tuple(Edit("a.py", Span(1, start, 1, end), text) for start, end, text in edits)
    violation = Violation("key-alias", Severity.ERROR, "x", "k", None)
    return Finding(violation, FilePlace("a.py", Span(1, 1, 1, 1), ""), None, Fix(safe, made))


@pytest.mark.parametrize(
    ("findings", "text", "count"),
    [
        ([], "abcdef", 0),
        ([finding((1, 2, "X"))], "Xbcdef", 1),
        ([finding((1, 2, "X"), safe=False)], "abcdef", 0),
        ([finding((1, 2, "XX")), finding((2, 3, "YY"))], "XXYYcdef", 2),
        ([finding((1, 4, "X")), finding((2, 3, "Y"))], "Xdef", 1),
        ([finding((2, 3, "Y")), finding((1, 4, "X"))], "aYcdef", 1),
        ([finding((1, 2, "X")), finding((1, 2, "X"))], "Xbcdef", 1),
        ([finding((1, 2, "X")), finding((1, 2, "Y"))], "Xbcdef", 1),
        ([finding((1, 2, "X"), (5, 6, "Y"))], "XbcdYf", 1),
        ([finding((1, 2, "X"), (5, 6, "Y")), finding((5, 6, "Z"), (3, 4, "W"))], "XbcdYf", 1),
        ([finding((7, 7, "!"))], "abcdef!", 1),
    ],
)
def test_fixes_that_touch_each_other_wait_for_the_next_round(findings: list[Finding], text: str, count: int) -> None:
    """All edits of a fix are made, or none; the same fix is made once."""
    assert _applied(Source("a.py", b"abcdef"), findings) == (text.encode(), count)


@POSIX
def test_permissions_are_kept(tmp_path: Path) -> None:
    """A script stays one."""
    path = tmp_path / "a.py"
    path.write_bytes(BAD)
    path.chmod(0o751)
    fixed_file = FixedFile(str(path), BAD, GOOD, 1)
    write(fixed_file)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (GOOD, 0o751)


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is written, wherever that is."""
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "a.py", tmp_path / "link.py"
    target.write_bytes(BAD)
    link.symlink_to("far/a.py")
    write(FixedFile(str(link), BAD, GOOD, 1))
    assert link.is_symlink()
    assert target.read_bytes() == GOOD
    assert os.listdir(tmp_path / "far") == ["a.py"]


def test_a_file_that_someone_else_changes_is_left_to_them(tmp_path: Path) -> None:
    """Between reading and writing there is time for an editor."""
    path = tmp_path / "a.py"
    path.write_bytes(b"something else")
    with pytest.raises(UsageError, match=r"a\.py was changed by someone else"):
        write(FixedFile(str(path), BAD, GOOD, 1))
    assert path.read_bytes() == b"something else"
    path.unlink()
    with pytest.raises(UsageError, match=r"a\.py"):
        write(FixedFile(str(path), BAD, GOOD, 1))
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("function", ["tempfile.mkstemp", "os.fsync", "os.chmod", "os.replace"])
def test_a_write_that_fails_leaves_the_file_as_it_was(
    function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be written, a full disk: one sentence, and nothing half-written lies about."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.py"
    path.write_bytes(BAD)
    monkeypatch.setattr(function, fail)
    with pytest.raises(UsageError, match=r"cannot write .*a\.py: no space left on device"):
        write(FixedFile(str(path), BAD, GOOD, 1))
    monkeypatch.undo()
    assert os.listdir(tmp_path) == ["a.py"]
    assert path.read_bytes() == BAD


def test_an_interruption_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As does Ctrl-C at the worst moment."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "a.py"
    path.write_bytes(BAD)
    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(FixedFile(str(path), BAD, GOOD, 1))
    assert os.listdir(tmp_path) == ["a.py"]
    assert path.read_bytes() == BAD


@POSIX
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """The real thing."""
    path = tmp_path / "closed" / "a.py"
    path.parent.mkdir()
    path.write_bytes(BAD)
    path.parent.chmod(0o555)
    with pytest.raises(UsageError, match=r"cannot write .*a\.py"):
        write(FixedFile(str(path), BAD, GOOD, 1))
    path.parent.chmod(0o755)
    assert path.read_bytes() == BAD


def test_only_files_with_something_to_mend_are_opened_again(tmp_path: Path) -> None:
    """And only they are given back."""
    (tmp_path / "good.py").write_bytes(GOOD)
    (tmp_path / "bad.py").write_bytes(BAD)
    result = lint_paths([str(tmp_path)], judges)
    files = fix_paths([str(tmp_path)], judges, result.findings)
    assert [(os.path.basename(file.path), file.after, file.fixes) for file in files] == [("bad.py", GOOD, 2)]
