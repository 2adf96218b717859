"""Which files are judged: git's list where there is one, else a walk; and how each is opened."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from propguard.errors import UsageError
from propguard.lint.changed import only_changed
from propguard.lint.content import mentioning, read_candidate, read_whole
from propguard.lint.files import list_files
from propguard.lint.prefilter import NEEDLES
from propguard.lint.run import usages_in_paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HIT = b'h = {"Helicone-Property-App": "x"}\n'
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and bytes in names are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, empty and outside any repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def names(*paths: str) -> list[str]:
    return list_files(paths or (".",)).paths


TREE = {
    "b.py": HIT,
    "a.ts": HIT,
    "sub/deep/c.sh": HIT,
    "x.pl": HIT,
    "x.png": HIT,
    "script": HIT,
    "sub/ignored/d.py": HIT,
    "e.log.py": HIT,
}


def test_git_s_list_is_what_is_tracked_and_what_could_be(folder: Path) -> None:
    """Tracked and untracked files, without what is ignored, in the order of their names."""
    fill(folder, {**TREE, ".gitignore": b"ignored/\n*.log.py\n"})
    git("init")
    git("add", "b.py")
    assert names() == ["a.ts", "b.py", "script", "sub/deep/c.sh", "x.pl"]
    assert names("sub") == ["sub/deep/c.sh"]


def test_what_is_tracked_is_judged_though_it_is_ignored(folder: Path) -> None:
    """As git sees it."""
    fill(folder, {**TREE, ".gitignore": b"ignored/\n"})
    git("init")
    git("add", "--force", ".")
    assert "sub/ignored/d.py" in names()


def test_a_deleted_file_is_passed_by(folder: Path) -> None:
    """It is in git's list until the deletion is."""
    fill(folder, TREE)
    git("init")
    git("add", ".")
    (folder / "b.py").unlink()
    assert read_candidate("b.py", named=False) is None


def test_without_git_ignore_files_are_honoured(folder: Path) -> None:
    """Those of the folder and of every folder below it, with their exceptions."""
    fill(
        folder,
        {
            **TREE,
            ".gitignore": b"*.log.py\nignored\n/b.py\n!sub/keep.log.py\n",
            "sub/keep.log.py": HIT,
            "sub/b.py": HIT,
            "sub/deep/.gitignore": b"*.sh\n",
            "node_modules/x/y.js": HIT,
            ".venv/z.py": HIT,
        },
    )
    assert names() == ["a.ts", "script", "sub/b.py", "sub/keep.log.py", "x.pl"]


