"""Which rules a pair of key and value breaks, as one number: a bit for each rule of stored data.

A number instead of a list, so that ClickHouse groups by it: what is counted by mask can be added up by rule, by key and by
severity without counting anything twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.rules.judgement import item_property
from propguard.rules.key import KEY_RULES, deprecated_property, unknown_property
from propguard.rules.record import RECORD_RULES
from propguard.rules.sql import NEVER, by_property, first, is_declared, is_property, literal
from propguard.rules.value import CONCLUSIVE_VALUE_RULES, FURTHER_VALUE_RULES, VALUE_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.model.schema import Property
    from propguard.rules.rule import KeyRule, Rule, StoredKeys

RULES_OF_DATA: tuple[Rule, ...] = tuple(rule for rule in (*KEY_RULES, *VALUE_RULES, *RECORD_RULES) if "D" in rule.doors)
"""Those that stored data can break, in the order of their bits."""

COUNTS_AS_ERROR = 1 << 30
"""Set where one of the rules is an error here, and this request is not counted as one at this key already."""

REQUEST_HAS_ERROR = 1 << 31
"""Set, alone, once for every request with an error anywhere."""

_BITS = {rule.id: 1 << number for number, rule in enumerate(RULES_OF_DATA)}


def rules_in(mask: int) -> tuple[str, ...]:
    """The ids of the rules of a mask."""
    return tuple(rule for rule, bit in _BITS.items() if mask & bit)


def key_mask(stored: StoredKeys) -> str:
    """The one key rule that `k` breaks."""
    cases = []
    for rule in KEY_RULES:
        condition = rule.sql(stored)
        if condition != NEVER:
            cases.append((condition, _weighed_key(stored, rule)))
    return first(cases)


def _weighed_key(stored: StoredKeys, rule: KeyRule) -> str:
    """The bit of a key rule, as an error unless its severity or the enforcement of the property meant says otherwise."""
    bit = _BITS[rule.id]
    if rule is unknown_property.RULE:
        return str(bit | COUNTS_AS_ERROR if stored.schema.unknown_properties == "error" else bit)
    lenient = {name for name, declared in stored.schema.properties.items() if not _blocks(declared, stored.today)}
    if rule is deprecated_property.RULE:
        over = is_property(
            stored.names, lambda declared: declared.name not in lenient and _is_over(declared, stored.today)
        )
        return f"if({over}, {bit | COUNTS_AS_ERROR}, {bit})"
    if not lenient:
        return str(bit | COUNTS_AS_ERROR)
    at_lenient = is_property(stored.names, lambda declared: declared.name in lenient)
    if rule.sql_suggests is not None:
        at_lenient = f"if({is_declared(stored.names)}, {at_lenient}, {rule.sql_suggests(stored, lenient)})"
    return f"if({at_lenient}, {bit}, {bit | COUNTS_AS_ERROR})"


def value_mask(stored: StoredKeys) -> str:
    """Every value rule that `v` breaks as a value of the property that `k` is."""
    return by_property(stored.names, lambda declared: _mask_of_value(declared, _blocks(declared, stored.today)))


def _mask_of_value(declared: Property, blocks: bool) -> str:
    whole = _mask_of_single(declared, blocks)
    if declared.type != "list":
        return whole
    items = f"arrayMap(v -> toUInt32({_mask_of_single(item_property(declared), blocks)}), splitByString({literal(declared.separator)}, v))"
    of_items = f"arrayReduce('groupBitOr', {items})"
    conclusive = list(_conclusive(declared, blocks))
    return first([("v = ''", whole), *conclusive], f"bitOr({whole}, {of_items})")


def _mask_of_single(declared: Property, blocks: bool) -> str:
    further = [
        f"if({condition}, {_weighed(rule, blocks)}, 0)"
        for rule in FURTHER_VALUE_RULES
        if rule.sql is not None and (condition := rule.sql(declared)) != NEVER
    ]
    together = "0"
    for one in further:
        together = one if together == "0" else f"bitOr({together}, {one})"
    return first(_conclusive(declared, blocks), together)


def _conclusive(declared: Property, blocks: bool) -> Iterator[tuple[str, str]]:
    for rule in CONCLUSIVE_VALUE_RULES:
        if rule.sql is not None:
            yield rule.sql(declared), _weighed(rule, blocks)


def record_masks(stored: StoredKeys) -> str | None:
    """An array of key, empty value and mask for each record rule that the keys `ks` break; null where none can be.

    Where a pair in `bad` counts as an error at the same key already, the record rule does not count as one again.
    """
    lenient = is_property(stored.names, lambda declared: not _blocks(declared, stored.today))
    arrays = []
    for rule in RECORD_RULES:
        keys = rule.sql(stored) if rule.sql is not None else None
        if keys is not None:
            bit = _BITS[rule.id]
            counted = f"arrayExists(pair -> tupleElement(pair, 1) = k AND bitAnd(tupleElement(pair, 3), {COUNTS_AS_ERROR}) != 0, bad)"
            weighed = (
                str(bit)
                if rule.severity is not Severity.ERROR
                else f"if(({lenient}) OR {counted}, {bit}, {_weighed(rule, True)})"
            )
            arrays.append(f"arrayMap(k -> tuple(k, '', toUInt32({weighed})), {keys})")
    if not arrays:
        return None
    return arrays[0] if len(arrays) == 1 else f"arrayConcat({', '.join(arrays)})"


def _weighed(rule: Rule, blocks: bool) -> str:
    bit = _BITS[rule.id]
    return str(bit | COUNTS_AS_ERROR if blocks and rule.severity is Severity.ERROR else bit)


def _blocks(declared: Property, today: date) -> bool:
    return declared.enforcement.blocks(today)


def _is_over(declared: Property, today: date) -> bool:
    deprecated = declared.deprecated
    return deprecated is not None and deprecated.sunset is not None and today >= deprecated.sunset
