"""From rows of counts to findings and profiles: masks become rules, rules get their words, secrets are masked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from propguard.audit.result import DataFinding, seen
from propguard.compilers.clickhouse import LONGEST_VALUE
from propguard.compilers.masks import COUNTS_AS_ERROR, REQUEST_HAS_ERROR, rules_in
from propguard.model.finding import Severity, Violation
from propguard.model.profile import KeyProfile, ValueCount, earliest_and_latest
from propguard.model.secrets import masked, secret_in, shown_value, without_secrets
from propguard.rules.book import rule_of
from propguard.rules.data.high_cardinality import MOST_OF_LOW
from propguard.rules.judgement import key_corrections
from propguard.rules.record import dependent_property_missing, superseded_property
from propguard.rules.rule import KeyRule, RecordRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from propguard.compilers import Checker
    from propguard.model.profile import Seen
    from propguard.rules.rule import Rule, StoredKeys

MOST_KEYS_OF_A_RULE = 200
"""More keys than that under one rule are one finding."""

MOST_VALUES = 20
MOST_REQUEST_IDS = 5
_EXAMPLES = 10
_BEGINNING = 60
_WEIGHT = {severity: place for place, severity in enumerate(Severity)}


class Assembly:
    """What the rows of the statements add up to, key by key and rule by rule.

    Stored spellings of one declared name are one key: the declared one.
    """

    def __init__(self, checker: Checker, stored: StoredKeys) -> None:
        self._checker = checker
        self._names = stored.names
        self._selected = stored.selected
        self._today = stored.today
        self._keys: dict[str, list[Mapping[str, object]]] = {}
        self._broken: dict[tuple[str, str], list[Mapping[str, object]]] = {}
        self._beyond: dict[str, list[Mapping[str, object]]] = {}
        self._with_error: dict[str, int] = {}
        self.properties = 0
        """How many stored keys there are."""
        self.requests_with_error = 0
        self.errors_by_day: dict[int, int] = {}
        """Requests with an error, by their days since 1970."""

    def add_key(self, row: Mapping[str, object]) -> None:
        """Take up one row of `keys_statement`."""
        self.properties += _number(row["met_keys"])
        if not _number(row["is_rest"]):
            self._keys.setdefault(self._name(str(row["k"])), []).append(row)

    def add_broken(self, row: Mapping[str, object]) -> None:
        """Take up one row of `findings_statement`."""
        mask = _number(row["mask"])
        if mask & REQUEST_HAS_ERROR:
            self.requests_with_error = _number(row["requests"])
            self.errors_by_day = {int(day): count for day, count in _values([row])}
            return
        name = self._name(str(row["k"]))
        for rule in rules_in(mask):
            if _number(row["is_rest"]):
                self._beyond.setdefault(rule, []).append(row)
            else:
                self._broken.setdefault((rule, name), []).append(row)
        if mask & COUNTS_AS_ERROR and not _number(row["is_rest"]):
            self._with_error[name] = self._with_error.get(name, 0) + _number(row["requests"])

    def profiles(self) -> tuple[KeyProfile, ...]:
        """Every key that was met, most requests first, then the declared ones that were not; secrets in them masked."""
        return tuple(replace(profile, key=without_secrets(profile.key)) for profile in self._profiles())

    def _profiles(self) -> tuple[KeyProfile, ...]:
        declared = (name for name in self._checker.schema.properties if not name.endswith("*"))
        names = [*self._keys, *(name for name in declared if self._selected is None or self._selected.holds(name))]
        profiles = [self._profile(name) for name in dict.fromkeys(names)]
        return tuple(sorted(profiles, key=lambda profile: (-profile.requests, profile.key)))

    def met(self) -> tuple[KeyProfile, ...]:
        """Every key that was met, most requests first, with all values that were told and may be shown as they are."""
        return tuple(
            replace(
                profile,
                key=without_secrets(profile.key),
                top_values=tuple(
                    ValueCount(value, count)
                    for value, count in _values(self._keys[profile.key])
                    if self._shown(profile.key, value) == value
                ),
            )
            for profile in self._profiles()
            if profile.key in self._keys
        )

    def findings(self) -> tuple[DataFinding, ...]:
        """One for each rule and key, errors first, then by requests; one for all keys of a rule where they are many."""
        by_rule: dict[str, list[str]] = {}
        for rule, name in self._broken:
            by_rule.setdefault(rule, []).append(name)
        found = []
        for rule, names in by_rule.items():
            beyond = self._beyond.get(rule, [])
            if len(names) > MOST_KEYS_OF_A_RULE or beyond:
                found.append(self._of_many(rule, names, beyond))
            else:
                found += [self._finding(rule, name) for name in names]
        order = {key: place for place, key in enumerate(self._broken)}
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    *worst_first(one),
                    order.get((one.violation.rule, one.violation.key or ""), 0),
                ),
            )
        )

    def _name(self, stored: str) -> str:
        declared = self._names.exact.get(stored)
        return stored if declared is None else declared.name

    def _profile(self, name: str) -> KeyProfile:
        rows = self._keys.get(name, [])
        requests = sum(_number(row["requests"]) for row in rows)
        absent = sum(_number(row["requests"]) for row in self._broken.get(("required-property-missing", name), []))
        violations = self._with_error.get(name, 0)
        return KeyProfile(
            key=name,
            declared=self._names.declared(name) is not None,
            requests=requests,
            distinct=_distinct(rows),
            violations=violations,
            score=1 - violations / (requests + absent) if requests + absent else None,
            seen=earliest_and_latest(seen(row) for row in rows),
            top_values=tuple(
                ValueCount(self._shown(name, value), count)
                for value, count in _values(rows)[: _listed(_distinct(rows))]
            ),
        )

    def _finding(self, rule: str, name: str) -> DataFinding:
        rows = self._broken[rule, name]
        stored = str(rows[0]["k"])
        is_about_values = not isinstance(rule_of(rule), RecordRule)
        counted = _values(rows)[:MOST_VALUES] if is_about_values else []
        shown_counts: dict[tuple[str, str | None], int] = {}  # of those that are masked, several look alike
        for value, count in counted:
            suggestion = None if isinstance(rule_of(rule), KeyRule) else self._told(rule, stored, value).suggestion
            told = self._shown(stored, value, rule), suggestion
            shown_counts[told] = shown_counts.get(told, 0) + count
        values = [ValueCount(value, count, suggestion) for (value, suggestion), count in shown_counts.items()]
        violation = self._told(rule, stored, counted[0][0] if counted else "")
        shown = values[0].value if values else None
        return DataFinding(
            replace(violation, key=without_secrets(name) or (None if not is_about_values else ""), value=shown),
            sum(_number(row["requests"]) for row in rows),
            tuple(values),
            _request_ids(rows),
            earliest_and_latest(seen(row) for row in rows),
        )

    def _of_many(self, rule: str, names: list[str], beyond: list[Mapping[str, object]]) -> DataFinding:
        rows = [row for name in names for row in self._broken[rule, name]] + beyond
        number = len(names) + sum(_number(row["met_keys"]) for row in beyond)
        severity = self._violation(rule, str(rows[0]["k"]), "").severity
        requests = sum(_number(row["requests"]) for row in rows)
        when = earliest_and_latest(seen(row) for row in rows)
        return at_many_keys(rule_of(rule), severity, number, names, requests, when, _request_ids(rows))

    def _violation(self, rule_id: str, stored: str, value: str) -> Violation:
        """What the checker says of this value, or where a value was too long to be told whole, what the rule says of itself."""
        rule = rule_of(rule_id)
        if isinstance(rule, RecordRule):
            said = self._checker.check_record(self._witness(rule_id, stored, value), door="data")
        else:
            said = self._checker.check(stored, value, door="data")
        for violation in said:
            if violation.rule == rule_id and (
                not isinstance(rule, RecordRule)
                or violation.key in {without_secrets(stored), without_secrets(self._name(stored))}
            ):
                return violation
        return Violation(rule_id, rule.severity, rule.summary, without_secrets(stored) or None, None)

    def _witness(self, rule_id: str, stored: str, value: str) -> dict[str, str]:
        """A record that breaks a record rule at this key, where it breaks it only together with something that is there."""
        if rule_id == superseded_property.RULE.id:
            right = key_corrections(self._checker.schema, self._names, [stored], self._today)
            return {stored: "", **dict.fromkeys(right.values(), "")}
        return {stored: value} if rule_id == dependent_property_missing.RULE.id else {}

    def _told(self, rule_id: str, stored: str, value: str) -> Violation:
        """What can be told of it: where the value is a secret, not in words that quote it or say how to write it better."""
        violation, rule = self._violation(rule_id, stored, value), rule_of(rule_id)
        if isinstance(rule, KeyRule) or rule_id == "value-sensitive" or self._may_be_shown(stored):
            return violation
        kind = secret_in(value)
        if kind is None:
            return violation if len(value) < LONGEST_VALUE else replace(violation, suggestion=None)
        name = without_secrets(self._name(stored))
        message = f"a value of `{name}` that holds {kind} breaks this rule too: {rule.summary}"
        context = {"property": name, "kind": kind, "summary": rule.summary}
        return Violation(rule_id, violation.severity, message, violation.key, masked(value), None, context)

    def _shown(self, stored: str, value: str, rule_id: str | None = None) -> str:
        """The value, or where it is a secret that nobody has allowed here, its beginning.

        What the database has cut may end in the first half of a secret, so less of it is shown than was looked through.
        """
        if self._may_be_shown(stored):
            return value
        if rule_id == "value-sensitive" or secret_in(value):
            return masked(value)
        return value if len(value) < LONGEST_VALUE else f"{value[:_BEGINNING]}… ({LONGEST_VALUE} characters or more)"

    def _may_be_shown(self, stored: str) -> bool:
        declared = self._names.declared(stored)
        return declared is not None and declared.sensitive == "allow"


def at_many_keys(
    rule: Rule,
    severity: Severity,
    number: int,
    keys: Sequence[str],
    requests: int,
    when: Seen,
    request_ids: tuple[str, ...] = (),
) -> DataFinding:
    """The one finding that there is of a rule that `number` keys break, which are too many to be told one by one."""
    examples = list(map(without_secrets, keys[:_EXAMPLES]))
    message = f"{number} keys break this rule, such as `{examples[0]}`: {rule.summary}"
    violation = Violation(rule.id, severity, message, None, None, None, {"keys": number, "examples": examples})
    return DataFinding(violation, requests, (), request_ids, when)


def worst_first(finding: DataFinding) -> tuple[int, int]:
    """By what findings are sorted: errors first, then by requests."""
    return _WEIGHT[finding.severity], -finding.count


def _listed(distinct: int) -> int:
    """How many values of a key are told: where there are few all, so that a later audit knows what is new."""
    return distinct if distinct <= MOST_OF_LOW else MOST_VALUES


def _distinct(rows: list[Mapping[str, object]]) -> int:
    """How many values the stored spellings of a key have together; one that several have counts once where all are known."""
    total, listed = sum(_number(row["distinct_values"]) for row in rows), 0
    for row in rows:
        assert isinstance(row["top_values"], list)
        listed += len(row["top_values"])
    return len(_values(rows)) if listed >= total else total


def _values(rows: list[Mapping[str, object]]) -> list[tuple[str, int]]:
    """Values with their counts, most requests first."""
    counts: dict[str, int] = {}
    for row in rows:
        values = row["top_values"]
        assert isinstance(values, list)
        for value, count in values:
            counts[str(value)] = counts.get(str(value), 0) + _number(count)
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _request_ids(rows: list[Mapping[str, object]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        ids = row["request_ids"]
        assert isinstance(ids, list)
        found.update(dict.fromkeys(str(one) for one in ids if one))
    return tuple(map(shown_value, found))[:MOST_REQUEST_IDS]


def _number(value: object) -> int:
    return int(str(value))