def test_where_git_is_missing_the_walk_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program called git, no complaint."""
    fill(folder, TREE)
    monkeypatch.setenv("PATH", str(folder))
    assert names() == ["a.ts", "b.py", "e.log.py", "script", "sub/deep/c.sh", "sub/ignored/d.py", "x.pl"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("b.py", "./b.py", "sub/../b.py"), ["b.py"]),
        (("sub", "b.py", "."), ["sub/deep/c.sh", "sub/ignored/d.py", "b.py", "a.ts", "e.log.py", "script", "x.pl"]),
        (("x.png",), ["x.png"]),
        (("sub/",), ["sub/deep/c.sh", "sub/ignored/d.py"]),
        (("./sub",), ["sub/deep/c.sh", "sub/ignored/d.py"]),
    ],
)
def test_a_file_is_listed_once_under_one_name(paths: tuple[str, ...], expected: list[str], folder: Path) -> None:
    """In the order in which the user named them; what is named is listed whatever it is."""
    fill(folder, TREE)
    assert names(*paths) == expected


def test_what_is_not_there_is_a_mistake(folder: Path) -> None:
    """So is what no file can be called."""
    for path in ("gone.py", "\0", "x" * 5000):
        with pytest.raises(UsageError):
            names(path)


@POSIX
@pytest.mark.parametrize("with_git", [True, False])
def test_links_pipes_and_loops_stop_nobody(with_git: bool, folder: Path) -> None:
    """A walk follows no link and opens no pipe; what is named is followed."""
    fill(folder, {"real/a.py": HIT})
    (folder / "loop").symlink_to(".")
    (folder / "self.py").symlink_to("self.py")
    (folder / "dangling.py").symlink_to("nowhere")
    (folder / "link.py").symlink_to("real/a.py")
    os.mkfifo(folder / "pipe.py")
    if with_git:
        git("init")
    assert [name for name in names() if read_candidate(name, named=False)] == ["real/a.py"]
    assert read_candidate("link.py", named=True) == HIT
    assert names("loop/real") == ["loop/real/a.py"]
    assert read_whole("pipe.py") == b""


@POSIX
@pytest.mark.parametrize("with_git", [True, False])
def test_every_name_that_a_file_can_have_is_listed(with_git: bool, folder: Path) -> None:
    """Line ends, quotes, bytes that are no UTF-8, a dash in front."""
    strange = [b"new\nline.py", b'quo"te.py', b"caf\xe9.py", "é😀.py".encode(), b"-f.py", b" blank .py", b"a\\b.py"]
    for name in strange:
        with open(name, "wb") as file:
            file.write(HIT)
    if with_git:
        git("init")
    found = names()
    assert sorted(map(os.fsencode, found)) == sorted(strange)
    assert all(read_candidate(name, named=False) == HIT for name in found)


@POSIX
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_said(folder: Path) -> None:
    """A file that is closed to us is an error for whoever opens it."""
    fill(folder, {"a.py": HIT})
    (folder / "a.py").chmod(0)
    with pytest.raises(PermissionError):
        read_candidate("a.py", named=False)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("size", [0, 1, 4096, (1 << 20) - 40, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_files_of_every_size_are_read_whole(size: int, named: bool, folder: Path) -> None:
    """With the hit at the end, and with none."""
    fill(folder, {"hit.py": b"#" * size + b"\n" + HIT, "none.py": b"#" * size, "small.py": HIT})
    assert read_candidate("hit.py", named=named) == b"#" * size + b"\n" + HIT
    assert read_candidate("none.py", named=named) is None
    assert read_candidate("small.py", named=named) == HIT
    assert read_candidate("none.py", named=named) is None


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 40, 1 << 20, 3 << 20])
def test_a_first_look_passes_over_nothing(size: int, folder: Path) -> None:
    """Among many files, those with a hit are suspects wherever it stands, and so are those that cannot be read."""
    plain = {f"plain{number}.py": b"x = 1" for number in range(60)}
    fill(folder, {**plain, "hit.py": b"#" * size + b"\n" + HIT})
    paths = [*plain, "hit.py", "gone.py"]
    assert list(mentioning(paths, NEEDLES)) == [(60, "hit.py"), (61, "gone.py")]


@POSIX
def test_what_is_named_and_no_file_is_said(folder: Path) -> None:
    """A pipe has nothing to judge, which is not the same as nothing to report."""
    os.mkfifo(folder / "pipe.py")
    with pytest.raises(OSError, match="no ordinary file"):
        read_candidate("pipe.py", named=True)


def nested(folder: Path) -> None:
    """A repository with a submodule and, untracked, another repository, each with one inside."""
    git("init", "-q")
    fill(folder, {"app.py": HIT, "lib/a.py": HIT, "lib/deep/b.py": HIT, "new/c.py": HIT, ".gitignore": b"gone/\n"})
    for inner in ("lib/deep", "lib", "new"):
        git("init", "-q", inner)
        git("-C", inner, "add", ".")
        git("-C", inner, "commit", "-qm", "inner")
    git("add", "app.py", "lib", ".gitignore")
    git("commit", "-qm", "outer")
    fill(folder, {"gone/d.py": HIT})
    git("init", "-q", "gone")


def test_repositories_inside_are_listed(folder: Path) -> None:
    """Submodules and others, whatever they hold; not those that git ignores. Each is a project of its own."""
    nested(folder)
    listing = list_files(["."])
    assert listing.paths == ["app.py", "lib/a.py", "lib/deep/b.py", "new/c.py"]
    assert sorted(listing.inner) == ["lib", "lib/deep", "new"]
    assert listing.everything == ["app.py"]
    assert listing.notices == ()
    assert {usage.path for usage in usages_in_paths(listing).usages} == set(listing.paths)


def test_what_is_not_listed_is_named(folder: Path) -> None:
    """A submodule that is not checked out, and with a revision those of which it says nothing."""
    nested(folder)
    listing = only_changed(list_files(["."]), ["."], "HEAD")
    assert listing.paths == ["new/c.py"]
    assert listing.notices == (
        "what changed in lib is left out, as that is a repository of its own",
        "what changed in lib/deep is left out, as that is a repository of its own",
    )
    shutil.rmtree(folder / "lib")
    (folder / "lib").mkdir()
    listing = list_files(["."])
    assert listing.paths == ["app.py", "new/c.py"]
    assert listing.notices == ("the submodule lib is not checked out, so that nothing in it is read",)
