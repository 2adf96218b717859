"""A schema compiled for ClickHouse into the one statement that finds what can be corrected, where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.compilers.clickhouse import from_clause, no_view
from propguard.compilers.masks import RULES_OF_DATA, key_mask, property_number, value_mask
from propguard.rules.key import deprecated_property, key_case
from propguard.rules.sql import either, is_one_of, is_property, literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from propguard.compilers.clickhouse import View
    from propguard.rules.rule import Rule, StoredKeys

BLANKED = ("prompt_id", "prompt_version", "request_referrer")
"""The columns of a request that the platform forgets whenever a property is written to it."""

BLANKS_SOMETHING, BLANKS_WHO_KNOWS = 1, 2
"""What the column `blanks` says of a request that a write would cost something, or for which that cannot be known."""

_ROWS = (
    "id String, blanks UInt8, raw_ks Array(String), raw_vs Array(String), ks Array(String), vs Array(String), "
    "ps Array(Int32), masks Array(UInt32)"
)


def corrections_statement(stored: StoredKeys, source: str, view: View = no_view) -> str:
    """Every request with a property that may have a safe fix, by its id; no other leaves the database.

    Columns: `id`; `blanks`, whether a write would blank something else of the request (0 where not); `pairs` of key, value,
    whether it may have a fix, and whether both are text. They are those with a fix and, as these tell what is there
    already, those of declared keys. `source` and `view` are as for `Engine`.
    """
    is_something = " OR ".join(f"ifNull({column}, '') != ''" for column in BLANKED)
    is_unknown = " OR ".join(f"isNull({column})" for column in BLANKED)
    rows = f"""SELECT toString(request_id) AS id, multiIf({is_something}, {BLANKS_SOMETHING}, {is_unknown}, {BLANKS_WHO_KNOWS}, 0) AS blanks,
  mapKeys(properties) AS raw_ks, mapValues(properties) AS raw_vs, arrayMap(k -> toValidUTF8(k), raw_ks) AS ks,
  arrayMap(v -> toValidUTF8(v), raw_vs) AS vs, arrayMap(k -> {property_number(stored)}, ks) AS ps,
  arrayMap((k, v, p) -> toUInt32(bitOr(if(p > 0, 0, {key_mask(stored)}), {value_mask(stored)})), ks, vs, ps) AS masks
FROM {from_clause(source)} AS source"""
    judged = f"""SELECT id, blanks, raw_ks, raw_vs, ks, vs, ps, arrayMap((k, mask) -> toUInt8({_is_fixable(stored)}), ks, masks) AS fixable
FROM {from_clause(view(rows, _ROWS))} AS rows"""
    is_text = "arrayMap((a, b, c, d) -> toUInt8(a = b AND c = d), raw_ks, ks, raw_vs, vs)"
    return f"""SELECT id, blanks, arrayMap(one -> tuple(tupleElement(one, 1), tupleElement(one, 2), tupleElement(one, 3), tupleElement(one, 4)),
  arrayFilter(one -> tupleElement(one, 3) = 1 OR tupleElement(one, 5) != 0, arrayZip(ks, vs, fixable, {is_text}, ps))) AS pairs
FROM ({judged}) AS judged WHERE has(fixable, 1) ORDER BY id"""


def _is_fixable(stored: StoredKeys) -> str:
    """Whether `mask`, met at `k`, has a rule with a safe fix; a few more, whose rule turns out to have nothing to suggest."""
    suggesting = {key_case.RULE.id: _is_near_declared(stored), deprecated_property.RULE.id: _is_renamed(stored)}
    surely = [rule for rule in RULES_OF_DATA if rule.fix == "safe" and rule.id not in suggesting]
    cases = [_has(surely)]
    cases += [f"{_has([rule])} AND ({suggesting[rule.id]})" for rule in RULES_OF_DATA if rule.id in suggesting]
    return either(cases)


def _has(rules: Iterable[Rule]) -> str:
    wanted = {rule.id for rule in rules}
    bits = sum(1 << number for number, rule in enumerate(RULES_OF_DATA) if rule.id in wanted)
    return f"bitAnd(mask, {bits}) != 0"


def _is_renamed(stored: StoredKeys) -> str:
    return is_property(
        stored.names, lambda declared: declared.deprecated is not None and declared.deprecated.renamed_to is not None
    )


def _is_near_declared(stored: StoredKeys) -> str:
    """Whether the letters and digits of `k` are those of a declared name, as those of any other spelling of it are."""
    bare = f"replaceRegexpAll(lower(k), {literal('[^a-z0-9]')}, '')"
    names = [name for name, declared in stored.schema.properties.items() if not declared.is_namespace]
    prefixes = [name for name, declared in stored.schema.properties.items() if declared.is_namespace]
    return either(
        [is_one_of(bare, map(_bare, names)), *(f"startsWith({bare}, {literal(_bare(prefix))})" for prefix in prefixes)]
    )


def _bare(name: str) -> str:
    return "".join(character for character in name.lower() if character.isascii() and character.isalnum())
