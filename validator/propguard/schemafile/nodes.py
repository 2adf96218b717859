"""YAML text as a tree with positions, built from the parser's events so that nothing in it can grow without bound.

PyYAML's own composer is not used: its C half recurses, and crashes the process on deep nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from propguard.model.finding import Span
from propguard.rules.schema import schema_duplicate_key, schema_syntax, schema_tag, schema_too_large, schema_wrong_type
from propguard.schemafile.scalars import resolve
from propguard.schemafile.source import START, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.finding import Finding
    from propguard.rules.rule import Found, SchemaRule
    from propguard.schemafile.source import Source

DEEPEST = 32
MOST_NODES = 100_000
"""Nodes of the tree, each alias counted as the copy that it stands for."""

_MOST_BRACKETS = 500
_BRACKET = re.compile(r"[\[\]{}]")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is missing on some platforms


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """`text` as it stands in the file; a plain scalar is what YAML 1.2 says it is, any other is text."""

    text: str
    plain: bool
    span: Span
    size: int = 1
    height: int = 0

    @property
    def value(self) -> str | int | float | bool | None:
        return resolve(self.text) if self.plain else self.text


@dataclass(frozen=True, slots=True)
class SequenceNode:
    members: tuple[Node, ...]
    span: Span
    size: int
    height: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """`entries` by the text of their keys, in the order of the file; the first of equal keys."""

    entries: dict[str, tuple[ScalarNode, Node]]
    span: Span
    size: int
    height: int


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet; the members of a mapping are its keys and values in turn."""

    is_mapping: bool
    anchor: str | None
    start: Span
    members: list[Node] = field(default_factory=list)


def read_tree(source: Source) -> tuple[MappingNode, list[Finding]]:
    """The one mapping that `source` holds, and a finding for each key that is written twice.

    Raises Refused for everything else that is wrong with the text.
    """
    reader = _Reader(source)
    deep = _too_deep(source.text)
    if deep is not None:
        raise reader.refused(schema_too_large.RULE, schema_too_large.in_depth(DEEPEST), _span_at(source.text, deep))
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = _span(mark, mark) if mark else START
        message = " ".join(part for part in (error.context, error.problem) if part)
        raise reader.refused(schema_syntax.RULE, schema_syntax.broken(message, span.line), span) from None
    except yaml.reader.ReaderError as error:
        span = _span_at(source.text, error.position)
        raise reader.refused(schema_syntax.RULE, schema_syntax.unprintable(error.character, span.line), span) from None
    except yaml.YAMLError as error:
        raise reader.refused(schema_syntax.RULE, schema_syntax.broken(str(error), 1), START) from None
    root = reader.root
    if root is None or (isinstance(root, ScalarNode) and root.value is None):
        raise reader.refused(schema_wrong_type.RULE, schema_wrong_type.empty_file(), START)
    if not isinstance(root, MappingNode):
        kind = "a list" if isinstance(root, SequenceNode) else "text"
        raise reader.refused(schema_wrong_type.RULE, schema_wrong_type.root(kind), root.span)
    return root, reader.repeated


def _too_deep(text: str) -> int | None:
    """Where far too many brackets are open, which are counted before the parser meets them: it looks ahead, and each version of
    it gives up elsewhere and otherwise. Quotes are not looked at, so what may still be meant is left to the tree."""
    if text.count("[") + text.count("{") <= _MOST_BRACKETS:
        return None
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > _MOST_BRACKETS:
            return bracket.start()
    return None


class _Reader:
    """Takes the parser's events one by one and keeps what is open, what is anchored and how much there is."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.repeated: list[Finding] = []
        self._open: list[_Open] = []
        self._anchored: dict[str, Node] = {}
        self._nodes = 0
        self._documents = 0

    def refused(self, rule: SchemaRule, found: Found, span: Span) -> Refused:
        return Refused(self.source.finding(rule, found, span))

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self.refused(schema_syntax.RULE, schema_syntax.second_document(), _span_of(event))
        elif isinstance(event, yaml.AliasEvent):
            self._take_alias(event)
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            self._refuse_tag(event)
            if isinstance(event, yaml.ScalarEvent):
                plain = event.style in {None, ""}
                self._count(1, 0, event)
                self._place(ScalarNode(event.value, plain, _span_of(event)), event.anchor)
            else:
                self._count(1, 1, event)
                self._open.append(_Open(isinstance(event, yaml.MappingStartEvent), event.anchor, _span_of(event)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            raise self.refused(schema_tag.RULE, schema_tag.on_value(event.tag), _span_of(event))

    def _count(self, nodes: int, height: int, event: yaml.Event) -> None:
        """Refuse the file as soon as it holds too much, or goes too deep."""
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise self.refused(schema_too_large.RULE, schema_too_large.in_nodes(MOST_NODES), _span_of(event))
        if len(self._open) + height > DEEPEST:
            raise self.refused(schema_too_large.RULE, schema_too_large.in_depth(DEEPEST), _span_of(event))

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        node = self._anchored.get(name)
        if node is None:
            raise self.refused(schema_syntax.RULE, schema_syntax.unknown_alias(name), _span_of(event))
        self._count(node.size, node.height, event)
        self._place(node, None)

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchored[anchor] = node
        if self._open:
            self._open[-1].members.append(node)
        else:
            self.root = node

    def _close(self, event: yaml.Event) -> None:
        closed = self._open.pop()
        end = _span_of(event)
        span = Span(closed.start.line, closed.start.column, end.end_line, end.end_column)
        size = 1 + sum(member.size for member in closed.members)
        height = 1 + max((member.height for member in closed.members), default=0)
        if closed.is_mapping:
            self._place(MappingNode(self._entries(closed.members), span, size, height), closed.anchor)
        else:
            self._place(SequenceNode(tuple(closed.members), span, size, height), closed.anchor)

    def _entries(self, members: list[Node]) -> dict[str, tuple[ScalarNode, Node]]:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        merged: list[MappingNode] = []
        for key, value in zip(members[::2], members[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                raise self.refused(schema_wrong_type.RULE, schema_wrong_type.key(), key.span)
            if key.plain and key.text == "<<":
                merged.extend(self._merged(value))
            elif key.text in entries:
                found = schema_duplicate_key.repeated(key.text, entries[key.text][0].span.line)
                self.repeated.append(self.source.finding(schema_duplicate_key.RULE, found, key.span))
            else:
                entries[key.text] = (key, value)
        for mapping in merged:
            for text, entry in mapping.entries.items():
                entries.setdefault(text, entry)
        return entries

    def _merged(self, value: Node) -> Iterator[MappingNode]:
        """The mappings that a merge key brings in, the one that wins first."""
        for member in value.members if isinstance(value, SequenceNode) else (value,):
            if not isinstance(member, MappingNode):
                raise self.refused(schema_wrong_type.RULE, schema_wrong_type.merge(), member.span)
            yield member


def _span_of(event: yaml.Event) -> Span:
    return _span(event.start_mark, event.end_mark)


def _span(start: Any, end: Any) -> Span:
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _span_at(text: str, position: int) -> Span:
    before = text[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    return Span(line, column, line, column + 1)


def plain_value(node: Node) -> Any:
    """`node` as JSON has it: keys are text, values what YAML 1.2 says they are."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain_value(member) for member in node.members]
    return {text: plain_value(value) for text, (_, value) in node.entries.items()}
