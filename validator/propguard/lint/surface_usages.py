"""Usages by the forms of the platform's own libraries: below certain options, and by methods that keep the case of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.surfaces import SURFACES
from propguard.lint.text import HOLE, Piece, Text
from propguard.lint.wrappers import Write
from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.origin import Origin, Part
    from propguard.lint.surfaces import Surface

_TAG = Piece("Tag-")
_SENT_FOR_TAG = Text((Piece("true"),))


def writes_at_surfaces(analysis: Analysis) -> Iterator[Write]:
    """What a document writes by the forms in the table."""
    data = analysis.document.source.data
    for surface in SURFACES:
        read = _of_attributes if surface.holds == "attributes" else _of_option
        names = [name for name in surface.names if name.encode() in data]
        if names and (not surface.about or any(word.encode() in data for word in surface.about)):
            for node in (node for name in names for node in analysis.bindings.words_named(name)):
                yield from read(analysis, surface, node)


def _of_attributes(analysis: Analysis, surface: Surface, name: Node) -> Iterator[Write]:
    """The attributes with the prefix in the map that a method called `name` is given."""
    document, grammar = analysis.document, analysis.document.grammar
    callee, call = name, name.parent
    if call is not None and call.type in grammar.members and document.is_field(name, call, grammar.members[call.type]):
        callee, call = call, call.parent
    if (
        call is None
        or call.type not in grammar.calls
        or not document.is_field(callee, call, grammar.calls[call.type][0])
    ):
        return
    for argument in map(document.bare, document.positional(call)[:1]):
        for entry in analysis.maps.entries(argument).known:
            literal = argument if argument.type in grammar.maps else entry.literal
            for key in (way.without_prefix(HEADER_PREFIX) for way in entry.keys):
                if key is not None and entry.node is not None:
                    yield Write(entry.node, surface.door, "map", key, entry.values, literal)


def _of_option(analysis: Analysis, surface: Surface, name: Node) -> Iterator[Write]:
    """What stands below the option whose name is `name`."""
    from tree_sitter import Node

    value = _value_under(analysis, name)
    for target in [] if value is None else analysis.maps.below(value, surface.path):
        if isinstance(target, Node):
            read = _tags if surface.holds == "tags" else _properties
            yield from read(analysis, surface, target)


def _value_under(analysis: Analysis, name: Node) -> Node | None:
    """The value of the option: in a map, as a keyword argument, or assigned to a member or an entry of that name."""
    document, grammar = analysis.document, analysis.document.grammar
    if name.type in grammar.shorthand:
        return name
    parent = name.parent
    if parent is not None and parent.type in grammar.plain:
        name, parent = parent, parent.parent
    if parent is None:
        return None
    for table in (grammar.pairs, grammar.keyword_arguments):
        fields = table.get(parent.type)
        if fields is not None and document.is_field(name, parent, fields[0]):
            return document.child(parent, fields[1])
    field = grammar.members.get(parent.type) or grammar.subscripts.get(parent.type)
    target = parent.parent
    if field is None or target is None or not document.is_field(name, parent, field):
        return None
    sides = grammar.assignments.get(target.type)
    is_assigned = sides is not None and document.is_field(parent, target, sides[0])
    return document.child(target, sides[1]) if sides is not None and is_assigned else None


def _properties(analysis: Analysis, surface: Surface, target: Node) -> Iterator[Write]:
    """The entries of a map of properties; where they are not known, that there are some."""
    entries = analysis.maps.entries(target)
    for entry in entries.known:
        for key in entry.keys:
            yield Write(entry.node or target, surface.door, "map", key, _as_sent(entry.values), entry.literal)
    for rest in entries.rest:
        yield Write(target, surface.door, "map", _entry(rest, "key"), (_entry(rest, "value"),))


def _entry(rest: Origin | None, part: Part) -> Text:
    origin = None if rest is None else rest.entry(part)
    return HOLE if origin is None else Text((Piece(None, origin=origin),))


def _as_sent(values: Iterable[Text]) -> tuple[Text, ...]:
    """Values as the libraries send them: what is no string is turned into one."""
    return tuple(value if value.json_type == "string" else Text((Piece(value.known),)) for value in values)


def _tags(analysis: Analysis, surface: Surface, target: Node, depth: int = 0) -> Iterator[Write]:
    """A property for each tag in a list."""
    grammar = analysis.document.grammar
    target = analysis.document.bare(target)
    values = analysis.bindings.values(target) if target.type in grammar.names and depth == 0 else None
    for bound in values or ():
        yield from _tags(analysis, surface, bound, depth + 1)
    if values:
        return
    items = target.named_children if target.type in grammar.sequences else [target]
    for item in items:
        if item.type in grammar.comments:
            continue
        is_one = target.type in grammar.sequences and item.type not in grammar.spreads
        for tag in analysis.evaluator.ways(item) if is_one else [HOLE]:
            yield Write(item, surface.door, "tag", tag._replace(pieces=(_TAG, *tag.pieces)), (_SENT_FOR_TAG,))
