"""Every kind of property against every text that was ever trouble: what is accepted fast is what the rules leave alone.

The generated schemas of `test_checker` reach each of these only now and then; these tables reach them every time.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any, get_args

import pytest

from propguard.compilers import Checker, record_acceptance
from propguard.model.finding import Door
from propguard.model.schema import Property
from propguard.rules.formats import FORMATS, TYPES
from propguard.rules.judgement import judge_undeclared_value, judge_value
from tests.samples import NON_TEXTS, NUMBERS, PATTERN_SAMPLES, TEXTS
from tests.strategies import TODAY, values_for
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DOORS: tuple[Door, ...] = get_args(Door)


def kinds() -> Iterator[Property]:
    """One property of each kind, with the lengths at which its test is made in another way."""
    lengths = list(product((0, 1, 2, 4), (4, 11, 12, 46, 47, 1000)))
    for least, most in lengths:
        yield Property("tried", min_length=least, max_length=most)
        yield Property("tried", min_length=least, max_length=most, sensitive="allow")
    for pattern, (least, most) in product(PATTERN_SAMPLES, lengths[::3]):
        yield Property("tried", pattern=pattern, min_length=least, max_length=most)
    for name, most in product(TYPES, (4, 1000)):
        yield Property("tried", type=name, max_length=most)  # type: ignore[arg-type]  # the keys of the table are the types
        yield Property("tried", type="list", items=Property("tried", type=name), max_length=most)  # type: ignore[arg-type]
    for name, most in product(FORMATS, (12, 1000)):
        yield Property("tried", format=name, max_length=most)  # type: ignore[arg-type]  # as above
    yield Property("tried", type="number", minimum=-2.5, maximum=10.0)
    yield Property("tried", type="integer", minimum=1.0)
    yield Property("tried", format="date", pattern="^2026")
    yield Property("tried", deprecated_values={"abc": "old"}, value_aliases={"beta": "abcd"})
    closed = Property(
        "tried", enum=("abc", "beta", "caf\xe9", "a,b", "a\nb", " beta"), deprecated_values={"beta": "old"}
    )
    yield closed
    yield replace(closed, value_aliases={"abc": "beta"})
    for separator, least in product((",", "::"), (0, 1)):
        yield Property("tried", type="list", separator=separator, min_length=least)
        yield Property("tried", type="list", separator=separator, min_length=least, items=closed)
        yield Property(
            "tried", type="list", separator=separator, min_length=least, items=Property("tried", min_length=0)
        )


KINDS = list(kinds())
PARTS = [pytest.param(KINDS[part::4], id=str(part), marks=[pytest.mark.slow] if part else []) for part in range(4)]
"""One of every four is tried at once, the others where there is time."""


def values_of(declared: Property) -> list[str]:
    """Every text of the tables, what is aimed at `declared`, and that as long as it may be and one longer."""
    near = values_for(declared)
    stretched = [(text * declared.max_length)[: declared.max_length + more] for text in near[:2] for more in (0, 1)]
    parted = [f"!\x00{text}" for text in near[:2]] + [f"{text}\x00!" for text in near[:2]]
    return list(dict.fromkeys([*TEXTS, *NUMBERS, *near, *stretched, *parted]))


@pytest.mark.parametrize("kinds", PARTS)
def test_values(kinds: list[Property]) -> None:
    for declared in kinds:
        checker = Checker(schema_of(declared), today=TODAY)
        values: list[Any] = [*values_of(declared), *NON_TEXTS]
        for value, door in product(values, DOORS):
            expected = judge_value(declared, "tried", value, door, TODAY)
            assert checker.check("tried", value, door=door) == expected, declared
            assert checker.check("tried", value, door=door) == expected, declared


# Beside a value that is tried stand others, before it and after it, that could be taken for a part of it.
BESIDE = {
    "any": Property("any", pattern=r"^[^,\x00]*$", min_length=0),
    "word": Property("word", pattern="^[a-z]+$"),
    "note": Property("note"),
    "tier": Property("tier", enum=("free", "pro")),
}
GOOD = [
    {"any": "x", "word": "abc", "note": "a few words", "tier": "free"},
    {"any": "", "word": "b", "note": "beta", "tier": "pro"},
    {"any": "a b", "word": "c", "note": "x", "tier": "free"},
]


@pytest.mark.parametrize("kinds", PARTS)
@pytest.mark.parametrize(("most", "place"), [(1, "first"), (1, "last"), (16, "last")])
def test_values_in_familiar_records(
    monkeypatch: pytest.MonkeyPatch, most: int, place: str, kinds: list[Property]
) -> None:
    """With one combination to remember, every key is soon matched with the others by one pattern.

    A closed key would then be asked by itself, and so would the whole record: it stands beside in the other case only.
    """
    monkeypatch.setattr(record_acceptance, "_MOST_COMBINATIONS", most)
    open_keys = [key for key in BESIDE if key != "tier" or most > 1]
    for declared in kinds:
        checker = Checker(schema_of(declared, *(BESIDE[key] for key in open_keys)), today=TODAY)
        values = values_of(declared)
        good = [value for value in values if not judge_value(declared, "tried", value, "api", TODAY)]
        for number, value in enumerate([*good[:4], *values]):
            expected = judge_value(declared, "tried", value, "api", TODAY)
            beside = {key: GOOD[number % len(GOOD)][key] for key in open_keys}
            record = {"tried": value, **beside} if place == "first" else {**beside, "tried": value}
            assert checker.check_record(record) == expected, declared


@pytest.mark.parametrize("most", [1, 16])
def test_values_beside_which_something_is_wrong(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(record_acceptance, "_MOST_COMBINATIONS", most)
    checker = Checker(schema_of(*BESIDE.values(), unknown_properties="allow"), today=TODAY)
    for _ in range(2):
        for key, beside in product([*BESIDE, "undeclared_key"], GOOD):
            values: list[Any] = ["B", "", "x\n", "B\x00abc", "abc\x00B", "null", "undefined", "a@b.co", *NON_TEXTS]
            for value in values:
                record = {"undeclared_key": "", **beside}
                assert checker.check_record(record) == ()
                if key in BESIDE:
                    expected = judge_value(BESIDE[key], key, value, "api", TODAY)
                else:
                    expected = judge_undeclared_value(key, value)
                assert checker.check_record({**record, key: value}) == expected


def test_a_value_that_holds_what_values_are_joined_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a pattern joined that takes a NUL, the beginning of the next value could pass as the end of the one before."""
    monkeypatch.setattr(record_acceptance, "_MOST_COMBINATIONS", 1)
    loose, word = Property("loose", pattern="^[^,]*$", min_length=0), Property("word", pattern="^[a-z]+$")
    checker = Checker(schema_of(loose, word), today=TODAY)
    for letter in "abcd":
        assert checker.check_record({"loose": letter, "word": letter}) == ()
    (violation,) = checker.check_record({"loose": "a", "word": "B\x00abc"})
    assert violation.rule == "value-pattern"
