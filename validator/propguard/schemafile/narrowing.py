"""What a property inherits and what its own file has narrowed away: examples, value aliases and notes on values.

Whoever tightens `quality_score` to the numbers up to 1 has not written the standard schema's example `4`, and is not to be
told of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from propguard.model.schema import Enforcement
from propguard.rules.judgement import judge_value
from propguard.rules.pattern_language import PatternInvalid
from propguard.rules.schema_draft import first_error

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from propguard.model.schema import Property


def without_narrowed(declared: Property, inherited: AbstractSet[str]) -> Property:
    """`declared` without what it no longer accepts in those of its fields that are `inherited`."""
    judge = replace(declared, value_aliases={}, deprecated_values={}, sensitive="allow", enforcement=Enforcement())

    def accepts(value: str) -> bool:
        return first_error(judge_value(judge, declared.name, value, "api", date.min)) is None

    try:
        if "examples" in inherited:
            declared = replace(declared, examples=tuple(filter(accepts, declared.examples)))
        if "value_aliases" in inherited:
            closed = declared.enum is not None
            kept = {
                source: target
                for source, target in declared.value_aliases.items()
                if accepts(target) and not (closed and accepts(source))
            }
            declared = replace(declared, value_aliases=kept)
        if "deprecated_values" in inherited and declared.enum is not None:
            notes = {
                value: note for value, note in declared.deprecated_values.items() if value in (declared.enum or ())
            }
            declared = replace(declared, deprecated_values=notes)
    except PatternInvalid:  # which is told where the pattern stands
        return declared
    return declared
