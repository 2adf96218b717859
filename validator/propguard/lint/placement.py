"""What an expression is used for: written under some key, read, or neither."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.lint.responses import is_of_response
from propguard.lint.templates import JOINING, template_of
from propguard.lint.transforms import CHANGING

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.document import Document

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WRITING = frozenset(
    (
        "set setdefault setheader add append put insert with header headers attach tag property write record "
        "putheader addheader setitem store"
    ).split()
)
_READING = frozenset(
    (
        "get has delete remove pop read find contains includes index starts startswith ends endswith log "
        "print info debug warn warning error exception replace split strip removeprefix match test getlist "
        "exec search sub throw raise"
    ).split()
)
_TRANSFORMS = frozenset(
    (
        "concat downcase encode format lower lowercase strip to_ascii_lowercase to_ascii_uppercase to_lowercase to_uppercase "
        "toLocaleLowerCase toLowerCase toString toUpperCase trim upcase upper uppercase valueOf"
    ).split()
)
_HEADER_NAME = re.compile(r"""["'`][A-Za-z]+(?:-[A-Za-z0-9_]+)+["'`]\Z""")
_VALUE_NAMES = ("value", "val")
_NAME_NAMES = ("name", "key", "header")
_ASSERTION = re.compile(
    r"(?i)^(?:assert|diff$|expect|should|to(?:be|equal|strict|match|contain|have|deep)|(?:not)?(?:deep|strict)+equal|equals?$|objectcontaining|arraycontaining|called|contains|refute|must_|receive$|member\?$|(?:stub|a)_request$|(?:not_|a_)?hash_?(?:not_)?including|include$|match$|eql?$|has_?(?:entr|propert|key|value))"
)
_EXPECTED = re.compile(
    r"(?i)_?(?:expect(?:ed|ation)|want(?:ed|_?(?:headers?|props?|properties))?$|match_?headers$|req_?headers$|translations?$)"
)
"""Names of what a test compares with, of the arguments by which HTTP mocks are told what to wait for, and of texts to show."""

_MATCHER = re.compile(r"(?i)(?:eq|equal_?to\w*|matching|containing|absent|any)$")
"""Names of functions that make what an HTTP mock compares a header with."""

_MOCKING = frozenset({"and", "given"})
"""Calls that tell an HTTP mock what to wait for."""

_HEADERS = frozenset({"header", "headers"})
_OF_HEADERS = re.compile(r"""(?i)headers?["']?\Z""")
_OF_DESCRIPTIONS = frozenset(
    (
        "$ref absent allOf anyOf contains default description doesNotMatch enum equalTo equals example examples format in "
        "matches name not oneOf pattern regex required schema type"
    ).split()
)
"""Fields of what describes a header in OpenAPI and JSON Schema, or says what it is to be like for an HTTP mock or a filter."""

_FARTHEST_CHOICE = 3
_COMPARING = frozenset({"==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "instanceof"})
_DESCRIBING = frozenset({"object", "Object", "strictObject", "looseObject"})
"""Methods of validation libraries that take a map of names and what their values look like."""


class Placement(NamedTuple):
    """`use` is `written` where `value` is stored under the expression, `returned` where a function hands it on,
    `bound` where the name `name` is another word for it."""

    use: Literal["written", "read", "returned", "bound", "unknown"]
    shape: str = ""
    value: Node | None = None
    name: Node | None = None
    map: Node | None = None


_READ = Placement("read")
_UNKNOWN = Placement("unknown")


class Placer:
    """Places expressions of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._grammar = document.grammar

    def whole(self, node: Node) -> Node:
        """The largest expression of which `node` is a part of the text, a branch, or the thing transformed."""
        around, at = self._document.lineage(node), 0
        while at + 1 < len(around):
            beyond = at + 1
            while beyond + 1 < len(around) and self._document.only_wraps(around[beyond], around[beyond - 1]):
                beyond += 1
            larger = self._larger(around[at], around[beyond])
            if larger is None:
                break
            at = around.index(larger, at + 1)
        return around[at]

    def _larger(self, node: Node, parent: Node) -> Node | None:
        """The next larger expression of which `node` is a part in that way, if there is one."""
        grammar = self._grammar
        if parent.type in grammar.interpolations:
            return parent.parent
        if (
            parent.type in grammar.adjacent
            or parent.type in grammar.transparent
            or parent.type in grammar.expansions
            or (node.type in (grammar.expansions | grammar.content) and parent.type in grammar.plain)
            or (parent.type in grammar.binary and self._is_text_operator(parent))
            or (parent.type in grammar.conditional and self._is_branch(node, parent))
        ):
            return parent
        if parent.type in grammar.cases and self._document.is_field(node, parent, grammar.cases[parent.type]):
            around = self._document.lineage(parent)[1:_FARTHEST_CHOICE]
            return next((choice for choice in around if choice.type in grammar.choices), None)
        if (filled := self._filled_in(node, parent)) is not None:
            return filled
        return (
            self._document.around(parent) if parent.type in grammar.members and self._is_transformed(parent) else None
        )

    def _is_text_operator(self, node: Node) -> bool:
        return self._operator(node) in {"+", ".", "<>", "<<", "%", "?:", "or", "||", "??", "and", "&&"}

    def _operator(self, node: Node) -> str:
        operator = node.child_by_field_name("operator")
        return "" if operator is None else self._document.text(operator)

    def _filled_in(self, node: Node, parent: Node) -> Node | None:
        """The whole text that `node` is put into by `%` or `format`, as one of several or by name, or as a path, or that is
        made of it by a function."""
        if parent.type in self._grammar.sequences:
            around = self._document.around(parent)
            if around is not None and around.type in self._grammar.members:
                return self._joined(parent, around)
            operator = around.child_by_field_name("operator") if around is not None else None
            return around if operator is not None and self._document.text(operator) == "%" else None
        call = self._document.call_of_argument(node)
        if call is None:
            return None
        is_part = template_of(self._document, call) is not None or self._document.path_of_address(call) == node
        is_rewritten = self._document.is_conversion(call) or self._document.called_name(call) in CHANGING
        return call if is_part or is_rewritten else None

    def _joined(self, sequence: Node, member: Node) -> Node | None:
        """The call that makes one text of what is in `sequence`, where `member` is its method."""
        call = member.parent
        if call is None or call.type not in self._grammar.calls or self._document.receiver(call) != sequence:
            return None
        return call if self._document.called_name(call) in JOINING else None

    def _is_branch(self, node: Node, conditional: Node) -> bool:
        return node in self._document.branches(conditional)

    def _is_transformed(self, member: Node) -> bool:
        call = member.parent
        if call is not None and self._document.only_wraps(call, member):  # `parse::<HeaderName>()`
            call = call.parent
        if call is None or call.type not in self._grammar.calls:
            return False
        if self._document.called_name(call) not in _TRANSFORMS | self._grammar.unchanged:
            return False
        return self._document.child(call, self._grammar.calls[call.type][0]) == member

    def place(self, node: Node) -> Placement:
        """What the whole expression `node` is used for. What is written to an answer is no property of a request."""
        placement = self._placed(node)
        return _READ if placement.use == "written" and is_of_response(self._document, node) else placement

    def _placed(self, node: Node) -> Placement:
        parent, grammar = self._document.around(node), self._grammar
        if parent is None:
            return _UNKNOWN
        if self._document.is_pair(parent):
            return self._in_pair(node, parent)
        if parent.type in grammar.subscripts:
            return self._in_subscript(node, parent)
        if parent.type in grammar.arguments or parent.type in grammar.keyword_arguments:
            return self._in_call(node)
        if parent.type in grammar.sequences:
            return self._in_sequence(node, parent)
        if (name := self._name_given(node)) is not None:
            return Placement("bound", name=name)
        if self._is_returned(node, parent):
            return Placement("returned", "returned")
        if parent.type in grammar.comparisons or parent.type in grammar.binary:
            return _READ
        return _UNKNOWN

    def _is_returned(self, node: Node, parent: Node) -> bool:
        """Whether a function gives `node`, alone or as one of several values."""
        if parent.type in self._grammar.returns:
            return self._document.child(parent, -1) == node
        return parent.type in self._grammar.lists and getattr(parent.parent, "type", "") in self._grammar.returns

    def _name_given(self, node: Node) -> Node | None:
        """The name that `node` is bound to: of a variable, of a field in the body of its class, or behind a dot."""
        grammar, parent = self._grammar, self._document.beyond_lists(node)
        if parent is None:
            return None
        for table in (grammar.declarations, grammar.fields, grammar.assignments):
            parts = table.get(parent.type)
            target = None if parts is None else self._document.counterpart(node, parent, parts[0])
            if parts is None or target is None or not self._document.is_field(node, parent, parts[1]):
                continue
            if target.type in grammar.names or table is grammar.fields:
                return target
            if target.type in grammar.members:
                return self._document.child(target, grammar.members[target.type])
        return None

    def _in_pair(self, node: Node, pair: Node) -> Placement:
        key, value = self._document.halves(pair)
        if key != node:
            return self._in_entry(pair)
        literal = self._document.around(pair)
        if self.is_expectation(pair) or (value is not None and self._is_description(value, literal)):
            return _READ
        if literal is not None and self._document.lists_names(literal):
            return _READ
        return Placement("written", "map", value, map=literal)

    def _is_description(self, value: Node, literal: Node | None) -> bool:
        """Whether a map under the name of a header describes that header, or is a filter: it stands in no map of headers, or
        has the fields of a description."""
        if not self._document.is_map(value):
            return False
        fields = {self._document.label(item) for item in self._document.items_of(value) if self._document.is_pair(item)}
        return bool(fields & _OF_DESCRIPTIONS) or literal is None or not self._holds_headers(literal)

    def _holds_headers(self, literal: Node) -> bool:
        """Whether a map literal is given or bound under a name that ends in `headers`."""
        named = self._document.beyond_lists(literal)
        for table in (self._grammar.declarations, self._grammar.keyword_arguments, self._grammar.pairs):
            fields = None if named is None else table.get(named.type)
            if named is not None and fields is not None and self._document.is_field(literal, named, fields[1]):
                name = self._document.child(named, fields[0])
                return name is not None and _OF_HEADERS.search(self._document.text(name)) is not None
        return False

    def _in_entry(self, pair: Node) -> Placement:
        """The name in a map that is one header by itself: `{name: …, value: …}`."""
        around = self._document.around(pair)
        if around is None or self._label(pair) not in _NAME_NAMES or self.is_expectation(pair):
            return Placement("bound", name=self._document.halves(pair)[0])
        for other in self._document.items_of(around):
            if self._document.is_pair(other) and self._label(other) in _VALUE_NAMES:
                return Placement("written", "entry", self._document.halves(other)[1])
        return _UNKNOWN

    def _label(self, pair: Node) -> str:
        label = self._document.label(pair)
        return label.lower() if pair.type in self._grammar.capitalised else label

    def _in_subscript(self, node: Node, subscript: Node) -> Placement:
        if not self._document.is_field(node, subscript, self._grammar.subscripts[subscript.type]):
            return _UNKNOWN
        target = self._document.beyond_lists(subscript)
        if target is not None and target.is_error:
            return _UNKNOWN
        if target is None or target.type not in self._grammar.assignments:
            call = self._document.call_of_argument(subscript)
            arguments = [] if call is None else self._document.positional(call)
            if call is not None and self._document.called_name(call) == "put_in" and arguments[0] == subscript:
                return Placement("written", "assignment", arguments[1] if len(arguments) > 1 else None)
            return _READ
        left, right = self._grammar.assignments[target.type]
        if not self._document.is_field(subscript, target, left):
            return _READ
        operator = target.child_by_field_name("operator")
        adds = operator is not None and self._document.text(operator) == "+="
        return Placement(
            "written", "assignment", None if adds else self._document.counterpart(subscript, target, right)
        )

    def _in_call(self, node: Node) -> Placement:
        call = self._document.call_of_argument(node)
        if call is None:
            return self._in_enum(node)
        name = self._document.called_name(call)
        words = {word.lower() for word in _WORD.findall(name)} | {name.lower()}
        if words & _READING or self._is_expecting_call(call):
            return _READ
        if call.type in self._grammar.annotations:
            return Placement("written", "call") if "header" in words else _UNKNOWN
        arguments = self._document.positional(call)
        position = next((number for number, argument in enumerate(arguments) if argument == node), None)
        if not words & _WRITING or ("of" in words and not words & _HEADERS):
            return _UNKNOWN
        value = self._document.keyword(call, *_VALUE_NAMES)
        if position is not None and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value is None or value == node:
            return _UNKNOWN
        around = self._document.call_of_argument(call)
        if around is not None and self._document.called_name(around) in _MOCKING:
            return _READ
        return _READ if self._is_matcher(value) else Placement("written", "call", value)

    def _in_enum(self, node: Node) -> Placement:
        """What the member of an enum is made with has that member's name."""
        arguments = self._document.around(node)
        member = None if arguments is None else arguments.parent
        if member is None or member.type not in self._grammar.carriers:
            return _UNKNOWN
        return Placement("bound", name=self._document.child(member, self._grammar.fields[member.type][0]))

    def _is_matcher(self, value: Node) -> bool:
        """Whether a value is none, but says of what kind an HTTP mock is to wait for."""
        return value.type in self._grammar.calls and _MATCHER.match(self._document.called_name(value)) is not None

    def _in_sequence(self, node: Node, sequence: Node) -> Placement:
        """The first of exactly two; a second one that is a header name itself makes it a list of names."""
        items = self._document.items_of(sequence)
        if self.is_expectation(sequence):
            return _READ
        if self._grammar.entries and sequence.type not in self._grammar.entries:
            return _UNKNOWN
        if len(items) != 2 or items[0] != node:
            return _UNKNOWN
        if self._document.lists_names(sequence):
            return _READ
        if _looks_like_header_name(self._document.text(items[1])):
            return _READ
        return Placement("written", "tuple", items[1])

    def is_expectation(self, node: Node) -> bool:
        """Whether `node` says what a test expects or what data look like: it is compared, named so, or handed to an
        assertion or a validation library, however deep in a literal."""
        grammar = self._grammar
        around = self._document.lineage(node)
        for at, (inner, parent) in enumerate(pairwise(around)):
            if parent.type in grammar.comparisons:
                return True
            if parent.type in grammar.binary and self._operator(parent) in _COMPARING:
                return True
            if self._is_named_expected(inner, parent) or _ASSERTION.match(self._document.joining_word(parent)):
                return True
            call = around[at + 2] if at + 2 < len(around) else None
            if parent.type in grammar.arguments and call is not None and self._does_more(call):
                return self._is_expecting_call(call)
            if parent.type in grammar.statements or parent.type in grammar.declarations:
                return False
        return False

    def _does_more(self, call: Node) -> bool:
        """Whether a call is one that does more than make another type of its arguments, or a map of them."""
        is_call = call.type in self._grammar.calls
        return is_call and not self._document.is_map(call) and not self._document.is_conversion(call)

    def _is_named_expected(self, node: Node, parent: Node) -> bool:
        """Whether `node` is the value of a variable, a field or an argument with a name such as `expected`."""
        grammar, node = self._grammar, self._document.unwrapped(node)
        for table in (grammar.declarations, grammar.keyword_arguments, grammar.pairs):
            fields = table.get(parent.type)
            if fields is not None and self._document.is_field(node, parent, fields[1]):
                name = self._document.child(parent, fields[0])
                return name is not None and _EXPECTED.match(self._document.text(name).strip("\"'$@")) is not None
        return False

    def _is_expecting_call(self, call: Node) -> bool:
        """Whether the call compares its arguments or says what data look like, as one of the words before them tells."""
        path = self._document.called_path(call)
        return any(map(_ASSERTION.match, path)) or (len(path) > 1 and path[-1] in _DESCRIBING)


def _looks_like_header_name(text: str) -> bool:
    return _HEADER_NAME.match(text) is not None and ("-" in text and text[1].isupper())
