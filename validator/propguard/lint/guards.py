"""What is known of a value where it is used, by the conditions around: under `if env:` it is not empty.

A condition tells of a name, or a path such as `options.env`, whether it is `truthy`, is `present` (not null) or is `text`. A
value that is not is no value there; and one that stands in where another is not, as in `env if env else "dev"`, is none where
the other is given.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.conversion import is_possible
from propguard.lint.loops import Loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.origin import Origin
    from propguard.lint.text import Text

_LONGEST = 200
"""Characters of a condition, and of a path in one, that is read."""

_MOST_CONDITIONS = 40
_AND = frozenset({"and", "&&"})
_OR = frozenset({"or", "||"})
_NOTHING = r"(?:null|undefined|None|nil)"
_EMPTY = r"(?:\"\"|'')"
_FACTS: tuple[tuple[str, bool, re.Pattern[str]], ...] = tuple(
    (kind, holds, re.compile(pattern))
    for kind, holds, pattern in (
        ("truthy", True, r"@|(?:bool|Boolean|len|strlen|count)\(@\)|@\.(?:trim|strip)\(\)"),
        ("truthy", True, r"@\.(?:length|size|present\?|any\?|isNotEmpty\(\)|isNotBlank\(\))"),
        ("truthy", True, rf"@ ?!=+ ?{_EMPTY}|{_EMPTY} ?!=+ ?@"),
        ("truthy", True, r"(?:len\(@\)|@\.length|@\.size) ?(?:>|!=+) ?0"),
        ("truthy", False, rf"@ ?=+ ?{_EMPTY}|{_EMPTY} ?=+ ?@|empty\(@\)|(?:len\(@\)|@\.length|@\.size) ?=+ ?0"),
        ("truthy", False, r"@\.(?:blank\?|empty\?|is_?[eE]mpty\(\)|isBlank\(\)|isNullOr(?:Empty|Blank)\(\))"),
        ("present", True, rf"@ is not None|@ ?!=+ ?{_NOTHING}|{_NOTHING} ?!=+ ?@|isset\(@\)|@\.is_some\(\)"),
        ("present", True, r"typeof @ ?!=+ ?[\"']undefined[\"']"),
        ("present", False, rf"@ is None|@ ?=+ ?{_NOTHING}|{_NOTHING} ?=+ ?@|is_null\(@\)|@\.nil\?|@\.is_none\(\)"),
        ("present", False, r"typeof @ ?=+ ?[\"']undefined[\"']"),
        ("text", True, r"isinstance\(@, ?str\)|typeof @ ?=+ ?[\"']string[\"']|is_string\(@\)|@ is String"),
        ("text", True, r"@\.is_a\?\(String\)"),
        ("text", False, r"typeof @ ?!=+ ?[\"']string[\"']"),
    )
)
"""What conditions of one comparison say of `@`, where they hold: that it is of a kind, or that it is not."""

_EXITS = re.compile(r"(?:return|continue|raise|throw|break)(?:_statement|_expression)?|next|jump_expression")
_EMPTY_IS_TRUE = frozenset({"elixir", "ruby"})
_FILTERS = {"filter": True, "filter_map": True, "select": True, "reject": False}


class Condition(NamedTuple):
    """A condition, and whether it holds where something stands."""

    node: Node
    holds: bool


class Guards:
    """Reads the conditions of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._document = analysis.document
        self._grammar = analysis.document.grammar
        self._exits: dict[int, list[tuple[int, Condition]]] = {}

    def kept(self, node: Node, ways: list[Text]) -> list[Text]:
        """Those of the `ways` of `node` that are possible where it stands; of its holes, what is to be kept when filled."""
        if not any(way.known is not None or way.is_of_parameter for way in ways):
            return ways
        kinds = [kind for kind, holds in self._facts_at(node) if holds]
        for kind in dict.fromkeys(kinds):
            ways = [way.only_if(kind) for way in ways if is_possible(way, kind)] or ways
        return ways

    def stood_in_for(self, node: Node) -> tuple[Origin, str] | None:
        """What `node` stands in for where that is not of a kind: a branch of a choice, or what is assigned in one."""
        for condition in self._around(node):
            for subject in self._subjects(condition.node):
                text = self._document.text(subject)
                for kind, holds in self._facts(condition, _normal(text)):
                    origin = None if holds else self._analysis.origins.of(subject)
                    if origin is not None:
                        return origin, kind
        return None

    def _facts_at(self, node: Node) -> Iterator[tuple[str, bool]]:
        subject = self._document.text(node) if node.end_byte - node.start_byte < _LONGEST else ""
        if subject:
            for condition in self._around(node):
                yield from self._facts(condition, _normal(subject))
            yield from self._of_filters(node)

    def _around(self, node: Node) -> Iterator[Condition]:
        """The conditions that are known to hold, or not to, where `node` stands."""
        lineage = self._document.lineage(node)
        for number, (inner, around) in enumerate(pairwise(lineage)):
            if number > _MOST_CONDITIONS or (around.type in self._grammar.functions and number > 0):
                return
            yield from self._of(inner, around)

    def _of(self, inner: Node, around: Node) -> Iterator[Condition]:
        grammar = self._grammar
        if around.type in grammar.binary:
            operator, left = around.child_by_field_name("operator"), around.child_by_field_name("left")
            sign = "" if operator is None else self._document.text(operator)
            if left is not None and inner != left and sign in _AND | _OR:
                yield Condition(left, sign in _AND)
            return
        condition = self._condition(around)
        if condition is not None and inner != condition:
            is_other = "else" in inner.type or inner == around.child_by_field_name("alternative")
            if around.type in grammar.conditional:
                is_other = is_other or inner == self._document.branches(around)[-1]
            yield Condition(condition, is_other == around.type.startswith("unless"))
        for clause in around.named_children[1:4] if around.type.endswith("comprehension") else ():
            if clause.type == "if_clause" and clause != inner and clause.named_children:
                yield Condition(clause.named_children[0], holds=True)
        if around.type in grammar.statements or around.type == "statement_list":
            for end, exit_condition in self._exits_of(around):
                if end <= inner.start_byte:
                    yield exit_condition

    def _condition(self, node: Node) -> Node | None:
        """The condition of a statement or an expression that has one."""
        found = node.child_by_field_name("condition")
        places = self._grammar.conditional.get(node.type)
        if found is not None or places is None:
            return found
        children = self._document.items_of(node)
        return next((child for place, child in enumerate(children) if place not in places), None)

    def _exits_of(self, block: Node) -> list[tuple[int, Condition]]:
        """The statements of a block that leave it under a condition, by where they end, and what holds behind them."""
        if block.id not in self._exits:
            self._exits[block.id] = [
                (statement.end_byte, Condition(condition, statement.type.startswith("unless")))
                for statement in block.named_children
                if (condition := statement.child_by_field_name("condition")) is not None
                and statement.child_by_field_name("alternative") is None
                and self._leaves(statement)
            ][:_MOST_CONDITIONS]
        return self._exits[block.id]

    def _leaves(self, statement: Node) -> bool:
        last: Node | None = statement.child_by_field_name("consequence") or statement.child_by_field_name("body")
        for _ in range(4):
            if last is None or _EXITS.fullmatch(last.type):
                break
            last = last.named_children[-1] if last.named_children else None
        return last is not None and _EXITS.fullmatch(last.type) is not None

    def _facts(self, condition: Condition, subject: str) -> Iterator[tuple[str, bool]]:
        """What a condition says of `subject`: of which kind it is, and of which it is not."""
        node, holds = self._document.bare(condition.node), condition.holds
        operator = node.child_by_field_name("operator")
        sign = "" if operator is None else self._document.text(operator)
        if node.type in self._grammar.binary and sign in _AND | _OR:
            if holds == (sign in _AND):
                for side in (node.child_by_field_name("left"), node.child_by_field_name("right")):
                    yield from self._facts(Condition(side, holds), subject) if side is not None else ()
            return
        text = self._document.text(node) if node.end_byte - node.start_byte < _LONGEST else ""
        if text.startswith(("!", "not ")) and node.named_children and not text.startswith("!="):
            yield from self._facts(Condition(node.named_children[-1], not holds), subject)
            return
        said = re.sub(rf"(?<![\w.$]){re.escape(subject)}(?!\w)", "@", _normal(text))
        for kind, is_so, pattern in _FACTS if "@" in said else ():
            if pattern.fullmatch(said):
                is_plain = kind == "truthy" and said == "@" and self._grammar.name in _EMPTY_IS_TRUE
                yield "present" if is_plain else kind, is_so == holds

    def _subjects(self, condition: Node) -> Iterator[Node]:
        """The names and paths that a condition speaks of."""
        pending = [condition] if condition.end_byte - condition.start_byte < _LONGEST else []
        while pending:
            node = pending.pop()
            if node.type in self._grammar.names or node.type in self._grammar.members | self._grammar.subscripts.keys():
                yield node
            else:
                pending.extend(reversed(node.named_children))

    def _of_filters(self, name: Node) -> Iterator[tuple[str, bool]]:
        """What the filters say that the entries of a map go through before the loop which gives `name` its value."""
        loop = self._analysis.origins.declaration(name) if name.type in self._grammar.names else None
        if not isinstance(loop, Loop):
            return
        for call in self._document.lineage(loop.iterated)[1:]:
            if call.type in self._grammar.statements:
                return
            if call.type not in self._grammar.calls or self._document.called_name(call) not in _FILTERS:
                continue
            holds = _FILTERS[self._document.called_name(call)]
            for function in self._document.positional(call)[:1]:
                if function.type in self._grammar.functions:
                    subject = self._entry_name(function, 0 if loop.part == "key" else 1)
                    for returned in self._analysis.functions.returns(function)[:1] if subject else ():
                        yield from self._facts(Condition(returned, holds), subject)

    def _entry_name(self, function: Node, place: int) -> str:
        """What a function calls the key, or the value, of the entry that it is given as a pair."""
        listed = function.child_by_field_name("parameters")
        pattern = listed.named_children[0] if listed is not None and listed.named_children else None
        pattern = None if pattern is None else pattern.child_by_field_name("pattern") or pattern
        if pattern is None or pattern.type != "array_pattern":
            return ""
        names = [part.strip() for part in self._document.text(pattern)[1:-1].split(",")]
        return names[place] if place < len(names) else ""


def _normal(text: str) -> str:
    """A path or a condition without what makes no difference: optional chaining, assertions, blanks in a row."""
    return re.sub(r"\s+", " ", re.sub(r"\?\.|!\.", ".", text)).strip()
