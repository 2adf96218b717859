"""ClickHouse says what the checker says: of every stored property, whatever the schema and whatever the bytes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.compilers.clickhouse import findings_statement
from propguard.compilers.masks import COUNTS_AS_ERROR, REQUEST_HAS_ERROR, RULES_OF_DATA
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.rules.judgement import judge_record
from propguard.rules.rule import StoredKeys
from tests.engine.stored import as_bytes, as_read, write_rows
from tests.strategies import TODAY, pick, records, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from propguard.model.schema import PropertySchema

chdb = pytest.importorskip("chdb", reason="needs chdb")

SOME = settings(max_examples=settings().max_examples * 3 // 2)
BITS = {rule.id: 1 << number for number, rule in enumerate(RULES_OF_DATA)}
NOT_UTF8 = [b"\xff", b"a\xe2\x82b", b"\x80\x80 ", b"prod\xc3", b"\xed\xa0\x80", b" \xf0\x9f\x98", b"caf\xe9", b"cust_1\xff"]


@st.composite
def schemas_and_stored_records(draw: DrawFn, most: int = 12) -> tuple[PropertySchema, list[dict[bytes, bytes]], bool]:
    """A schema, records as a database could hold them, and whether to judge every pair of them."""
    schema = draw(schemas())
    stored = []
    for _ in range(most):
        record = {as_bytes(key): as_bytes(value) for key, value in draw(records(schema)).items() if isinstance(value, str)}
        if pick(draw, (True, False, False, False)):
            record = {key: pick(draw, NOT_UTF8) if pick(draw, (True, False)) else value for key, value in record.items()}
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
        for key, value in read.items():
            violations = checker.check(key, value, door="data")
            mask = sum(BITS[rule] for rule in {violation.rule for violation in violations})
            if any(violation.severity is Severity.ERROR for violation in violations):
                mask |= COUNTS_AS_ERROR
            if mask:
                masks[key] = mask
                found[key, mask] += 1
        has_error = any(mask & COUNTS_AS_ERROR for mask in masks.values())
        for violation in judge_record(schema, names, read, TODAY):
            is_error = violation.severity is Severity.ERROR
            counts = is_error and not masks.get(violation.key or "", 0) & COUNTS_AS_ERROR
            found[violation.key or "", BITS[violation.rule] | (COUNTS_AS_ERROR if counts else 0)] += 1
            has_error = has_error or is_error
        found["", REQUEST_HAS_ERROR] += has_error
    return +found


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from chdb.session import Session

    opened = Session()
    opened.query("SET session_timezone = 'UTC'")
    yield opened
    opened.close()


class Database:
    """Answers statements over records."""

    def __init__(self, session: Any, path: Path) -> None:
        self.session = session
        self.path = path

    def rows(self, sql: str) -> list[dict[str, Any]]:
        import json

        return [json.loads(line) for line in bytes(self.session.query(sql, "JSONEachRow").bytes()).splitlines()]

    def found(
        self, schema: PropertySchema, stored: Sequence[dict[bytes, bytes]], accepted: list[tuple[str, str]]
    ) -> Counter[tuple[str, int]]:
        source = write_rows(self.path, stored)
        rows = self.rows(findings_statement(StoredKeys(Names(schema, "data"), schema, TODAY), source, accepted=accepted))
        return Counter({(row["k"], row["mask"]): row["requests"] for row in rows})


@pytest.fixture(scope="module")
def database(session: Any, tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(session, tmp_path_factory.mktemp("rows") / "rows.bin")


def in_words(found: Counter[tuple[str, int]]) -> dict[str, int]:
    """The same, so that a failure can be read."""
    return {f"{key!r}: {mask >> 30} {[rule for rule, bit in BITS.items() if mask & bit]}": n for (key, mask), n in found.items()}


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
