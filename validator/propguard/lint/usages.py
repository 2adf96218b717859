"""From a document to its usages, whatever the language: the hits in the text, their expressions, what they are used for."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from propguard.lint.analysis import Analysis
from propguard.lint.budget import MOST_HITS, TooExpensive
from propguard.lint.header_usages import HeaderReader
from propguard.lint.imports import WHOLE
from propguard.lint.lost import lost_in
from propguard.lint.policy_usages import PolicyReader
from propguard.lint.prefilter import POLICY
from propguard.lint.put_usages import PutReader
from propguard.lint.settling import settled, usage_in
from propguard.lint.surface_usages import writes_at_surfaces
from propguard.lint.text import HOLE
from propguard.lint.wrapper_aliases import aliases_of
from propguard.lint.wrapper_calls import writes_through
from propguard.lint.wrappers import MOST_DERIVED, Constant, Write, wrappers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.modules import Modules
    from propguard.lint.wrappers import Wrapper
    from propguard.model.usage import SourceLiteral, Usage

_Reader = HeaderReader | PutReader | PolicyReader

_HITS = (re.compile(rb"(?i)helicone-property-?"), re.compile(rb"/property\b"), POLICY)
"""What the readers look for, in their order."""

_MOST_HOPS = 6
_MOST_WRAPPERS = 200


class Look:
    """What is looked for in the documents of one file, and what is found there besides its usages.

    `modules` are the other files of its project. Where `wrappers` or `constants` of those are given, only what goes through
    them is looked for: the rest was found without them.
    """

    def __init__(
        self,
        modules: Modules | None = None,
        wrappers: Sequence[Wrapper] = (),
        constants: Sequence[Constant] = (),
    ) -> None:
        self.modules = modules
        self.wrappers = wrappers
        self.constants = constants
        self.found_wrappers: dict[Wrapper, None] = {}
        self.found_constants: dict[Constant, None] = {}
        self.called: dict[tuple[str, int], None] = {}
        """The wrappers that are called: the file and the byte at which each begins."""

    def usages(self, document: Document) -> list[Usage]:
        """The usages in `document`, in the order of the text."""
        analysis = Analysis(document, self.modules)
        collector = _Collector(analysis, self)
        if self.wrappers or self.constants:
            return collector.collected(_uses(analysis, self.constants))
        for usage in lost_in(document):
            collector.keep(usage)
        return collector.collected(_hits(analysis), list(writes_at_surfaces(analysis)))


class _Collector:
    """Gathers the usages of one document, and follows its own wrappers to their calls in it."""

    def __init__(self, analysis: Analysis, look: Look) -> None:
        self._analysis = analysis
        self._look = look
        self._usages: dict[tuple[object, ...], Usage] = {}
        self._wrappers: dict[Wrapper, None] = {}
        self._known: set[Wrapper] = set()
        self._pending: deque[Wrapper] = deque()

    def collected(self, start: Iterable[tuple[_Reader, Node]], at_surfaces: Sequence[Write] = ()) -> list[Usage]:
        """The usages at the expressions `start` and those in `at_surfaces`, which know better where both have one."""
        told = {node.id for write in at_surfaces for node in (write.node, write.literal) if node is not None}
        for write in at_surfaces:
            self._settle(write, 0)
        for write in self._direct(start):
            if write.node.id not in told and (write.literal is None or write.literal.id not in told):
                self._settle(write, 0)
        self._pending.extend(self._look.wrappers)
        self._hand_on(self._look.wrappers)
        while self._pending:
            wrapper = self._pending.popleft()
            for alias in aliases_of(self._analysis, wrapper):
                self._keep(alias)
            for write in writes_through(self._analysis, wrapper):
                self._look.called[wrapper.path, wrapper.start] = None
                self._settle(write, wrapper.hops + 1)
        self._hand_on_own()
        self._look.found_wrappers.update(self._wrappers)
        return sorted(self._usages.values(), key=lambda usage: usage.span.order)

    def _settle(self, write: Write, hops: int) -> None:
        for one in settled(self._analysis, write):
            usage = one.usage
            if not self._follow(one.write, hops):  # so that it is judged here, as nobody looks at the callers
                usage = (usage or usage_in(self._analysis, one.write))._replace(handed=False)
            if usage is not None:
                self.keep(usage)

    def _follow(self, write: Write, hops: int) -> bool:
        """Keep the functions whose parameters `write` rests on, for their callers; false where there are too many."""
        is_followed = True
        for wrapper in wrappers_of(self._analysis, write, hops):
            if hops < _MOST_HOPS and len(self._wrappers) < _MOST_WRAPPERS and not (hops and self._is_full(wrapper)):
                self._keep(wrapper)
            else:
                is_followed = False
        return is_followed

    def _is_full(self, wrapper: Wrapper) -> bool:
        """Whether so much is written through a function by way of others that no more of it is followed."""
        modules = self._analysis.modules
        count = sum(one.hops > 0 and one.function == wrapper.function for one in self._wrappers)
        return count >= MOST_DERIVED or (modules is not None and wrapper.function in modules.full)

    def keep(self, usage: Usage) -> None:
        """Keep a usage; what is written more than once at one place may be any of the values."""
        place = usage.span.order, usage.stored_key, usage.door
        known = self._usages.setdefault(place, usage)
        if known.values != usage.values or known.not_texts != usage.not_texts:
            self._usages[place] = known._replace(
                values=_of_either(known.values, usage.values), not_texts=_of_either(known.not_texts, usage.not_texts)
            )

    def _keep(self, wrapper: Wrapper) -> None:
        same = wrapper._replace(hops=0)
        if same not in self._known:
            self._known.add(same)
            self._wrappers[wrapper] = None
            self._pending.append(wrapper)

    def _direct(self, start: Iterable[tuple[_Reader, Node]]) -> Iterator[Write]:
        """What the expressions `start`, and the names that they are bound to, write by themselves."""
        analysis = self._analysis
        document, bindings, placer = analysis.document, analysis.bindings, analysis.placer
        seen: set[tuple[object, int]] = set()
        followed: set[tuple[object, str, int]] = set()
        pending = list(start)
        while pending:
            reader, node = pending.pop()
            whole = placer.whole(node)
            if (reader, whole.id) in seen:
                continue
            seen.add((reader, whole.id))
            placement = placer.place(whole)
            name = placement.name
            if name is not None and reader.means_something(whole):
                self._keep_constant(name)
                pending.extend((reader, node) for node in bindings.fields.references(name))
                if (reader, *bindings.identity(name)) not in followed:
                    followed.add((reader, *bindings.identity(name)))
                    pending.extend((reader, node) for node in bindings.references(name))
            writes = list(reader.usages(whole, placement))
            if (
                not writes
                and placement.use == "unknown"
                and not isinstance(reader, PolicyReader)
                and _is_in_error(document, whole)
                and reader.means_something(whole)
            ):
                writes = [Write(whole, "header", "unparsed", HOLE, (HOLE,))]
            yield from writes

    def _hand_on(self, known: Sequence[Wrapper]) -> None:
        """Keep the names under which this module hands on wrappers of other files, where those are other ones."""
        modules, imports = self._analysis.modules, self._analysis.imports
        aliases = dict(imports.names_handed_on())
        if self._analysis.document.grammar.name == "python":  # where what is imported can be imported from here
            aliases.update(imports.names())
        for alias, handed in aliases.items() if modules is not None and known else ():
            imported = imports.of(handed) if isinstance(handed, str) else handed
            if imported is None:
                continue
            definition = modules.definition(self._analysis.path, imported) if modules is not None else None
            for wrapper in known:
                if definition == (wrapper.path, wrapper.name) and alias not in {wrapper.name, "default"}:
                    self._wrappers[wrapper._replace(alias=alias)] = None

    def _hand_on_own(self) -> None:
        """Keep what this module defines under the other names by which it exports it, or under none: each who imports that
        gives it one."""
        for alias, handed in self._analysis.imports.names_handed_on().items():
            for wrapper in list(self._wrappers) if alias not in {handed, WHOLE} else ():
                name = wrapper.alias or wrapper.name
                if (wrapper.path, name) == (self._analysis.path, handed) and not wrapper.owner:
                    self._wrappers[wrapper._replace(alias=alias)] = None

    def _keep_constant(self, name: Node) -> None:
        """Keep the name of the top level under which a header's name can be had, where it is under one."""
        if self._analysis.modules is None:
            return
        for top, value in self._analysis.imports.declared().items():
            if value.start_byte <= name.start_byte < value.end_byte or value.parent == name.parent:
                self._look.found_constants[Constant(self._analysis.path, top)] = None


