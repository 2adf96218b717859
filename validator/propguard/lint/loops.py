"""Names that stand for each key or value of a map: in a loop, a comprehension, or the function handed to `forEach`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.origin import Part

_PAIRS = frozenset({"items", "entries", "iteritems"})
_SINGLE: dict[str, Part] = {"keys": "key", "values": "value"}
_SAME = frozenset(
    {"list", "sorted", "tuple", "reversed", "dict", "from", "filter", "sort", "toSorted", "slice", "copy"}
)
"""Calls that give back the entries that they are given, some of them or in another order."""

_EACH = {
    "each": 0,
    "each_pair": 0,
    "forEach": 0,
    "to_h": 0,
    "map": 0,
    "flatMap": 0,
    "filter": 0,
    "reduce": 1,
    "reduceRight": 1,
}
"""Methods that hand each member to a function, and as which of its parameters."""

_PATTERNS = frozenset(
    {
        "expression_list",
        "multi_variable_declaration",
        "pair",
        "pattern",
        "pattern_list",
        "tuple_pattern",
        "list_pattern",
        "array_pattern",
    }
)
_DEEPEST = 8


class Loop(NamedTuple):
    """What is gone through, and which part of each of its entries a name stands for."""

    iterated: Node
    part: Part


def loop_of(document: Document, lineage: Sequence[Node], at: int) -> Loop | None:
    """The loop at `lineage[at]`, where that is what gives the name its value that `lineage` begins with."""
    grammar, name, around = document.grammar, lineage[0], lineage[at]
    text = document.text(name)
    for clause in _clauses(document, around):
        pattern_field, iterated_field = grammar.loops[clause.type]
        pattern, iterated = document.child(clause, pattern_field), document.child(clause, iterated_field)
        if pattern is None or iterated is None or _is_inside(name, iterated) or _is_inside(name, pattern):
            continue
        place = _place_in(document, pattern, text)
        if place is not None:
            operator = clause.child_by_field_name("operator")
            by_key = operator is None or document.text(operator) == "in"
            return _loop(document, iterated, place, by_key=by_key)
    if around.type in grammar.functions and at + 2 < len(lineage):
        arguments, call = lineage[at + 1], lineage[at + 2]
        if arguments.type in grammar.arguments and call.type in grammar.calls:
            return _handed(document, text, around, call)
    if around.type in grammar.blocks:
        calls = [node for node in lineage[at + 1 : at + 3] if node.type in grammar.calls]
        return _given_to_block(document, text, around, calls[0]) if calls else None
    return None


def _given_to_block(document: Document, text: str, block: Node, call: Node) -> Loop | None:
    """A block behind `call`, of `each` and its like, which takes the key and the value of each entry."""
    receiver = document.receiver(call)
    if _EACH.get(document.called_name(call)) != 0 or receiver is None:
        return None
    listed = next((child for child in block.named_children if child.type.endswith("_parameters")), None)
    parameters = [] if listed is None else listed.named_children
    pattern = parameters[0] if len(parameters) == 1 else listed
    names = [] if pattern is None else [document.text(child) for child in pattern.named_children]
    place = names.index(text) if text in names else None
    return None if place is None or len(names) < 2 else _loop(document, receiver, place, by_key=False)


def entries_source(document: Document, node: Node) -> Node:
    """The map whose entries `node` lists: `props` in `Object.entries(props).filter(…)` or in `sorted(props.items())`."""
    for _ in range(_DEEPEST):
        if node.type in document.grammar.transparent and node.named_children:
            node = node.named_children[0]
            continue
        if node.type not in document.grammar.calls:
            return node
        name, receiver, arguments = document.called_name(node), document.receiver(node), document.positional(node)
        if name in _PAIRS | _SAME:
            inner = arguments[0] if arguments and (receiver is None or _is_builtin(document, receiver)) else receiver
            if inner is None:
                return node
            node = inner
        else:
            return node
    return node


def _is_builtin(document: Document, receiver: Node) -> bool:
    return document.text(receiver) in {"Object", "Array"}


def _clauses(document: Document, around: Node) -> Iterator[Node]:
    """Loops whose names are known inside `around`: itself, or the clauses of a comprehension."""
    if around.type in document.grammar.loops:
        yield around
    else:
        first = 1 if around.type in document.grammar.statements else 0
        yield from (child for child in around.named_children[first:4] if child.type in document.grammar.loops)


def _handed(document: Document, text: str, function: Node, call: Node) -> Loop | None:
    """A function that `call`, of `forEach` and its like, is handed, and of which `text` is a parameter or a part of one."""
    place, receiver = _EACH.get(document.called_name(call)), document.receiver(call)
    if place is None or receiver is None:
        return None
    single = function.child_by_field_name("parameter")
    listed = function.child_by_field_name("parameters")
    parameters = [single] if single is not None else list(listed.named_children if listed is not None else ())
    for number, parameter in enumerate(parameters):
        at = _place_in(document, parameter.child_by_field_name("pattern") or parameter, text)
        if at is None:
            continue
        if number == place:
            return _loop(document, receiver, at, by_key=False)
        if number == 1 and place == 0 and at < 0:  # a Map hands over the value first, then the key
            return Loop(entries_source(document, receiver), "key")
    return None


def _loop(document: Document, iterated: Node, place: int, *, by_key: bool) -> Loop | None:
    """What a name stands for: the member at `place` of each pair, or where that is negative, the whole member."""
    if place >= 0:
        return Loop(entries_source(document, iterated), "key" if place == 0 else "value") if place < 2 else None
    inner = iterated
    for _ in range(_DEEPEST):
        name = document.called_name(inner) if inner.type in document.grammar.calls else ""
        receiver = document.receiver(inner) if name else None
        arguments = document.positional(inner) if name else []
        if name in _SINGLE and receiver is not None:
            source = arguments[0] if arguments and _is_builtin(document, receiver) else receiver
            return Loop(entries_source(document, source), _SINGLE[name])
        if name not in _SAME:
            break
        following = arguments[0] if arguments and receiver is None else receiver
        if following is None:
            return None
        inner = following
    return Loop(entries_source(document, inner), "key" if by_key else "value")


def _place_in(document: Document, pattern: Node, text: str) -> int | None:
    """Which part of a pattern is the name `text`: its place in a pair, -1 where it is the whole; null where it is none."""
    if pattern.child_count == 0:
        return -1 if document.text(pattern) == text else None
    if pattern.type in document.grammar.transparent and pattern.named_children:
        return _place_in(document, pattern.named_children[0], text)
    if pattern.type in _PATTERNS:
        names = [document.text(child) for child in pattern.named_children]
        return names.index(text) if text in names else None
    return None


def _is_inside(node: Node, around: Node) -> bool:
    return around.start_byte <= node.start_byte < around.end_byte
