"""What is inferred from stored data accepts that data, says what it rests on, and gives nothing away."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.model.finding import Severity
from propguard.model.naming import fold
from propguard.rules.secrets import secret_in
from tests.evolve.inference import database, inferred, refused
from tests.strategies import TODAY, schemas, values_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from propguard.engine.embedded import EmbeddedEngine
    from propguard.model.schema import PropertySchema

pytest.importorskip("chdb", reason="needs chdb")


@pytest.fixture(scope="module")
def engine() -> Iterator[EmbeddedEngine]:
    with database() as opened:
        yield opened


@st.composite
def schemas_and_data(draw: DrawFn) -> tuple[PropertySchema, list[dict[str, str]]]:
    """A schema, and records that it accepts: as programs write them, few values again and again."""
    schema = draw(schemas())
    checker = Checker(schema, today=TODAY)
    pools: dict[str, list[str]] = {}
    for name, declared in schema.properties.items():
        for key in [f"{name[:-1]}a", f"{name[:-1]}b2", f"{name[:-1]}c"] if declared.is_namespace else [name]:
            pools[key] = [
                value
                for value in values_for(declared)
                if "\ud800" not in value
                and not any(one.severity is Severity.ERROR for one in checker.check(key, value, door="data"))
            ]
    chosen = random.Random(draw(st.integers(0, 1 << 30)))
    records = [
        {key: chosen.choice(pool) for key, pool in pools.items() if pool and chosen.random() < 0.7}
        for _ in range(draw(st.sampled_from([3, 40, 400])))
    ]
    return schema, records


@settings(max_examples=settings().max_examples // 2)
@given(schemas_and_data())
def test_it_accepts_the_data_that_it_came_from(
    engine: EmbeddedEngine, tmp_path_factory: pytest.TempPathFactory, drawn: tuple[PropertySchema, list[dict[str, str]]]
) -> None:
    """Whatever the data is, if only it was right under some schema; but for spellings of keys that were gathered."""
    _, records = drawn
    if not any(records):
        return
    made = inferred(engine, records, tmp_path_factory.mktemp("inferred"))
    assert made.errors == []
    wrong = refused(made.schema, records)
    assert {rule for rule, _, _ in wrong} <= {"key-alias"}, (wrong, made.text)
    for _, key, _ in wrong:
        assert fold(key) in map(fold, made.schema.properties)
    values = [value for record in records for value in record.values() if secret_in(value)]
    assert not [value for value in values if value in made.text and len(value) > 8]