def _of_either(known: tuple[SourceLiteral, ...], more: tuple[SourceLiteral, ...]) -> tuple[SourceLiteral, ...]:
    return tuple({(value.text, value.json_type): value for value in more + known}.values())


def _hits(analysis: Analysis) -> Iterator[tuple[_Reader, Node]]:
    """The texts of a document that look like a header's name or the address of the PUT call."""
    for reader, hit in zip(_readers(analysis), _HITS, strict=True):
        for node in _text_nodes(analysis.document, hit):
            yield reader, node


def _uses(analysis: Analysis, constants: Sequence[Constant]) -> Iterator[tuple[_Reader, Node]]:
    """The names of a document that stand for `constants` of other files, each with what is read below it."""
    readers = _readers(analysis)
    members = analysis.document.grammar.members
    for name in dict.fromkeys(local for constant in constants for local in analysis.local_names(constant)):
        for node in analysis.bindings.words_named(name):
            if node.type not in analysis.document.grammar.names and (
                node.parent is None or node.parent.type not in members
            ):
                continue
            whole = node
            while whole.parent is not None and whole.parent.type in members:
                whole = whole.parent
            definition = analysis.calls.root_definition(whole)
            if definition is not None and Constant(definition.path, definition.name) in constants:
                for reader in readers:
                    yield reader, whole


def _readers(analysis: Analysis) -> tuple[_Reader, ...]:
    return (
        HeaderReader(analysis.document, analysis.evaluator),
        PutReader(analysis.document, analysis.evaluator, analysis.bindings),
        PolicyReader(analysis.document, analysis.evaluator),
    )


def _is_in_error(document: Document, node: Node) -> bool:
    return document.root.has_error and any(around.is_error for around in document.lineage(node)[1:4])


def _text_nodes(document: Document, hit: re.Pattern[bytes]) -> Iterator[Node]:
    """The string nodes in which `hit` stands, comments and prose left out."""
    grammar = document.grammar
    strings = grammar.plain | grammar.verbatim | grammar.bare_words
    for count, match in enumerate(document.occurrences(hit)):
        if count >= MOST_HITS:
            raise TooExpensive(f"it holds more than {MOST_HITS} header names or addresses")
        document.budget.meet()
        node = document.node_at(match.start(), match.end())
        while node is not None and node.type not in strings:
            document.budget.check()
            node = None if node.type in grammar.comments else node.parent
        if node is not None:
            yield node
