"""What an expression is used for: written under some key, read, or neither."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.lint.templates import is_format

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
        "lower toLowerCase toLocaleLowerCase downcase upper toUpperCase upcase strip trim encode toString valueOf to_s "
        "to_str freeze dup format concat"
    ).split()
)
_CHANGING = frozenset({"downcase", "strtolower", "strtoupper", "upcase"})
_HEADER_NAME = re.compile(r"""["'`][A-Za-z]+(?:-[A-Za-z0-9_]+)+["'`]\Z""")
_VALUE_NAMES = ("value", "val")
_NAME_NAMES = ("name", "key", "header")
_ASSERTION = re.compile(
    r"(?i)^(?:assert|expect|should|to(?:be|equal|strict|match|contain|have|deep)|(?:not)?(?:deep|strict)+equal|equals?$|objectcontaining|arraycontaining|called|contains|refute|must_|receive$|member\?$|(?:stub|a)_request$|(?:not_|a_)?hash_?(?:not_)?including|include$|match$|eql?$|has_?(?:entr|propert|key|value))"
)
_EXPECTED = re.compile(r"(?i)_?(?:expect(?:ed|ation)|want$|match_?headers$|req_?headers$)")
"""Names of what a test compares with, and of the arguments by which HTTP mocks are told what to wait for."""

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
            larger = self._larger(around[at], around[at + 1])
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
            or (node.type in grammar.expansions and parent.type in grammar.plain)
            or (parent.type in grammar.binary and self._is_text_operator(parent))
            or (parent.type in grammar.conditional and self._is_branch(node, parent))
        ):
            return parent
        choice = parent.parent if parent.type in grammar.branches else None
        if choice is not None and choice.type in grammar.conditional and self._is_branch(node, choice):
            return choice
        if (filled := self._filled_in(node, parent)) is not None:
            return filled
        return parent.parent if parent.type in grammar.members and self._is_transformed(parent) else None

    def _is_text_operator(self, node: Node) -> bool:
        return self._operator(node) in {"+", ".", "<>", "<<", "%", "or", "||", "??", "and", "&&"}

    def _operator(self, node: Node) -> str:
        operator = node.child_by_field_name("operator")
        return "" if operator is None else self._document.text(operator)

    def _filled_in(self, node: Node, parent: Node) -> Node | None:
        """The whole text that `node` is put into by `%` or `format`, as one of several or by name, or as a path, or that is
        made of it by a function."""
        if parent.type in self._grammar.sequences:
            around = parent.parent
            operator = around.child_by_field_name("operator") if around is not None else None
            return around if operator is not None and self._document.text(operator) == "%" else None
        call = self._document.call_of_argument(node)
        if call is None:
            return None
        is_filled = (
            is_format(self._document, call) or self._document.called_name(call) in self._grammar.formats | _CHANGING
        )
        return call if is_filled or self._document.path_of_address(call) == node else None

    def _is_branch(self, node: Node, conditional: Node) -> bool:
        return node in self._document.branches(conditional)

    def _is_transformed(self, member: Node) -> bool:
        call = member.parent
        if call is None or call.type not in self._grammar.calls or self._document.called_name(call) not in _TRANSFORMS:
            return False
        return self._document.is_field(member, call, self._grammar.calls[call.type][0])

    def place(self, node: Node) -> Placement:
        """What the whole expression `node` is used for."""
        parent, grammar = node.parent, self._grammar
        if parent is None:
            return _UNKNOWN
        if parent.type in grammar.pairs:
            return self._in_pair(node, parent)
        if parent.type in grammar.subscripts:
            return self._in_subscript(node, parent)
        if parent.type in grammar.arguments or parent.type in grammar.keyword_arguments:
            return self._in_call(node)
        if parent.type in grammar.sequences:
            return self._in_sequence(node, parent)
        if (name := self._name_given(node, parent)) is not None:
            return Placement("bound", name=name)
        if parent.type in grammar.returns and node == parent.named_children[-1]:
            return Placement("returned", "returned")
        if parent.type in grammar.comparisons or parent.type in grammar.binary:
            return _READ
        return _UNKNOWN

    def _name_given(self, node: Node, parent: Node) -> Node | None:
        """The name that `node` is bound to: of a variable, of a field in the body of its class, or behind a dot."""
        grammar = self._grammar
        for table in (grammar.declarations, grammar.fields, grammar.assignments):
            parts = table.get(parent.type)
            target = None if parts is None else parent.child_by_field_name(parts[0])
            if parts is None or target is None or not self._document.is_field(node, parent, parts[1]):
                continue
            if target.type in grammar.names or table is grammar.fields:
                return target
            if target.type in grammar.members:
                return target.child_by_field_name(grammar.members[target.type])
        return None

    def _in_pair(self, node: Node, pair: Node) -> Placement:
        key_field, value_field = self._grammar.pairs[pair.type]
        if not self._document.is_field(node, pair, key_field):
            return self._in_entry(pair)
        value = pair.child_by_field_name(value_field)
        if self.is_expectation(pair) or (value is not None and value.type in self._grammar.maps):
            return _READ  # what has fields of its own is a description or a filter, no value of a header
        return Placement("written", "map", value, map=pair.parent)

    def _in_entry(self, pair: Node) -> Placement:
        """The name in a map that is one header by itself: `{name: …, value: …}`."""
        if pair.parent is None or self._document.label(pair) not in _NAME_NAMES or self.is_expectation(pair):
            return Placement("bound", name=pair.child_by_field_name(self._grammar.pairs[pair.type][0]))
        for other in pair.parent.named_children:
            if other.type in self._grammar.pairs and self._document.label(other) in _VALUE_NAMES:
                return Placement("written", "entry", other.child_by_field_name(self._grammar.pairs[other.type][1]))
        return _UNKNOWN

    def _in_subscript(self, node: Node, subscript: Node) -> Placement:
        if not self._document.is_field(node, subscript, self._grammar.subscripts[subscript.type]):
            return _UNKNOWN
        target = subscript.parent
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
        return Placement("written", "assignment", None if adds else target.child_by_field_name(right))

    def _in_call(self, node: Node) -> Placement:
        call = self._document.call_of_argument(node)
        if call is None:
            return _UNKNOWN
        name = self._document.called_name(call)
        words = {word.lower() for word in _WORD.findall(name)} | {name.lower()}
        if words & _READING or self._is_expecting_call(call):
            return _READ
        arguments = self._document.positional(call)
        position = next((number for number, argument in enumerate(arguments) if argument == node), None)
        if not words & _WRITING:
            return _UNKNOWN
        value = self._document.keyword(call, *_VALUE_NAMES)
        if position is not None and position + 1 < len(arguments):
            value = arguments[position + 1]
        return _UNKNOWN if value is None or value == node else Placement("written", "call", value)

    def _in_sequence(self, node: Node, sequence: Node) -> Placement:
        """The first of exactly two; a second one that is a header name itself makes it a list of names."""
        items = [child for child in sequence.named_children if child.type not in self._grammar.comments]
        if self.is_expectation(sequence):
            return _READ
        if len(items) != 2 or items[0] != node:
            return _UNKNOWN
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
            if self._is_named_expected(inner, parent):
                return True
            call = around[at + 2] if at + 2 < len(around) else None
            if parent.type in grammar.arguments and call is not None and call.type in grammar.calls:
                return self._is_expecting_call(call)
            if parent.type in grammar.statements or parent.type in grammar.declarations:
                return False
        return False

    def _is_named_expected(self, node: Node, parent: Node) -> bool:
        """Whether `node` is the value of a variable, a field or an argument with a name such as `expected`."""
        grammar = self._grammar
        for table in (grammar.declarations, grammar.keyword_arguments, grammar.pairs):
            fields = table.get(parent.type)
            if fields is not None and self._document.is_field(node, parent, fields[1]):
                name = parent.child_by_field_name(fields[0])
                return name is not None and _EXPECTED.match(self._document.text(name).strip("\"'$@")) is not None
        return False

    def _is_expecting_call(self, call: Node) -> bool:
        """Whether the call compares its arguments or says what data look like, as one of the words before them tells."""
        path = self._document.called_path(call)
        return any(map(_ASSERTION.match, path)) or (len(path) > 1 and path[-1] in _DESCRIBING)


def _looks_like_header_name(text: str) -> bool:
    return _HEADER_NAME.match(text) is not None and ("-" in text and text[1].isupper())
