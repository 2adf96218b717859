"""A repair plans exactly the safe fixes of the checker, whatever is stored, and is through with it after one run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propguard.audit import Repair
from propguard.client.rows import GivenRow, read_row
from propguard.compilers import Checker
from propguard.errors import UsageError
from propguard.model.naming import fold, in_style
from propguard.model.schema import Deprecation, Property, PropertySchema
from tests.engine.doubles import PlainEngine, chdb_session
from tests.engine.stored import as_bytes, as_read, write_rows
from tests.strategies import TODAY, pick, records, schemas, some, values_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hypothesis.strategies import DrawFn

chdb = pytest.importorskip("chdb", reason="needs chdb")

SAFE = {"key-alias", "header-key-mismatch", "key-case", "deprecated-property", "value-alias", "value-whitespace"}
SOME = settings(max_examples=settings().max_examples // 2)
NOTHING_KNOWN = "CAST(NULL, 'Nullable(String)')"
Record = dict[bytes, bytes]


class Database(PlainEngine):
    """Requests in embedded ClickHouse; `blanked` is SQL for each of the columns that a write blanks."""

    name = "test"

    def __init__(self, session: Any, path: Path) -> None:
        self.session = session
        self.path = path
        self.source = self.everything = ""

    def hold(self, stored: Sequence[Record], blanked: str = "''") -> Database:
        rows = write_rows(self.path, stored)
        self.source = self.everything = (
            f"SELECT *, {blanked} AS prompt_id, '' AS prompt_version, '' AS request_referrer FROM ({rows})"
        )
        return self

    def query(self, sql: str) -> list[dict[str, object]]:
        return list(self.rows(sql))

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        for line in bytes(self.session.query(sql, "JSONEachRow").bytes()).split(b"\n"):
            if line:
                yield json.loads(line)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    session = chdb_session()
    yield Database(session, tmp_path_factory.mktemp("rows") / "rows.bin")
    session.close()


@st.composite
def schemas_with_renames(draw: DrawFn) -> PropertySchema:
    schema = draw(schemas())
    names = [name for name, one in schema.properties.items() if not one.is_namespace and one.deprecated is None]
    if len(names) > 1 and pick(draw, (True, False)):
        renamed = replace(
            schema.properties[names[0]], deprecated=Deprecation("renamed", renamed_to=names[1]), required=False
        )
        return replace(schema, properties={**schema.properties, names[0]: renamed})
    return schema


@st.composite
def misspelled(draw: DrawFn, schema: PropertySchema) -> dict[str, str]:
    """Properties that are nearly right, often the same one under several keys."""
    checker, record = Checker(schema, today=TODAY), {}
    for name in some(draw, list(schema.properties), 3):
        declared = schema.properties[name]
        own = name[:-1] + "flag" if declared.is_namespace else name
        keys = [own, own.replace("_", "-").lower(), own.replace("-", "_"), in_style(own, "camelCase"), own.upper()]
        good = [value for value in values_for(declared) if not checker.check_value(declared, own, value)]
        values = [*good[:4], *(f" {value}\u2003" for value in good[:2]), *declared.value_aliases] or ["undefined"]
        for key in some(draw, [*keys, *declared.aliases, *declared.aliases], 3):
            record[key] = pick(draw, values)
    return record


@st.composite
def cases(draw: DrawFn) -> tuple[PropertySchema, list[Record]]:
    schema = draw(schemas_with_renames())
    stored = []
    for _ in range(12):
        drawn = draw(records(schema)) if draw(st.integers(0, 2)) == 0 else draw(misspelled(schema))
        record = {as_bytes(key): as_bytes(value) for key, value in drawn.items() if isinstance(value, str)}
        if record and draw(st.integers(0, 3)) == 0:
            record[next(iter(record))] = b"prod\xff "
        if len({as_read(key) for key in record}) == len(record):
            stored.append(record)
    return schema, stored


def plan(checker: Checker, database: Database, *, accepts_side_effects: bool = False) -> list[dict[str, Any]]:
    repair = Repair(checker, database, today=TODAY, accepts_side_effects=accepts_side_effects)
    return [json.loads(line) for line in repair.lines()]


def fixed(checker: Checker, key: str, value: str) -> tuple[str, str] | None:
    """The property with one safe fix after the other, of a value before that of the key; null where there is none."""
    changed = False
    for door in ("data", "api"):
        while changed or door == "data":
            found = [
                one for one in checker.check(key, value, door=door) if one.rule in SAFE and one.suggestion is not None
            ]
            if not found:
                break
            of_value = [one for one in found if one.value is not None]
            first = (of_value or found)[0]
            assert first.suggestion is not None
            key, value = (key, first.suggestion) if of_value else (first.suggestion, value)
            changed = True
    return (key, value) if changed else None


def applied(stored: Sequence[Record], rows: Sequence[dict[str, Any]]) -> list[Record]:
    after = [dict(record) for record in stored]
    for row in rows:
        after[int(row["request_id"])][row["key"].encode()] = row["value"].encode()
    return after


@SOME
@given(cases())
def test_a_plan_is_the_safe_fixes_of_the_checker(database: Database, case: tuple[PropertySchema, list[Record]]) -> None:
    """Each fix is a row of its own request; what is not is there already, in conflict with another value, or breaks a rule."""
    schema, stored = case
    checker = Checker(schema, today=TODAY)
    rows = plan(checker, database.hold(stored))
    assert [row["request_id"] for row in rows] == sorted(row["request_id"] for row in rows)
    assert len({(row["request_id"], row["key"]) for row in rows}) == len(rows)
    for row in rows:
        record = stored[int(row["request_id"])]
        assert record[row["from"]["key"].encode()] == row["from"]["value"].encode()
        assert fixed(checker, row["from"]["key"], row["from"]["value"]) == (row["key"], row["value"])
        assert not checker.check(row["key"], row["value"], door="api")
        assert not checker.check(row["key"], row["value"], door="data")
        assert isinstance(read_row(json.dumps({**row, "request_id": "a"}).encode()), GivenRow)
    for before, after in zip(stored, applied(stored, rows), strict=True):
        _assert_mended(checker, before, after)


def _assert_mended(checker: Checker, before: Record, after: Record) -> None:
    """Nothing is lost but values that were corrected, and every fix has found its place, or the place has another value."""
    wanted = {}
    for key, value in before.items():
        is_text = as_bytes(as_read(key)) == key and as_bytes(as_read(value)) == value
        fix = fixed(checker, as_read(key), as_read(value)) if is_text else None
        wanted[key] = (
            fix if fix is not None and not any(checker.check(*fix, door=door) for door in ("data", "api")) else None
        )
        if fix is None or fix[0] != as_read(key):
            assert after[key] == value
    for fix in wanted.values():
        if fix is not None and after.get(fix[0].encode()) != fix[1].encode():
            others = {as_read(value) for key, value in after.items() if fold(as_read(key)) == fold(fix[0])}
            rivals = {other[1] for other in wanted.values() if other is not None and other[0] == fix[0]}
            assert fix[1] in others or others - {fix[1]} or rivals - {fix[1]}


@pytest.mark.slow
@SOME
@given(cases())
def test_a_second_repair_has_nothing_to_do(database: Database, case: tuple[PropertySchema, list[Record]]) -> None:
    """When the plan is applied, no row is left, and neither more nor fewer conflicts."""
    schema, stored = case
    checker = Checker(schema, today=TODAY)
    first = Repair(checker, database.hold(stored), today=TODAY)
    rows = [json.loads(line) for line in first.lines()]
    second = Repair(checker, database.hold(applied(stored, rows)), today=TODAY)
    assert list(second.lines()) == []
    for fate in ("conflict", "unmended"):
        assert second.result.fates[fate] == first.result.fates[fate]


SHOP = PropertySchema(
    name="shop",
    version="1.0.0",
    properties={
        "environment": Property(
            "environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}
        ),
        "project": Property("project", aliases=("proj",)),
        "user_tier": Property("user_tier", enum=("free", "pro")),
        "customer_tier": Property("customer_tier", deprecated=Deprecation("renamed", renamed_to="user_tier")),
        "customer_id": Property("customer_id", sensitive="allow"),
    },
)


@pytest.mark.parametrize(
    ("stored", "rows"),
    [
        ({"environment": "production"}, []),
        ({"environment": "prod"}, [("environment", "production", "value-alias", "declared")]),
        # Key and value are one row.
        ({"env": "prod"}, [("environment", "production", "key-alias+value-alias", "declared")]),
        ({"proj": " a b\u2003"}, [("project", "a b", "key-alias+value-whitespace", "derived")]),
        ({"customer-id": "c"}, [("customer_id", "c", "header-key-mismatch", "derived")]),
        ({"customerId": "c"}, [("customer_id", "c", "key-case", "derived")]),
        ({"customer_tier": "pro"}, [("user_tier", "pro", "deprecated-property", "declared")]),
        # The correct key has another value, or the same one, or one that becomes the same.
        ({"env": "prod", "environment": "staging"}, []),
        ({"env": "prod", "environment": "production"}, []),
        ({"env": "production", "environment": "prod"}, [("environment", "production", "value-alias", "declared")]),
        # Two wrong keys that agree, and two that do not.
        ({"customerId": "c", "customer-id": "c"}, [("customer_id", "c", "key-case", "derived")]),
        ({"customerId": "c", "customer-id": "d"}, []),
        # What would itself break a rule: no allowed value, and a placeholder.
        ({"env": "Prod"}, []),
        ({"proj": "undefined"}, []),
        ({"proj": "   "}, []),
        # Nothing of the platform's, nothing that is only suggested.
        ({"Helicone-Session-Id": " x ", "enviroment": "production"}, []),
        ({"Unknown-Key": "x"}, []),
    ],
)
def test_what_is_planned(database: Database, stored: dict[str, str], rows: list[tuple[str, str, str, str]]) -> None:
    """One case a line: a request, and the rows it gets."""
    held = database.hold([{key.encode(): value.encode() for key, value in stored.items()}])
    found = plan(Checker(SHOP, today=TODAY), held)
    assert [(row["key"], row["value"], row["rule"], row["confidence"]) for row in found] == rows


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE x --", 'a"b\\', "nul\x00in", "\U0001f600", "a\u2028b", "x\ny", "\\N", "{}", "é\u0301"]
)
def test_hostile_values_survive(database: Database, value: str) -> None:
    """What is written under the right key is, letter by letter, what stood under the wrong one."""
    schema = replace(SHOP, properties={"note": Property("note", aliases=(f"n'{value}",), sensitive="allow")})
    rows = plan(Checker(schema, today=TODAY), database.hold([{f"n'{value}".encode(): value.encode()}]))
    assert [(row["value"], row["from"]) for row in rows] == [(value, {"key": f"n'{value}", "value": value})]


@pytest.mark.parametrize(
    ("blanked", "accepts", "planned", "left_out"), [("'p'", False, 0, 1), ("'p'", True, 1, 1), ("''", False, 1, 0)]
)
def test_a_write_that_costs_something_is_left_out(
    database: Database, blanked: str, accepts: bool, planned: int, left_out: int
) -> None:
    """Counted either way, planned only where that is accepted."""
    held = database.hold([{b"env": b"prod"}], blanked)
    repair = Repair(Checker(SHOP, today=TODAY), held, today=TODAY, accepts_side_effects=accepts)
    assert len(list(repair.lines())) == repair.result.writes == planned
    assert repair.result.costly_rows == left_out
    assert repair.result.to_hide == (["env"] if planned else [])


def test_what_a_write_costs_must_be_known_or_accepted(database: Database) -> None:
    """Without the columns a plan is refused; counting goes on, and nothing to correct is nothing to refuse."""
    checker = Checker(SHOP, today=TODAY)
    held = database.hold([{b"env": b"prod"}], NOTHING_KNOWN)
    with pytest.raises(UsageError, match="accept-side-effects"):
        plan(checker, held)
    result = Repair(checker, held, today=TODAY).count()
    assert (result.writes, result.unknown_rows) == (1, 1)
    assert len(plan(checker, held, accepts_side_effects=True)) == 1
    assert plan(checker, database.hold([{b"environment": b"staging"}], NOTHING_KNOWN)) == []


def test_a_key_is_offered_to_be_hidden_only_where_nothing_is_lost_with_it(database: Database) -> None:
    """One request whose value stands nowhere else keeps a key from being hidden."""
    checker = Checker(SHOP, today=TODAY)
    good = [{b"env": b"prod"}, {b"proj": b"x"}]
    assert Repair(checker, database.hold(good), today=TODAY).count().to_hide == ["env", "proj"]
    assert Repair(checker, database.hold([*good, {b"env": b"?"}]), today=TODAY).count().to_hide == ["proj"]
