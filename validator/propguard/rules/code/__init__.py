"""Rules about source code alone: those that look at usages, and those that look at suppressions."""

from propguard.rules.code import (
    dynamic_key,
    expired_suppression,
    put_map_body,
    unparsed_file,
    unused_suppression,
)

USAGE_RULES = (dynamic_key.RULE, put_map_body.RULE, unparsed_file.RULE)
SUPPRESSION_RULES = (unused_suppression.RULE, expired_suppression.RULE)
CODE_RULES = (*USAGE_RULES, *SUPPRESSION_RULES)

__all__ = ["CODE_RULES", "SUPPRESSION_RULES", "USAGE_RULES"]
