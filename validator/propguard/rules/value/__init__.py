"""Rules about the values of declared keys.

The first three end the list where they hold; of the rest, all that hold are reported.
"""

from propguard.rules.value import (
    deprecated_value,
    value_alias,
    value_empty,
    value_format,
    value_not_allowed,
    value_not_string,
    value_pattern,
    value_placeholder,
    value_range,
    value_sensitive,
    value_too_long,
    value_too_short,
    value_type,
    value_unsafe_in_header,
    value_whitespace,
)

CONCLUSIVE_VALUE_RULES = (value_not_string.RULE, value_alias.RULE, value_not_allowed.RULE)
FURTHER_VALUE_RULES = (
    deprecated_value.RULE,
    value_empty.RULE,
    value_too_short.RULE,
    value_too_long.RULE,
    value_type.RULE,
    value_range.RULE,
    value_format.RULE,
    value_pattern.RULE,
    value_whitespace.RULE,
    value_placeholder.RULE,
    value_sensitive.RULE,
    value_unsafe_in_header.RULE,
)
VALUE_RULES = (*CONCLUSIVE_VALUE_RULES, *FURTHER_VALUE_RULES)

__all__ = ["CONCLUSIVE_VALUE_RULES", "FURTHER_VALUE_RULES", "VALUE_RULES"]
