"""A schema file and all that it extends, as layers of fields: the nearest layer that states a field wins it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from propguard.errors import PropguardError
from propguard.rules.schema import (
    schema_extends_cycle,
    schema_extends_missing,
    schema_missing_field,
    schema_syntax,
    schema_tag,
)
from propguard.schemafile.content import read_bytes
from propguard.schemafile.nodes import MappingNode, ScalarNode, SequenceNode, read_tree
from propguard.schemafile.places import extended_path, is_relative, may_be_schema, project_root
from propguard.schemafile.source import START, Refused, as_source
from propguard.schemafile.structure import examine

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.model.finding import Finding
    from propguard.rules.schema_draft import SchemaPath
    from propguard.schemafile.nodes import Node
    from propguard.schemafile.source import Source

    Fetch = Callable[[str], bytes]

_QUOTING = frozenset({schema_syntax.RULE.id, schema_tag.RULE.id})
"""Rules whose messages name what stands in the file."""

MOST_FILES = 50
"""Files that one schema may be made of, each counted once."""

DEEPEST_EXTENDS = 10


@dataclass(frozen=True, slots=True)
class File:
    """One schema file, read.

    `broken` are the paths in it that are not to be used, `broken_within` those and all that lead to them.
    """

    source: Source
    root: MappingNode
    broken: frozenset[SchemaPath]
    parents: tuple[File, ...]
    broken_within: frozenset[SchemaPath] = frozenset()

    @property
    def name(self) -> str:
        """What the schema calls itself; its path where it does not."""
        node = self.stated("name")
        return node.text if isinstance(node, ScalarNode) else self.source.path

    def lineage(self) -> tuple[File, ...]:
        """This file and all that it extends in the order in which they are laid over each other, this one last."""
        layers: dict[int, File] = {}
        for parent in self.parents:
            for layer in parent.lineage():
                layers.pop(id(layer), None)
                layers[id(layer)] = layer
        return (*layers.values(), self)

    def is_broken(self, path: SchemaPath) -> bool:
        """Whether `path` is, lies in, or holds something that is not to be used."""
        return path in self.broken_within or any(path[:length] in self.broken for length in range(len(path)))

    def stated(self, name: str) -> Node | None:
        """The value of a top-level field, null where it is left out or broken."""
        entry = self.root.entries.get(name)
        return entry[1] if entry is not None and not self.is_broken((name,)) else None


@dataclass(slots=True)
class Reading:
    """What came of reading a file: the findings so far and the digest of each file it is made of, by absolute path.

    `fetch` gives the content of a file that is extended by a relative path, at whatever revision the first one is of; what
    is bundled or installed is read from where it lies.
    """

    fetch: Fetch = read_bytes
    findings: list[Finding] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    _read: dict[str, File | None] = field(default_factory=dict)
    _installed: set[str] = field(default_factory=set)
    _root: str = ""

    def read(self, path: str, content: bytes, above: tuple[str, ...] = ()) -> File | None:
        """The file at `path` with all that it extends; null where nothing in it can be used, and then a finding says why.

        `above` are the absolute paths of the files that led here.
        """
        absolute = os.path.realpath(path)
        self.contents[os.path.abspath(path)] = content
        is_ours = not content.strip() or may_be_schema(content)
        try:
            source = as_source(path, content)
            root, repeated = read_tree(source if is_ours else replace(source, lines=()))
        except Refused as refused:
            self.findings.append(refused.finding if is_ours else _without_quotation(refused.finding))
            self._read[absolute] = None
            return None
        if not is_ours:
            missing = schema_missing_field.missing("the file", "file_format")
            self.findings.append(replace(source, lines=()).finding(schema_missing_field.RULE, missing, START))
            self._read[absolute] = None
            return None
        structure = examine(source, root)
        self.findings.extend((*repeated, *structure.findings))
        if not structure.is_complete:
            self._read[absolute] = None
            return None
        within = frozenset(path[:length] for path in structure.broken for length in range(1, len(path) + 1))
        alone = File(source, root, structure.broken, (), within)
        file = File(source, root, structure.broken, self._parents(alone, (*above, absolute)), within)
        self._read[absolute] = file
        return file

    def _parents(self, file: File, above: tuple[str, ...]) -> tuple[File, ...]:
        references = file.stated("extends")
        if not isinstance(references, SequenceNode):
            return ()
        parents: list[File] = []
        for reference in references.members:
            assert isinstance(reference, ScalarNode)
            parent = self._parent(file, reference, above)
            if parent is not None:
                parents.append(parent)
        return tuple(parents)

    def _parent(self, file: File, reference: ScalarNode, above: tuple[str, ...]) -> File | None:
        source, name = file.source, reference.text
        path = extended_path(name, source.path)
        if path is None:
            found = schema_extends_missing.no_package(name)
            self.findings.append(source.finding(schema_extends_missing.RULE, found, reference.span))
            return None
        absolute = os.path.realpath(path)
        if is_relative(name) and not self._is_inside(absolute, above[0]):
            found = schema_extends_missing.outside(name, self._root)
            self.findings.append(source.finding(schema_extends_missing.RULE, found, reference.span))
            return None
        if absolute in above:
            chain = [os.path.basename(step) for step in (*above[above.index(absolute) :], absolute)]
            self.findings.append(
                source.finding(schema_extends_cycle.RULE, schema_extends_cycle.circle(name, chain), reference.span)
            )
            return None
        if absolute in self._read:
            return self._read[absolute]
        if len(above) > DEEPEST_EXTENDS or len(self._read) + len(above) > MOST_FILES:
            found = schema_extends_cycle.too_far(DEEPEST_EXTENDS, MOST_FILES)
            self.findings.append(source.finding(schema_extends_cycle.RULE, found, reference.span))
            return None
        if not is_relative(name) or os.path.realpath(source.path) in self._installed:
            self._installed.add(absolute)
        try:
            content = read_bytes(path) if absolute in self._installed else self.fetch(path)
        except PropguardError:
            found = schema_extends_missing.no_file(name, path)
            self.findings.append(source.finding(schema_extends_missing.RULE, found, reference.span))
            return None
        return self.read(path, content, above)

    def _is_inside(self, path: str, first: str) -> bool:
        """Whether a file lies in the project of the first one, or where that is of an installed package, with it."""
        self._root = self._root or project_root(first)
        return path.startswith(os.path.join(self._root, "")) or path in self._installed


def _without_quotation(finding: Finding) -> Finding:
    """A finding in a file that may be no schema at all, and then holds what is nobody's business."""
    if finding.violation.rule not in _QUOTING:
        return finding
    message = (
        "the file cannot be read, and nothing in it says that it is a property schema; it lacks the field `file_format`"
    )
    return replace(finding, violation=replace(finding.violation, message=message, context={}, suggestion=None))
