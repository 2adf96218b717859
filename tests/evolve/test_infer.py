"""What is inferred from stored data accepts that data, says what it rests on, and gives nothing away."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.naming import fold
from propguard.model.secrets import secret_in
from propguard.schemafile import load_schema, standard_schema_path
from tests.evolve.inference import database, inferred, refused, written_under
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


ACME = """\
file_format: property-schema/1
name: acme-llm
version: 1.4.0
properties:
  environment: {enum: [production, staging, development]}
  quality_score: {type: number, minimum: 0, maximum: 1}
  billable: {type: boolean}
  version: {format: semver}
  customer_id: {pattern: '^cust_[a-z0-9]{12}$', max_length: 64, cardinality: high}
  feature_flags: {type: list, items: {enum: [new_ui, fast_mode, dark, beta]}}
  feature_*: {enum: [enabled, disabled]}
  billing_status: {enum: [active, past_due]}
  user_tier: {enum: [free, pro, enterprise]}
  retries: {type: integer, minimum: 0, maximum: 40}
  trace_id: {format: uuid}
  note: {max_length: 200, cardinality: high}
  country: {enum: [de, fr, us, gb, jp, br, 'no', se]}
"""
HEADERS = """\
file_format: property-schema/1
name: headers
version: 1.0.0
naming: kebab-case
properties:
  app: {enum: [support-chat, search, 'on', 'off', ~x, '1e3']}
  user-plan: {enum: ['1', '2', '3']}
  request-origin: {enum: ['a: b', '#hash', "- dash", '{brace}', 'quote''s "both"', "tab\\there", "😀 日本語"]}
  session-kind: {enum: ["true", "false", unknown]}
  session-start: {format: date-time}
  model-size: {enum: [S, M, L, XL]}
  team-*: {enum: [lead, member, guest]}
  source-ip: {format: ipv4}
  doc-url: {format: uri}
  free-text: {max_length: 400, cardinality: high}
"""
CAMEL = """\
file_format: property-schema/1
name: camel
version: 1.0.0
naming: camelCase
properties:
  userTier: {enum: [free, pro, enterprise]}
  appRegion: {enum: [us-east-1, us-east-2, us-west-1, us-west-2, eu-west-1, eu-central-1, ap-south-1]}
  traceLevel: {enum: [debug, info, warning, error]}
  orderId: {pattern: '^ord-[0-9]{8}$'}
  promptName: {enum: [summarize, translate, classify, extract, rewrite, plan, route, answer, judge, embed, moderate, title]}
  isInternal: {type: boolean}
  startedOn: {format: date}
  waitTime: {format: duration}
  answerLocale: {pattern: '^[a-z]{2}-[A-Z]{2}$'}
  note: {max_length: 40, min_length: 0}
"""


def _closed(schema: PropertySchema, key: str) -> set[str] | None:
    declared = Names(schema, "data").declared(key)
    if declared is None:
        return None
    return {"true", "false"} if declared.type == "boolean" else set(declared.enum) if declared.enum else None


@pytest.mark.parametrize("rows", [400, 1_500])
@pytest.mark.parametrize("name", ["standard", "acme", "headers", "camel"])
def test_closed_sets_are_found(name: str, rows: int, engine: EmbeddedEngine, tmp_path: Path) -> None:
    """Of data that was written under a schema everything is accepted, and 95 of 100 of its closed sets are found, nothing else in them."""
    path = tmp_path / "schema.yaml"
    path.write_text({"acme": ACME, "headers": HEADERS, "camel": CAMEL}.get(name, ""), encoding="utf-8")
    schema = load_schema(standard_schema_path() if name == "standard" else path)
    records = written_under(schema, rows)
    made = inferred(engine, records, tmp_path)
    assert made.errors == []
    assert refused(made.schema, records) == set()
    met = {key for record in records for key in record}
    wanted = {key: values for key in met if (values := _closed(schema, key)) is not None}
    found = {key for key, values in wanted.items() if _closed(made.schema, key) == values}
    missed = {key: (wanted[key], _closed(made.schema, key)) for key in wanted.keys() - found}
    assert len(found) >= 0.95 * len(wanted), (missed, made.text)
