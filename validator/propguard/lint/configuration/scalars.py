"""Keys and values of one configuration: what they stand for, whatever the language spells them like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.configuration.shallow import shown
from propguard.lint.configuration.templates import text_of, ways_of
from propguard.lint.configuration.yaml_types import is_read_by_yaml_1_1, type_of
from propguard.lint.derived import Run
from propguard.lint.text import HOLE, Piece, Text

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.text import JsonType

_N8N = b"n8n-nodes"
"""What a workflow of n8n names, in which a text that begins with `=` is an expression."""

_PLAIN = frozenset({"string_scalar", "timestamp_scalar"})
"""Scalars of YAML without quotes that are text by YAML 1.2."""

_NULL = Text((Piece("null"),), "null")
_TEXT_TAG = "!!str"
_OTHER_TAGS = "!!"


class Scalars:
    """The keys and values of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._grammar = document.grammar
        self._is_n8n = _N8N in document.source.data
        self._is_yaml_1_1 = document.grammar.name == "yaml" and is_read_by_yaml_1_1(
            document.source.path, document.source.data
        )

    def bare(self, node: Node) -> Node:
        """A value without what the grammar puts around it, tags and anchors."""
        while node.type in self._grammar.transparent:
            inner = [child for child in node.named_children if child.type not in {"tag", "anchor", "comment"}]
            if not inner:
                break
            node = inner[0]
        return node

    def parts(self, key: Node) -> list[Node]:
        """The names of a key, several where dots stand between them."""
        key, names = self.bare(key), []
        while key.type == "dotted_key" and key.named_children:
            names.append(self.bare(key.named_children[-1]))
            key = key.named_children[0]
        return [key, *reversed(names)]

    def label(self, key: Node) -> str:
        """A key as it is written; empty where it is no text."""
        key = self.bare(key)
        if key.type not in self._grammar.strings:
            return ""
        return b"".join(run.data for run in self.runs(key)).decode("utf-8", "replace")

    def runs(self, node: Node) -> list[Run]:
        reader = self._grammar.strings[node.type]
        runs = shown(reader(self._document.source.data, node.start_byte, node.end_byte))
        if self._is_n8n and runs and runs[0].data.startswith(b"="):
            first = runs[0]
            runs[0] = Run(first.data[1:], first.start + 1, first.end)
        return runs

    def text(self, node: Node) -> Text | None:
        """What a string stands for, null for what is none."""
        node = self.bare(node)
        return text_of(self.runs(node), self._document.source.data) if node.type in self._grammar.strings else None

    def values(self, node: Node | None) -> list[Text]:
        """What a value comes out as."""
        if node is None:
            return [_NULL]
        tag, bare = self._tag(node), self.bare(node)
        if bare.type == "alias":
            anchored = self._anchored(bare)
            return [HOLE] if anchored is None else [way.renamed() for way in self.values(anchored)]
        if tag and not tag.startswith(_OTHER_TAGS):
            return [HOLE]
        if bare.type in self._grammar.scalars:
            return [Text((Piece(self._document.text(bare)),)) if tag == _TEXT_TAG else self._scalar(bare)]
        if bare.type not in self._grammar.strings:
            return [HOLE]
        json_type = (
            type_of(self._document.text(bare)) if self._is_yaml_1_1 and bare.type in _PLAIN and not tag else None
        )
        if json_type is not None:
            return [self._literal(bare, json_type)]
        return ways_of(self.runs(bare), self._document.source.data)

    def _scalar(self, node: Node) -> Text:
        text, json_type = self._document.text(node), self._grammar.scalars[node.type]
        if json_type == "number" and text.isdecimal():
            json_type = "integer"
        return self._literal(node, json_type)

    def _literal(self, node: Node, json_type: JsonType) -> Text:
        """A value that is no text, as it is written."""
        return Text((Piece(self._document.text(node), node.start_byte),), json_type, (node.start_byte, node.end_byte))

    def _tag(self, node: Node) -> str:
        tags = [child for child in node.named_children if child.type == "tag"]
        return self._document.text(tags[0]) if tags else ""

    def _anchored(self, alias: Node) -> Node | None:
        """The scalar that an alias stands for: what the last anchor of its name before it is put on."""
        name = self._document.text(alias)[1:].encode()
        found = None
        for match in self._document.occurrences(re.compile(rb"&%b(?![^\s,\]}])" % re.escape(name))):
            if match.start() >= alias.start_byte:
                break
            anchor = self._document.node_at(match.start(), match.end())
            if anchor is not None and anchor.type == "anchor" and anchor.parent is not None:
                found = anchor.parent
        is_scalar = found is not None and self.bare(found).type in {*self._grammar.strings, *self._grammar.scalars}
        return found if is_scalar else None
