"""Patterns of paths, as ignore files have them, in time that is bounded by the length of the path."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

_CLASS = re.compile(r"\[([!^]?)(\]?[^\]/]*)\]")


@cache
def path_pattern(glob: str) -> re.Pattern[str]:
    """What matches the paths that `glob` stands for, relative to the folder that it is written for.

    `*`, `?` and `[…]` stay within a name, `**` goes through folders; a name without a slash is met at any depth, and a
    folder takes with it all that it holds. Raises re.error for a range whose end comes before its beginning.
    """
    names = [name for name in glob.split("/") if name not in {"", "."}]
    if "/" not in glob.removeprefix("./").rstrip("/"):
        names.insert(0, "**")
    # As every run of names between two `**` is taken where it is first met and kept there, nothing is tried twice.
    runs = ["/".join(map(_name, run)) for is_many, run in groupby(names, lambda name: name == "**") if not is_many]
    text = ""
    for number, run in enumerate(runs):
        is_free, is_last = number > 0 or names[0] == "**", number == len(runs) - 1
        if is_last:
            text += f"(?:[^/]+/)*{run}" if is_free else run
        else:
            text += f"(?>(?:[^/]+/)*?{run}/)" if is_free else f"{run}/"
    if not runs:
        return re.compile("[^/]+/." if glob.endswith("/") else "", re.DOTALL)
    is_folder = glob.endswith("/") or names[-1] == "**"
    return re.compile(text + ("/." if is_folder else "(?:/|\\Z)"), re.DOTALL)


def _name(glob: str) -> str:
    """The pattern of one name, in which each literal part is taken where it is first met."""
    pieces = [_literal(piece) for piece in re.split(r"\*+", glob)]
    if len(pieces) == 1:
        return pieces[0]
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1] if piece)
    return f"{pieces[0]}{middle}[^/]*{pieces[-1]}"


def _literal(glob: str) -> str:
    """The pattern of a part of a name without stars."""
    text, position = "", 0
    while position < len(glob):
        of_class = _CLASS.match(glob, position)
        if of_class is not None and of_class[2]:
            members = re.sub(r"([\\\[\]^&~|])", r"\\\1", of_class[2])
            text += f"[{'^/' if of_class[1] else ''}{members}]"
            position = of_class.end()
        else:
            text += "[^/]" if glob[position] == "?" else re.escape(glob[position])
            position += 1
    return text
