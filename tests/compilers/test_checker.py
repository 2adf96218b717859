"""The checker says what the rule files say, fast path or not, at both doors and whatever it has seen before."""

from __future__ import annotations

import random
import re
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker, record_acceptance
from propguard.model.finding import Door
from propguard.model.names import Names
from propguard.model.schema import Property
from propguard.model.stored_key import stored_key
from propguard.rules.judgement import (
    judge_key,
    judge_record,
    judge_undeclared_value,
    judge_value,
    without_superseded,
)
from tests.strategies import MANY, TODAY, meant, records, schemas, schemas_and_records, sets_of_keys, values_for
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DataObject

    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema

DOORS: tuple[Door, ...] = get_args(Door)


class Judge:
    """What the rule files say, asked one after the other."""

    def __init__(self, schema: PropertySchema) -> None:
        self.schema = schema
        self.names: dict[Door, Names] = {door: Names(schema, door) for door in DOORS}

    def of_key(self, key: str, door: Door) -> tuple[Violation, ...]:
        found = judge_key(self.schema, self.names[door], key, TODAY)
        return () if found is None else (found,)

    def of_property(self, key: str, value: object, door: Door) -> tuple[Violation, ...]:
        stored = stored_key(key, door)
        declared = self.names[door].declared(stored)
        of_key = self.of_key(key, door)
        if of_key and of_key[0].rule == "header-key-mismatch":
            declared = self.schema.properties[of_key[0].suggestion or ""]
        if declared is None and self.names[door].is_ignored(stored) and isinstance(value, str):
            return ()
        if declared is None:
            return (*of_key, *judge_undeclared_value(stored, value))
        return (*self.of_key(key, door), *judge_value(declared, stored, value, door, TODAY))

    def of_record(self, record: Mapping[str, object], door: Door) -> tuple[Violation, ...]:
        of_each = [violation for key, value in record.items() for violation in self.of_property(key, value, door)]
        return without_superseded((*of_each, *judge_record(self.schema, self.names[door], record, TODAY)))


class TestAgreement:
    """The checker and the rule files agree on every input."""

    @MANY
    @given(schemas_and_records())
    def test_on_one_property(self, case: tuple[PropertySchema, dict[str, Any]]) -> None:
        schema, record = case
        checker, judge = Checker(schema, today=TODAY), Judge(schema)
        for key, value in [*record.items(), *record.items()]:  # the second time from memory
            for door in DOORS:
                assert checker.check(key, value, door=door) == judge.of_property(key, value, door)

    @MANY
    @given(schemas_and_records(), st.data())
    def test_on_records_whatever_was_seen_before(
        self, case: tuple[PropertySchema, dict[str, Any]], data: DataObject
    ) -> None:
        schema, record = case
        checker, judge = Checker(schema, today=TODAY), Judge(schema)
        turned = dict(reversed(record.items()))
        shifted = dict(zip(record, [*list(record.values())[1:], "beta"], strict=False))
        part = dict(list(record.items())[:-1])
        more = record | data.draw(records(schema, 2))
        for one in (record, turned, part, shifted, more, record, part):
            for door in DOORS:
                assert checker.check_record(one, door=door) == judge.of_record(one, door)

    @MANY
    @given(schemas(), st.data())
    def test_on_good_records(self, schema: PropertySchema, data: DataObject) -> None:
        """Only records without a violation are remembered, so these are made of good values and varied one by one."""
        checker, judge = Checker(schema, today=TODAY), Judge(schema)
        good: dict[str, list[str]] = {}
        for key in data.draw(sets_of_keys(schema)):
            values = [value for value in values_for(meant(schema, key)) if not judge.of_property(key, value, "api")]
            if values:
                good[key] = values[:3]
        record = {key: values[0] for key, values in good.items()}
        varied = [record, *({**record, key: value} for key in record for value in good[key])]
        with pytest.MonkeyPatch.context() as patch:
            # so that what is remembered soon is too much
            patch.setattr(record_acceptance, "_MOST_COMBINATIONS", data.draw(st.sampled_from([2, 8, 16, 128])))
            for one in [*varied, *({**record, key: f"{value}\n"} for key, value in record.items()), *reversed(varied)]:
                assert checker.check_record(one) == judge.of_record(one, "api")

    @MANY
    @given(schemas_and_records())
    def test_of_a_key_alone(self, case: tuple[PropertySchema, dict[str, object]]) -> None:
        """`check_key` says what the key rules say, and `test` is null exactly where they say something."""
        schema, record = case
        checker, judge = Checker(schema, today=TODAY), Judge(schema)
        for key, value in record.items():
            for door in DOORS:
                assert checker.check_key(key, door=door) == judge.of_key(key, door)
                test = checker.test(key, door=door)
                assert (test is None) == bool(judge.of_key(key, door))
                if test is not None:
                    try:
                        is_accepted = bool(test(cast(Any, value)))
                    except TypeError:
                        is_accepted = False
                    assert is_accepted == (not judge.of_property(key, value, door))


def test_a_reserved_spelling_of_a_declared_name() -> None:
    """The dashes that headers may write make a reserved key of a declared one."""
    schema = schema_of(Property("user_id"), header_separator="-", reserved=("user-id",))
    (violation,) = Checker(schema).check("User-Id", "x", door="header")
    assert violation.rule == "reserved-key"
    assert Checker(schema).check("User_Id", "x", door="header") == ()


def test_threads_may_share_a_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one thread puts in another place is never taken for tested by the others."""
    schema = schema_of(
        *(Property(key, pattern="^[a-z]+[0-9]*$") for key in "abcd"), Property("env", enum=("production", "staging"))
    )
    wrong: list[object] = []

    def write(checker: Checker, seed: int) -> None:
        chance = random.Random(seed)
        for number in range(400):
            record = {key: f"v{chance.randrange(60 if key in 'ab' else 3)}" for key in "abcd"}
            record["env"] = chance.choice(("production", "staging"))
            is_good = chance.random() < 0.5
            if not is_good:
                record[chance.choice("abcd")] = f"BAD{number % 3}"
            try:
                wrong.extend([record] if is_good == bool(checker.check_record(record)) else [])
            except Exception as error:  # noqa: BLE001  # a thread must not fail unseen
                wrong.append(error)

    def slow(pattern: str) -> re.Pattern[str]:
        time.sleep(0.002)  # in the middle of the change, the other threads have their turn
        return re.compile(pattern)

    monkeypatch.setattr(record_acceptance, "re", SimpleNamespace(compile=slow))
    for turn in range(4):
        checker = Checker(schema)
        threads = [threading.Thread(target=write, args=(checker, 10 * turn + number)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
