"""Fixes in files: nothing changes but what is mended, whole or not at all."""

from __future__ import annotations

import ast
import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.errors import UsageError
from propguard.lint.files import list_files
from propguard.lint.fix import FixedFile, fix_files, mended, write
from propguard.lint.run import lint_paths
from propguard.model.schema import Property, PropertySchema
from tests.lint.documents import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.model.finding import Finding

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links are those of POSIX")
CHECKER = Checker(SCHEMA)
BAD = b'h = {"Helicone-Property-Env": "prod"}'
GOOD = b'h = {"Helicone-Property-Environment": "production"}'
HALF = b'h = {"Helicone-Property-Environment": "prod"}'


def judges(_: str) -> tuple[Checker, str]:
    return CHECKER, "test"


def is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.safe


def fixed(folder: Path, name: str, content: bytes) -> bytes:
    """What becomes of a file with this content."""
    path = folder / name
    path.write_bytes(content)
    for file in fix_files(lint_paths(list_files([str(path)]), judges).findings, judges).files:
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
        (
            "a.py",
            b'h = {"Helicone-Property-" "Env": "staging"}',
            b'h = {"Helicone-Property-" "Environment": "staging"}',
        ),
        ("a.py", b'h = {"Helicone-Property-Billable": False}', b'h = {"Helicone-Property-Billable": "false"}'),
        ("a.py", b"h = {'Helicone-Property-Billable': False}", b"h = {'Helicone-Property-Billable': 'false'}"),
        ("a.ts", b"h = {'Helicone-Property-Billable': true}", b"h = {'Helicone-Property-Billable': 'true'}"),
        (
            "a.sh",
            b'curl -X PUT /v1/request/1/property -d \'{"key": "billable", "value": true}\'',
            b'curl -X PUT /v1/request/1/property -d \'{"key": "billable", "value": "true"}\'',
        ),
        ("a.ts", b"h = {'Helicone-Property-Env': `prod`};", b"h = {'Helicone-Property-Environment': `production`};"),
        ("a.ts", b"h = {'helicone-property-env': `staging`};", b"h = {'helicone-property-environment': `staging`};"),
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
    text, _ = mended("a.py", head + BAD + tail, judges, is_safe)
    assert text in {head + BAD + tail, head + HALF + tail, head + GOOD + tail}


KEYS = ["Env", "environment", "App", "Nope", "Enviroment", "billable"]
VALUES = ['"prod"', "'staging'", "x", "True", "1", "'stagin'", "NAME", '"""prod"""', "x or 'prod'", "'pro' 'd'", "None"]


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), min_size=1, max_size=6), st.booleans())
def test_a_fixed_program_still_parses_and_says_the_rest_as_before(
    entries: list[tuple[str, str]], one_map: bool
) -> None:
    """Each map has as many keys as before, a second run changes nothing, and quotes are those that were there."""
    texts = [f"'Helicone-Property-{key}': {value}" for key, value in entries]
    code = "NAME = 'prod'\nh = [{" + (", " if one_map else "}, {").join(texts) + "}]\n"
    for is_to_be_made in (is_safe, bool):
        text, _ = mended("a.py", code.encode(), judges, is_to_be_made)
        before, after = (ast.parse(source) for source in (code, text.decode()))
        assert keys_of(after) == keys_of(before)
        assert text.decode().count('"') == code.count('"')
        assert mended("a.py", text, judges, is_to_be_made) == (text, 0)


def keys_of(tree: ast.AST) -> list[int]:
    """How many different keys each map has."""
    maps = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    return [len({ast.unparse(key).lower() for key in node.keys if key is not None}) for node in maps]


def test_unsafe_fixes_are_made_where_they_are_asked_for(tmp_path: Path) -> None:
    """A likely name, a value behind a constant; safe ones as well."""
    code = b'V = "prod"\nh = {"Helicone-Property-Enviroment": V}\ng = {"Helicone-Property-Env": V}\n'
    path = tmp_path / "a.py"
    path.write_bytes(code)
    findings = lint_paths(list_files([str(path)]), judges).findings
    safe, all_of_them = fix_files(findings, judges).files, fix_files(findings, judges, unsafe=True).files
    assert [file.after for file in safe] == [code.replace(b'-Env"', b'-Environment"')]
    assert [file.after for file in all_of_them] == [
        b'V = "production"\nh = {"Helicone-Property-Environment": V}\ng = {"Helicone-Property-Environment": V}\n'
    ]


def test_fixes_that_take_each_other_back_come_to_an_end() -> None:
    """One constant that two properties want to be different: the same text comes out, however often it is asked for."""
    schema = PropertySchema(
        name="x",
        version="1.0.0",
        properties={
            "a": Property("a", enum=("one", "two"), value_aliases={"three": "one"}),
            "b": Property("b", enum=("three",), value_aliases={"one": "three", "two": "three"}),
        },
    )
    checker = Checker(schema)

    def contradicting(_: str) -> tuple[Checker, str]:
        return checker, "x"

    code = b'V = "two"\nh = {"Helicone-Property-A": V, "Helicone-Property-B": V}\n'
    text, _ = mended("a.py", code, contradicting, bool)
    assert text != code
    assert mended("a.py", text, contradicting, bool)[0] == text


def test_a_file_that_its_fixes_would_break_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a fix ever be wrong, the program is still there."""
    path = tmp_path / "a.py"
    path.write_bytes(BAD)
    findings = lint_paths(list_files([str(path)]), judges).findings
    monkeypatch.setattr("propguard.lint.fix.edited", lambda source, fixes: (source.data.replace(b"}", b""), 1))
    fixes = fix_files(findings, judges)
    assert (fixes.files, list(fixes.refused)) == ([], [str(path)])


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    """Between finding and fixing."""
    path = tmp_path / "a.py"
    path.write_bytes(BAD)
    findings = lint_paths(list_files([str(path)]), judges).findings
    path.unlink()
    with pytest.raises(UsageError, match=r"cannot read .*a\.py: no such file"):
        fix_files(findings, judges)


@POSIX
def test_a_file_with_two_names_is_written_once(tmp_path: Path) -> None:
    """By the second name it is mended already, and nobody has interfered."""
    one, other = tmp_path / "a.py", tmp_path / "b.py"
    one.write_bytes(BAD)
    os.link(one, other)
    for file in fix_files(lint_paths(list_files([str(tmp_path)]), judges).findings, judges).files:
        write(file)
    assert os.path.samefile(one, other)
    assert other.read_bytes() == GOOD


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


def test_a_write_that_fails_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves the file as it was (how is tested with `propguard.files`)."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.py"
    path.write_bytes(BAD)
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UsageError, match=r"cannot write .*a\.py: no space left on device"):
        write(FixedFile(str(path), BAD, GOOD, 1))
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
    result = lint_paths(list_files([str(tmp_path)]), judges)
    files = fix_files(result.findings, judges).files
    assert [(os.path.basename(file.path), file.after, file.fixes) for file in files] == [("bad.py", GOOD, 2)]
