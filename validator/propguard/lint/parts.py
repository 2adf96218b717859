"""A text in one language to its usages, be it a whole file or a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.derived import Derived, Run
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.parse import parse
from propguard.lint.prefilter import hits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Range

    from propguard.lint.budget import Budget
    from propguard.lint.source import Source
    from propguard.model.usage import Usage


def usages_in_part(
    source: Source, language: str, budget: Budget, *, ranges: Sequence[Range] = (), label: str = "", depth: int = 0
) -> Iterator[Usage]:
    """The usages in `source`, or in the given parts of it. Raises TooExpensive.

    `label` is what a configuration stands under in another one, `depth` counts the strings that it stands in.
    """
    if language == "markdown":
        from propguard.lint.languages.markdown import fences

        for fence_language, parts in fences(source.data, hits(source.data)):
            yield from usages_in_part(source, fence_language, budget, ranges=parts)
    elif language == "notebook":
        from propguard.lint.notebook import usages_in_notebook

        yield from usages_in_notebook(source.notebook(), budget)
    elif grammar_of(language).strings:
        from propguard.lint.configuration import usages_in_configuration

        yield from usages_in_configuration(_of_ranges(source, ranges), language, budget, label=label, depth=depth)
    else:
        from propguard.lint.usages import usages_in

        yield from usages_in(parse(source, grammar_of(language), budget, ranges))


def _of_ranges(source: Source, ranges: Sequence[Range]) -> Source:
    """The given parts of `source` as one text, where there are some."""
    if not ranges:
        return source
    spans = [(part.start_byte, part.end_byte) for part in ranges]
    return Derived(source, [Run(source.data[start:end], start, end) for start, end in spans])
