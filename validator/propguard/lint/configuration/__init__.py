"""Configuration: files that write properties as plain data, or hold code that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.budget import Unreadable
from propguard.lint.configuration.dotenv import as_json
from propguard.lint.configuration.kinds import is_never_read
from propguard.lint.configuration.reader import ConfigurationReader
from propguard.lint.configuration.shallow import shallow
from propguard.lint.configuration.templates import templated
from propguard.lint.derived import Derived, Run
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from propguard.lint.budget import Budget
    from propguard.lint.source import Source
    from propguard.model.usage import Usage

__all__ = ["prepared", "usages_in_configuration"]


_MOST_LINES = 32_767
"""The grammar of YAML counts lines in sixteen bits."""


def usages_in_configuration(
    source: Source, language: str, budget: Budget, *, label: str = "", depth: int = 0
) -> list[Usage]:
    """Every usage in a configuration that stands under `label` in `depth` others, in order. Raises Unreadable."""
    if is_never_read(source.path):
        return []
    document = parse(prepared(source, language), grammar_of(language), budget)
    if language == "yaml" and document.root.has_error and document.source.data.count(b"\n") > _MOST_LINES:
        raise Unreadable(f"it has more than {_MOST_LINES:,} lines, beyond which the syntax of YAML is not read")
    reader = ConfigurationReader(document, depth)
    return sorted(dict.fromkeys(reader.usages(label)), key=lambda usage: usage.span.order)


def prepared(source: Source, language: str) -> Source:
    """What a text becomes before it is parsed."""
    prepare = _PREPARED.get(language)
    return source if prepare is None else prepare(source)


def _as_expression(source: Source) -> Source:
    """JSON5 as the program in JavaScript that it is in brackets."""
    length = len(source.data)
    return Derived(source, [Run(b"(\n", 0, 0), Run(source.data, 0, length), Run(b"\n)", length, length)])


def _without_templates(source: Source) -> Source:
    return shallow(templated(source))


_PREPARED: dict[str, Callable[[Source], Source]] = {
    "yaml": _without_templates,
    "dotenv": as_json,
    "json5": _as_expression,
}
