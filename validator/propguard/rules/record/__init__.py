"""Rules about all the properties of one request together."""

from propguard.rules.record import (
    dependent_property_missing,
    duplicate_header,
    required_property_missing,
    superseded_property,
    too_many_properties,
)

RECORD_RULES = (
    duplicate_header.RULE,
    required_property_missing.RULE,
    dependent_property_missing.RULE,
    too_many_properties.RULE,
    superseded_property.RULE,
)

__all__ = ["RECORD_RULES"]
