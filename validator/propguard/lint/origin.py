"""What fills a hole in a text: a parameter of a function, something below it, or the entries of a map, rewritten or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.naming import in_style

if TYPE_CHECKING:
    from collections.abc import Callable

Change = tuple[str, ...]
"""One rewriting of a text: its name and its arguments."""

UNKNOWN: Change = ("unknown",)

Part = Literal["whole", "key", "value", "default"]


class Origin(NamedTuple):
    """Where the text of a hole comes from.

    `owner` is the byte at which the function, or the class, begins whose parameter or field is called `name`; `path` is
    what is read below it. For the entries of a map that stands in the same document, `owner` is the byte at which the
    expression of the map begins, and `name` is empty. `part` tells the key or the value of each entry from the whole; a
    text that is known has one as well where it is what the parameter is by `default`, be it only where what is given is
    not of a kind: then the changes say of which.
    A `closed` one is a parameter whose type lists all that it can be.
    """

    owner: int
    name: str
    path: tuple[str, ...] = ()
    part: Part = "whole"
    changes: tuple[Change, ...] = ()
    closed: bool = False

    def below(self, name: str) -> Origin | None:
        """What is read under `name` in it; null below the key or the value of an entry, which are texts."""
        return self._replace(path=(*self.path, name)) if self.part == "whole" and not self.changes else None

    def entry(self, part: Part) -> Origin | None:
        """The keys or the values of the map that it is."""
        return self._replace(part=part) if self.part == "whole" and not self.changes else None

    def changed(self, change: Change) -> Origin:
        return self._replace(changes=(*self.changes, change))


def rewritten(text: str, changes: tuple[Change, ...]) -> str | None:
    """`text` after all `changes`; null where one of them is not known."""
    for change in changes:
        result = _rewritten(text, change)
        if result is None:
            return None
        text = result
    return text


_CASES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "capitalize": str.capitalize,
    "strip": str.strip,
}


def _rewritten(text: str, change: Change) -> str | None:
    name, *arguments = change
    if name in {"given", "if", "text"}:
        return text
    if name in _CASES:
        return _CASES[name](text)
    if name == "replace":
        return text.replace(arguments[0], arguments[1])
    if name == "style":
        return in_style(text, arguments[0])  # type: ignore[arg-type]  # one of the styles
    if name == "first upper":
        return text[:1].upper() + text[1:]
    if name == "replace first":
        return text.replace(arguments[0], arguments[1], 1)
    if name == "without prefix":
        return text[len(arguments[0]) :] if text.lower().startswith(arguments[0].lower()) else text
    if name == "sub":
        from propguard.rules.pattern_language import substituted

        return substituted(arguments[0], arguments[1], text)
    return None
