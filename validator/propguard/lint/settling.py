"""From writes to usages: what stands for each entry of a map is put in, and what comes from a parameter is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.text import HOLE, Text, unique
from propguard.lint.usage_of import caller_key, usage_of
from propguard.lint.wrappers import is_handed_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.lint.analysis import Analysis
    from propguard.lint.wrappers import Write
    from propguard.model.usage import Usage


class Settled(NamedTuple):
    """A write, and the usage that it is; null where it only hands on what a function was given."""

    write: Write
    usage: Usage | None


def settled(analysis: Analysis, write: Write) -> Iterator[Settled]:
    """`write` with the entries of maps put in for the names that stand for each of them."""
    for one in _expanded(analysis, write):
        yield Settled(one, usage_in(analysis, one) if _is_told(one) else None)


def _is_told(write: Write) -> bool:
    """Whether the key is said here; one that a wrapper is handed is said where the wrapper is called."""
    if write.wrapper is None:
        return True
    if write.is_whole:
        return False
    if write.implied:
        return not all(is_handed_on(way, write.key) for way in write.values)
    is_named = any(piece.text for piece in write.key.pieces)
    return is_named or not any(origin.name for origin in write.key.origins())


def usage_in(analysis: Analysis, write: Write) -> Usage:
    """The usage that `write` is."""
    values = [way for way in write.values if not any(origin.closed for origin in way.origins())] or list(write.values)
    usage = usage_of(analysis.document, write.node, write.door, write.shape, write.key, values, literal=write.literal)
    handed = write.wrapper is None and any(origin.name for origin in write.key.origins())
    return usage._replace(
        wrapper=write.wrapper,
        handed=handed,
        complete=_is_complete(analysis, write),
        fixed_in=write.fixed_in,
        caller_key=write.caller_key,
    )


def _is_complete(analysis: Analysis, write: Write) -> bool:
    """Whether the map literal that a property stands in has nothing but entries."""
    grammar = analysis.document.grammar
    entries = grammar.pairs.keys() | grammar.shorthand | grammar.comments
    return write.literal is not None and all(child.type in entries for child in write.literal.named_children)


def _expanded(analysis: Analysis, write: Write) -> Iterator[Write]:
    source = next((origin for origin in write.key.origins() if not origin.name and origin.part == "key"), None)
    node = None if source is None else analysis.origins.iterated.get(source.owner)
    if not any(map(_is_of_entries, (write.key, *write.values))):
        yield write
        return
    if source is None or node is None:
        yield write._replace(key=_without_entries(write.key), values=tuple(map(_without_entries, write.values)))
        return
    entries, calls = analysis.maps.entries(node), analysis.calls
    whole = source._replace(part="whole", changes=())
    for entry in entries.known:
        values = tuple(_without_entries(way) for way in calls.put_in(write.values, whole, "value", entry.values))
        if not values and write.values:
            continue  # it is left out
        for key in calls.put_in([write.key], whole, "key", entry.keys):
            if any(
                origin.name for origin in key.origins()
            ):  # whoever puts it in was handed it, and is told where called
                yield write._replace(key=key, values=values)
                continue
            found = write._replace(
                node=entry.node or write.node,
                key=key,
                values=values,
                literal=entry.literal,
                implied=False,
                caller_key=None if entry.node is None else caller_key(analysis.document, entry.node),
            )
            yield from _expanded(analysis, found) if _is_of_entries(key) else (found,)
    is_hop = write.wrapper is not None and any(rest is not None and rest.name for rest in entries.rest)
    for rest in dict.fromkeys(entries.rest):
        if rest is None and is_hop:
            continue  # what else goes in is said elsewhere
        if rest is None:
            yield write._replace(key=_without_entries(write.key), values=tuple(map(_without_entries, write.values)))
            continue
        key = calls.put_under([write.key], whole, "key", rest)[0]
        values = tuple(unique(calls.put_under(write.values, whole, "value", rest)))
        found = write._replace(key=key, values=values)
        yield from _expanded(analysis, found) if _is_of_entries(key) and rest.owner != source.owner else (found,)


def _is_of_entries(way: Text) -> bool:
    return any(not origin.name for origin in way.origins())


def _without_entries(way: Text) -> Text:
    """`way` with plain holes where an entry of a map of this document stood."""
    if not _is_of_entries(way):
        return way
    return way._replace(
        pieces=tuple(
            HOLE.pieces[0] if piece.origin is not None and not piece.origin.name else piece for piece in way.pieces
        )
    )
