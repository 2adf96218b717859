"""An audit asks the rules about data as a whole, of what the database answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from propguard.audit import AuditResult, audit
from propguard.model.earlier import earlier_audit
from propguard.model.schema import Property
from tests.engine.doubles import PlainEngine
from tests.report.audits import rendered
from tests.strategies import TODAY
from tests.subjects import schema_of

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema

SECRET = "sk-" + "a" * 20
FIRST, LAST = 1_767_225_600_000, 1_782_777_600_000


class Answers(PlainEngine):
    """A database that answers every question about keys with the same rows."""

    name, source, everything = "answers", "requests", "requests"

    def __init__(self, keys: dict[str, dict[str, int]], distinct: int | None = None) -> None:
        self._keys = keys
        self._distinct = distinct

    def query(self, sql: str) -> list[dict[str, object]]:
        when = {"first_seen": FIRST, "last_seen": LAST}
        if " AS day," in sql:
            return [{"day": 20_454, "requests": 1000, **when}]
        return [] if "mask" in sql else [self._row(key, values) | when for key, values in self._keys.items()]

    def _row(self, key: str, values: dict[str, int]) -> dict[str, Any]:
        return {
            "k": key,
            "is_rest": 0,
            "met_keys": 1,
            "requests": sum(values.values()),
            "distinct_values": self._distinct or len(values),
            "top_values": list(values.items()),
        }


def audited(schema: PropertySchema, keys: dict[str, dict[str, int]], **more: Any) -> AuditResult:
    return audit(schema, Answers(keys), today=TODAY, **more)


def found(result: AuditResult) -> dict[str, tuple[str | None, int]]:
    return {one.violation.rule: (one.violation.key, one.count) for one in result.findings}


def test_the_findings_of_an_audit_hold_those_about_the_whole() -> None:
    """With requests, values and when, worst first."""
    schema = schema_of(Property("app"), Property("stage"))
    result = audited(schema, {"app": {"Production": 900, "prod": 80}})
    assert found(result) == {"near-duplicate-values": ("app", 80), "never-seen": ("stage", 0)}
    first = result.findings[0]
    assert [(one.value, one.count, one.suggestion) for one in first.values] == [("prod", 80, "Production")]
    assert (first.violation.value, first.violation.suggestion) == ("prod", "Production")
    assert first.seen == result.window


def test_an_audit_against_its_own_json_has_not_drifted() -> None:
    """And against another one it has, also where both tell of secrets by their beginnings."""
    schema = schema_of(Property("app"), unknown_properties="allow")
    before = audited(schema, {"app": {"chat": 900, SECRET: 100}})
    earlier = earlier_audit(rendered(before, "json").encode(), "x.json")
    assert found(audited(schema, {"app": {"chat": 900, SECRET: 100}}, before=earlier)) == {}
    drifted = audited(
        schema, {"app": {"chat": 900, SECRET: 90, SECRET + "b": 5, "search": 5}, "new": {"x": 1}}, before=earlier
    )
    assert {(one.violation.rule, one.violation.key, one.count) for one in drifted.findings} == {
        ("value-drift", "app", 5),
        ("value-drift", "new", 1),
    }


def test_no_rule_about_the_whole_quotes_a_secret() -> None:
    """What looks like one is not among the values of a finding."""
    schema = schema_of(Property("app", cardinality=1), unknown_properties="allow")
    keys = {"app": {"chat": 9, "Chat": 8, SECRET: 7, SECRET.upper(): 6}, "open": {SECRET: 9, SECRET.upper(): 1, "x": 1}}
    before = earlier_audit(rendered(audited(schema, {"app": {"chat": 1000}}), "json").encode(), "x.json")
    result = audited(schema, keys, before=before)
    assert set(found(result)) == {"high-cardinality", "near-duplicate-values", "value-drift"}
    assert SECRET not in rendered(result, "json")


def test_many_keys_under_one_rule_are_one_finding() -> None:
    """As it is with the rules about single properties."""
    schema = schema_of(*(Property(f"p{number}") for number in range(201)), Property("app"))
    result = audited(schema, {"app": {"chat": 1}})
    violation = result.findings[0].violation
    assert len(result.findings) == 1
    assert (violation.rule, violation.key, violation.context["keys"]) == ("never-seen", None, 201)


def test_spellings_of_one_property_share_their_values() -> None:
    """A value that both spellings have counts once, and all values of a key that has few are told."""
    schema = schema_of(Property("customer_id", cardinality=60), header_separator="-")
    values = {f"c{number}": 1 for number in range(60)}
    result = audited(schema, {"customer_id": values, "customer-id": values})
    assert found(result) == {}
    assert [(one.key, one.distinct, len(one.top_values)) for one in result.keys] == [("customer_id", 60, 60)]
    assert len(json.loads(rendered(result, "json"))["keys"][0]["top_values"]) == 60


def test_what_is_only_inherited_may_be_absent() -> None:
    """A project that extends the standard schema has not declared its dozens of properties by itself."""
    schema = schema_of(Property("app"), Property("team"), Property("cost_center"))
    assert "never-seen" in found(audited(schema, {"app": {"chat": 9}}))
    result = audited(schema, {"app": {"chat": 9}}, own={"app", "team"})
    assert [one.violation.key for one in result.findings if one.violation.rule == "never-seen"] == ["team"]
