"""Which of the rules that hold are reported, in which order, and how much they weigh."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from propguard.compilers import Checker
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import Deprecation, Enforcement, Limits, Property, PropertySchema
from propguard.rules.judgement import judge_key, judge_record, judge_undeclared_value, judge_value
from propguard.rules.key import KEY_RULES
from tests.strategies import TODAY
from tests.subjects import key_subject, schema_of

if TYPE_CHECKING:
    from propguard.model.finding import Door, Violation

OLD = Deprecation("obsolete", sunset=TODAY)
NOT_YET = Enforcement("warn", date(2026, 6, 16))
SINCE_TODAY = Enforcement("warn", TODAY)
FOR_EVER = Enforcement("warn")


def of_key(schema: PropertySchema, key: str, door: Door = "api") -> Violation | None:
    return judge_key(schema, Names(schema, door), key, TODAY)


def of_value(declared: Property, value: object, door: Door = "api") -> list[str]:
    return [violation.rule for violation in judge_value(declared, declared.name, value, door, TODAY)]


# A key that breaks several rules, and the only one that is reported: the first in the order of the contract.
FIRST: list[tuple[PropertySchema, Door, str, str, set[str]]] = [
    (schema_of(), "header", "", "key-empty", {"key-case", "unknown-property"}),
    (schema_of(Property("a", aliases=("tmp",)), reserved=("tmp",)), "api", "tmp", "reserved-key", {"key-alias"}),
    (schema_of(Property("a", aliases=("A B",))), "api", "A B", "key-alias", {"key-case", "key-characters"}),
    (schema_of(Property("a_b", aliases=("ab",))), "header", "AB", "key-alias", {"header-key-mismatch"}),
    (schema_of(Property("a_b")), "header", "A-B", "header-key-mismatch", {"key-case", "unknown-property"}),
    (schema_of(), "api", "Cost Center", "key-case", {"key-characters", "unknown-property"}),
    (schema_of(naming="any", limits=Limits(3)), "api", "a b c", "key-characters", {"key-too-long", "unknown-property"}),
    (schema_of(limits=Limits(3)), "api", "abcd", "key-too-long", {"unknown-property"}),
    (schema_of(Property("a_*", deprecated=OLD), limits=Limits(3)), "api", "a_bc", "key-too-long", {"deprecated-property"}),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "door", "key", "reported", "hidden"), FIRST)
def test_a_key_gets_exactly_one_rule(
    schema: PropertySchema, door: Door, key: str, reported: str, hidden: set[str]
) -> None:
    holding = {rule.id for rule in KEY_RULES if rule.find(key_subject(schema, key, door)) is not None}
    assert holding >= {reported, *hidden}
    violation = of_key(schema, key, door)
    assert violation is not None
    assert violation.rule == reported


# The rules that are reported of a value, in their order.
VALUES: list[tuple[Property, object, Door, list[str]]] = [
    # what is no text is nothing else either
    (Property("a", enum=("b",), pattern="^b$"), 5, "header", ["value-not-string"]),
    # an aliased value gets only that, though it breaks the rest
    (Property("a", enum=("b",), value_aliases={" x": "b"}), " x", "header", ["value-alias"]),
    (Property("a", min_length=5, value_aliases={"": "abcde"}), "", "api", ["value-alias"]),
    # an alias is an alias even where it is allowed
    (Property("a", enum=("b", "c"), value_aliases={"c": "b"}), "c", "api", ["value-alias"]),
    # outside a closed set: only that
    (Property("a", enum=("b",), max_length=1), "undefined ", "header", ["value-not-allowed"]),
    (Property("a", enum=("é\n",), deprecated_values={"é\n": "x"}), "é\n", "header", ["deprecated-value", "value-unsafe-in-header"]),
    # of the rest, all that hold
    (Property("a", pattern="b", max_length=3), " ada@example.com", "header", ["value-too-long", "value-pattern", "value-whitespace", "value-sensitive", "value-unsafe-in-header"]),
    (Property("a", type="integer", min_length=3, pattern="^9"), "x", "api", ["value-too-short", "value-type", "value-pattern"]),
    (Property("a", type="integer", minimum=10.0, max_length=0), "1", "api", ["value-too-long", "value-range"]),
    (Property("a", format="date"), "", "api", ["value-empty", "value-format"]),
    (Property("a", deprecated_values={"null": "x"}), "null", "api", ["deprecated-value", "value-placeholder"]),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "value", "door", "rules"), VALUES)
def test_a_value_gets_all_that_hold_but_for_what_settles_it(
    declared: Property, value: object, door: Door, rules: list[str]
) -> None:
    assert of_value(declared, value, door) == rules


TAGS = Property(
    "tags", type="list", max_length=20, items=Property("", enum=("new", "old"), value_aliases={"nu": "new"})
)

# A list breaks what it breaks as a whole, then what an item breaks, each once.
LISTS: list[tuple[Property, str, list[str]]] = [
    (TAGS, "new,old,new", []),
    (TAGS, "", ["value-empty"]),
    (Property("tags", type="list", min_length=0, items=Property("", enum=("a",))), "", []),
    (TAGS, "new,x,y", ["value-not-allowed"]),
    (TAGS, "nu,x,nu", ["value-alias", "value-not-allowed"]),
    (TAGS, "new,", ["value-not-allowed"]),
    (TAGS, ",".join(["new"] * 6), ["value-too-long"]),
    # items that nothing is said of: not empty, and no secrets
    (Property("tags", type="list"), "a,,b", ["value-empty"]),
    (Property("tags", type="list"), "a, b", ["value-whitespace"]),
    (Property("tags", type="list"), "a,ada@example.com", ["value-sensitive"]),
    (Property("tags", type="list", sensitive="allow"), "a,ada@example.com", []),
    (Property("tags", type="list", separator="::"), "a:b::c", []),
    # a list is not open itself, so that nothing is said twice
    (Property("tags", type="list"), " a", ["value-whitespace"]),
    (Property("tags", type="list", items=Property("", type="integer", maximum=5.0)), "1,9,x", ["value-range", "value-type"]),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "value", "rules"), LISTS)
def test_a_list_breaks_each_rule_once(declared: Property, value: str, rules: list[str]) -> None:
    assert of_value(declared, value) == rules


def test_what_an_item_breaks_says_which_and_mends_the_whole_list() -> None:
    (violation,) = judge_value(TAGS, "tags", "new,nu,nu", "api", TODAY)
    assert violation.message.startswith("item 2: ")
    assert (violation.value, violation.suggestion) == ("new,nu,nu", "new,new,new")
    assert violation.context["position"] == 2
    assert violation.context["item"] == "nu"


def test_a_list_is_mended_only_where_every_item_is() -> None:
    (violation,) = judge_value(TAGS, "tags", "olld,zzz", "api", TODAY)
    assert violation.suggestion is None


def test_a_secret_in_a_list_is_masked() -> None:
    (violation,) = judge_value(Property("tags", type="list"), "tags", "a,ada@example.com", "api", TODAY)
    assert "ada@example.com" not in f"{violation}"


# Errors at a property that does not block yet are warnings.
@pytest.mark.parametrize(
    ("enforcement", "severity"),
    [
        (Enforcement(), Severity.ERROR),
        (NOT_YET, Severity.WARNING),
        (FOR_EVER, Severity.WARNING),
        # the day itself is the first on which it blocks
        (SINCE_TODAY, Severity.ERROR),
    ],
)
def test_enforcement_weighs_every_error_at_its_property(enforcement: Enforcement, severity: Severity) -> None:
    declared = Property(
        "user_tier", enum=("pro",), enforcement=enforcement, required=True, requires=("x",), aliases=("plan",)
    )
    schema = schema_of(declared, Property("x"), Property("old", deprecated=OLD, enforcement=enforcement))
    names = Names(schema, "api")
    of_values = judge_value(declared, "user_tier", "x", "api", TODAY)
    of_records = (*judge_record(schema, names, {}, TODAY), *judge_record(schema, names, {"user_tier": "pro"}, TODAY))
    # an alias and a wrong case weigh what the property weighs that they stand for
    of_keys = [of_key(schema, key) for key in ("plan", "userTier", "old")]
    found = [*of_values, *of_records, *(violation for violation in of_keys if violation is not None)]
    assert [violation.rule for violation in found] == [
        "value-not-allowed",
        "required-property-missing",
        "dependent-property-missing",
        "key-alias",
        "key-case",
        "deprecated-property",
    ]
    assert {violation.severity for violation in found} == {severity}


def test_enforcement_of_one_property_says_nothing_of_another() -> None:
    """A key that is only near to a property may well mean something else, so it weighs its full weight."""
    violation = of_key(schema_of(Property("user_tier", enforcement=FOR_EVER)), "user_teir")
    assert violation is not None
    assert (violation.suggestion, violation.severity) == ("user_tier", Severity.ERROR)


def test_warnings_stay_warnings() -> None:
    declared = Property("a", enum=("b",), deprecated_values={"b": "x"}, enforcement=FOR_EVER)
    (violation,) = judge_value(declared, "a", "b", "api", TODAY)
    assert violation.severity is Severity.WARNING


def test_of_an_undeclared_key_only_text_is_asked() -> None:
    assert judge_undeclared_value("x", "ada") == ()
    (violation,) = judge_undeclared_value("x", None)
    assert (violation.rule, violation.severity) == ("value-not-string", Severity.ERROR)


def test_record_rules_are_asked_in_their_order() -> None:
    schema = schema_of(
        Property("a", requires=("b",)),
        Property("b", required=True),
        limits=Limits(properties_per_request=1),
        unknown_properties="allow",
    )
    found = judge_record(schema, Names(schema, "header"), {"A": "", "a": "", "c": ""}, TODAY)
    assert [violation.rule for violation in found] == [
        "duplicate-header",
        "required-property-missing",
        "dependent-property-missing",
        "too-many-properties",
    ]
    assert [violation.key for violation in found] == ["a", "b", "a", None]


SECRET = "ghp_" + "a1B2" * 9
TELLING = [
    Property("a", enum=("b",)),
    Property("a", enum=("b", SECRET.upper())),
    Property("a", pattern="^b$", max_length=5),
    Property("a", pattern="b"),
    Property("a", type="integer"),
    Property("a", type="list", items=Property("a", enum=("b",))),
    Property("a", type="list"),
    Property("a", format="date", min_length=60),
    Property("a", value_aliases={SECRET: "b", f" {SECRET}": "b"}),
    Property("a", deprecated_values={SECRET: "b"}),
    Property("a"),
]


@pytest.mark.parametrize("door", ["api", "header", "data"])
@pytest.mark.parametrize("value", [SECRET, f" {SECRET}", f"b,{SECRET}", f"{SECRET}\n日本"])
def test_no_rule_shows_a_secret(door: Door, value: str) -> None:
    """Neither the message nor the value, the suggestion or the context of any rule, whatever is declared."""
    for declared in TELLING:
        found = Checker(schema_of(declared), today=TODAY).check("a", value, door)
        assert found, declared
        assert SECRET not in repr(found)


@pytest.mark.parametrize("door", ["api", "header", "data"])
@pytest.mark.parametrize(
    "key", [SECRET, f"Helicone-Property-{SECRET}", f"cost {SECRET}", f"{SECRET}é", f"{SECRET}{'x' * 200}"]
)
def test_no_rule_shows_a_secret_that_is_a_key(door: Door, key: str) -> None:
    for unknown in ("error", "allow"):
        for naming in ("snake_case", "any"):
            schema = schema_of(Property("user"), unknown_properties=unknown, naming=naming)
            found = Checker(schema, today=TODAY).check_record({key: "b"}, door=door)
            assert SECRET.lower() not in repr(found).lower()


def test_the_secret_of_an_undeclared_key_is_reported() -> None:
    """Whether the key itself is refused or not; the platform's own keys in stored data are not judged."""
    for unknown, rules in (("allow", ["value-sensitive"]), ("error", ["unknown-property", "value-sensitive"])):
        checker = Checker(schema_of(Property("user"), unknown_properties=unknown), today=TODAY)
        assert [found.rule for found in checker.check("note", "ada@example.com")] == rules
        assert checker.check("helicone-session-path", "/ada@example.com", door="data") == ()


@pytest.mark.parametrize(("key", "door"), [("Customer-Id", "header"), ("customer-id", "data")])
def test_another_spelling_of_a_header_does_not_hide_what_is_wrong_with_its_value(key: str, door: Door) -> None:
    """When it is written, and where it is stored."""
    schema = schema_of(Property("customer_id", pattern="^cust_[a-z]+$"))
    rules = [found.rule for found in Checker(schema, today=TODAY).check(key, "acme", door=door)]
    assert rules == ["header-key-mismatch", "value-pattern"]
