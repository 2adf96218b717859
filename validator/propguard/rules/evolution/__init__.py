"""Rules about the way from one version of a property schema to the next: one per kind of change that breaks something.

Those in `EVOLUTION_CHECKS` are asked of the two schemas; what the versions should be follows from their answers.
"""

from __future__ import annotations

from propguard.rules.evolution import (
    breaking_alias_added,
    breaking_alias_removed,
    breaking_became_required,
    breaking_cannot_tell,
    breaking_deprecation_added,
    breaking_enforcement_tightened,
    breaking_format_changed,
    breaking_header_separator,
    breaking_key_declared,
    breaking_keys_closed,
    breaking_limit_tightened,
    breaking_name_reserved,
    breaking_namespace_narrowed,
    breaking_naming_changed,
    breaking_pattern_narrowed,
    breaking_pattern_widened,
    breaking_property_closed,
    breaking_property_opened,
    breaking_property_removed,
    breaking_property_renamed,
    breaking_requires_added,
    breaking_reserved_reused,
    breaking_schema_limit,
    breaking_sensitive_forbidden,
    breaking_separator_changed,
    breaking_type_changed,
    breaking_value_added,
    breaking_value_alias_removed,
    breaking_value_removed,
    breaking_version,
)

EVOLUTION_CHECKS = (
    breaking_property_removed.RULE,
    breaking_property_renamed.RULE,
    breaking_namespace_narrowed.RULE,
    breaking_keys_closed.RULE,
    breaking_name_reserved.RULE,
    breaking_reserved_reused.RULE,
    breaking_alias_removed.RULE,
    breaking_alias_added.RULE,
    breaking_key_declared.RULE,
    breaking_naming_changed.RULE,
    breaking_header_separator.RULE,
    breaking_schema_limit.RULE,
    breaking_value_removed.RULE,
    breaking_value_alias_removed.RULE,
    breaking_property_closed.RULE,
    breaking_limit_tightened.RULE,
    breaking_pattern_narrowed.RULE,
    breaking_format_changed.RULE,
    breaking_type_changed.RULE,
    breaking_separator_changed.RULE,
    breaking_sensitive_forbidden.RULE,
    breaking_became_required.RULE,
    breaking_requires_added.RULE,
    breaking_enforcement_tightened.RULE,
    breaking_cannot_tell.RULE,
    breaking_value_added.RULE,
    breaking_property_opened.RULE,
    breaking_pattern_widened.RULE,
    breaking_deprecation_added.RULE,
)
EVOLUTION_RULES = (*EVOLUTION_CHECKS, breaking_version.RULE)

__all__ = ["EVOLUTION_CHECKS", "EVOLUTION_RULES"]
