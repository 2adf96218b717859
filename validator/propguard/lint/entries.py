"""The entries of a map, as far as the source says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from propguard.lint.origin import Origin
    from propguard.lint.text import Text

_MOST_ENTRIES = 2000


class Entry(NamedTuple):
    """One entry: the ways its key and its value come out, and where it stands, null where that is another file.

    `literal` is the map literal that it stands in.
    """

    keys: tuple[Text, ...]
    values: tuple[Text, ...]
    node: Node | None
    literal: Node | None = None

    def becoming(self, keys: Iterable[Text], values: Iterable[Text]) -> Iterator[Entry]:
        """The entry with other keys and values; nothing where there is no way left for one of them to come out."""
        changed = self._replace(keys=tuple(keys), values=tuple(values))
        if changed.keys and (changed.values or not self.values):
            yield changed


class Entries(NamedTuple):
    """What is known of a map: its entries, and what else goes into it, null for what may be anything."""

    known: tuple[Entry, ...] = ()
    rest: tuple[Origin | None, ...] = ()

    def __add__(self, other: Entries) -> Entries:  # type: ignore[override]  # two maps in one
        return Entries((*self.known, *other.known)[:_MOST_ENTRIES], tuple(dict.fromkeys((*self.rest, *other.rest))))


NONE = Entries()
ANYTHING = Entries(rest=(None,))
