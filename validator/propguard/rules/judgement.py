"""Which rules are asked of a key, a value and a record, in which order, and how much a finding then weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from propguard.model.finding import Severity
from propguard.model.schema import Enforcement, Property
from propguard.model.secrets import secret_in, shown_value
from propguard.model.stored_key import has_header_prefix, stored_key
from propguard.rules.key import KEY_RULES, prefixed_key, unknown_property
from propguard.rules.pattern_language import PatternInvalid
from propguard.rules.record import RECORD_RULES, duplicate_header, superseded_property
from propguard.rules.rule import KeySubject, RecordSubject, ValueSubject
from propguard.rules.value import CONCLUSIVE_VALUE_RULES, FURTHER_VALUE_RULES, value_sensitive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from propguard.model.finding import Door, HeaderEncoding, Violation
    from propguard.model.names import Names
    from propguard.model.schema import PropertySchema
    from propguard.rules.rule import FixSafety


_MOST_ROUNDS = 20
"""A key that is renamed may be renamed again."""

_FIXES = {rule.id: rule.fix for rule in (*KEY_RULES, *CONCLUSIVE_VALUE_RULES, *FURTHER_VALUE_RULES)}


def fix_safety(rule_id: str) -> FixSafety | None:
    """How safe it is to put the suggestion of a key or value rule in the place of what was found; null for never."""
    return _FIXES.get(rule_id)


def judge_key(
    schema: PropertySchema,
    names: Names,
    written: str,
    today: date,
    *,
    advise: bool = True,
    caller: str | None = None,
) -> Violation | None:
    """The first key rule that `written`, met at the door of `names`, breaks; without `advise`, no near name is searched for.

    `caller` is what the caller of a wrapper writes for the key.
    """
    stored = stored_key(written, names.door)
    if names.is_ignored(stored):
        return None
    declared = names.declared(stored)
    subject = KeySubject(written, stored, names, schema, declared, today, advise, caller)
    for rule in KEY_RULES:
        found = rule.find(subject)
        if found is not None:
            # Where its SQL does not know the property meant, the rule weighs the same whatever that is.
            meant = schema.properties.get(found.suggestion or "") if rule.sql_suggests is not None else None
            return _weighed(rule.violation(found, stored, None), declared or meant, today)
    return None


def key_corrections(schema: PropertySchema, names: Names, stored: Iterable[str], today: date) -> dict[str, str]:
    """For each of the `stored` keys that safe fixes make another key of: which."""
    return {key: right for key in stored if (right := _corrected_key(schema, names, key, today)) != key}


def _corrected_key(schema: PropertySchema, names: Names, key: str, today: date) -> str:
    for _ in range(_MOST_ROUNDS):
        violation = judge_key(schema, names, key, today)
        if violation is None or violation.suggestion is None or fix_safety(violation.rule) != "safe":
            break
        key = violation.suggestion
    return key


def judge_partial_key(
    schema: PropertySchema, names: Names, written: str, today: date
) -> tuple[tuple[Violation, ...], Property | None]:
    """What breaks a rule in a key with stars for its unknown parts, and the property that it is whatever they are."""
    stored = stored_key(written, names.door)
    beginning = names.canonical(stored.partition("*")[0])
    reachable = names.reachable(beginning)
    refusing = prefixed_key.RULE if has_header_prefix(stored) else None if reachable else unknown_property.RULE
    if refusing is not None:
        found = refusing.find(KeySubject(written, stored, names, schema, None, today))
        return (() if found is None else (refusing.violation(found, stored, None),)), None
    only = reachable[0] if len(reachable) == 1 and reachable[0].is_namespace else None
    inside = only is not None and beginning.startswith(names.met_as(only.name[:-1]))
    return (), only if inside else None


def judge_value(
    declared: Property, key: str, value: object, door: Door, today: date, encoding: HeaderEncoding = "ascii"
) -> tuple[Violation, ...]:
    """Every value rule that `value` breaks as a value of `declared`, met under the stored key `key`.

    `encoding` is what the client that writes headers can encode.
    """
    if isinstance(value, str) and declared.type == "list":
        found = _judge_list(declared, key, value, door, encoding)
    else:
        found = _judge_single(declared, key, value, door, encoding)
    return tuple(_weighed(violation, declared, today) for violation in found)


def broken_by(declared: Property, value: str) -> list[str]:
    """The rules by which a value is refused through the API, as if everything blocked; a pattern that RE2 does not take
    finds nothing in any value."""
    blocking = replace(declared, enforcement=Enforcement())
    try:
        found = judge_value(blocking, declared.name, value, "api", date.min)
    except PatternInvalid:
        return ["value-pattern"]
    return [violation.rule for violation in found if violation.severity is Severity.ERROR]


def judge_undeclared_value(key: str, value: object) -> tuple[Violation, ...]:
    """What can be said of the value of a key of which nothing is declared: that it is no text, or holds a secret."""
    if not isinstance(value, str):
        return tuple(_judge_single(Property(key), key, value, "api"))
    rule = value_sensitive.RULE
    found = rule.find(ValueSubject(key, value, Property(key), "api"))
    return () if found is None else (rule.violation(found, key, value),)


def judge_record(
    schema: PropertySchema, names: Names, record: Mapping[str, object], today: date
) -> tuple[Violation, ...]:
    """Every record rule that the keys of `record` break together."""
    met = {stored_key(written, names.door): written for written in record}
    stored = {key: written for key, written in met.items() if not names.is_ignored(key)}
    subject = RecordSubject(stored, tuple(record), names, schema)
    if names.door == "data":
        values = {key: value for key in stored if isinstance(value := record[key], str)}
        subject = subject._replace(values=values, corrections=key_corrections(schema, names, values, today))
    return tuple(
        _weighed(rule.violation(found, key, None), names.declared(key) if key else None, today)
        for rule in RECORD_RULES
        for key, found in rule.find(subject)
    )


def without_superseded(violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """The violations of one record, of a superseded key nothing else than that it is one."""
    superseded = {one.key for one in violations if one.rule == superseded_property.RULE.id}
    if not superseded:
        return violations
    return tuple(one for one in violations if one.key not in superseded or one.rule == superseded_property.RULE.id)


def judge_repeated_headers(schema: PropertySchema, names: Names, repeated: Iterable[str]) -> tuple[Violation, ...]:
    """The violation that each header name is which one request has more than once, letter by letter."""
    return tuple(
        duplicate_header.RULE.violation(found, key, None)
        for written in repeated
        for key, found in duplicate_header.find(
            RecordSubject({stored_key(written, names.door): written}, (written, written), names, schema)
        )
    )


def _judge_single(
    declared: Property, key: str, value: object, door: Door, encoding: HeaderEncoding = "ascii"
) -> list[Violation]:
    shown = value if isinstance(value, str) else None
    subject = ValueSubject(key, value, declared, door, encoding)  # type: ignore[arg-type]  # the first rule is what refuses other types
    is_allowed = declared.sensitive == "allow"
    for rule in CONCLUSIVE_VALUE_RULES:
        found = rule.find(subject)
        if found is not None:
            return [rule.violation(found, key, shown, may_show_secrets=is_allowed)]
    return [
        rule.violation(found, key, shown, may_show_secrets=is_allowed)
        for rule in FURTHER_VALUE_RULES
        if (found := rule.find(subject)) is not None
    ]


def _judge_list(declared: Property, key: str, value: str, door: Door, encoding: HeaderEncoding) -> list[Violation]:
    """A list breaks the rules that it breaks as a whole, then each rule that an item breaks, once."""
    whole = _judge_single(declared, key, value, door, encoding)
    if not value or any(violation.rule in {"value-alias", "value-not-allowed"} for violation in whole):
        return whole
    item_of = item_property(declared)
    items = value.split(declared.separator)
    judged = [_judge_single(item_of, key, item, "api") for item in items]
    first: dict[str, Violation] = {}
    for position, violations in enumerate(judged, start=1):
        for violation in violations:
            context = {**violation.context, "item": violation.value, "position": position}
            mended = _mended(items, judged, violation.rule, declared.separator)
            first.setdefault(
                violation.rule,
                replace(
                    violation,
                    message=f"item {position}: {violation.message}",
                    value=value if declared.sensitive == "allow" else shown_value(value),
                    suggestion=mended
                    if mended is None or declared.sensitive == "allow" or not secret_in(mended)
                    else None,
                    context=context,
                ),
            )
    return [*whole, *first.values()]


def _mended(items: list[str], judged: list[list[Violation]], rule: str, separator: str) -> str | None:
    """The list with the suggestion of `rule` in the place of each item that breaks it; null where one has none."""
    mended = list(items)
    for position, violations in enumerate(judged):
        for violation in violations:
            if violation.rule == rule:
                if violation.suggestion is None:
                    return None
                mended[position] = violation.suggestion
    return separator.join(mended)


def item_property(declared: Property) -> Property:
    """What an item of a list must be: `items`, or where that is not said, text that is not empty and holds no secret."""
    items = declared.items or replace(
        declared,
        type="string",
        format=None,
        enum=None,
        pattern=None,
        value_aliases={},
        deprecated_values={},
        min_length=1,
    )
    return replace(items, sensitive="allow") if declared.sensitive == "allow" else items


def _weighed(violation: Violation, declared: Property | None, today: date) -> Violation:
    """Errors at a property whose enforcement does not block yet are warnings."""
    if violation.severity is Severity.ERROR and declared is not None and not declared.enforcement.blocks(today):
        return replace(violation, severity=Severity.WARNING)
    return violation
