"""Which rules a pair of key and value breaks, as one number: a bit for each rule of stored data.

A number instead of a list, so that ClickHouse groups by it: what is counted by mask can be added up by rule, by key and by
severity without counting anything twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.secrets import secret_in
from propguard.rules.judgement import item_property, judge_key
from propguard.rules.key import KEY_RULES, deprecated_property, header_key_mismatch, unknown_property
from propguard.rules.record import RECORD_RULES
from propguard.rules.secrets import may_hold_secret_in_sql, secret_in_sql
from propguard.rules.sql import NEVER, either, first, is_declared, is_one_of, is_property, is_system_key, literal
from propguard.rules.value import CONCLUSIVE_VALUE_RULES, FURTHER_VALUE_RULES, VALUE_RULES, value_sensitive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from propguard.model.schema import Property
    from propguard.rules.rule import KeyRule, RecordRule, Rule, StoredKeys

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
    """The one key rule that `k` breaks, where its property's number is not above 0."""
    cases = [(is_system_key(), "0")]
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


def property_number(stored: StoredKeys) -> str:
    """The number of the property that `k` is, counted from 1, 0 for none; below 0 where `k` may break a key rule.

    A key that is a declared one but for its separators is that property, too: its values are judged all the same.
    """
    numbers = {declared.name: number for number, declared in enumerate(_by_number(stored), start=1)}
    of_namespace = [
        (f"startsWith(k, {literal(prefix)}) AND length(k) > {len(prefix.encode())}", str(-numbers[declared.name]))
        for prefix, declared in stored.names.namespaces
    ]
    otherwise = f"toInt32(if({is_system_key()}, 0, {_number_of_header(stored, numbers, of_namespace)}))"
    spellings = {
        key: numbers[declared.name] * (1 if _is_plain(stored, key) else -1)
        for key, declared in stored.names.exact.items()
    }
    if not spellings:
        return otherwise
    exact = _numbered("k", spellings)
    return f"if({exact} != 0, {exact}, {otherwise})"


def _number_of_header(stored: StoredKeys, numbers: Mapping[str, int], of_namespace: Iterable[tuple[str, str]]) -> str:
    """The number of a property by its namespace, else by the one declared name that `k` is but for separators, below 0."""
    folded = header_key_mismatch.folded_names(stored, stored.schema.properties)
    if not folded:
        return first(of_namespace)
    number = _numbered(header_key_mismatch.FOLDED, {bare: -numbers[name] for bare, name in folded.items()})
    before = KEY_RULES[: KEY_RULES.index(header_key_mismatch.RULE)]
    is_other = either(rule.sql(stored) for rule in before)
    is_met = f"{number} != 0 AND {header_key_mismatch.IS_OF_HEADER} AND NOT ({is_other})"
    return first([*of_namespace, (is_met, number)])


def _numbered(key: str, numbers: Mapping[str, int]) -> str:
    """The number of a key, 0 for one that has none."""
    of_keys = ", ".join(f"toInt32({number})" for number in numbers.values())
    return f"transform({key}, array({', '.join(map(literal, numbers))}), array({of_keys}), toInt32(0))"


def value_mask(stored: StoredKeys) -> str:
    """Every value rule that `v` breaks, where `p` is the number of the property that its key is."""
    properties = _by_number(stored)
    cases = [
        (f"abs(p) = {number}", _mask_of_value(declared, _blocks(declared, stored.today)))
        for number, declared in enumerate(properties, start=1)
    ]
    open_ones = sum(declared.enum is None for declared in properties)
    closed = first(cases[open_ones:])
    mask = first([(f"abs(p) > {open_ones}", closed), *cases[:open_ones]])
    return f"bitOr({mask}, {_mask_of_secrets(properties[:open_ones], stored)})"


