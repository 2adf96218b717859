"""The changes as an entry of a changelog in Markdown, as keepachangelog.com 1.1.0 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve.markdown import plain, sentence
from propguard.model.finding import Severity
from propguard.model.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.evolve.diff import Change
    from propguard.model.schema import PropertySchema

_REMOVED = frozenset(
    f"breaking-{name}"
    for name in ("property-removed", "value-removed", "namespace-narrowed", "alias-removed", "value-alias-removed")
)
_ADDED = frozenset({"breaking-value-added"})
_DEPRECATED = frozenset({"breaking-deprecation-added"})


def changelog_entry(old: PropertySchema, new: PropertySchema, changes: Sequence[Change], version: str, day: str) -> str:
    """Markdown under the heading of `version`: what was added, changed, deprecated and removed, breaking things in bold."""
    sections: dict[str, list[str]] = {"Added": [], "Changed": [], "Deprecated": [], "Removed": []}
    sections["Added"] += [_line(_added(new, name)) for name in new.properties if name not in old.properties]
    for change in changes:
        sections[_section(change)].append(_line(change.violation.message, breaks=change.asks_for_major))
    sections["Changed"] += [_line(text) for text in _otherwise_changed(old, new, changes)]
    parts = [f"## {plain(version)} - {day}\n"]
    parts += [f"### {title}\n\n{''.join(lines)}" for title, lines in sections.items() if lines]
    return "\n".join(parts)


def _section(change: Change) -> str:
    rule = change.rule.id
    if rule in _REMOVED:
        return "Removed"
    if rule in _DEPRECATED and change.violation.severity is Severity.INFO:
        return "Deprecated"
    return "Added" if rule in _ADDED else "Changed"


def _added(new: PropertySchema, name: str) -> str:
    description = new.properties[name].description.strip().rstrip(".")
    return f"`{name}`: {excerpt(description, 200)}" if description else f"`{name}`"


def _otherwise_changed(old: PropertySchema, new: PropertySchema, changes: Sequence[Change]) -> Iterator[str]:
    """The properties that differ in something that breaks nobody."""
    told = {change.violation.key for change in changes}
    for name, declared in new.properties.items():
        before = old.properties.get(name)
        if before is None or before == declared or name in told:
            continue
        fields = [field for field in type(declared).__dataclass_fields__ if _differ(before, declared, field)]
        yield f"`{name}`: {', '.join(f'`{field}`' for field in fields)}"


def _differ(before: object, after: object, field: str) -> bool:
    return bool(getattr(before, field) != getattr(after, field))


def _line(text: str, *, breaks: bool = False) -> str:
    """One item of a list."""
    return f"- {'**Breaking:** ' if breaks else ''}{sentence(text)}\n"
