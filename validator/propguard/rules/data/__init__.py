"""Rules about stored data as a whole: what only many requests together show."""

from propguard.rules.data import (
    high_cardinality,
    near_duplicate_keys,
    near_duplicate_values,
    never_seen,
    stale_property,
    value_drift,
)

DATA_RULES = (
    high_cardinality.RULE,
    near_duplicate_values.RULE,
    near_duplicate_keys.RULE,
    stale_property.RULE,
    value_drift.RULE,
    never_seen.RULE,
)

__all__ = ["DATA_RULES"]
