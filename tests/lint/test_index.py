"""The index of a project: whatever happens to the files between two runs, the second finds what a first one would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.files import cache_folder
from propguard.lint import budget
from propguard.lint.files import list_files
from propguard.lint.index import Index
from propguard.lint.project import Project, survey
from propguard.lint.run import usages_in_paths
from propguard.lint.state import State

Step = Callable[[Path], None]

FILLING = {f"filling/other_{number}.py": "NOTHING = None\n" for number in range(25)}
FILES = {
    "tracing.py": 'def tag(key, value):\n    return {f"Helicone-Property-{key}": value}\n',
    "use.py": 'from tracing import tag\ntag("app", "chat")\n',
    "header.py": 'HEADERS = {"Helicone-Property-Team": "a"}\n',
}


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def git(*arguments: str) -> None:
    told = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false")
    subprocess.run(["git", *told, *arguments], check=True, capture_output=True)


def found() -> list[str]:
    return [f"{usage.path}:{usage.span.line} {usage.stored_key}" for usage in usages_in_paths(list_files(["."])).usages]


def found_anew(monkeypatch: pytest.MonkeyPatch, cache: Path) -> list[str]:
    with monkeypatch.context() as patch:
        patch.setenv("PROPGUARD_CACHE_DIR", str(cache))
        return found()


@pytest.fixture(params=["with git", "without git"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    for path, text in (FILLING | FILES | {"pyproject.toml": "[project]\n"}).items():
        put(folder, path, text)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    if request.param == "with git":
        git("init", "--quiet")
        git("add", ".")
        git("commit", "--quiet", "-m", "a")
    return folder


def writing(path: str, text: str) -> Step:
    return lambda folder: put(folder, path, text)


def taking_away(path: str) -> Step:
    return lambda folder: (folder / path).unlink()


def asking_git(*arguments: str) -> Step:
    return lambda _: git(*arguments)


def merging(_: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "b")


def looking(_: Path) -> None:
    found()


def putting_the_time_back(folder: Path) -> None:
    times = os.stat(folder / "use.py")
    put(folder, "use.py", 'from tracing import tag\ntag("who", "chat")\n')
    os.utime(folder / "use.py", ns=(times.st_atime_ns, times.st_mtime_ns))


def moving(folder: Path) -> None:
    (folder / "use.py").rename(folder / "moved.py")


def touching(folder: Path) -> None:
    (folder / "use.py").touch()


CHANGES: dict[str, list[Step]] = {
    "nothing": [],
    "a call more": [writing("use.py", FILES["use.py"] + 'tag("env", "x")\n')],
    "another key of the same length, the time put back": [putting_the_time_back],
    "a new file": [writing("new.py", FILES["use.py"])],
    "a new file that git ignores": [writing(".gitignore", "new.py\n"), writing("new.py", FILES["use.py"])],
    "a new file that git ignores later": [
        writing("new.py", FILES["use.py"]),
        looking,
        writing(".gitignore", "new.py\n"),
    ],
    "a file is gone": [taking_away("header.py")],
    "the wrapper is gone": [taking_away("tracing.py")],
    "the wrapper takes another name": [writing("tracing.py", FILES["tracing.py"].replace("tag", "mark"))],
    "a file that held nothing calls it": [writing("filling/other_3.py", FILES["use.py"])],
    "a file is moved": [moving],
    "a file is touched": [touching],
    "a second wrapper": [
        writing("labels.py", FILES["tracing.py"].replace("tag", "label")),
        writing("use.py", 'from labels import label\nlabel("who", "x")\n'),
    ],
}
THE_SAME = {"nothing", "a file is touched", "a new file that git ignores", "a new file that git ignores later"}


@pytest.mark.parametrize("change", CHANGES)
def test_a_second_run_sees_what_has_changed(
    project: Path, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it were the first one; and so does the third."""
    before = found()
    for step in CHANGES[change]:
        step(project)
    anew = found_anew(monkeypatch, tmp_path / "other")
    assert found() == anew
    assert found() == anew
    assert (before == anew) == (change in THE_SAME)


