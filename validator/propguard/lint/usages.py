"""From a document to its usages, whatever the language: the hits in the text, their expressions, what they are used for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.bindings import Bindings
from propguard.lint.budget import MOST_HITS, TooExpensive
from propguard.lint.evaluate import Evaluator
from propguard.lint.header_usages import HeaderReader
from propguard.lint.lost import lost_in
from propguard.lint.placement import Placer
from propguard.lint.put_usages import PutReader
from propguard.lint.usage_of import unknown_usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.model.usage import Usage

_HEADER_HIT = re.compile(rb"(?i)helicone-property-?")
_PUT_HIT = re.compile(rb"/property\b")


def usages_in(document: Document) -> list[Usage]:
    """Every usage in `document`, in the order of the text."""
    bindings = Bindings(document)
    evaluator = Evaluator(document, bindings)
    placer = Placer(document)
    headers = HeaderReader(document, evaluator)
    puts = PutReader(document, evaluator, bindings)
    found: dict[Usage, None] = {}
    for reader, hit in ((headers, _HEADER_HIT), (puts, _PUT_HIT)):
        seen: set[int] = set()
        followed: set[tuple[str, int]] = set()
        pending = list(_text_nodes(document, hit))
        while pending:
            whole = placer.whole(pending.pop())
            if whole.id in seen:
                continue
            seen.add(whole.id)
            placement = placer.place(whole)
            name = placement.name
            if name is not None and reader.means_something(whole):
                pending.extend(bindings.fields.references(name))
                if bindings.identity(name) not in followed:
                    followed.add(bindings.identity(name))
                    pending.extend(bindings.references(name))
            usages = list(reader.usages(whole, placement))
            if (
                not usages
                and placement.use == "unknown"
                and _is_in_error(document, whole)
                and reader.means_something(whole)
            ):
                usages = [unknown_usage(document, whole, "header", "unparsed")]
            found.update(dict.fromkeys(usages))
    found.update(dict.fromkeys(lost_in(document)))
    return sorted(found, key=lambda usage: (usage.span.line, usage.span.column))


def _is_in_error(document: Document, node: Node) -> bool:
    return document.root.has_error and any(around.is_error for around in document.lineage(node)[1:4])


def _text_nodes(document: Document, hit: re.Pattern[bytes]) -> Iterator[Node]:
    """The string nodes in which `hit` stands, comments and prose left out."""
    grammar = document.grammar
    strings = grammar.plain | grammar.verbatim | grammar.bare_words
    for count, match in enumerate(document.occurrences(hit)):
        if count >= MOST_HITS:
            raise TooExpensive(f"it holds more than {MOST_HITS} header names or addresses")
        node = document.node_at(match.start(), match.end())
        while node is not None and node.type not in strings:
            document.budget.check()
            node = None if node.type in grammar.comments else node.parent
        if node is not None:
            yield node
