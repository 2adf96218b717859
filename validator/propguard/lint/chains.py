"""Requests that are built step by step: `client.put(url).header(…).json(body)`, `client.put(url) { setBody(body) }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document

_LONGEST = 20
_BODY_STEPS = frozenset(
    "body bodyjson bodyvalue content json jsonbody put send sendjson sendstring setbody withbody".split()
)
"""Steps that are given what is sent, without underscores and in lower case."""


def steps(document: Document, call: Node) -> Iterator[Node]:
    """The other calls of the chain that `call` is a step of, and those in a block of code that follows it."""
    yield from _before(document, call)
    yield from _after(document, call)


def body_of(document: Document, call: Node) -> Node | None:
    """What a step of the chain around `call` is given to send."""
    for step in steps(document, call):
        arguments = document.positional(step)
        name = document.called_name(step).replace("_", "").lower()
        if arguments and (name in _BODY_STEPS or (name == "method" and len(arguments) == 2)):
            return arguments[-1]
    return None


def _before(document: Document, call: Node) -> Iterator[Node]:
    """The calls on whose outcome `call` is a method."""
    receiver = document.receiver(call)
    for _ in range(_LONGEST):
        if receiver is None or receiver.type not in document.grammar.calls:
            return
        yield receiver
        receiver = document.receiver(receiver)


def _after(document: Document, call: Node) -> Iterator[Node]:
    """The calls of methods on the outcome of `call`, and of functions in the block that follows it."""
    for _ in range(_LONGEST):
        around = document.around(call)
        while around is not None and _is_passed_through(document, around):
            around = document.around(around)
        if around is None or around.type not in document.grammar.calls:
            return
        if document.child(around, document.grammar.calls[around.type][0]) is None:
            return
        yield from (node for node in _in_block(document, call, around) if node.type in document.grammar.calls)
        yield around
        call = around


def settings(document: Document, call: Node) -> Iterator[Node]:
    """What the block of code that follows `call` assigns, such as `method = HttpMethod.Put`."""
    around = document.around(call)
    if around is not None and around.type in document.grammar.calls:
        for node in _in_block(document, call, around):
            if node.type in document.grammar.assignments:
                value = document.child(node, document.grammar.assignments[node.type][1])
                if value is not None:
                    yield value


def _is_passed_through(document: Document, node: Node) -> bool:
    return node.type in document.grammar.members or node.type in document.grammar.transparent


def _in_block(document: Document, call: Node, around: Node) -> Iterator[Node]:
    """The calls and assignments that stand by themselves in the block of code behind `call`."""
    if document.child(around, 0) != call:
        return
    pending = [child for child in around.named_children[1:] if child.type not in document.grammar.arguments]
    for _ in range(_LONGEST * 5):
        if not pending:
            return
        node = pending.pop(0)
        if node.type in document.grammar.calls or node.type in document.grammar.assignments:
            yield node
        else:
            pending.extend(node.named_children)