ANOTHER_BRANCH = [asking_git("checkout", "--quiet", "-b", "b"), writing("use.py", ""), asking_git("commit", "-am", "b")]
IN_GIT: dict[str, list[Step]] = {
    "staged": [writing("use.py", ""), asking_git("add", ".")],
    "committed": [writing("use.py", ""), asking_git("commit", "-am", "b")],
    "another branch": [*ANOTHER_BRANCH, asking_git("checkout", "-"), looking, asking_git("checkout", "b")],
    "taken out of the index": [asking_git("rm", "--cached", "use.py"), writing("use.py", "")],
    "assumed unchanged": [asking_git("update-index", "--assume-unchanged", "use.py"), looking, writing("use.py", "")],
    "left out of the work tree": [
        asking_git("update-index", "--skip-worktree", "use.py"),
        looking,
        writing("use.py", ""),
    ],
    "a conflict": [
        *ANOTHER_BRANCH,
        asking_git("checkout", "-"),
        writing("use.py", "2"),
        asking_git("commit", "-am", "c"),
        merging,
    ],
    "a repository inside": [writing("inner/use.py", FILES["header.py"]), asking_git("init", "inner")],
}


@pytest.mark.parametrize("project", ["with git"], indirect=True)
@pytest.mark.parametrize("change", IN_GIT)
def test_whatever_git_is_told(project: Path, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that git was told to pass over are looked at all the same."""
    before = found()
    for step in IN_GIT[change]:
        step(project)
    anew = found_anew(monkeypatch, tmp_path / "other")
    assert found() == anew
    assert before != anew


IMPORTING = 'from generated import KEY\nHEADERS = {f"Helicone-Property-{KEY}": "a"}\n'


def another_key(path: str) -> list[Step]:
    """A module that another file imports, written twice; the second time another key stands in it."""
    return [writing(path, 'KEY = "team"\n'), looking, writing(path, 'KEY = "tier"\n')]


def submodule(folder: Path) -> None:
    git("init", "--quiet", "lib")
    put(folder, "lib/generated.py", 'KEY = "team"\n')
    git("-C", "lib", "add", ".")
    git("-C", "lib", "commit", "--quiet", "-m", "a")
    git("-c", "protocol.file.allow=always", "add", "lib")
    git("commit", "--quiet", "-m", "with lib")


UPPER = "sed s/tier/team/"
UNSEEN: dict[str, list[Step]] = {
    "a generated module that git ignores": [writing(".gitignore", "generated.py\n"), *another_key("generated.py")],
    "one that was not there": [
        writing(".gitignore", "generated.py\n"),
        looking,
        writing("generated.py", 'KEY = "tier"\n'),
    ],
    "one in a folder that was not there": [
        writing(".gitignore", "generated\n"),
        looking,
        writing("generated/__init__.py", 'KEY = "tier"\n'),
    ],
    "one that is gone": [
        writing(".gitignore", "generated.py\n"),
        writing("generated.py", 'KEY = "tier"\n'),
        looking,
        taking_away("generated.py"),
    ],
    "a submodule": [submodule, looking, writing("lib/generated.py", 'KEY = "tier"\n')],
    "a filter that stores the same": [
        writing(".gitattributes", "generated.py filter=upper\n"),
        writing("generated.py", 'KEY = "team"\n'),
        asking_git("config", "filter.upper.clean", UPPER),
        asking_git("add", "."),
        asking_git("commit", "--quiet", "-m", "filtered"),
        looking,
        writing("generated.py", 'KEY = "tier"\n'),
        asking_git("add", "."),
    ],
}


@pytest.mark.parametrize("project", ["with git"], indirect=True)
@pytest.mark.parametrize("change", UNSEEN)
def test_what_git_does_not_see_is_seen(
    project: Path, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was read for an answer, or looked for, is compared."""
    put(project, "importing.py", IMPORTING)
    first, *others = UNSEEN[change]
    first(project)
    for step in others:
        step(project)
    anew = found_anew(monkeypatch, tmp_path / "other")
    assert found() == anew
    assert found() == anew
    assert any("importing.py" in usage for usage in anew)
    assert ("importing.py:2 tier" in anew) == (change != "one that is gone")


def test_nothing_outside_of_the_project_is_read(project: Path, tmp_path: Path) -> None:
    """Neither by a path that leads out of it nor through a link; a link inside leads on."""
    put(tmp_path, "generated.py", 'KEY = "team"\n')
    put(project, "importing.py", IMPORTING.replace("generated", "..generated"))
    (project / "generated.py").symlink_to(tmp_path / "generated.py")
    put(project, "linked.py", IMPORTING)
    assert not any("team" in usage and "header" not in usage for usage in found())
    put(project, "real/of_mine.py", 'KEY = "team"\n')
    (project / "generated.py").unlink()
    (project / "generated.py").symlink_to("real/of_mine.py")
    assert "linked.py:2 team" in found()


NAMES = st.sampled_from([*FILES, "filling/other_1.py", "filling/other_2.py", "new.py"])
TEXTS = st.sampled_from([*FILES.values(), "", "from tracing import tag as t\nt('who', 'x')\n"])


@pytest.mark.slow
@given(writes=st.lists(st.tuples(NAMES, st.none() | TEXTS), max_size=4))
def test_after_any_writes_a_run_finds_what_a_first_one_would(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, str | None]]
) -> None:
    """One after the other in the same instant, and files taken away."""
    folder = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROPGUARD_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.chdir(folder)
        for path, text in (FILLING | FILES).items():
            put(folder, path, text)
        git("init", "--quiet")
        git("add", ".")
        found()
        for path, written in writes:
            if written is None:
                (folder / path).unlink(missing_ok=True)
            else:
                put(folder, path, written)
            assert found() == found_anew(patch, tmp_path_factory.mktemp("other"))


