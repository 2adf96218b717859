"""ClickHouse says what the checker says: of every stored property, whatever the schema and whatever the bytes."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.compilers.clickhouse import findings_statement, keys_statement
from propguard.compilers.masks import COUNTS_AS_ERROR, REQUEST_HAS_ERROR, RULES_OF_DATA
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import Property
from propguard.model.secrets import secret_in
from propguard.rules.judgement import judge_record, key_corrections, without_superseded
from propguard.rules.rule import RecordRule, StoredKeys, ValueRule
from propguard.rules.secrets import secret_in_sql
from propguard.rules.sql import literal
from propguard.rules.value import value_range
from tests.engine.doubles import chdb_session
from tests.engine.stored import as_bytes, as_read, write_rows
from tests.rules.test_secrets import HARMLESS, SECRETS
from tests.rules.test_superseded_property import NOT, SUPERSEDED
from tests.strategies import TODAY, pick, records, schemas
from tests.subjects import schema_of, value_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from propguard.model.schema import PropertySchema

chdb = pytest.importorskip("chdb", reason="needs chdb")

SOME = settings(max_examples=settings().max_examples * 3 // 2)
BITS = {rule.id: 1 << number for number, rule in enumerate(RULES_OF_DATA)}
NOT_UTF8 = [
    b"\xff",
    b"a\xe2\x82b",
    b"\x80\x80 ",
    b"prod\xc3",
    b"\xed\xa0\x80",
    b" \xf0\x9f\x98",
    b"caf\xe9",
    b"cust_1\xff",
]


@st.composite
def schemas_and_stored_records(draw: DrawFn, most: int = 12) -> tuple[PropertySchema, list[dict[bytes, bytes]], bool]:
    """A schema, records as a database could hold them, and whether to judge every pair of them."""
    schema = draw(schemas())
    stored = []
    for _ in range(most):
        record = {
            as_bytes(key): as_bytes(value) for key, value in draw(records(schema)).items() if isinstance(value, str)
        }
        if pick(draw, (True, False, False, False)):
            record = {
                key: pick(draw, NOT_UTF8) if pick(draw, (True, False)) else value for key, value in record.items()
            }
            record |= {pick(draw, NOT_UTF8): b"x"}
        if len({as_read(key) for key in record}) == len(record):
            stored.append(record)
    return schema, stored, pick(draw, (True, False))


def expected(schema: PropertySchema, stored: Sequence[dict[bytes, bytes]]) -> Counter[tuple[str, int]]:
    """How many records have a mask at a key, as the checker has it."""
    checker, names, found = Checker(schema, today=TODAY), Names(schema, "data"), Counter[tuple[str, int]]()
    for record in stored:
        read = {as_read(key): as_read(value) for key, value in record.items()}
        masks: dict[str, int] = {}
        of_record = without_superseded(judge_record(schema, names, read, TODAY))
        superseded = {violation.key for violation in of_record if violation.rule == "superseded-property"}
        for key, value in read.items():
            if key in superseded:
                continue
            violations = checker.check(key, value, door="data")
            mask = sum(BITS[rule] for rule in {violation.rule for violation in violations})
            if any(violation.severity is Severity.ERROR for violation in violations):
                mask |= COUNTS_AS_ERROR
            if mask:
                masks[key] = mask
                found[key, mask] += 1
        has_error = any(mask & COUNTS_AS_ERROR for mask in masks.values())
        for violation in of_record:
            is_error = violation.severity is Severity.ERROR
            counts = is_error and not masks.get(violation.key or "", 0) & COUNTS_AS_ERROR
            found[violation.key or "", BITS[violation.rule] | (COUNTS_AS_ERROR if counts else 0)] += 1
            has_error = has_error or is_error
        found["", REQUEST_HAS_ERROR] += has_error
    return +found


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    opened = chdb_session()
    yield opened
    opened.close()


class Database:
    """Answers statements over records."""

    def __init__(self, session: Any, path: Path) -> None:
        self.session = session
        self.path = path

    def rows(self, sql: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in bytes(self.session.query(sql, "JSONEachRow").bytes()).splitlines()]

    def found(
        self, schema: PropertySchema, stored: Sequence[dict[bytes, bytes]], accepted: list[tuple[str, str]]
    ) -> Counter[tuple[str, int]]:
        source = write_rows(self.path, stored)
        names = Names(schema, "data")
        corrections = key_corrections(schema, names, {as_read(key) for record in stored for key in record}, TODAY)
        keys = StoredKeys(names, schema, TODAY, corrections=corrections)
        rows = self.rows(findings_statement(keys, source, accepted=accepted))
        return Counter({(row["k"], row["mask"]): row["requests"] for row in rows})


@pytest.fixture(scope="module")
def database(session: Any, tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(session, tmp_path_factory.mktemp("rows") / "rows.bin")


def in_words(found: Counter[tuple[str, int]]) -> dict[str, int]:
    """The same, so that a failure can be read."""
    return {
        f"{key!r}: {mask >> 30} {[rule for rule, bit in BITS.items() if mask & bit]}": n
        for (key, mask), n in found.items()
    }


@SOME
@given(schemas_and_stored_records())
def test_the_database_finds_what_the_checker_finds(
    database: Database, case: tuple[PropertySchema, list[dict[bytes, bytes]], bool]
) -> None:
    """Rule by rule and key by key, errors counted once; with accepted pairs left out, or with every pair judged."""
    schema, stored, is_exact = case
    checker = Checker(schema, today=TODAY)
    pairs = {(as_read(key), as_read(value)) for record in stored for key, value in record.items()}
    accepted = sorted(pair for pair in pairs if not checker.check(*pair, door="data"))
    found = database.found(schema, stored, [] if is_exact else accepted)
    assert in_words(found) == in_words(expected(schema, stored))


def test_superseded_keys_are_found_alike(database: Database) -> None:
    """The database leaves out what else is wrong with them, as the checker does, with accepted pairs left out as well."""
    for schema in {id(case[0]): case[0] for case in (*SUPERSEDED, *NOT)}.values():
        stored = [
            {key.encode(): value.encode() for key, value in record.items()}
            for of, record, _ in (*SUPERSEDED, *NOT)
            if of is schema
        ]
        for accepted in ([], [("environment", "production"), ("team", "search")]):
            assert in_words(database.found(schema, stored, accepted)) == in_words(expected(schema, stored))


def test_every_rule_of_stored_data_has_its_sql() -> None:
    for rule in RULES_OF_DATA:
        if isinstance(rule, ValueRule | RecordRule):
            assert rule.sql is not None, rule.id


def verdicts(database: Database, condition: str, values: list[str]) -> list[bool]:
    """What a condition on `v` says of each value."""
    texts = ", ".join(f"unhex('{value.encode().hex()}')" for value in values)
    (row,) = database.rows(f"SELECT arrayMap(v -> toUInt8({condition}), array({texts})) AS said")
    return [bool(one) for one in row["said"]]


HOSTILE = st.text() | st.sampled_from(
    ["'", "\\", "\\'", "'); DROP TABLE t; --", "`", '"', "\x00", "/*", "*/", "--", "{k:String}", "$x$", "😀"]
)


@SOME
@given(st.lists(HOSTILE, min_size=1, max_size=20))
def test_no_literal_ends_before_its_end(database: Database, texts: list[str]) -> None:
    """Whatever a text holds, its literal is that text, and holds no quote, backslash or comment of its own."""
    texts = [text.encode(errors="replace").decode() for text in texts]
    (row,) = database.rows(f"SELECT array({', '.join(map(literal, texts))}) AS texts")
    assert row["texts"] == texts
    assert not any(mark in literal(text)[1:-1].strip("nhex('") for text in texts for mark in ("'", "\\", "--", "/*"))


CARDS = st.lists(
    st.sampled_from(
        [*"0123456789 -._,aZ\n@é", "4111111111111111", "5500 0000 0000 0004", "340000000000009", "4222222222222"]
    ),
    max_size=14,
).map("".join)


@SOME
@given(st.lists(CARDS, min_size=20, max_size=20))
def test_secrets_are_found_alike(database: Database, values: list[str]) -> None:
    """Payment cards above all: RE2 cannot look behind, and the SQL has to know by other means where a number begins."""
    assert verdicts(database, secret_in_sql(), values) == [secret_in(value) is not None for value in values]


def test_every_shape_is_found_alike(database: Database) -> None:
    """Each shape of a key at the beginning, in the middle and inside a word, and what looks like one and is none."""
    values = [f"{before}{value}" for value, _ in SECRETS for before in ("", "x: ", "x", "é")] + HARMLESS
    assert verdicts(database, secret_in_sql(), values) == [secret_in(value) is not None for value in values]


@SOME
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=10),
)
def test_numbers_are_compared_as_python_rounds_them(database: Database, bound: float, numbers: list[float]) -> None:
    """To the last bit: at the bound, next to it, written with more digits than count, and too large for a float."""
    declared = Property("score", type="number", minimum=bound, maximum=bound)
    around = [bound, *numbers]
    values = (
        [json.dumps(number) for number in around]
        + [f"{number:.25f}" for number in around]
        + ["1e999", "-1e999", "9" * 400, "-0"]
    )
    found = [value_range.find(value_subject(declared, value, "data")) is not None for value in values]
    assert verdicts(database, value_range.sql(declared), values) == found


def test_reserved_names_are_met_in_any_case_of_any_letter(database: Database) -> None:
    """Letters whose lower case is longer, or ASCII, included."""
    characters = [
        chr(code) for code in range(1, 0x2FFFF) if not 0xD800 <= code < 0xE000 and chr(code).lower() != chr(code)
    ]
    texts = ", ".join(map(literal, characters))
    (row,) = database.rows(f"SELECT arrayMap(k -> lowerUTF8(k), array({texts})) AS lower")
    assert {one for one, lowered in zip(characters, row["lower"], strict=True) if lowered != one.lower()} == set()


def test_a_value_that_most_requests_have_is_told_among_a_million_others(database: Database) -> None:
    """Memory is bounded by throwing values together; what is frequent comes out with its count nevertheless."""
    source = """SELECT toString(number) AS request_id, toDateTime64(number, 3, 'UTC') AS request_created_at,
      map('id', if(number % 4 = 0, 'same', toString(number))) AS properties FROM numbers(400000)"""
    (row,) = database.rows(
        keys_statement(StoredKeys(Names(schema_of(Property("id")), "data"), schema_of(Property("id")), TODAY), source)
    )
    (value, count), (_, second) = row["top_values"][:2]
    assert (value, second) == ("same", 1) or count > 95_000
    assert abs(count - 100_000) < 1_000
    assert abs(row["distinct_values"] - 300_001) < 15_000