def _mask_of_secrets(properties: Sequence[Property], stored: StoredKeys) -> str:
    """The bit of value-sensitive where a text of `v` that is to be searched holds a secret.

    Said once for all properties, as the shapes of secrets are long. `properties` are the open ones, in the order of their
    numbers; whatever has no number is searched, but for the platform's own keys, and closed sets never.
    """
    searched = [
        ("p = 0", f"if({is_system_key()}, emptyArrayString(), array(v))"),
        *((f"abs(p) = {number}", _searched(declared)) for number, declared in enumerate(properties, start=1)),
    ]
    by_text: dict[str, list[str]] = {}
    for condition, texts in searched:
        by_text.setdefault(texts, []).append(condition)
    texts = first(((either(conditions), texts) for texts, conditions in by_text.items()), "emptyArrayString()")
    bit = _BITS[value_sensitive.RULE.id]
    lenient = [
        f"abs(p) = {number}"
        for number, declared in enumerate(properties, start=1)
        if not _blocks(declared, stored.today)
    ]
    weighed = first([(either(lenient), str(bit))], str(bit | COUNTS_AS_ERROR))
    is_met = f"{may_hold_secret_in_sql()} AND arrayExists(v -> {secret_in_sql()}, {texts})"
    return f"if({is_met}, {weighed}, 0)"


def _searched(declared: Property) -> str:
    """The texts of `v`, a value of `declared`, in which no secret may be: itself, or where it is a list the items, as far as
    nothing that is declared of them has accepted or names them."""
    one = item_property(declared) if declared.type == "list" else declared
    if not value_sensitive.is_checked(one):
        return "emptyArrayString()"
    conditions = []
    if value_sensitive.is_constrained(one):
        conditions.append(f"({value_sensitive.refused_in_sql(one)})")
    named = is_one_of("v", filter(secret_in, one.value_aliases))
    if named != NEVER:
        conditions.append(f"NOT ({named})")
    texts = "array(v)"
    if declared.type == "list":
        whole = is_one_of("v", (*declared.value_aliases, ""))
        texts = f"if({whole}, emptyArrayString(), splitByString({literal(declared.separator)}, v))"
    return f"arrayFilter(v -> {' AND '.join(conditions)}, {texts})" if conditions else texts


def _by_number(stored: StoredKeys) -> list[Property]:
    """The properties in the order of their numbers: closed ones last.

    Most of the closed values have dropped out before, so that one question, which is rarely true, sets all of them aside.
    """
    return sorted(stored.schema.properties.values(), key=lambda declared: declared.enum is not None)


def _is_plain(stored: StoredKeys, key: str) -> bool:
    return judge_key(stored.schema, stored.names, key, stored.today) is None


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
        if rule.sql is not None and rule is not value_sensitive.RULE and (condition := rule.sql(declared)) != NEVER
    ]
    together = "0"
    for one in further:
        together = one if together == "0" else f"bitOr({together}, {one})"
    return first(_conclusive(declared, blocks), together)


def _conclusive(declared: Property, blocks: bool) -> Iterator[tuple[str, str]]:
    for rule in CONCLUSIVE_VALUE_RULES:
        if rule.sql is not None:
            yield rule.sql(declared), _weighed(rule, blocks)


def broken_record_rules(stored: StoredKeys) -> Iterator[tuple[RecordRule, str, str]]:
    """Each record rule that can be broken, the array of the keys at which it is, and the mask at such a key `k`.

    Where a pair in `bad` counts as an error at the same key already, the record rule does not count as one again.
    """
    lenient = is_property(stored.names, lambda declared: not _blocks(declared, stored.today))
    for rule in RECORD_RULES:
        keys = rule.sql(stored) if rule.sql is not None else None
        if keys is None:
            continue
        bit = _BITS[rule.id]
        counted = f"arrayExists(pair -> tupleElement(pair, 1) = k AND bitAnd(tupleElement(pair, 3), {COUNTS_AS_ERROR}) != 0, bad)"
        weighed = f"if(({lenient}) OR {counted}, {bit}, {bit | COUNTS_AS_ERROR})"
        yield rule, keys, weighed if rule.severity is Severity.ERROR else str(bit)


def _weighed(rule: Rule, blocks: bool) -> str:
    bit = _BITS[rule.id]
    return str(bit | COUNTS_AS_ERROR if blocks and rule.severity is Severity.ERROR else bit)


def _blocks(declared: Property, today: date) -> bool:
    return declared.enforcement.blocks(today)


def _is_over(declared: Property, today: date) -> bool:
    deprecated = declared.deprecated
    return deprecated is not None and deprecated.sunset is not None and today >= deprecated.sunset