def test_an_index_that_is_no_index_is_made_again(project: Path) -> None:
    """Nothing in it can stop anybody."""
    before = found()
    kept = list(Path(cache_folder(), "projects").iterdir())
    assert kept
    for garbage in (b"", b"{}", b"\xff\x00", b'{"made by": 1}'):
        for file in kept:
            file.write_bytes(garbage)
        assert found() == before
    for file in kept:
        file.unlink()
        os.mkfifo(file)
    assert found() == before


def test_what_has_not_changed_is_not_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is taken from the index where nothing changed."""
    before = found()
    monkeypatch.setattr("propguard.lint.project._Rounds.survey", lambda *_: pytest.fail("it was read again"))
    assert found() == before


def test_a_file_that_took_too_long_is_tried_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine may have been busy with other things."""
    with monkeypatch.context() as patch:
        patch.setattr(budget.Budget, "is_spent", lambda *_: True)
        assert found() == []
    assert found() == found()
    assert "header.py:1 team" in found()


def test_the_state_of_a_project_knows_its_files_by_content(project: Path) -> None:
    """Where git keeps it; elsewhere every file is known by its size and its times."""
    listing = list_files(["."])
    paths = [str(project / path) for path in listing.paths]
    state = State(Project(str(project), paths, worktree=listing.worktree))
    looks = [path for path, told in state.kept()["contents"].items() if not told.startswith("H 100644 ")]
    assert len(looks) == (0 if listing.worktree else len(paths))
    assert state.unchanged_since(state.kept()) >= set(FILES)


def test_few_files_are_worth_no_index(tmp_path: Path) -> None:
    """Reading them is as fast as knowing them."""
    put(tmp_path, "use.py", FILES["header.py"])
    project = Project(str(tmp_path), [str(tmp_path / "use.py")])
    survey(project)
    assert Index(project, ()).recall() is None
    assert not Path(cache_folder(), "projects").exists()
