"""What is told of a change is true, and nothing that refuses a value or a key goes untold."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.evolve import diff
from propguard.model.finding import Severity
from propguard.model.schema import Limits, Property, PropertySchema
from tests.strategies import MANY, TODAY, keys_for, meant, pick, schemas, values_for

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from propguard.evolve import Change

TOLD_BY_VALUES = {
    *("breaking-value-removed", "breaking-property-closed", "breaking-limit-tightened", "breaking-pattern-narrowed"),
    *("breaking-format-changed", "breaking-sensitive-forbidden", "breaking-key-declared"),
}


def changes(old: PropertySchema, new: PropertySchema) -> tuple[Change, ...]:
    return diff(old, new, today=TODAY)


def ids(old: Property, new: Property) -> list[str]:
    """The rules that a change of one property breaks."""
    return [change.rule.id.removeprefix("breaking-") for change in changes(schema(old), schema(new))]


def schema(*properties: Property, **fields: object) -> PropertySchema:
    return PropertySchema("s", "1.0.0", {declared.name: declared for declared in properties}, **fields)  # type: ignore[arg-type]  # a test says what it needs


@given(schemas())
def test_a_schema_differs_in_nothing_from_itself(one: PropertySchema) -> None:
    assert changes(one, replace(one, path="elsewhere.yaml")) == ()


@st.composite
def edited(draw: DrawFn) -> tuple[PropertySchema, PropertySchema]:
    """A schema, and one that is made of it by replacing, removing and adding properties of another one."""
    old, other = draw(schemas()), draw(schemas())
    properties = dict(old.properties)
    for name in old.properties:
        way = pick(draw, ("keep", "keep", "remove", "replace", "replace"))
        if way == "remove":
            del properties[name]
        elif way == "replace":
            donor = pick(draw, list(other.properties.values()))
            items = replace(donor.items, name=name) if donor.items is not None else None
            properties[name] = replace(donor, name=name, items=items, aliases=(), requires=(), required=False)
    same_names = {**other.properties, **properties}
    fields = pick(draw, (old, old, other))
    new = replace(
        old,
        properties=pick(draw, (properties, same_names)),
        unknown_properties=fields.unknown_properties,
        reserved=pick(draw, (old.reserved, ())),
        limits=pick(draw, (old.limits, Limits())),
    )
    return old, new


def heavier_than_a_notice(found: tuple[Change, ...]) -> list[str]:
    return [change.rule.id for change in found if change.violation.severity is not Severity.INFO]


@MANY
@given(edited(), st.data())
def test_what_was_accepted_is_accepted_where_nothing_is_told(
    pair: tuple[PropertySchema, PropertySchema], data: st.DataObject
) -> None:
    """Where neither an error nor a warning is told of a writer, every key and value that passed passes."""
    old, new = pair
    if heavier_than_a_notice(changes(old, new)):
        return
    before, after = Checker(old, today=TODAY), Checker(new, today=TODAY)
    key = data.draw(st.sampled_from(keys_for(old)))
    value = data.draw(st.sampled_from(values_for(meant(old, key))))
    if is_right(before, key) and not is_refused(before, key, value):
        assert not is_refused(after, key, value), (key, value)


def is_right(checker: Checker, key: str) -> bool:
    """Whether nothing is wrong with how a key is written; a wrong one may be warned of only for a while."""
    return not any(violation.rule.startswith(("key-", "header-")) for violation in checker.check_key(key))


def is_refused(checker: Checker, key: str, value: str) -> bool:
    return bool(errors(checker, key, value))


def errors(checker: Checker, key: str, value: str) -> list[str]:
    return [violation.rule for violation in checker.check(key, value) if violation.severity is Severity.ERROR]


@MANY
@given(edited())
def test_what_is_shown_was_accepted_and_is_refused(pair: tuple[PropertySchema, PropertySchema]) -> None:
    """Every value that stands in a finding about values shows what the finding says."""
    old, new = pair
    before, after = Checker(old, today=TODAY), Checker(new, today=TODAY)
    for change in changes(old, new):
        key = change.violation.key
        if change.rule.id not in TOLD_BY_VALUES or key is None or change.violation.severity is not Severity.ERROR:
            continue
        key = f"{key[:-1]}zz9" if key.endswith("*") else key
        for value in change.values:
            assert not [rule for rule in errors(before, key, value) if rule.startswith("value")], (change, value)
            assert is_refused(after, key, value), (change, value)


# What is silent, first: the two accept the same, or the new one accepts more, in ways that concern nobody.
SILENT = [
    (Property("p", pattern="^[0-9]+$"), Property("p", pattern=r"^\d+$")),
    (Property("p", pattern="^[a-z]{3}$"), Property("p", pattern="^[a-z]{3}$", max_length=3)),  # it was so short anyway
    (Property("p", type="integer"), Property("p", type="integer", pattern="^-?[0-9]+$")),
    (Property("p", type="integer", minimum=0.5), Property("p", type="integer", minimum=1)),  # no integer between
    (Property("p", max_length=10), Property("p", max_length=20)),
    (Property("p", enum=("a", "b")), Property("p", enum=("b", "a"), max_length=1)),
    (Property("p", format="uuid"), Property("p", format="uuid", max_length=36)),
    (Property("p", required=True), Property("p")),
]


@pytest.mark.parametrize(("old", "new"), SILENT)
def test_what_breaks_nobody_is_silent(old: Property, new: Property) -> None:
    assert ids(old, new) == []


TOLD = [
    (Property("p"), Property("p", enum=("a",)), ["property-closed"]),
    (Property("p", enum=("a", "b")), Property("p", pattern="^a$"), ["pattern-narrowed", "property-opened"]),
    (Property("p", enum=("a", "prod")), Property("p", enum=("a",), value_aliases={"prod": "a"}), ["value-removed"]),
    (Property("p"), Property("p", value_aliases={"prod": "production"}), ["value-removed"]),
    (Property("p", min_length=0), Property("p"), ["limit-tightened"]),
    (Property("p", type="number"), Property("p", type="integer"), ["type-changed"]),
    (Property("p", type="integer"), Property("p", type="number"), ["type-changed"]),  # a notice
    (Property("p", type="number", maximum=2), Property("p", type="number", maximum=1), ["limit-tightened"]),
    (
        Property("p", pattern="^[0-9]+$"),
        Property("p", type="integer", maximum=9),
        ["limit-tightened", "type-changed", "pattern-widened"],
    ),
    (Property("p", format="email"), Property("p"), ["sensitive-forbidden", "pattern-widened"]),  # now looked at
    (Property("p", pattern="^a+$"), Property("p", pattern="^[ab]+$"), ["pattern-widened"]),
    (
        Property("p", type="list", items=Property("p", enum=("a", "b"))),
        Property("p", type="list", items=Property("p", enum=("a",))),
        ["value-removed"],
    ),
    (
        Property("p", type="list", items=Property("p", max_length=9)),
        Property("p", type="list", items=Property("p", max_length=5)),
        ["limit-tightened"],
    ),
    (Property("p", pattern="(?i)^a$"), Property("p", pattern="^a$"), ["cannot-tell"]),
]


@pytest.mark.parametrize(("old", "new", "told"), TOLD)
def test_what_breaks_somebody_is_told(old: Property, new: Property, told: list[str]) -> None:
    assert ids(old, new) == told


def test_what_the_new_schema_only_warns_of_is_a_warning() -> None:
    """As long as it does, nobody is refused."""
    from propguard.model.schema import Enforcement

    new = Property("p", enum=("a",), enforcement=Enforcement("warn"))
    (change,) = changes(schema(Property("p", enum=("a", "b"))), schema(new))
    assert change.violation.severity is Severity.WARNING


def test_a_limit_of_the_whole_schema_is_told_once() -> None:
    """And only where a property takes such values."""
    names = [f"p{number}" for number in range(5)]

    def limited(length: int, **fields: object) -> PropertySchema:
        properties = [Property(name, max_length=length, **fields) for name in names]  # type: ignore[arg-type]  # a test says what it needs
        return schema(*properties, limits=Limits(value_length=length))

    assert [change.rule.id for change in changes(limited(100), limited(50))] == ["breaking-schema-limit"]
    assert changes(limited(100, enum=("a",)), limited(50, enum=("a",))) == ()


def test_a_key_inside_a_namespace_is_compared_with_the_namespace() -> None:
    old = schema(Property("feature_*", enum=("on", "off")))
    new = schema(Property("feature_*", enum=("on", "off")), Property("feature_x", enum=("on",)))
    (change,) = changes(old, new)
    assert (change.rule.id, change.violation.key, change.values) == ("breaking-value-removed", "feature_x", ("off",))


@pytest.mark.parametrize("name", ["feature_x", "feature_*"])
def test_a_key_that_could_be_written_undeclared_is_told_when_it_gets_rules(name: str) -> None:
    """Be it declared by name or by namespace; what holds of every property is only a warning."""
    free = schema(Property("team"), unknown_properties="allow")
    for declared, severity in ((Property(name, enum=("on",)), Severity.ERROR), (Property(name), Severity.WARNING)):
        (change,) = changes(free, replace(free, properties={**free.properties, name: declared}))
        assert (change.rule.id, change.violation.severity) == ("breaking-key-declared", severity)


def test_a_namespace_that_is_gone_is_not_taken_for_a_key_of_its_prefix() -> None:
    old = schema(Property("user", type="boolean"), Property("user*", enum=("",)), unknown_properties="allow")
    assert changes(old, replace(old, properties={"user": old.properties["user"]})) == ()


def large(number: int, variant: str) -> PropertySchema:
    """Closed sets, patterns, lengths and open values in turn."""
    kinds = (
        lambda name: Property(name, enum=("production", "staging", variant)),
        lambda name: Property(name, pattern=f"^{name}_[a-z0-9]{{1,{40 + len(variant)}}}$"),
        lambda name: Property(name, max_length=100 + len(variant)),
        lambda name: Property(name, type="integer", minimum=len(variant)),
        lambda name: Property(name, description=variant),
    )
    return schema(*(kinds[index % len(kinds)](f"key_{index}") for index in range(number)))


@pytest.mark.slow
def test_five_thousand_properties_take_less_than_a_second() -> None:
    """Where every tenth property has changed."""
    old, other = large(5_000, "one"), large(5_000, "x")
    mixed = {
        name: (other if index % 10 < 1 or index % 50 == 11 else old).properties[name]
        for index, name in enumerate(old.properties)
    }
    after = replace(old, properties=mixed)
    assert len(changes(old, after)) > 100
    assert min(timed(old, after) for _ in range(3)) < 1  # the best of three, as other programs run meanwhile


@pytest.mark.slow
def test_the_price_of_renamed_properties_grows_with_their_number() -> None:
    """No name is compared with all others, though every one of them is gone."""
    times = []
    for number in (1_000, 4_000):
        old = large(number, "one")
        new = replace(
            old,
            properties={f"other_{name}": replace(one, name=f"other_{name}") for name, one in old.properties.items()},
        )
        assert len(changes(old, new)) >= number
        times.append(min(timed(old, new) for _ in range(2)))
    assert times[1] < 10 * times[0]


def timed(old: PropertySchema, new: PropertySchema) -> float:
    """Seconds of the processor for one diff."""
    begin = process_time()
    changes(old, new)
    return process_time() - begin
