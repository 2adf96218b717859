"""Rules about property schema files.

Those in `SCHEMA_CHECKS` are asked of a schema that could be read; the others are found while reading it.
"""

from __future__ import annotations

from propguard.rules.schema import (
    schema_duplicate_key,
    schema_extends_cycle,
    schema_extends_missing,
    schema_missing_field,
    schema_syntax,
    schema_tag,
    schema_too_large,
    schema_unknown_field,
    schema_unreadable,
    schema_wrong_type,
    schema_wrong_value,
)

SCHEMA_CHECKS = ()
SCHEMA_RULES = (
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

__all__ = ["SCHEMA_CHECKS", "SCHEMA_RULES"]
