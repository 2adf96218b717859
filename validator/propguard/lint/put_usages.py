"""Usages by the API: `PUT /v1/request/{id}/property` in its usual forms, and the key and value in its body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.command_text import is_run, puts_property
from propguard.lint.json_text import entries_of
from propguard.lint.request_options import RequestOptions
from propguard.lint.text import HOLE, Text
from propguard.lint.usage_of import unknown_usage, usage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document
    from propguard.lint.evaluate import Evaluator
    from propguard.lint.placement import Placement
    from propguard.model.usage import Usage

_ADDRESS = re.compile(r"/request/[^/]+/property/?(?:[?#].*)?\Z")
_ROUTE = re.compile(r"/(?:[^/]+/)*request/(?::|\{|<|\[)[^/]*/property/?\Z")
"""The pattern of an address, as servers declare it and typed clients name it."""

_BODY_NAMES = ("json", "data", "body", "content", "payload", "CURLOPT_POSTFIELDS")
_METHOD_NAMES = ("method", "CURLOPT_CUSTOMREQUEST")
_CONSTANT_NAMES = frozenset({"CURLOPT_CUSTOMREQUEST", "CURLOPT_POSTFIELDS"})
_ENCODERS = frozenset(
    "stringify dumps encode dump_json Buffer from to_json generate dump json_encode wp_json_encode encode_to_iodata".split()
)
_HEADERS = re.compile(r"(?i)headers?\Z")
_HEADER_NAME = re.compile(r"(?i)(?:[a-z]+-[a-z-]+|accept|authorization)\Z")
_METHOD_OPTIONS = ("-X", "--request", "--method")
_DATA_OPTIONS = ("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json", "--body-data")
_ATTACHED_DATA = re.compile(rf"-d|(?:{'|'.join(_DATA_OPTIONS[1:])})=")
_DEEPEST = 8


class PutReader:
    """Reads the PUT calls of one document."""

    def __init__(self, document: Document, evaluator: Evaluator, bindings: Bindings) -> None:
        self._document = document
        self._grammar = document.grammar
        self._evaluator = evaluator
        self._bindings = bindings
        self._requests = RequestOptions(document, bindings)

    def means_something(self, node: Node) -> bool:
        """Whether `node` comes out as the address of a request's property."""
        return any(_ADDRESS.search(way.starred("*")) for way in self._evaluator.ways(node))

    def usages(self, node: Node, placement: Placement) -> Iterator[Usage]:
        if is_run(self._document, node) and any(map(puts_property, self._evaluator.ways(node))):
            yield unknown_usage(self._document, node, "api", "put")
        if placement.use == "read" or not self.means_something(node):
            return
        parent = node.parent
        if parent is not None and parent.type in self._grammar.commands:
            yield from self._in_command(parent)
            return
        call = self._call_around(node)
        if call is None:
            yield from self._in_options(node)
        elif self._is_put(call):
            yield from self._in_call(call, node)
        elif (around := self._document.call_of_argument(call)) is not None and self._is_put(around):
            yield from self._in_call(around, call)

    def _in_options(self, address: Node) -> Iterator[Usage]:
        """A map that says all of a request: its address, its method, its body."""
        pair = address.parent
        options = None if pair is None or pair.type not in self._grammar.pairs else pair.parent
        entries = [] if options is None else list(self._entries(options))
        methods = [value for name, value in entries if name in _METHOD_NAMES and value is not None]
        if options is None or not any(self._says_put(method) for method in methods):
            return
        bodies = [value for name, value in entries if name in _BODY_NAMES and value is not None]
        if bodies:
            yield from self._in_body(bodies[0], options)
        else:
            yield unknown_usage(self._document, options, "api", "put")

    def _says_put(self, method: Node) -> bool:
        return any((way.known or "").upper() == "PUT" for way in self._evaluator.ways(method))

    def _call_around(self, node: Node) -> Node | None:
        """The call that `node` is an argument of, be it inside a map of options or a tuple."""
        call, around = self._document.call_of_argument(node), node.parent
        if call is not None or around is None:
            return call
        options = around.parent if around.type in self._grammar.pairs else around
        is_literal = options is not None and options.type in self._grammar.maps | self._grammar.sequences
        return self._document.call_of_argument(options) if options is not None and is_literal else None

    def _is_put(self, call: Node) -> bool:
        """Whether the call names the method PUT: by its own name, an argument, or an option."""
        path = [word.lower() for word in self._document.called_path(call)]
        if self._document.called_name(call).lower() == "put" or path[-2:] == ["put", "new"]:
            return True
        named = self._document.keyword(call, "method")
        candidates = [*self._document.positional(call)[:2], *([] if named is None else [named])]
        for argument in self._document.positional(call):
            candidates.extend(
                value
                for name, value in self._entries(self._resolved(argument))
                if name in _METHOD_NAMES and value is not None
            )
        candidates.extend(value for name, value in self._requests.options(call) if name in _METHOD_NAMES)
        return any(map(self._says_put, candidates))

    def _in_call(self, call: Node, address: Node) -> Iterator[Usage]:
        is_route = any(_ROUTE.match(way.known or "") for way in self._evaluator.ways(address))
        body = self._named_body(call, address) or (None if is_route else self._following(call, address))
        if body is None and is_route:
            return
        if body is None:
            yield unknown_usage(self._document, call, "api", "put")
            return
        yield from self._in_body(body, call)

    def _named_body(self, call: Node, address: Node) -> Node | None:
        """What is sent where it has a name: a keyword argument or an option of a map."""
        keyword = self._document.keyword(call, *_BODY_NAMES)
        if keyword is not None:
            return keyword
        for argument in self._document.positional(call):
            for name, value in self._entries(self._resolved(argument)):
                if name in _BODY_NAMES and argument != address:
                    return value
        return next((value for name, value in self._requests.options(call) if name in _BODY_NAMES), None)

    def _following(self, call: Node, address: Node) -> Node | None:
        """The first argument after the address that does not give headers."""
        positional = self._document.positional(call)
        after = positional.index(address) + 1 if address in positional else len(positional)
        return next((body for body in positional[after:] if not self._holds_headers(body)), None)

    def _holds_headers(self, argument: Node) -> bool:
        node = self._resolved(argument)
        if node.type in self._grammar.sequences or _HEADERS.search(self._document.text(argument)):
            return True
        return any(_HEADER_NAME.match(name or "") for name, _ in self._entries(node))

    def _in_body(self, body: Node, call: Node) -> Iterator[Usage]:
        body = self._resolved(body)
        if body.type in self._grammar.maps or body.type in self._grammar.arguments:
            yield from self._in_map(body, call)
            return
        yield from self._in_texts(self._evaluator.ways(body), body, call)

    def _in_texts(self, ways: list[Text], body: Node, call: Node) -> Iterator[Usage]:
        for way in ways:
            entries = entries_of(way)
            if entries is None:
                yield unknown_usage(self._document, call, "api", "put")
            elif "key" in entries:
                yield usage_of(self._document, body, "api", "put", entries["key"], [entries.get("value", HOLE)])
            elif entries:
                yield usage_of(self._document, body, "api", "put-map-body", HOLE, [HOLE])

    def _in_map(self, body: Node, call: Node) -> Iterator[Usage]:
        entries = dict(self._entries(body))
        names = [name for name in entries if name is not None]
        if "key" in entries:
            key_node, value_node = entries["key"], entries.get("value")
            values = [HOLE] if value_node is None else self._evaluator.ways(value_node)
            for key in [HOLE] if key_node is None else self._evaluator.ways(key_node):
                yield usage_of(self._document, key_node or call, "api", "put", key, values)
        elif names and len(names) == len(entries):
            yield usage_of(self._document, body, "api", "put-map-body", HOLE, [HOLE])
        else:
            yield unknown_usage(self._document, call, "api", "put")

    def _resolved(self, node: Node) -> Node:
        """A body without what encodes it, and what a name of it is bound to."""
        for _ in range(_DEEPEST):
            if node.type in self._grammar.transparent and node.named_children:
                node = node.named_children[0]
            elif node.type in self._grammar.calls and self._document.called_name(node) in _ENCODERS:
                arguments, receiver = self._document.positional(node), self._document.receiver(node)
                charset = self._document.called_name(node) == "encode" and arguments and self._is_string(arguments[0])
                inner = arguments[0] if arguments and not charset else receiver
                given = self._document.arguments_of(node)
                if given and given[0].type in self._grammar.pairs:
                    inner = node.child_by_field_name(self._grammar.calls[node.type][1])  # a map without its braces
                if inner is None:
                    return node
                node = inner
            elif node.type in self._grammar.names:
                values = self._bindings.values(node)
                if values is None or len(values) != 1:
                    return node
                node = values[0]
            else:
                return node
        return node

    def _is_string(self, node: Node) -> bool:
        return node.type in self._grammar.plain or node.type in self._grammar.verbatim

    def _entries(self, node: Node) -> Iterator[tuple[str | None, Node | None]]:
        """The entries of a map literal: names where known, values; nothing for what is no map."""
        if node.type not in self._grammar.maps and node.type not in self._grammar.arguments:
            return
        for child in node.named_children:
            if child.type in self._grammar.pairs:
                key, value = (child.child_by_field_name(field) for field in self._grammar.pairs[child.type])
                yield (None if key is None else self._name_of(key)), value
            elif child.type in self._grammar.shorthand:
                yield self._document.text(child), child
            elif child.type not in self._grammar.comments:
                yield None, child

    def _name_of(self, key: Node) -> str | None:
        if key.child_count == 0 and key.type not in self._grammar.names:
            return self._document.text(key)
        ways = self._evaluator.ways(key)
        known = ways[0].known if len(ways) == 1 else None
        return self._document.text(key) if known is None and self._document.text(key) in _CONSTANT_NAMES else known

    def _in_command(self, command: Node) -> Iterator[Usage]:
        arguments = [child for child in command.named_children if child.type != "command_name"]
        texts = [self._document.text(argument).strip("\"'") for argument in arguments]
        method = _option(texts, _METHOD_OPTIONS)
        if method is None or method.upper() != "PUT":
            return
        for number, argument in enumerate(arguments):
            if number > 0 and texts[number - 1] in _DATA_OPTIONS:
                yield from self._in_body(argument, command)
                return
            if texts[number] not in _DATA_OPTIONS and _ATTACHED_DATA.match(texts[number]):
                yield from self._in_texts(self._attached(argument), argument, command)
                return
        yield unknown_usage(self._document, command, "api", "put")

    def _attached(self, argument: Node) -> list[Text]:
        """The ways of an argument without the option that its data are attached to."""
        return [
            rest
            for way in self._evaluator.ways(argument)
            if (option := _ATTACHED_DATA.match(way.starred())) is not None
            and (rest := way.without_prefix(option[0])) is not None
        ]


def _option(texts: list[str], names: tuple[str, ...]) -> str | None:
    """The value of a command's option: the next word, or what is attached to it."""
    for number, text in enumerate(texts):
        for name in names:
            if text == name and number + 1 < len(texts):
                return texts[number + 1]
            if text.startswith(name) and len(text) > len(name):
                return text[len(name) :].lstrip("=")
    return None
