"""Every rule, in the order of the contract."""

from propguard.rules.code import CODE_RULES
from propguard.rules.data import DATA_RULES
from propguard.rules.evolution import EVOLUTION_RULES
from propguard.rules.key import KEY_RULES
from propguard.rules.record import RECORD_RULES
from propguard.rules.row import ROW_RULES
from propguard.rules.rule import Rule
from propguard.rules.schema import SCHEMA_RULES
from propguard.rules.value import VALUE_RULES

RULES: tuple[Rule, ...] = (
    *KEY_RULES,
    *VALUE_RULES,
    *RECORD_RULES,
    *ROW_RULES,
    *CODE_RULES,
    *DATA_RULES,
    *SCHEMA_RULES,
    *EVOLUTION_RULES,
)

_BY_ID = {rule.id: rule for rule in RULES}


def rule_of(rule_id: str) -> Rule:
    """The rule of that id. Raises KeyError."""
    return _BY_ID[rule_id]


__all__ = ["RULES", "rule_of"]
