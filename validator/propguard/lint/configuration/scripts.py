"""Code in configuration: which strings are commands or scripts, and of which language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.configuration.templates import MARK, is_itself, marked
from propguard.lint.derived import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_SCRIPTS = re.compile(
    r"(?:.*[_-])?(?:run|scripts?|commands?|cmds?|exec|entrypoint|args|arguments|shell|bash|sh|test|inline|hooks?|curl)\Z"
    r"|.*(?:Command|Script)\Z",
    re.IGNORECASE,
)
_OF_SCRIPTS = frozenset({"scripts", "hooks", "commands", "tasks"})
"""Maps of names to commands, as in package.json."""

_WORDS = frozenset({"command", "cmd", "args", "arguments", "entrypoint", "exec", "test"})
"""Labels under which a list is one command word by word, where otherwise each item is a command."""

_HEADER_OPTIONS = frozenset({"-H", "--header"})
_SCRIPT_OPTION = re.compile(r"-[a-z]*c\Z")
_INTERPRETERS = {
    "python": "python",
    "python3": "python",
    "bash": "shell",
    "sh": "shell",
    "zsh": "shell",
    "node": "javascript",
}


def language_of_script(
    label: str, around: str, beside: Mapping[str, str | None], outside: Mapping[str, str | None]
) -> str | None:
    """The language of the code under `label`, itself under `around`; null where it is none.

    `beside` is what stands beside it, `outside` what stands beside `around`: an action of GitHub says what it runs.
    """
    if around == "with" and label == "script" and "github-script" in (outside.get("uses") or ""):
        return "javascript"
    if not _SCRIPTS.match(label) and around.lower() not in _OF_SCRIPTS:
        return None
    shell = (beside.get("shell") or "").split()
    return _INTERPRETERS.get(shell[0].rpartition("/")[2]) if shell and label == "run" else "shell"


def is_one_command(label: str, words: Sequence[str]) -> bool:
    """Whether a list under `label` is a command and its arguments."""
    return label.lower() in _WORDS or not _HEADER_OPTIONS.isdisjoint(words)


def is_script(before: str) -> bool:
    """Whether the argument behind `before` is a script, as in `sh -c`."""
    return _SCRIPT_OPTION.match(before) is not None


def command_of(words: Iterable[Sequence[Run] | None], base: bytes) -> Iterator[Run]:
    """A command of these words as a shell takes it, each in quotes; null stands for a word that is not known."""
    at = 0
    for word in words:
        runs = [Run(MARK.encode(), at, at)] if word is None else list(marked(word, base))
        at = runs[0].start if runs else at
        yield Run(b"'", at, at)
        for run in runs:
            yield from _quoted(run, base)
            at = run.end
        yield Run(b"' ", at, at)


def _quoted(run: Run, base: bytes) -> Iterator[Run]:
    """A run within single quotes, which a shell must leave for each that stands in it."""
    if not is_itself(run, base):
        yield run._replace(data=run.data.replace(b"'", b"'\\''"))
        return
    at = run.start
    for number, part in enumerate(run.data.split(b"'")):
        if number:
            yield Run(b"'\\''", at, at + 1)
            at += 1
        yield Run(part, at, at + len(part))
        at += len(part)
