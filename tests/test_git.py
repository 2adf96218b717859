"""Git: what a repository holds cannot have a program run, and what git refuses is reported as what it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from propguard.cli import run
from propguard.errors import SchemaNotFound, UsageError
from propguard.git import GitFailed, Question
from propguard.git import git as answer_of
from propguard.lint.changed import only_changed
from propguard.lint.files import list_files
from tests.cli.shop import BAD, SCHEMA, Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.shop import Call

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are planted as shell scripts")


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a repository with a schema and two files, and one commit."""
    folder = tmp_path / "project"
    (folder / "sub").mkdir(parents=True)
    (folder / "properties.yaml").write_text(SCHEMA)
    (folder / "app.py").write_text(BAD)
    (folder / "sub" / "more.py").write_text(BAD)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    return folder


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run_here(*arguments: str) -> Answer:
        capsys.readouterr()
        code = run(list(arguments))
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run_here


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that leaves a mark beside itself when it is run, and passes its input on."""
    path = tmp_path / "planted"
    path.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\ncat\n")
    path.chmod(0o755)
    return path


def monitor(project: Path, program: Path) -> None:
    git("config", "core.fsmonitor", str(program))


def hooks(project: Path, program: Path) -> None:
    (project / "hooks").mkdir()
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        shutil.copy(program, project / "hooks" / name)
    git("config", "core.hooksPath", "hooks")
    os.utime(project / "app.py", (0, 0))


def clean_filter(project: Path, program: Path, name: str = "odd.na=me") -> None:
    (project / ".gitattributes").write_text(f"*.py filter={name} diff=planted\n")
    for field in ("clean", "process"):
        subprocess.run(["git", "config", "-f", ".git/config", f"filter.{name}.{field}", str(program)], check=True)
    git("config", "-f", ".git/config", f"filter.{name}.required", "true")
    (project / "app.py").write_text(BAD.replace("Env", "App"))  # as long as before


def converters(project: Path, program: Path) -> None:
    (project / ".gitattributes").write_text("*.py diff=planted\n")
    git("config", "diff.planted.command", str(program))
    git("config", "diff.planted.textconv", str(program))
    git("config", "diff.external", str(program))
    (project / "app.py").write_text(BAD * 2)


def embedded(project: Path, program: Path) -> None:
    """A folder that looks like a repository and names the folder around it as its working tree."""
    git("init", "-q", "--bare", "sub/inner")
    git("-C", "sub/inner", "config", "core.bare", "false")
    git("-C", "sub/inner", "config", "core.worktree", "..")
    git("-C", "sub/inner", "config", "core.fsmonitor", str(program))
    (project / "sub" / "inner" / "code.py").write_text(BAD)


def submodule(project: Path, program: Path) -> None:
    git("init", "-q", "lib")
    (project / "lib" / "code.py").write_text(BAD)
    git("-C", "lib", "add", ".")
    git("-C", "lib", "commit", "-qm", "lib")
    subprocess.run(["git", "add", "lib"], check=True, capture_output=True)
    git("-C", "lib", "config", "core.fsmonitor", str(program))
    (project / "lib" / "code.py").write_text(BAD * 2)


def partial(project: Path, program: Path) -> None:
    """The content of the schema is missing, and the repository says where to fetch it, and with what."""
    schema = answer_of(str(project), "rev-parse", "HEAD:properties.yaml").decode().strip()
    (project / ".git" / "objects" / schema[:2] / schema[2:]).unlink()
    for name, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::{program}"),
        ("remote.origin.uploadpack", str(program)),
        ("protocol.ext.allow", "always"),
        ("core.sshCommand", str(program)),
    ):
        git("config", name, value)


def alias_and_pager(project: Path, program: Path) -> None:
    for name in ("alias.ls-files", "alias.diff", "core.pager", "pager.diff", "core.editor", "core.askPass"):
        git("config", name, f"!{program}" if name.startswith("alias") else str(program))


def program_in_the_folder(project: Path, program: Path) -> None:
    shutil.copy(program, project / "git")


PLANTED: list[Callable[[Path, Path], None]] = [
    monitor,
    hooks,
    clean_filter,
    converters,
    embedded,
    submodule,
    partial,
    alias_and_pager,
    program_in_the_folder,
]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_nothing_in_a_repository_runs_a_program(
    plant: Callable[[Path, Path], None],
    project: Path,
    program: Path,
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is asked of git, and still the files are judged."""
    plant(project, program)
    (tmp_path / "ran").unlink(missing_ok=True)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    index = (project / ".git" / "index").read_bytes()
    for arguments in (
        ("lint",),
        ("lint", "sub"),
        ("lint", "sub/inner" if (project / "sub" / "inner").exists() else "."),
        ("lint", "--changed-since", "HEAD"),
        ("usages",),
        ("schema", "diff", "git:HEAD"),
    ):
        answer = call(*arguments)
        assert "internal error" not in answer.err
        assert arguments[0] != "lint" or len(arguments) > 1 or answer.code == 1
    assert not (tmp_path / "ran").exists()
    assert (project / ".git" / "index").read_bytes() == index


def test_the_planted_programs_would_run(project: Path, program: Path, tmp_path: Path) -> None:
    """What is planted is no dummy: git as it is runs it."""
    clean_filter(project, program, "planted")
    subprocess.run(["git", "diff", "--stat"], check=False, capture_output=True)
    assert (tmp_path / "ran").exists()


