"""What is said of a request after it is made: `request.body = …`, `curl_setopt($handle, CURLOPT_POSTFIELDS, …)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document

_SETTING = "curl_setopt"
_SETTING_ALL = "curl_setopt_array"
_MOST_REFERENCES = 200


class RequestOptions:
    """The options of the requests of one document."""

    def __init__(self, document: Document, bindings: Bindings) -> None:
        self._document = document
        self._grammar = document.grammar
        self._bindings = bindings

    def options(self, call: Node) -> Iterator[tuple[str, Node]]:
        """The name and value of each option of the request that `call` makes or tells something, one by one."""
        name = self._name_of_request(call)
        for reference in [] if name is None else self._bindings.references(name)[:_MOST_REFERENCES]:
            yield from self._assigned(reference)
            yield from self._set(reference)

    def _name_of_request(self, call: Node) -> Node | None:
        """The name that the request is bound to: by an assignment, in a block that the call is given, as a handle."""
        grammar, parent = self._grammar, call.parent
        fields = None if parent is None else grammar.declarations.get(parent.type)
        if parent is not None and fields is not None and self._document.is_field(call, parent, fields[1]):
            return self._document.child(parent, fields[0])
        block = call.child_by_field_name("block")
        parameters = None if block is None else block.child_by_field_name("parameters")
        candidates = [] if parameters is None else parameters.named_children
        if self._document.called_name(call) in {_SETTING, _SETTING_ALL}:
            candidates = self._document.positional(call)
        return candidates[0] if candidates and candidates[0].type in grammar.names else None

    def _assigned(self, request: Node) -> Iterator[tuple[str, Node]]:
        """`request.body = …`"""
        member = request.parent
        target = None if member is None else member.parent
        if member is None or target is None or request != member.named_children[0]:
            return
        if member.type in self._grammar.calls:
            return
        field = self._grammar.members.get(member.type)
        name = None if field is None else self._document.child(member, field)
        if target.type in self._grammar.calls and target.parent is not None and len(target.named_children) == 1:
            target, member = target.parent, target  # where a member is a call without arguments
        fields = self._grammar.assignments.get(target.type)
        value = None if fields is None else self._document.child(target, fields[1])
        if name is not None and value is not None and fields and self._document.is_field(member, target, fields[0]):
            yield self._document.text(name), value

    def _set(self, request: Node) -> Iterator[tuple[str, Node]]:
        """`curl_setopt($request, NAME, …)`, and all at once."""
        call = self._document.call_of_argument(request)
        arguments = [] if call is None else self._document.positional(call)
        if call is None or len(arguments) < 2 or arguments[0] != request:
            return
        called = self._document.called_name(call)
        if called == _SETTING and len(arguments) == 3:
            yield self._document.text(arguments[1]), arguments[2]
        elif called == _SETTING_ALL and self._document.is_map(arguments[1]):
            for pair in filter(self._document.is_pair, self._document.items_of(arguments[1])):
                value = self._document.halves(pair)[1]
                if value is not None:
                    yield self._document.label(pair), value
