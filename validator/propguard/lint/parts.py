"""A text in one language to its usages, be it a whole file or a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.derived import Derived, Run
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.parse import parse
from propguard.lint.prefilter import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Range

    from propguard.lint.budget import Budget
    from propguard.lint.document import Document
    from propguard.lint.source import Source
    from propguard.lint.usages import Look
    from propguard.model.usage import Usage


def usages_in_part(
    source: Source,
    language: str,
    budget: Budget,
    look: Look,
    *,
    ranges: Sequence[Range] = (),
    label: str = "",
    depth: int = 0,
) -> Iterator[Usage]:
    """The usages in `source`, or in the given parts of it, that `look` is for. Raises TooExpensive.

    `label` is what a configuration stands under in another one, `depth` counts the strings that it stands in.
    """
    if language == "markdown":
        from propguard.lint.languages.markdown import fences

        for fence_language, parts in fences(source.data, places(source.data)):
            yield from usages_in_part(source, fence_language, budget, look, ranges=parts)
    elif language == "notebook":
        from propguard.lint.notebook import usages_in_notebook

        yield from usages_in_notebook(source.notebook(), budget, look)
    elif grammar_of(language).strings:
        from propguard.lint.configuration import usages_in_configuration

        yield from usages_in_configuration(of_ranges(source, ranges), language, budget, label=label, depth=depth)
    else:
        document = parse(source, grammar_of(language), budget, ranges)
        usages = look.usages(document)
        if language == "shell" and not look.wrappers and not look.constants:
            from propguard.lint.shell_variables import usages_in_variables

            known = {(usage.key_edit or usage.span, usage.stored_key) for usage in usages}
            found = usages_in_variables(document)
            usages += [usage for usage in found if (usage.key_edit or usage.span, usage.stored_key) not in known]
            usages.sort(key=lambda usage: usage.span.order)
        yield from usages


def documents(source: Source, language: str, places: Sequence[int], budget: Budget) -> Iterator[Document]:
    """The syntax trees of `source` in which a byte is where it is in the file; of fences, those in which one of `places` lies.

    None for a notebook, and for configuration that is parsed in another form.
    """
    if language == "notebook":
        return
    if language == "markdown":
        from propguard.lint.languages.markdown import fences

        for fence_language, ranges in fences(source.data, places):
            if not grammar_of(fence_language).strings:
                yield parse(source, grammar_of(fence_language), budget, ranges)
        return
    grammar = grammar_of(language)
    if grammar.strings:
        from propguard.lint.configuration import prepared

        text = prepared(source, language)
        if len(text.data) == len(source.data):
            yield parse(text, grammar, budget)
        return
    yield parse(source, grammar, budget)


def of_ranges(source: Source, ranges: Sequence[Range]) -> Source:
    """The given parts of `source` as one text, where there are some."""
    if not ranges:
        return source
    spans = [(part.start_byte, part.end_byte) for part in ranges]
    return Derived(source, [Run(source.data[start:end], start, end) for start, end in spans])
