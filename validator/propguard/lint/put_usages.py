"""Usages by the API: `PUT /v1/request/{id}/property` in its usual forms, and the key and value in its body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.chains import body_of, settings, steps
from propguard.lint.command_text import is_run, puts_property
from propguard.lint.json_text import entries_of
from propguard.lint.request_options import RequestOptions
from propguard.lint.text import HOLE, Text
from propguard.lint.wrappers import Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document
    from propguard.lint.evaluate import Evaluator
    from propguard.lint.placement import Placement

_ADDRESS = re.compile(r"/request/[^/]+/property/?(?:[?#].*)?\Z")
_ROUTE = re.compile(r"/(?:[^/]+/)*request/(?::|\{|<|\[)[^/]*/property/?\Z")
"""The pattern of an address, as servers declare it and typed clients name it."""

_BODY_NAMES = ("json", "data", "body", "content", "payload", "CURLOPT_POSTFIELDS")
_METHOD_NAMES = ("method", "CURLOPT_CUSTOMREQUEST")
_CONSTANT_NAMES = frozenset({"CURLOPT_CUSTOMREQUEST", "CURLOPT_POSTFIELDS"})
_ENCODERS = frozenset(
    (
        "Buffer Marshal MarshalIndent NewBuffer NewBufferString NewReader TextContent dump dump_json dumps encode "
        "encodeToString encode_to_iodata from generate json_encode ofString stringify toJson toRequestBody to_json "
        "to_string to_value to_vec wp_json_encode writeValueAsString"
    ).split()
)
_HEADERS = re.compile(r"(?i)headers?\Z")
_HEADER_NAME = re.compile(r"(?i)(?:[a-z]+-[a-z-]+|accept|authorization)\Z")
_PUTS = frozenset({"put", "methodput"})
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

    def usages(self, node: Node, placement: Placement) -> Iterator[Write]:
        if is_run(self._document, node) and any(map(puts_property, self._evaluator.ways(node))):
            yield Write(node, "api", "put", HOLE, (HOLE,))
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

    def _in_options(self, address: Node) -> Iterator[Write]:
        """A map that says all of a request: its address, its method, its body."""
        pair = address.parent
        options = None if pair is None or pair.type not in self._grammar.pairs else pair.parent
        entries = [] if options is None else list(self._entries(options))
        methods = [value for name, value in entries if name in _METHOD_NAMES and value is not None]
        if options is None or not any(self._names_put(method) for method in methods):
            return
        bodies = [value for name, value in entries if name in _BODY_NAMES and value is not None]
        if bodies:
            yield from self._in_body(bodies[0], options)
        else:
            yield Write(options, "api", "put", HOLE, (HOLE,))

    def _call_around(self, node: Node) -> Node | None:
        """The call that `node` is an argument of, be it inside a map of options or a tuple."""
        call, around = self._document.call_of_argument(node), self._document.around(node)
        if call is not None or around is None:
            return call
        options = self._document.around(around) if self._document.is_pair(around) else around
        if options is None or not (self._document.is_map(options) or options.type in self._grammar.sequences):
            return None
        return self._document.call_of_argument(options)

    def _is_put(self, call: Node) -> bool:
        """Whether the call names the method PUT: by its own name, an argument, or an option."""
        path = [word.lower() for word in self._document.called_path(call)]
        if self._document.called_name(call).lower() == "put" or path[-2:] == ["put", "new"]:
            return True
        if any(map(self._is_put_step, steps(self._document, call))):
            return True
        if any(map(self._names_put, settings(self._document, call))):
            return True
        named = self._document.keyword(call, "method")
        candidates = [*self._document.positional(call)[:3], *([] if named is None else [named])]
        for argument in self._document.positional(call):
            candidates.extend(
                value
                for name, value in self._entries(self._resolved(argument))
                if name in _METHOD_NAMES and value is not None
            )
        candidates.extend(value for name, value in self._requests.options(call) if name in _METHOD_NAMES)
        return any(map(self._names_put, candidates))

    def _is_put_step(self, step: Node) -> bool:
        """Whether a step of a chain of calls chooses the method PUT."""
        if self._document.called_name(step).lower() == "put":
            return True
        return any(map(self._names_put, self._document.positional(step)[:1]))

    def _names_put(self, node: Node) -> bool:
        """Whether `node` is the text PUT, or a constant of that name: `http.MethodPut`, `Method::PUT`."""
        member = self._grammar.members.get(node.type)
        last = None if member is None else self._document.child(node, member)
        if last is not None and self._document.text(last).lower() in _PUTS:
            return True
        return any((way.known or "").upper() == "PUT" for way in self._evaluator.ways(node))

    def _in_call(self, call: Node, address: Node) -> Iterator[Write]:
        is_route = any(_ROUTE.match(way.known or "") for way in self._evaluator.ways(address))
        body = self._named_body(call, address) or (None if is_route else self._following(call, address))
        body = body or body_of(self._document, call)
        if body is None and is_route:
            return
        if body is None:
            yield Write(call, "api", "put", HOLE, (HOLE,))
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
        is_list = node.type in self._grammar.sequences and not self._document.is_map(node)
        if is_list or _HEADERS.search(self._document.text(argument)):
            return True
        return any(_HEADER_NAME.match(name or "") for name, _ in self._entries(node))

    def _in_body(self, body: Node, call: Node) -> Iterator[Write]:
        body = self._resolved(body)
        if self._document.is_map(body) or body.type in self._grammar.arguments:
            yield from self._in_entries(dict(self._entries(body)), body, call)
        elif body.type in self._grammar.calls and (key := self._document.keyword(body, "key")) is not None:
            yield from self._in_entries({"key": key, "value": self._document.keyword(body, "value")}, body, call)
        else:
            yield from self._in_texts(self._evaluator.ways(body), body, call)

    def _in_texts(self, ways: list[Text], body: Node, call: Node) -> Iterator[Write]:
        for way in ways:
            entries = entries_of(way)
            if entries is None:
                yield Write(call, "api", "put", HOLE, (HOLE,))
            elif "key" in entries:
                yield Write(body, "api", "put", entries["key"], (entries.get("value", HOLE),))
            elif entries:
                yield Write(body, "api", "put-map-body", HOLE, (HOLE,))

    def _in_entries(self, entries: dict[str | None, Node | None], body: Node, call: Node) -> Iterator[Write]:
        names = [name for name in entries if name is not None]
        if "key" in entries:
            key_node, value_node = entries["key"], entries.get("value")
            values = [HOLE] if value_node is None else self._evaluator.ways(value_node)
            for key in [HOLE] if key_node is None else self._evaluator.ways(key_node):
                yield Write(key_node or call, "api", "put", key, tuple(values))
        elif names and len(names) == len(entries):
            yield Write(body, "api", "put-map-body", HOLE, (HOLE,))
        else:
            yield Write(call, "api", "put", HOLE, (HOLE,))

    def _resolved(self, node: Node) -> Node:
        """A body without what encodes it, and what a name of it is bound to."""
        for _ in range(_DEEPEST):
            node = self._document.unwrapped(node)
            if node.type in self._grammar.transparent and node.named_children:
                node = node.named_children[0]
            elif node.type in self._grammar.calls and self._document.called_name(node) in _ENCODERS:
                arguments, receiver = self._document.positional(node), self._document.receiver(node)
                inner = arguments[0] if arguments and not self._is_of_receiver(node) else receiver
                given = self._document.arguments_of(node)
                if given and self._document.is_pair(given[0]):
                    inner = self._document.argument_list(node)  # a map without its braces
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

    def _is_of_receiver(self, call: Node) -> bool:
        """Whether an encoder is a method of what it encodes, where it is given something else, such as a charset."""
        arguments, name = self._document.positional(call), self._document.called_name(call)
        if self._document.receiver(call) is None or name not in {"encode", "toRequestBody"}:
            return False
        strings = self._grammar.plain | self._grammar.verbatim
        return name == "toRequestBody" or (bool(arguments) and arguments[0].type in strings)

    def _entries(self, node: Node) -> Iterator[tuple[str | None, Node | None]]:
        """The entries of a map literal: names where known, values; nothing for what is no map."""
        if not self._document.is_map(node) and node.type not in self._grammar.arguments:
            return
        for child in self._document.items_of(node):
            if self._document.is_entry(child):
                key, value = self._document.halves(child)
                yield (None if key is None else self._name_of(key, child)), value
            elif child.type in self._grammar.shorthand:
                yield self._document.text(child), child
            else:
                yield None, child

    def _name_of(self, key: Node, entry: Node) -> str | None:
        if entry.type in self._grammar.capitalised and key.type in self._grammar.names:
            text = self._document.text(key)
            return text.lower() if text[:1].isupper() else None
        if key.child_count == 0 and key.type not in self._grammar.names:
            return self._document.text(key)
        ways = self._evaluator.ways(key)
        known = ways[0].known if len(ways) == 1 else None
        return self._document.text(key) if known is None and self._document.text(key) in _CONSTANT_NAMES else known

    def _in_command(self, command: Node) -> Iterator[Write]:
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
        yield Write(command, "api", "put", HOLE, (HOLE,))

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
