"""Every rule, in the order of the contract."""

from propguard.rules.code import CODE_RULES
from propguard.rules.key import KEY_RULES
from propguard.rules.record import RECORD_RULES
from propguard.rules.schema import SCHEMA_RULES
from propguard.rules.value import VALUE_RULES

RULES = (*KEY_RULES, *VALUE_RULES, *RECORD_RULES, *CODE_RULES, *SCHEMA_RULES)

__all__ = ["RULES"]
