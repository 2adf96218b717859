"""The one place that runs git: a question about a repository becomes git's answer, or `GitFailed` with the reason.

Whatever a repository holds, it cannot have a program run: no hook, no file system monitor, no filter or converter of
contents, no fetch of missing objects, no repository that only looks like one. Git writes nothing, not even its index.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Literal

from propguard.errors import UsageError
from propguard.files import require_ordinary
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    Kind = Literal["missing", "none", "bare", "refused", "failed"]

_SETTINGS = (
    "core.checkStat=default",
    "core.fsmonitor=",
    f"core.hooksPath={os.devnull}",
    "core.sshCommand=",
    "core.trustctime=true",
    "diff.autoRefreshIndex=false",
    "diff.external=",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)
"""What outranks the repository's own configuration."""

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # nothing is fetched, by a git that knows no GIT_NO_LAZY_FETCH either
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}

_OF_ONE_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR")
"""Variables that say which repository is meant, as git sets them for hooks."""

_FILTERS = ("config", "-z", "--name-only", "--get-regexp", r"^filter\.")
_NO_FILTER = {"clean": "", "smudge": "", "process": "", "required": "false"}

_PATIENCE = 0.5
"""Seconds after which a look is taken at what could stop git for ever."""

_READ_BY_GIT = frozenset({".gitignore", ".gitattributes", ".gitmodules"})
_OBJECTS = "objects"

_DUBIOUS = re.compile(r"(?:dubious ownership in repository at|unsafe repository \()\s*'(.*?)'", re.DOTALL)
_BARE = ("cannot use bare repository", "must be run in a work tree")
_NONE = ("not a git repository",)


class GitFailed(UsageError):
    """Git gives no answer; the message is a sentence that says why.

    `kind` is `missing` where there is no git, `none` where there is no repository, `bare` where it is one without a working
    tree, `refused` where git will not read it, and `failed` for everything else.
    """

    def __init__(self, message: str, kind: Kind) -> None:
        self.kind = kind
        super().__init__(message)


