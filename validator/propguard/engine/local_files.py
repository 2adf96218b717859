"""Files that the user names, as the embedded engine is given them: by links of our own, whose names mean nothing to it.

A path that exists is that file, whatever its name looks like; else it is a pattern.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
from itertools import product
from typing import TYPE_CHECKING

from propguard.engine.scratch import ScratchFolder
from propguard.errors import UsageError, system_reason
from propguard.files import require_ordinary
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):/")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)\.\.(\d+)\Z")
_MOST_CHOICES = 10_000
_LINK = "propguard-file-"


def files_at(source: str) -> list[str]:
    """The files that `source` names, in order; a pattern may have none. Raises UsageError for whatever is no file."""
    if os.path.lexists(source) or (not glob.has_magic(source) and "{" not in source):
        paths = [source]
    else:
        patterns = _expanded(source)
        paths = sorted(
            {path for pattern in patterns for path in glob.glob(pattern, recursive=True) if not os.path.isdir(path)}
        )
    for path in paths:
        try:
            require_ordinary(path)
        except OSError as error:
            address = _ADDRESS.match(source)
            shown = (
                f"an address that begins with `{address[1]}:`"
                if address and not os.path.lexists(source)
                else visible(path)
            )
            hint = "; name files, such as *.jsonl" if os.path.isdir(path) else ""
            raise UsageError(f"cannot read {shown}: {system_reason(error)}{hint}") from None
    return paths


def _expanded(pattern: str) -> list[str]:
    """The patterns that one with `{a,b}` or `{1..9}` stands for."""
    parts = _CHOICE.split(pattern)
    choices = [[part] if number % 2 == 0 else _choices(part) for number, part in enumerate(parts)]
    total = 1
    for one in choices:
        total *= len(one)
    if total > _MOST_CHOICES:
        raise UsageError(f"the pattern {visible(pattern)} stands for more than {_MOST_CHOICES:,} names")
    return ["".join(parts) for parts in product(*choices)]


def _choices(text: str) -> list[str]:
    match = _RANGE.match(text)
    if match is None:
        return text.split(",")
    first, last = int(match[1]), int(match[2])
    if abs(last - first) >= _MOST_CHOICES:
        raise UsageError(f"{{{text}}} stands for more than {_MOST_CHOICES:,} numbers")
    numbers = range(min(first, last), max(first, last) + 1)
    width = len(match[1]) if match[1].startswith("0") else 0
    return [str(number).zfill(width) for number in numbers]


class LinkedFiles:
    """Links to files in a folder of their own; the name of a link is its number, by which the file is found again."""

    def __init__(self) -> None:
        self._scratch = ScratchFolder()
        self._paths: list[str] = []

    @property
    def folder(self) -> str:
        """Where other things may be kept for as long."""
        return self._scratch.path

    def link(self, path: str) -> str:
        """The link to the file at `path`."""
        link = os.path.join(self._scratch.path, f"{_LINK}{len(self._paths)}")
        os.symlink(os.path.abspath(path), link)
        self._paths.append(path)
        return link

    def gathered(self, group: int, links: Sequence[str]) -> str:
        """A pattern of exactly these links, which are put into the folder of a group."""
        folder = os.path.join(self._scratch.path, str(group))
        os.makedirs(folder, exist_ok=True)
        for link in links:
            with contextlib.suppress(FileExistsError):
                os.symlink(os.path.realpath(link), os.path.join(folder, os.path.basename(link)))
        return os.path.join(folder, "*")

    def path_of(self, name: str) -> str | None:
        """The file behind the link of this name; None where it is none of ours."""
        number = os.path.basename(name).removeprefix(_LINK)
        return self._paths[int(number)] if number.isdecimal() and int(number) < len(self._paths) else None

    def close(self) -> None:
        """Remove the links, not what they lead to."""
        self._scratch.close()
