"""Rules about property schema files.

Those in `SCHEMA_CHECKS` are asked of a schema that could be read; the others are found while reading it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.rules.schema import (
    schema_ambiguous_alias,
    schema_capitals,
    schema_cardinality,
    schema_contradictory_limits,
    schema_deprecated_value,
    schema_duplicate_key,
    schema_enum_member,
    schema_example,
    schema_extends_cycle,
    schema_extends_missing,
    schema_header_separator,
    schema_key_case,
    schema_key_characters,
    schema_key_too_long,
    schema_loosened,
    schema_misplaced_field,
    schema_missing_field,
    schema_namespace_field,
    schema_near_names,
    schema_past_date,
    schema_pattern,
    schema_rename,
    schema_rename_circle,
    schema_repeated_member,
    schema_required_deprecated,
    schema_requires,
    schema_reserved_key,
    schema_syntax,
    schema_tag,
    schema_too_large,
    schema_unanchored_pattern,
    schema_unknown_field,
    schema_unreadable,
    schema_value_alias,
    schema_wrong_type,
    schema_wrong_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from propguard.rules.rule import SchemaRule
    from propguard.rules.schema_draft import SchemaDraft, Spotted

_READING = (
    schema_unreadable.RULE,
    schema_too_large.RULE,
    schema_syntax.RULE,
    schema_tag.RULE,
    schema_duplicate_key.RULE,
    schema_unknown_field.RULE,
    schema_missing_field.RULE,
    schema_wrong_type.RULE,
    schema_wrong_value.RULE,
    schema_extends_missing.RULE,
    schema_extends_cycle.RULE,
)
_CHECKED = (
    schema_loosened,
    schema_key_characters,
    schema_key_case,
    schema_key_too_long,
    schema_reserved_key,
    schema_near_names,
    schema_ambiguous_alias,
    schema_capitals,
    schema_header_separator,
    schema_namespace_field,
    schema_pattern,
    schema_unanchored_pattern,
    schema_contradictory_limits,
    schema_misplaced_field,
    schema_enum_member,
    schema_repeated_member,
    schema_example,
    schema_value_alias,
    schema_deprecated_value,
    schema_rename,
    schema_rename_circle,
    schema_requires,
    schema_past_date,
    schema_cardinality,
    schema_required_deprecated,
)

SCHEMA_CHECKS = tuple((check.RULE, check.find) for check in _CHECKED)
SCHEMA_RULES = (*_READING, *(check.RULE for check in _CHECKED))

__all__ = ["SCHEMA_CHECKS", "SCHEMA_RULES", "checks_of"]


def checks_of(draft: SchemaDraft) -> Sequence[tuple[SchemaRule, Callable[[SchemaDraft], Iterable[Spotted]]]]:
    """The checks that are asked of a schema; only one where its patterns alone are too large, as most of the others use them."""
    if next(schema_too_large.find(draft), None) is not None:
        return ((schema_too_large.RULE, schema_too_large.find),)
    return SCHEMA_CHECKS
