"""The export refuses what the checker refuses, but for what it says that it does not say."""

from __future__ import annotations

import json
import math
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given

from propguard.compilers import Checker
from propguard.compilers.json_schema import json_schema, unsaid
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import Deprecation, Enforcement, Property, PropertySchema
from propguard.schemafile import load_schema, standard_schema_path
from tests.samples import HOSTILE_KEYS, NON_TEXTS
from tests.strategies import MANY, TODAY, schemas, schemas_and_records

if TYPE_CHECKING:
    from collections.abc import Mapping

PRODUCTION = Property("environment", enum=("production", "staging"))


def schema_of(*properties: Property, **fields: Any) -> PropertySchema:
    declared = {declared.name: declared for declared in properties}
    return PropertySchema("small", "1.0.0", declared, **fields)


def is_json(record: Mapping[str, object]) -> bool:
    """Whether every JSON Schema validator can be given `record`."""
    try:
        json.dumps(record, allow_nan=False).encode()
        "".join((*record, *(value for value in record.values() if isinstance(value, str)))).encode()
    except (TypeError, ValueError):
        return False
    return True


class TestAgreement:
    @MANY
    @given(schemas_and_records())
    def test_with_the_checker(self, case: tuple[PropertySchema, dict[str, Any]]) -> None:
        """A record is valid by the export exactly where the checker finds no error, but for what is unsaid."""
        schema, record = case
        exported = json_schema(schema, today=TODAY)
        reference, fast = jsonschema.Draft202012Validator(exported), jsonschema_rs.Draft202012Validator(exported)
        names, left_out = Names(schema, "api"), unsaid(schema, today=TODAY)
        checker = Checker(schema, today=TODAY)
        for one in (record, dict(list(record.items())[:1]), *({key: value} for key, value in record.items())):
            found = checker.check_record(one)
            errors = {
                (declared.name if (declared := names.declared(violation.key or "")) else None, violation.rule)
                for violation in found
                if violation.severity is Severity.ERROR
            }
            verdicts = {validator.is_valid(one) for validator in self._able(one, reference, fast)}
            if True in verdicts:
                assert errors <= left_out
            if False in verdicts:
                assert errors or ((None, "key-case") in left_out and any(each.rule == "key-case" for each in found))

    @staticmethod
    def _able(record: Mapping[str, object], reference: Any, fast: Any) -> list[Any]:
        """The validators that can be asked of `record`."""
        return [reference] + ([fast] if is_json(record) else [])

    @given(schemas())
    def test_it_is_json_schema_and_always_the_same(self, schema: PropertySchema) -> None:
        exported = json_schema(schema, today=TODAY)
        jsonschema.Draft202012Validator.check_schema(exported)
        assert json.dumps(exported) == json.dumps(json_schema(schema, today=TODAY))


