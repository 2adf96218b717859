"""`schema docs` and `schema codegen`: to standard output, to a file, and held against a file."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from propguard.evolve.catalogue.insertion import BEGIN, END
from tests.cli.shop import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

MAKE = {"page.md": ("docs",), "properties.py": ("codegen", "python"), "properties.ts": ("codegen", "typescript")}
CHANGED = SCHEMA.replace("staging", "canary")
UNLIKE = SCHEMA.replace("shop", "other").replace("app:", "team:").replace("environment", "stage")

made = pytest.mark.parametrize(("name", "words"), MAKE.items())


@made
def test_what_is_printed_is_what_is_written(name: str, words: tuple[str, ...], project: Path, start: Call) -> None:
    """Byte for byte, and twice the same; a file that is current is not touched."""
    printed = start("schema", *words)
    assert (printed.code, printed.err) == (0, "")
    assert start("schema", *words, "-o", name) == (0, "", f"wrote {name}\n")
    assert (project / name).read_text(encoding="utf-8") == printed.out
    os.utime(project / name, (1, 1))
    assert start("schema", *words, "-o", name) == (0, "", f"{name} is current\n")
    assert (project / name).stat().st_mtime == 1


@made
def test_check_tells_whether_a_file_is_current(
    name: str, words: tuple[str, ...], project: Path, call: Call, write: Write
) -> None:
    """One sentence and the first lines that differ, exit code 1, and nothing is written."""
    command = ("schema", *words, "-o", name, "--check")
    missing = call(*command)
    assert (missing.code, missing.out) == (1, f"{name} is not there; run the same command without --check\n")
    call("schema", *words, "-o", name)
    assert call(*command) == (0, "", f"{name} is current\n")
    before = (project / name).read_bytes()
    write({"properties.yaml": CHANGED})
    stale = call(*command)
    assert stale.code == 1
    assert stale.err == ""
    first, *lines = stale.out.splitlines()
    assert first.startswith(f"{name} is not what the schema says now, from line ")
    assert any(line.startswith("-") and "staging" in line for line in lines)
    assert any(line.startswith("+") and "canary" in line for line in lines)
    assert len(lines) <= 17
    assert (project / name).read_bytes() == before
    call("schema", *words, "-o", name)
    assert call(*command).code == 0


@made
def test_a_file_with_windows_line_ends_keeps_them(
    name: str, words: tuple[str, ...], project: Path, call: Call, write: Write
) -> None:
    """As git may have checked it out: it is current, and stays so when it is written again."""
    call("schema", *words, "-o", name)
    path = project / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert call("schema", *words, "-o", name, "--check").code == 0
    write({"properties.yaml": UNLIKE})
    call("schema", *words, "-o", name)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 20


@made
def test_a_file_of_somebody_else_is_left_alone(
    name: str, words: tuple[str, ...], project: Path, call: Call, write: Write
) -> None:
    """One sentence says why, and what to do."""
    write({name: "mine\n"})
    for options in ((), ("--check",)):
        answer = call("schema", *words, "-o", name, *options)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"propguard: {name} ")
        assert answer.err.count("\n") == 1
    assert (project / name).read_bytes() == b"mine\n"


def test_the_schema_itself_is_not_overwritten(project: Path, call: Call) -> None:
    """It is a file of somebody else, too."""
    for words in MAKE.values():
        assert call("schema", *words, "-o", "properties.yaml").code == 2
    assert (project / "properties.yaml").read_text() == SCHEMA


def test_a_page_gets_the_catalogue_between_its_lines(project: Path, call: Call, write: Write) -> None:
    """The rest of it stays, as do its permissions, and a link stays a link."""
    write({"docs/real.md": f"# Ours\n\n{BEGIN}\nold\n{END}\nafter"})
    real, link = project / "docs" / "real.md", project / "page.md"
    link.symlink_to(real)
    real.chmod(0o640)
    assert call("schema", "docs", "-o", "page.md").code == 0
    text = real.read_text(encoding="utf-8")
    assert text.startswith(f"# Ours\n\n{BEGIN}\n")
    assert text.endswith(f"\n{END}\nafter")
    assert "old\n" not in text
    assert "### `environment`" in text
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [entry.name for entry in real.parent.iterdir()] == ["real.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("docs", "--check"), "--check needs -o FILE"),
        (("codegen", "python", "--check"), "--check needs -o FILE"),
        (("codegen",), "Missing argument"),
        (("codegen", "cobol"), "`cobol` is none of python, typescript"),
        (("docs", "-o", "no/such/folder.md"), "cannot write no/such/folder.md"),
        (("docs", "-o", "."), "cannot read ."),
        (("docs", "missing.yaml"), "missing.yaml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], said: str, project: Path, call: Call) -> None:
    """On standard error, with exit code 2."""
    answer = call("schema", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.startswith("propguard: ")


def test_a_faulty_schema_makes_nothing(project: Path, call: Call, write: Write) -> None:
    """Its faults are told, and there is no file."""
    write({"properties.yaml": SCHEMA.replace("enum", "enmu")})
    for name, words in MAKE.items():
        assert call("schema", *words, "-o", name).code == 2
        assert not (project / name).exists()


def test_what_a_difference_shows_cannot_move_the_cursor(project: Path, call: Call) -> None:
    """Control characters in a file are shown as escapes."""
    call("schema", "docs", "-o", "page.md")
    page = (project / "page.md").read_bytes()
    (project / "page.md").write_bytes(page.replace(b"- **Values:**", b"- \x1b[31m\xff**Values:**"))
    told = call("schema", "docs", "-o", "page.md", "--check").out
    assert "\\x1b[31m\\xff" in told
    assert "\x1b" not in told


def test_the_linter_has_nothing_to_say_of_what_is_generated(call: Call, write: Write) -> None:
    """The catalogue's snippets are good code, and the builders are not taken for something that writes any key."""
    for name, words in MAKE.items():
        call("schema", *words, "-o", name)
    answer = call("lint", ".", "--fail-on", "warning")
    assert (answer.code, answer.out) == (0, "")
