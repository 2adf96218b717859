"""An audit from beginning to end: three statements are asked, and what they answer becomes a result."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from propguard.audit.findings import Assembly
from propguard.audit.result import AuditResult, Day, earliest_and_latest, seen
from propguard.compilers import Checker
from propguard.compilers.clickhouse import findings_statement, keys_statement, requests_statement
from propguard.model.names import Names
from propguard.rules.rule import StoredKeys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from propguard.engine import Engine
    from propguard.model.schema import PropertySchema

MOST_ACCEPTED = 20_000
"""Pairs of key and value that are told to the database as accepted."""


def audit(schema: PropertySchema, engine: Engine, *, today: date, source: str = "", exact: bool = False) -> AuditResult:
    """Judge everything that `engine` holds by `schema`; `source` is what the result calls it.

    With `exact`, no value is passed over because its hash is that of an accepted one. Raises PropguardError where the engine
    does not answer.
    """
    checker = Checker(schema, today=today)
    stored = StoredKeys(Names(schema, "data"), schema, today)
    days = engine.query(requests_statement(engine.source))
    keys = engine.query(keys_statement(stored, engine.source))
    accepted = () if exact else islice(_accepted(checker, stored.names, keys), MOST_ACCEPTED)
    broken = engine.query(findings_statement(stored, engine.source, accepted=accepted))
    requests = sum(_number(row["requests"]) for row in days)
    assembly = Assembly(checker, stored.names)
    for row in keys:
        assembly.add_key(row)
    for row in broken:
        assembly.add_broken(row)
    return AuditResult(
        source=source,
        engine=engine.name,
        schema=schema.name,
        window=earliest_and_latest([seen(row) for row in days]),
        requests=requests,
        requests_with_error=assembly.requests_with_error,
        properties=assembly.properties,
        score=1 - assembly.requests_with_error / requests if requests else 1.0,
        findings=assembly.findings(),
        keys=assembly.profiles(),
        days=tuple(Day(_number(row["day"]), _number(row["requests"])) for row in days if seen(row).first is not None),
    )


def _accepted(checker: Checker, names: Names, keys: list[dict[str, object]]) -> Iterator[tuple[str, str]]:
    """Pairs that break no rule: of the closed sets, and of those that the data holds most often."""
    told = set()
    for key, declared in names.exact.items():
        for value in declared.enum or ():
            told.add((key, value))
            if not checker.check(key, value, door="data"):
                yield key, value
    for row in keys:
        key, values = str(row["k"]), row["top_values"]
        assert isinstance(values, list)
        for value, count in values:
            if _number(count) > 1 and (key, value) not in told and not checker.check(key, value, door="data"):
                yield key, value


def _number(value: object) -> int:
    return int(str(value))
