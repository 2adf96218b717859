"""`--changed-since`: only what differs from a revision in git."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


@pytest.fixture
def _history(write: Write) -> None:
    """A first revision, called `start`, in which everything is bad, and then every kind of change."""
    files = ("same", "changed", "staged", "removed", "renamed", "reverted", "committed", "sub/same", "sub/changed")
    write({f"{name}.py": BAD for name in files} | {".gitignore": "ignored.py\n"})
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "start")
    git("tag", "start")
    write({"committed.py": BAD * 2})
    git("commit", "-qam", "more")
    write({"staged.py": BAD * 2, "reverted.py": BAD * 2, "added.py": BAD})
    git("add", ".")
    git("mv", "renamed.py", "new name.py")
    write(
        dict.fromkeys(("changed.py", "sub/changed.py", "sub/new.py", "née.py", "line\nbreak.py", "ignored.py"), BAD * 2)
    )
    write({"reverted.py": BAD})
    git("rm", "-q", "removed.py")


def judged(call: Call, *arguments: str) -> set[str]:
    answer = call("lint", "--format", "json", *arguments)
    assert answer.code in {0, 1}, answer.err
    return {finding["path"] for finding in json.loads(answer.out)["findings"]}


UNCOMMITTED = {
    "added.py",
    "changed.py",
    "line\nbreak.py",
    "new name.py",
    "née.py",
    "staged.py",
    "sub/changed.py",
    "sub/new.py",
}


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize(
    ("revision", "paths", "expected"),
    [
        ("HEAD", (), UNCOMMITTED),
        ("start", (), UNCOMMITTED | {"committed.py"}),
        ("HEAD~1", (".",), UNCOMMITTED | {"committed.py"}),
        ("HEAD", ("sub",), {"sub/changed.py", "sub/new.py"}),
        ("HEAD", ("./sub/", "same.py", "staged.py", "sub/same.py"), {"sub/changed.py", "sub/new.py", "staged.py"}),
    ],
)
def test_only_what_differs_is_judged(revision: str, paths: tuple[str, ...], expected: set[str], call: Call) -> None:
    """Changed, staged, renamed and untracked files; not those that are the same again, nor ignored ones."""
    assert judged(call, "--changed-since", revision, *paths) == expected


@pytest.mark.usefixtures("_history")
def test_it_works_from_a_subfolder(call: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With paths from there."""
    monkeypatch.chdir(project / "sub")
    assert judged(call, "--changed-since", "HEAD") == {"changed.py", "new.py"}
    assert judged(call, "--changed-since", "HEAD", "..") == {f"../{name}" for name in UNCOMMITTED}
    assert judged(call, "--changed-since", "HEAD", str(project / "sub")) == {
        f"{project}/sub/changed.py",
        f"{project}/sub/new.py",
    }


@pytest.mark.usefixtures("_history")
@pytest.mark.parametrize("revision", ["nope", "", "-x", "--output=x", "start:", "HEAD^{tree}", "a b", "HEAD..start"])
def test_what_is_no_revision_is_told(revision: str, call: Call, project: Path) -> None:
    """In a sentence, with exit code 2, and without git taking it for an option."""
    answer = call("lint", f"--changed-since={revision}")
    assert (answer.code, answer.out) == (2, "")
    assert f"git knows no revision `{revision}` here" in answer.err
    assert answer.err.count("\n") == 1
    assert not (project / "x").exists()


def test_without_a_repository_it_is_told(call: Call, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """As is a machine without git."""
    write({"app.py": BAD})
    answer = call("lint", "--changed-since", "HEAD")
    assert (answer.code, answer.out) == (2, "")
    assert "is in no git repository" in answer.err
    monkeypatch.setenv("PATH", "")
    assert call("lint", "--changed-since", "HEAD").code == 2


def test_nothing_changed_is_nothing_found(call: Call, write: Write) -> None:
    """And what a baseline knows of the other files is not taken for mended."""
    write({"app.py": BAD, "properties.yaml": SCHEMA, "propguard.toml": 'baseline = "known.json"\n'})
    call("lint", "--write-baseline")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "start")
    assert call("lint", "--changed-since", "HEAD") == (0, "", "nothing to report in 0 files, 0 usages\n")