def test_a_repository_that_git_refuses_is_reported_with_the_way_on(
    project: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it belongs to somebody else, in all commands; a plain run finds the files without git and says so."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for arguments in (("lint", "--changed-since", "HEAD"), ("schema", "diff", "git:HEAD", "properties.yaml")):
        answer = call(*arguments)
        assert (answer.code, answer.out) == (2, "")
        assert "detected dubious ownership" in answer.err
        assert f"`git config --global --add safe.directory {project}`" in answer.err
        assert answer.err.count("\n") == 1
        assert "no git repository" not in answer.err
    plain = call("lint")
    assert plain.code == 1
    assert "safe.directory" in plain.err
    assert "the files are found without git" in plain.err


def test_a_named_repository_makes_no_folder_the_top_of_its_working_tree(
    project: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With GIT_DIR alone, as hooks have it, files are found where they lie; with GIT_WORK_TREE it is followed."""
    expected = call("lint", "sub").out
    since = call("lint", "--changed-since", "HEAD", "sub")
    assert "sub/more.py" in expected
    for named in (".git", str(project / ".git")):
        monkeypatch.setenv("GIT_DIR", named)
        monkeypatch.setenv("GIT_INDEX_FILE", f"{named}/index")
        assert call("lint", "sub").out == expected
        assert call("lint", "--changed-since", "HEAD", "sub") == since
        assert call("schema", "diff", "git:HEAD", "properties.yaml").code == 0
        monkeypatch.chdir(project / "sub")
        assert "more.py" in call("lint").out
        monkeypatch.chdir(project)
    (project / ".git").rename(project.parent / "elsewhere")
    monkeypatch.setenv("GIT_DIR", "../elsewhere")
    monkeypatch.delenv("GIT_INDEX_FILE")
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    assert list_files(["sub"]).paths == ["sub/more.py"]
    assert only_changed(list_files(["sub"]), ["sub"], "HEAD").paths == []


def test_a_repository_without_a_working_tree_is_read_where_it_is_named(
    project: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the hooks of a server; a folder that only looks like one is not trusted."""
    git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    monkeypatch.chdir(tmp_path / "bare")
    refused = call("schema", "check", "git:HEAD:properties.yaml")
    assert refused.code == 2
    assert "GIT_DIR" in refused.err
    monkeypatch.setenv("GIT_DIR", ".")
    assert call("schema", "check", "git:HEAD:properties.yaml").code == 0
    assert call("schema", "check", "git:HEAD:../properties.yaml").code == 2


def test_a_further_working_tree_is_one(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of `git worktree`, whose repository lies elsewhere."""
    git("worktree", "add", "-q", str(tmp_path / "second"))
    monkeypatch.chdir(tmp_path / "second")
    assert list_files(["."]).paths == ["app.py", "properties.yaml", "sub/more.py"]
    assert only_changed(list_files(["."]), ["."], "HEAD").paths == []


@pytest.mark.parametrize(
    ("path", "content"),
    [(".git/HEAD", b""), (".git/index", b"DIRC nonsense"), (".git/config", b"[core\n")],
)
def test_a_broken_repository_is_reported(path: str, content: bytes, project: Path, call: Call) -> None:
    """The files are found without git, and what needs git ends with exit code 2."""
    (project / path).write_bytes(content)
    plain = call("lint")
    assert plain.code == 1
    assert "the files are found without git" in plain.err
    answer = call("lint", "--changed-since", "HEAD")
    assert (answer.code, answer.err.count("\n")) == (2, 1)


def test_no_git_at_all_is_reported(project: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what cannot be done without it; everything else goes on."""
    monkeypatch.setenv("PATH", str(project))
    answer = call("schema", "diff", "git:HEAD")
    assert answer.code == 2
    assert "there is no program `git`" in answer.err
    assert call("lint").code == 1


@pytest.mark.parametrize("name", [".gitignore", "sub/.gitignore", ".git/info/exclude"])
def test_a_pipe_in_the_place_of_an_ignore_file_is_refused(name: str, project: Path, call: Call) -> None:
    """Git would wait for it for ever."""
    (project / name).unlink(missing_ok=True)
    os.mkfifo(project / name)
    started = time.monotonic()
    answer = call("lint")
    assert time.monotonic() - started < 5
    assert answer.code == 2
    assert "is a pipe, not a file" in answer.err
    assert name in answer.err


def test_an_answer_may_be_cut(project: Path) -> None:
    """So that no content is too large; what fails says so all the same."""
    assert Question(".", "cat-file", "blob", "HEAD:properties.yaml").beginning(4) == b"file"
    with pytest.raises(GitFailed):
        Question(".", "cat-file", "blob", "HEAD:nothing").beginning(4)


def test_what_git_cannot_give_is_not_new(project: Path, call: Call) -> None:
    """A schema of which the repository has lost the content was there all the same."""
    blob = answer_of(".", "rev-parse", "HEAD:properties.yaml").decode().strip()
    (project / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    answer = call("schema", "diff", "git:HEAD", "properties.yaml")
    assert answer.code == 2
    assert "fetch it first" in answer.err
    assert "is new" not in answer.err
    (project / ".git" / "refs" / "heads" / "main").write_text("nonsense\n")
    broken = call("schema", "diff", "git:HEAD", "properties.yaml")
    assert broken.code == 2
    assert "is new" not in broken.err


def test_exceptions_are_those_of_the_command_line() -> None:
    """So that they are one sentence on standard error."""
    assert issubclass(GitFailed, UsageError)
    assert not issubclass(GitFailed, SchemaNotFound)