# One schema per row, then records that are valid, then records that are not.
SAID: dict[str, tuple[PropertySchema, list[dict[str, object]], list[dict[str, object]]]] = {
    "a closed set": (schema_of(PRODUCTION), [{"environment": "staging"}, {}], [{"environment": "prod"}, {"environment": ""}]),
    "an alias of a value stands for itself no more": (
        schema_of(replace(PRODUCTION, enum=("production", "prod"), value_aliases={"prod": "production"})),
        [{"environment": "production"}],
        [{"environment": "prod"}],
    ),
    "an alias of an open value": (
        schema_of(Property("app", value_aliases={"web app": "web"})),
        [{"app": "web"}],
        [{"app": "web app"}],
    ),
    "an alias that no key could be, of a property that does not block yet": (
        schema_of(Property("app", aliases=("a" * 101,), enforcement=Enforcement("warn")), unknown_properties="allow"),
        [{"a" * 101: "x"}],
        [{"a" * 102: "x"}],
    ),
    "names declared inside a namespace that is inside another": (
        schema_of(Property("f_*", enum=("on",)), Property("f_x_*", enum=("off",)), Property("f_x_ab", enum=("in",))),
        [{"f_x_a": "off", "f_x_ab": "in", "f_x_abc": "off"}],
        [{"f_x_a": "on"}, {"f_x_ab": "off"}, {"f_x_abc": "on"}],
    ),
    "an alias of a key": (
        schema_of(replace(PRODUCTION, aliases=("env",)), unknown_properties="allow"),
        [{"other": "x"}],
        [{"env": "production"}],
    ),
    "an alias whose property does not block yet": (
        schema_of(replace(PRODUCTION, aliases=("Env ",), enforcement=Enforcement("warn"))),
        [{"Env ": "x"}, {"environment": 7}],
        [{"env": "x"}, {"Env ": 7}],
    ),
    "text only": (
        schema_of(Property("app"), unknown_properties="allow"),
        [{"app": "x", "other": "y"}],
        [{"app": value} for value in NON_TEXTS] + [{"other": value} for value in NON_TEXTS],
    ),
    "lengths in code points": (
        schema_of(Property("app", min_length=2, max_length=3)),
        [{"app": "😀😀"}, {"app": "日本語"}],
        [{"app": "😀"}, {"app": "😀😀😀😀"}, {"app": ""}],
    ),
    "the end of a value is its end": (schema_of(Property("app", pattern="^a$")), [{"app": "a"}], [{"app": "a\n"}]),
    "the end of a value is its end, whatever is said of it": (
        schema_of(
            Property("a", format="date"),
            Property("b", type="number"),
            Property("c", type="boolean", value_aliases={"yes": "true"}),
            Property("d", type="list", items=Property("", enum=("x", "y"))),
            Property("e", pattern="^[a-z]{1,200}$", max_length=500),
        ),
        [{"a": "2026-01-31", "b": "1", "c": "true", "d": "x,y", "e": "z"}],
        [{"a": "2026-01-31\n"}, {"b": "1\n"}, {"c": "true\n"}, {"c": "yes"}, {"d": "x,y\n"}, {"e": "z\n"}],
    ),
    "the end of a key is its end": (
        schema_of(Property("f_*", enum=("on",)), unknown_properties="allow"),
        [{"f_a": "on", "other": "x"}],
        [{"f_a\n": "on"}, {"other\n": "x"}, {"f_a\n": "x"}],
    ),
    "the end of a key whose property does not block yet": (
        schema_of(Property("f_*", enum=("on",), enforcement=Enforcement("warn"))),
        [{"f_a": "off"}, {"f_a\n": "on"}],
        [{"g_a\n": "on"}],
    ),
    "a line feed that a pattern takes": (
        schema_of(Property("app", pattern="^[^,]+$"), Property("any")),
        [{"app": "a\n", "any": "a\n"}],
        [{"app": "a,\n"}],
    ),
    "a pattern searches": (schema_of(Property("app", pattern="b")), [{"app": "abc"}], [{"app": "ac"}]),
    "a pattern, a format and a type together": (
        schema_of(Property("at", format="date", pattern="^2026"), Property("n", type="integer", pattern="^1")),
        [{"at": "2026-01-31", "n": "10"}],
        [{"at": "2025-01-31"}, {"at": "2026-02-31"}, {"n": "2"}, {"n": "1x"}],
    ),
    "a namespace without the names declared inside it": (
        schema_of(Property("f_*", enum=("on",)), Property("f_x", pattern="^x$"), Property("f_x_*", enum=("off",))),
        [{"f_a": "on"}, {"f_x": "x"}, {"f_xx": "on"}, {"f_x_a": "off"}],
        [{"f_a": "x"}, {"f_x": "on"}, {"f_xx": "off"}, {"f_x_a": "on"}, {"f_": "on"}, {"f_x_": "on"}],
    ),
    "a namespace of everything": (
        schema_of(Property("*", enum=("on",)), Property("b", enum=("off",))),
        [{"a": "on", "b": "off", "ba": "on"}],
        [{"": "on"}, {"b": "on"}, {"A": "on"}, {"a b": "on"}],
    ),
    "keys in the schema's case, and none of the platform's": (
        schema_of(unknown_properties="warning", reserved=("tmp",)),
        [{"a_b": "x", "tmpx": "x"}],
        [{key: "x"} for key in ("A", "a-b", "tmp", "stripe_customer_id", "a" * 101, *HOSTILE_KEYS) if key != "u"],
    ),
    "keys in any case, and none of the platform's in any case": (
        schema_of(naming="any", unknown_properties="allow", reserved=("Tmp",)),
        [{"a-B.c": "x", "user-id": "y"}],
        [{key: "x"} for key in ("tMp", "Helicone-STRIPE-x", "helicone-session-id", "a\n", "a:b", "é", "")],
    ),
    "required, and required by another": (
        schema_of(replace(PRODUCTION, required=True), Property("a", requires=("b",)), Property("b"), Property("n_*", requires=("b",))),
        [{"environment": "staging", "a": "x", "b": "x"}, {"environment": "staging", "n_x": "x", "b": "x"}],
        [{}, {"environment": "staging", "a": "x"}, {"environment": "staging", "n_x": "x"}],
    ),
    "required of a namespace's key": (
        schema_of(Property("a", requires=("n_x",)), Property("n_*")),
        [{"a": "x", "n_x": "x"}],
        [{"a": "x", "n_y": "x"}],
    ),
    "required, but not blocking yet": (schema_of(replace(PRODUCTION, required=True, enforcement=Enforcement("warn", date(2026, 6, 16)))), [{}], []),
    "required, and blocking since today": (schema_of(replace(PRODUCTION, required=True, enforcement=Enforcement("warn", TODAY))), [], [{}]),
    "deprecated, and refused from a day on": (
        schema_of(
            Property("old", deprecated=Deprecation("obsolete", sunset=date(2026, 6, 16))),
            Property("older", deprecated=Deprecation("obsolete", sunset=TODAY)),
            Property("oldest_*", deprecated=Deprecation("obsolete", sunset=TODAY)),
        ),
        [{"old": "x"}],
        [{"older": "x"}, {"oldest_x": "x"}],
    ),
    "a list of a closed set": (
        schema_of(Property("tags", type="list", items=Property("", enum=("a", "b+", "c,d")))),
        [{"tags": "a"}, {"tags": "a,b+,a"}],
        [{"tags": ""}, {"tags": "a,"}, {"tags": "a, b+"}, {"tags": "c,d"}, {"tags": "bb"}],
    ),
    "a list that may be empty": (
        schema_of(Property("tags", type="list", min_length=0, items=Property("", enum=("a",)))),
        [{"tags": ""}, {"tags": "a,a"}],
        [{"tags": ","}],
    ),
    "a list of words": (
        schema_of(Property("tags", type="list", separator="]", items=Property("", pattern="^[a-z^-]+$"))),
        [{"tags": "a]^]-"}],
        [{"tags": "a]"}, {"tags": "A"}],
    ),
    "a list of anything": (schema_of(Property("tags", type="list", separator="^")), [{"tags": "a b^\n^,"}], [{"tags": "a^^b"}, {"tags": "^"}]),
    "a list of numbers": (schema_of(Property("n", type="list", items=Property("", type="number"))), [{"n": "1,2.5,1e3"}], [{"n": "1,x"}, {"n": "1 ,2"}]),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_it_says(name: str) -> None:
    """Each row by both validators and the checker, so that a row cannot be wrong in silence."""
    schema, valid, invalid = SAID[name]
    exported = json_schema(schema, today=TODAY)
    jsonschema.Draft202012Validator.check_schema(exported)
    checker = Checker(schema, today=TODAY)
    for record, expected in [*((each, True) for each in valid), *((each, False) for each in invalid)]:
        errors = [each for each in checker.check_record(record) if each.severity is Severity.ERROR]  # type: ignore[arg-type]  # rows hold what is no text on purpose
        assert (not errors) == expected, record
        if is_json(record):
            assert jsonschema_rs.is_valid(exported, record) == expected, record
        assert jsonschema.Draft202012Validator(exported).is_valid(record) == expected, record


# What JSON Schema has no words for, and how the export says so.
UNSAID: list[tuple[PropertySchema, str | None, str]] = [
    (schema_of(Property("score", type="number", maximum=1.0)), "score", "value-range"),
    (schema_of(Property("app")), "app", "value-sensitive"),
    # ECMA-262 has no flags inside a pattern
    (schema_of(Property("app", pattern="(?i)^a$")), "app", "value-pattern"),
    # an item could be taken for two
    (schema_of(Property("tags", type="list", separator=", ", items=Property("", enum=("a", "a b")))), "tags", "value-not-allowed"),
    (schema_of(Property("tags", type="list", items=Property("", pattern="^[^a]+$"))), "tags", "value-pattern"),
    (schema_of(Property("tags", type="list", items=Property("", format="date"))), "tags", "value-format"),
    (schema_of(Property("tags", type="list", items=Property("", max_length=5))), "tags", "value-too-long"),
    (schema_of(Property("tags", type="list", items=Property("", min_length=2))), "tags", "value-too-short"),
    (schema_of(Property("tags", type="list")), "tags", "value-sensitive"),
    (schema_of(Property("app"), unknown_properties="allow"), None, "value-sensitive"),
    # `userId` is a warning, as `user_id` does not block, and `userIb` an error
    (schema_of(Property("user_id", enforcement=Enforcement("warn"))), None, "key-case"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "name", "rule"), UNSAID)
def test_what_it_cannot_say_it_names(schema: PropertySchema, name: str | None, rule: str) -> None:
    exported: Any = json_schema(schema, today=TODAY)
    assert (name, rule) in unsaid(schema, today=TODAY)
    assert rule in (exported if name is None else exported["properties"][name])["$comment"]


def test_what_can_be_said_is_not_left_out() -> None:
    assert not unsaid(schema_of(PRODUCTION, Property("tags", type="list", items=Property("", enum=("a",)))))


def test_annotations() -> None:
    """What an editor shows beside a property goes with it, and the order is the schema's."""
    old = Property("old", description="Not any more", examples=("x",), deprecated=Deprecation("obsolete"))
    exported: Any = json_schema(schema_of(PRODUCTION, old, description="All of it"))
    assert exported["description"] == "All of it"
    assert list(exported["properties"]) == ["environment", "old"]
    assert exported["properties"]["old"].items() >= {"description": "Not any more", "deprecated": True}.items()
    assert exported["properties"]["old"]["examples"] == ["x"]


def test_the_standard_schema_accepts_its_own_examples() -> None:
    schema = load_schema(standard_schema_path())
    exported = json_schema(schema, today=TODAY)
    jsonschema.Draft202012Validator.check_schema(exported)
    for declared in schema.properties.values():
        for example in declared.examples:
            record = {declared.name.replace("*", "x"): example}
            assert jsonschema_rs.is_valid(exported, record), record


def patterns_in(exported: object) -> list[str]:
    """Every regular expression of an export."""
    if isinstance(exported, list):
        return [pattern for part in exported for pattern in patterns_in(part)]
    if not isinstance(exported, dict):
        return []
    own = [exported["pattern"]] if isinstance(exported.get("pattern"), str) else []
    return [
        *own,
        *exported.get("patternProperties", {}),
        *(found for part in exported.values() for found in patterns_in(part)),
    ]


@pytest.mark.external("node")
def test_javascript_reads_every_pattern() -> None:
    """ECMA-262 with the `u` flag, which validators set, takes no escape that it does not need."""
    exports = [json_schema(schema, today=TODAY) for schema, _, _ in SAID.values()]
    exports.append(json_schema(load_schema(standard_schema_path())))
    patterns = patterns_in(exports)
    script = "for (const p of JSON.parse(process.argv[1])) { new RegExp(p, 'u'); new RegExp(p) }; console.log('read')"
    ran = subprocess.run(["node", "-e", script, json.dumps(patterns)], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("read\n", "")
    assert len(patterns) > math.prod((5, 5))
