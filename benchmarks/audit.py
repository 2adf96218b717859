"""The whole audit against the cheapest possible pass of the same engine over the same column, in the same run.

Rows are made inside the database: 7.6 properties each, of nine keys five closed, one whose values are all distinct. The
figures are processor seconds, which tell more than the clock on a machine that others use too; medians of rounds in turn.
`python -m benchmarks.audit [MILLIONS…]` (default 3).
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propguard import Checker, Property, PropertySchema
from propguard.audit import audit, stored_evidence
from propguard.compilers.clickhouse import findings_statement, keys_statement, requests_statement
from propguard.engine.embedded import EmbeddedEngine
from propguard.evolve.infer import infer, patterns_of
from propguard.model.names import Names
from propguard.rules.rule import StoredKeys

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 3
CLOSED = {
    "environment": ("production", "staging", "development"),
    "user_tier": ("free", "pro", "enterprise"),
    "region": ("us-east-1", "eu-west-1", "ap-south-1", "us-west-2"),
    "feature": ("chat", "search", "summarize", "classify", "extract"),
    "billable": ("true", "false"),
}
TODAY = datetime.now(UTC).date()

ROWS = """SELECT generateUUIDv4(number) AS request_id, toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + number * 0.5 AS request_created_at,
  mapFromArrays(arrayMap(pair -> pair.1, pairs), arrayMap(pair -> pair.2, pairs)) AS properties
FROM (SELECT number, arrayFilter(pair -> pair.1 != '', [
  ('environment', if(number % 101 = 0, 'prod', ['production', 'staging', 'development'][1 + number % 3])),
  ('project', concat('project-', toString(cityHash64(number) % 50))),
  ('customer_id', concat('cust_', lower(hex(cityHash64(number, 1))))),
  ('user_tier', if(number % 5003 = 0, 'platinum', ['free', 'pro', 'enterprise'][1 + intDiv(number, 3) % 3])),
  ('region', ['us-east-1', 'eu-west-1', 'ap-south-1', 'us-west-2'][1 + intDiv(number, 7) % 4]),
  ('feature', ['chat', 'search', 'summarize', 'classify', 'extract'][1 + intDiv(number, 11) % 5]),
  (if(number % 5 < 3, 'version', ''), concat('1.', toString(number % 7), '.', toString(intDiv(number, 13) % 20))),
  (if(number % 2 = 0, 'billable', ''), if(number % 3 = 0, 'true', 'false')),
  (if(number % 2 = 0, 'quality_score', ''), toString((number % 1000) / 1000)),
  (if(number % 997 = 0, 'Env', ''), 'x')]) AS pairs FROM numbers({rows}))"""

CHEAPEST = "SELECT sum(length(tupleElement(pair, 1)) + length(tupleElement(pair, 2))) AS n FROM (SELECT arrayJoin(properties) AS pair FROM {source}) AS pairs"


def schema() -> PropertySchema:
    properties = [Property(name, enum=values) for name, values in CLOSED.items()]
    properties += [
        Property("project", pattern="^project-[0-9]+$"),
        Property("customer_id", pattern="^cust_[a-f0-9]+$", max_length=64),
        Property("version", format="semver"),
        Property("quality_score", type="number", minimum=0, maximum=1),
    ]
    return PropertySchema("benchmark", "1.0.0", {declared.name: declared for declared in properties})


class Table:
    """An engine whose rows are in a table of the embedded database."""

    name = "embedded"

    def __init__(self, engine: EmbeddedEngine, source: str) -> None:
        self._engine = engine
        self.source = source

    def query(self, sql: str) -> list[dict[str, object]]:
        return self._engine.query(sql)

    def close(self) -> None:
        self._engine.close()


def measured(calls: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """Processor seconds and seconds of each call, the medians of rounds in which all take turns."""
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(_ROUNDS):
        for name, call in calls.items():
            before, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
            call()
            after = resource.getrusage(resource.RUSAGE_SELF)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            rounds[name].append((used, time.perf_counter() - clock))
    return {
        name: (statistics.median(used for used, _ in taken), statistics.median(clock for _, clock in taken))
        for name, taken in rounds.items()
    }


def _show(title: str, engine: Any, table: str) -> None:
    judged, stored = schema(), StoredKeys(Names(schema(), "data"), schema(), TODAY)
    checker = Checker(judged, today=TODAY)
    accepted = [
        (key, value) for key, values in CLOSED.items() for value in values if not checker.check(key, value, door="data")
    ]
    statements = {
        "the cheapest pass": CHEAPEST.format(source=table),
        "requests": requests_statement(engine.source),
        "keys": keys_statement(stored, engine.source),
        "findings, closed sets accepted": findings_statement(stored, engine.source, accepted=accepted),
        "findings, every pair judged": findings_statement(stored, engine.source),
    }
    calls: dict[str, Callable[[], object]] = {
        name: (lambda sql=sql: engine.query(sql))  # type: ignore[misc]  # bound now
        for name, sql in statements.items()
    }
    calls["the whole audit"] = lambda: audit(judged, engine, today=TODAY)
    calls["the whole of schema infer"] = lambda: infer(
        stored_evidence(engine, patterns_of, today=TODAY), (), name="benchmark"
    )
    figures = measured(calls)
    cheapest = figures["the cheapest pass"][0]
    print(title.ljust(40), "processor s".rjust(12), "s".rjust(8), "of the cheapest".rjust(16))
    for name, (used, clock) in figures.items():
        print(f"{name:40} {used:12.2f} {clock:8.2f} {used / cheapest:16.2f}")
    of_audit = figures["the whole of schema infer"][1] / figures["the whole audit"][1]
    print(f"{'schema infer, of the audit by the clock':40} {of_audit:12.2f}")
    print(f"{'resident at most, MB':40} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10:12,}\n")


def main(millions: tuple[int, ...] = (3,)) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in millions:
            path = Path(folder) / "rows.parquet"
            (Path(folder) / "empty.jsonl").write_text('{"properties": {}}\n')
            with EmbeddedEngine([f"{folder}/empty.jsonl"], threads=2) as database:
                rows = ROWS.format(rows=number * 1_000_000)
                database.query(f"SELECT * FROM ({rows}) INTO OUTFILE '{path}' TRUNCATE FORMAT Parquet")
                create = "(request_id UUID, request_created_at DateTime64(3, 'UTC'), properties Map(LowCardinality(String), String) CODEC(ZSTD(1)))"
                database.query(
                    f"CREATE TABLE requests {create} ENGINE = MergeTree ORDER BY request_created_at SETTINGS storage_policy = 'default'"
                )
                database.query(f"INSERT INTO requests {rows}")
                database.query("OPTIMIZE TABLE requests FINAL")
                _show(f"{number} million rows, MergeTree", Table(database, "requests"), "requests")
            with EmbeddedEngine([str(path)], threads=2) as files:
                _show(f"{number} million rows, Parquet", files, f"({files.source}) AS source")


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or (3,))
