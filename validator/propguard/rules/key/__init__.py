"""Rules about keys. A key gets exactly one of them: the first, in this order, that holds."""

from propguard.rules.key import (
    deprecated_property,
    header_key_mismatch,
    key_alias,
    key_case,
    key_characters,
    key_empty,
    key_too_long,
    prefixed_key,
    reserved_key,
    unknown_property,
)

KEY_RULES = (
    key_empty.RULE,
    prefixed_key.RULE,
    reserved_key.RULE,
    key_alias.RULE,
    header_key_mismatch.RULE,
    key_case.RULE,
    key_characters.RULE,
    key_too_long.RULE,
    unknown_property.RULE,
    deprecated_property.RULE,
)

__all__ = ["KEY_RULES"]