class Question:
    """What git was asked in a folder. It works on the answer while other things are done."""

    def __init__(self, folder: str, *arguments: str, reads_contents: bool = False, git_dir: str | None = None) -> None:
        """`reads_contents` is for commands that may compare files with what is stored. `git_dir` names a repository that the
        folder need not lie in."""
        self._folder = folder or os.curdir
        self._process: subprocess.Popen[bytes] | None = None
        program = _program(os.environ.get("PATH", os.defpath))
        if program is None:
            return
        environment = _environment(git_dir)
        if reads_contents:
            environment |= _without_filters(self._folder)
        settings = (part for setting in _SETTINGS for part in ("-c", setting))
        try:
            self._process = subprocess.Popen(
                [program, "--no-pager", "-C", self._folder, *settings, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
            )
        except (OSError, ValueError):
            return

    def __del__(self) -> None:
        """Nobody waits for the answer any more."""
        process = self._process
        if process is not None and process.returncode is None:
            process.kill()
            process.communicate()

    def answer(self) -> bytes:
        """What git prints. Raises GitFailed."""
        process = self._process
        if process is None:
            raise GitFailed("there is no program `git` on the PATH", "missing")
        try:
            output, errors = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            self._end_where_hindered(process)
            output, errors = process.communicate()
        if process.returncode != 0:
            raise _failure(self._folder, os.fsdecode(errors))
        return output

    def beginning(self, most: int) -> bytes:
        """The first `most` bytes of what git prints. Raises GitFailed."""
        process = self._process
        if process is None or process.stdout is None:
            return self.answer()
        with process:
            output = process.stdout.read(most)
            if len(output) == most:
                process.kill()
                return output
            errors = process.stderr.read() if process.stderr is not None else b""
        if process.returncode != 0:
            raise _failure(self._folder, os.fsdecode(errors))
        return output

    def _end_where_hindered(self, process: subprocess.Popen[bytes]) -> None:
        """Git waits for ever for a pipe in the place of a file that it reads; then it is ended. Raises UsageError."""
        for path in _read_by_git(self._folder):
            try:
                require_ordinary(path)
            except OSError as error:
                if error.errno != errno.EINVAL or os.path.isdir(path):
                    continue
                process.kill()
                process.communicate()
                raise UsageError(
                    f"git cannot read {visible(path)}: {error.strerror}; remove it or put a file there"
                ) from None


def git(folder: str, *arguments: str, git_dir: str | None = None) -> bytes:
    """What git answers in `folder`. Raises GitFailed."""
    return Question(folder, *arguments, git_dir=git_dir).answer()


def commit_of(name: str, folder: str, git_dir: str | None = None) -> str | None:
    """The commit that `name` stands for in a repository, None where git knows none. Raises GitFailed."""
    if not name or name.startswith("-"):  # what begins so would be an option
        return None
    try:
        return git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", git_dir=git_dir).decode().strip()
    except GitFailed as failure:
        if failure.kind == "failed":
            return None
        raise


def named_git_dir() -> str | None:
    """The repository that the environment names without a working tree, as git does for the hooks of a server."""
    named = os.environ.get("GIT_DIR")
    return os.path.abspath(named) if named and not os.environ.get("GIT_WORK_TREE") else None


@cache
def _program(search_path: str) -> str | None:
    """The git of the machine: no `git` that stands in a folder which is named from where the user is, as in a repository."""
    names = ("git.exe",) if os.name == "nt" else ("git",)
    for folder in search_path.split(os.pathsep):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def _environment(git_dir: str | None) -> dict[str, str]:
    """The user's environment, in which a repository is that of the folder, unless a working tree is named with it.

    With a GIT_DIR alone, git would take any folder for the top of the working tree.
    """
    environment = os.environ | _ENVIRONMENT
    if environment.get("GIT_WORK_TREE"):
        named = {name: environment[name] for name in _OF_ONE_REPOSITORY if environment.get(name)}
        return environment | {name: os.path.abspath(path) for name, path in named.items()}
    for name in _OF_ONE_REPOSITORY:
        environment.pop(name, None)
    return environment if git_dir is None else environment | {"GIT_DIR": git_dir}


def _without_filters(folder: str) -> dict[str, str]:
    """Variables that switch off every program that is configured to convert the contents of files."""
    try:
        found = os.fsdecode(git(folder, *_FILTERS)).split("\0")[:-1]
    except GitFailed:
        return {}
    names = dict.fromkeys(name.removeprefix("filter.").rpartition(".")[0] for name in found)
    settings = [(f"filter.{name}.{field}", value) for name in names for field, value in _NO_FILTER.items()]
    count = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    added = {f"GIT_CONFIG_KEY_{count + number}": key for number, (key, _) in enumerate(settings)}
    added |= {f"GIT_CONFIG_VALUE_{count + number}": value for number, (_, value) in enumerate(settings)}
    return added | {"GIT_CONFIG_COUNT": str(count + len(settings))} if settings else {}


def _read_by_git(folder: str) -> Iterator[str]:
    """The files that git itself reads for what it says of a folder."""
    root = next((os.path.dirname(mark) for mark in _marks(folder) if os.path.lexists(mark)), folder)
    for current, folders, names in os.walk(root):
        if f"{os.sep}.git{os.sep}" in f"{current}{os.sep}":
            folders[:] = [name for name in folders if name != _OBJECTS]
            yield from (os.path.join(current, name) for name in names)
        else:
            yield from (os.path.join(current, name) for name in names if name in _READ_BY_GIT)


def _marks(folder: str) -> Iterator[str]:
    """The paths at which the repository of a folder may lie, nearest first."""
    folder = os.path.abspath(folder)
    while True:
        yield os.path.join(folder, ".git")
        if os.path.dirname(folder) == folder:
            return
        folder = os.path.dirname(folder)


def _failure(folder: str, said: str) -> GitFailed:
    """What git says when it fails, in our words where we know it."""
    where = visible(os.path.abspath(folder))
    dubious = _DUBIOUS.search(said)
    if dubious is not None:
        root = visible(dubious[1])
        return GitFailed(
            f"git does not read the repository {root}, as it belongs to another user (detected dubious ownership); "
            f"allow it with `git config --global --add safe.directory {root}`",
            "refused",
        )
    if any(clause in said for clause in _BARE):
        return GitFailed(
            f"{where} lies in a repository without a working tree, which is read only where GIT_DIR names it", "bare"
        )
    if any(clause in said for clause in _NONE):
        broken = next((path for path in _marks(folder) if os.path.lexists(path)), None)
        if broken is None:
            return GitFailed(f"{where} is in no git repository", "none")
        return GitFailed(f"{visible(broken)} is there, but git does not take it for a repository", "failed")
    first = next((line for line in said.splitlines() if line.startswith(("fatal:", "error:"))), "it does not say why")
    return GitFailed(
        f"git cannot read the repository of {where}: {excerpt(visible(re.sub(r'^(fatal|error): ', '', first)))}",
        "failed",
    )
