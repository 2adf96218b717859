"""A configuration to its usages: a walk from the outside to where a header or an address stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.budget import MOST_HITS, TooExpensive
from propguard.lint.configuration.kinds import is_answer, is_description, is_no_write, is_prose, is_request, is_sent
from propguard.lint.configuration.lines import header_lines
from propguard.lint.configuration.scalars import Scalars
from propguard.lint.configuration.scripts import command_of, is_one_command, is_script, language_of_script
from propguard.lint.configuration.templates import templated, ways_of, without_marks
from propguard.lint.derived import Derived, Run
from propguard.lint.prefilter import hits, may_hold_usage
from propguard.lint.text import HOLE, unique
from propguard.lint.usage_of import usage_of
from propguard.model.stored_key import HEADER_PREFIX
from propguard.rules.code.unparsed_file import SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.source import Source
    from propguard.lint.text import Text
    from propguard.model.usage import Usage

_NAMES = frozenset({"name", "key", "header", "headername", "header_name"})
_VALUES = frozenset({"value", "val", "headervalue", "header_value"})
_ELSEWHERE = frozenset({"valuefrom", "value_from", "valuesource", "value_source"})
"""What says that a value is found in another place, such as a store of secrets."""

_HEADERS = re.compile(r"(?i)(?:.*[^a-z])?headers?(?:[^a-z].*)?\Z|.*Headers?\Z")
_OF_ENVIRONMENT = re.compile(r"(?i)env_?(?:http_?)?headers\Z|headers_?from_?env\Z")
"""Maps of header names to the names of the environment variables that hold their values."""

_HOLDS_JSON = re.compile(r"[A-Z][A-Z0-9_]*\Z|(?i:.*(?:header|config|extra|option|setting|propert|metadata|params))")
_ASSIGNMENT = re.compile(rb"\s*([A-Za-z_]\w*)=(?=[{\[]|helicone-property-)", re.IGNORECASE)
"""An environment variable and its value in one text, as lists of them have it."""

_SWITCHES = {"disabled": "true", "enabled": "false", "active": "false"}
"""What an entry has beside its name that is kept, but not sent."""

DEEPEST = 4
"""How deep strings that hold code may stand in each other."""


class Place(NamedTuple):
    """Where something stands: under `label`, itself under `around`, in the map `mapping`; outermost under nothing."""

    label: str = ""
    around: str = ""
    mapping: Node | None = None


class Embedded(NamedTuple):
    """A text within a string: its language, and for configuration what it stands under."""

    source: Source
    language: str
    label: str = ""


class Pending(NamedTuple):
    """A node still to be read, the one around it, and its place."""

    node: Node
    around: Node
    place: Place


class ConfigurationReader:
    """Reads one document. `depth` counts the strings that it stands in.

    Only what holds one of the bytes `sought` is looked at: those of headers and addresses unless told otherwise.
    """

    def __init__(self, document: Document, depth: int = 0, sought: Sequence[int] | None = None) -> None:
        self._document = document
        self._grammar = document.grammar
        self._data = document.source.data
        self._scalars = Scalars(document)
        self._depth = depth
        self._maps: dict[int, dict[str, Node | None]] = {}
        self._hits = list(hits(self._data) if sought is None else sought)
        self._sends = is_sent(document.source.path, self._data)
        self._settled: set[int] = set()
        if len(self._hits) > MOST_HITS:
            raise TooExpensive(f"it holds more than {MOST_HITS} header names or addresses")

    def usages(self, label: str = "") -> Iterator[Usage]:
        """The usages in the document, itself under `label`; in no order."""
        for found in self._walk(label):
            if isinstance(found, Embedded):
                yield from self._in_code(found)
            else:
                yield found
        lost = [] if not self._document.root.has_error else set(range(len(self._hits))) - self._settled
        if lost:
            yield self._unparsed(self._hits[min(lost)], self._hits[min(lost)] + len(HEADER_PREFIX))

    def embedded(self, label: str = "") -> list[Embedded]:
        """The texts in other languages that hold what is sought."""
        return [found for found in self._walk(label) if isinstance(found, Embedded)]

    def _walk(self, label: str) -> Iterator[Usage | Embedded]:
        pending = [Pending(self._document.root, self._document.root, Place(label))]
        while pending:
            self._document.budget.check()
            node, around, place = pending.pop()
            if node.type in self._grammar.strings:
                yield from self._in_text(node, place)
            elif node.type in self._grammar.pairs:
                yield from self._in_pair(node, around, place, pending)
            elif node.type in self._grammar.sequences:
                yield from self._in_sequence(node, place, pending)
            elif node.type in self._grammar.maps and place.mapping is None and self._is_description(node):
                self._settle(node)
            else:
                yield from self._inside(node, around, place, pending)

    def _inside(self, node: Node, around: Node, place: Place, pending: list[Pending]) -> Iterator[Usage | Embedded]:
        """What stands in a map, in a broken piece, or in what only holds something else."""
        if node.type in self._grammar.comments:
            self._settle(node)
            return
        inner = [child for child in node.named_children if self._is_hit(child)]
        for child in inner:
            is_table = node.type in self._grammar.maps and child.type in self._grammar.maps
            below = self._below(place, child.named_children[0], node) if is_table else place
            if below is None:
                self._settle(child)
            else:
                pending.append(Pending(child, node, below))
        if not inner and (node.is_error or around.is_error):
            self._settle(node)
            yield self._unparsed(node.start_byte, node.end_byte)

    def _in_pair(self, pair: Node, around: Node, place: Place, pending: list[Pending]) -> Iterator[Usage | Embedded]:
        key, value = self._halves(pair)
        below = Place("", place.label, around) if key is None else self._below(place, key, around)
        if below is None:
            self._settle(pair)
            return
        if key is not None and self._is_hit(key):
            self._settle(key)
            yield from self._written(key, value, below)
        if value is not None and self._is_hit(value):
            if below.label.lower() in _NAMES:
                self._settle(value)
                yield from self._entry(value, below)
            pending.append(Pending(value, pair, self._named(below)))

    def _written(self, key: Node, value: Node | None, place: Place) -> Iterator[Usage]:
        """A header name that is a key; where its value has parts of its own, those describe or compare it."""
        name = self._scalars.parts(key)[-1]
        header = self._header(name)
        if header is None or (value is not None and self._has_parts(value)):
            return
        values = [HOLE] if _OF_ENVIRONMENT.match(place.around) else self._scalars.values(value)
        yield usage_of(self._document, name, "header", "map", header, values, literal=place.mapping)

    def _entry(self, name: Node, place: Place) -> Iterator[Usage]:
        """The name in a map that is one header by itself: `{name: …, value: …}`."""
        header = self._header(name)
        if header is None:
            return
        entries = {label.lower(): value for label, value in self._entries(place.mapping).items()}
        if self._is_switched_off(entries):
            return
        found = sorted(entries.keys() & _VALUES)
        if found and not any(self._has_parts(value) for value in (entries[found[0]],) if value is not None):
            values = self._scalars.values(entries[found[0]])
            yield usage_of(self._document, self._scalars.bare(name), "header", "entry", header, values)
        elif entries.keys() & _ELSEWHERE:
            yield usage_of(self._document, self._scalars.bare(name), "header", "entry", header, [HOLE])

    def _in_sequence(self, sequence: Node, place: Place, pending: list[Pending]) -> Iterator[Usage | Embedded]:
        items = [
            self._scalars.bare(child) for child in sequence.named_children if child.type not in self._grammar.comments
        ]
        words = [self._scalars.runs(item) if item.type in self._grammar.strings else None for item in items]
        texts = ["" if word is None else _joined(word).decode("utf-8", "replace") for word in words]
        as_one = is_one_command(place.label, texts)
        for before, item, word in zip(["", *texts], items, words, strict=False):
            if not self._is_hit(item):
                continue
            if word is not None and is_script(before):
                self._settle(item)
                yield self._embedded(word, "shell")
            elif word is None or not as_one or _ASSIGNMENT.match(_joined(word)):
                pending.append(Pending(item, sequence, place))
        if as_one:
            self._settle(sequence)
            yield self._embedded(list(command_of(words, self._data)), "shell")

    def _in_text(self, node: Node, place: Place) -> Iterator[Usage | Embedded]:
        """A string that is a header line or several, a map in JSON, or code."""
        runs, label = self._scalars.runs(node), place.label
        data = _joined(runs)
        variable = _ASSIGNMENT.match(data)
        if variable is not None and variable.end() < len(runs[0].data):
            label, (runs, data) = variable[1].decode(), _behind(runs, variable.end())
        if data.startswith(b"=") and data[1:].lstrip().startswith((b"{", b"[")):  # an expression of n8n
            runs, data = _behind(runs, 1)
        if is_prose(label):
            self._settle(node)
        elif data.lstrip().startswith((b"{", b"[")) and (_HOLDS_JSON.match(label) or _HEADERS.match(label)):
            self._settle(node)
            yield self._embedded(runs, "json", label)
        elif _HEADERS.match(label):
            for key, values in self._header_lines(runs).items():
                self._settle(node)
                yield usage_of(self._document, node, "header", "header-line", key, values)
        elif (language := self._language_of_script(place)) is not None:
            self._settle(node)
            yield self._embedded(runs, language)

    def _header_lines(self, runs: Sequence[Run]) -> dict[Text, list[Text]]:
        """The values of each header line in a text, by its key."""
        found: dict[Text, list[Text]] = {}
        for way in ways_of(runs, self._data):
            for key, value in header_lines(way):
                found.setdefault(key, []).append(value)
        return {key: unique(values) for key, values in found.items()}

    def _embedded(self, runs: Sequence[Run], language: str, label: str = "") -> Embedded:
        return Embedded(templated(Derived(self._document.source, runs)), language, label)

    def _in_code(self, code: Embedded) -> Iterator[Usage]:
        from propguard.lint.parts import usages_in_part
        from propguard.lint.usages import Look

        source, language, label = code
        if self._depth < DEEPEST and may_hold_usage(source.data):
            usages = usages_in_part(source, language, self._document.budget, Look(), label=label, depth=self._depth + 1)
            yield from without_marks(usages)

    def _unparsed(self, start: int, end: int) -> Usage:
        """What is reported where the syntax is broken."""
        span = self._document.source.span(start, end)
        return usage_of(self._document, self._document.root, "header", SHAPE, HOLE, [HOLE])._replace(span=span)

    def _settle(self, node: Node) -> None:
        """It is known what the header names and addresses in `node` are; in a text without faults that is not asked."""
        if self._document.root.has_error:
            first = bisect_left(self._hits, node.start_byte)
            self._settled.update(range(first, bisect_left(self._hits, node.end_byte)))

    def _is_switched_off(self, entries: Mapping[str, Node | None]) -> bool:
        """Whether an entry says of itself that it is not sent."""
        return any(
            (value := entries.get(label)) is not None and self._document.text(self._scalars.bare(value)).lower() == off
            for label, off in _SWITCHES.items()
        )

    def _language_of_script(self, place: Place) -> str | None:
        outside = place.mapping
        while outside is not None and outside.type not in self._grammar.pairs:
            outside = outside.parent
        return language_of_script(
            place.label,
            place.around,
            self._texts(place.mapping),
            self._texts(None if outside is None else outside.parent),
        )

    def _below(self, place: Place, key: Node, mapping: Node) -> Place | None:
        """The place of what stands under `key`; null where nothing is written there."""
        label, around = place.label, place.around
        for part in self._scalars.parts(key):
            label, around = self._scalars.label(part), label
            if is_no_write(label, around) or (is_request(label, around) and self._is_recorded(mapping)):
                return None
        return Place(label, around, mapping)

    def _is_recorded(self, mapping: Node) -> bool:
        """Whether the request in `mapping` was sent once: its answer stands beside it."""
        if self._sends:
            return False
        answers = [value for label, value in self._entries(mapping).items() if is_answer(label)]
        return any(value is not None and not self._is_empty(value) for value in answers)

    def _is_empty(self, value: Node) -> bool:
        bare = self._scalars.bare(value)
        is_holder = bare.type in self._grammar.maps | self._grammar.sequences
        return self._grammar.scalars.get(bare.type) == "null" or (is_holder and bare.named_child_count == 0)

    def _named(self, place: Place) -> Place:
        """The place of the value of an entry: what the entry is called is its label."""
        if place.label.lower() not in _VALUES:
            return place
        names = [text for label, text in self._texts(place.mapping).items() if label.lower() in _NAMES and text]
        return place._replace(label=names[0]) if names else place

    def _header(self, name: Node) -> Text | None:
        """What follows the prefix of a property header."""
        text = self._scalars.text(name)
        return None if text is None else text.without_prefix(HEADER_PREFIX)

    def _has_parts(self, value: Node) -> bool:
        return self._scalars.bare(value).type in self._grammar.maps | self._grammar.sequences

    def _halves(self, pair: Node) -> tuple[Node | None, Node | None]:
        """The key and the value of a map's entry."""
        key, value = self._grammar.pairs[pair.type]
        if key:
            return self._document.child(pair, key), self._document.child(pair, value)
        halves = [child for child in pair.named_children if child.type not in self._grammar.comments]
        return halves[0] if halves else None, halves[1] if len(halves) > 1 else None

    def _entries(self, mapping: Node | None) -> dict[str, Node | None]:
        """The values of a map by their labels."""
        if mapping is None:
            return {}
        found = self._maps.get(mapping.id)
        if found is None:
            self._document.budget.check()
            halves = (self._halves(child) for child in mapping.named_children if child.type in self._grammar.pairs)
            found = self._maps[mapping.id] = {
                self._scalars.label(key): value for key, value in halves if key is not None
            }
        return found

    def _texts(self, mapping: Node | None) -> dict[str, str | None]:
        """The values of a map that are texts, null for the others."""
        texts = {}
        for label, value in self._entries(mapping).items():
            text = None if value is None else self._scalars.text(value)
            texts[label] = None if text is None else text.known
        return texts

    def _is_description(self, mapping: Node) -> bool:
        return is_description(self._texts(mapping))

    def _is_hit(self, node: Node) -> bool:
        """Whether a header or an address stands in `node`."""
        first = bisect_left(self._hits, node.start_byte)
        return first < len(self._hits) and self._hits[first] < node.end_byte


def _joined(runs: Iterable[Run]) -> bytes:
    return b"".join(run.data for run in runs)


def _behind(runs: Sequence[Run], count: int) -> tuple[list[Run], bytes]:
    """`runs` without the first bytes of the first one, and their text."""
    first = runs[0]
    rest = [Run(first.data[count:], first.start + count, first.end), *runs[1:]]
    return rest, _joined(rest)
