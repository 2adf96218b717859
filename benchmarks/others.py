"""The questions of an audit asked of Parquet in other ways: of DuckDB, of pandera, and of a Python loop over the checker.

All of them find the same violations of the same rows, which is checked. DuckDB's SQL is written by hand for this one schema and
asks for less: no records, no aliases, no secrets, no spellings. pandera gets a frame of keys and values and tells of each failure.
What is not installed is left out, and said: pip install -e '.[bench]'
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections import Counter
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.audit import CLOSED, ROWS, TODAY, schema
from propguard import Checker
from propguard.audit import audit
from propguard.engine.embedded import EmbeddedEngine

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 2
MILLIONS = 1
Broken = dict[tuple[str, str], int]

_SEMVER = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$"
_NOT_ALLOWED = " ".join(
    f"WHEN k = '{key}' THEN CASE WHEN v NOT IN ({', '.join(map(repr, values))}) THEN 'value-not-allowed' END"
    for key, values in CLOSED.items()
)
_JUDGED = f"""CASE {_NOT_ALLOWED}
  WHEN k = 'project' THEN CASE WHEN NOT regexp_matches(v, '^project-[0-9]+$') THEN 'value-pattern' END
  WHEN k = 'customer_id' THEN CASE WHEN NOT regexp_matches(v, '^cust_[a-f0-9]+$') THEN 'value-pattern' END
  WHEN k = 'version' THEN CASE WHEN NOT regexp_matches(v, '{_SEMVER}') THEN 'value-format' END
  WHEN k = 'quality_score' THEN CASE WHEN coalesce(try_cast(v AS DOUBLE), 2) NOT BETWEEN 0 AND 1 THEN 'value-type' END
  ELSE 'key' END"""


def by_duckdb(path: str) -> Broken:
    """Findings with their top values, requests and times; every key with its distinct and top values."""
    import duckdb

    database = duckdb.connect()
    database.execute("SET threads = 2")
    database.execute(
        f"CREATE VIEW pairs AS SELECT request_id, epoch_ms(request_created_at) AS t, unnest(map_keys(properties)) AS k, "
        f"unnest(map_values(properties)) AS v FROM read_parquet('{path}')"
    )
    database.execute(
        "SELECT k, count(*), approx_count_distinct(v), approx_top_k(v, 20), min(t), max(t) FROM pairs GROUP BY k"
    ).fetchall()
    found = database.execute(
        f"""SELECT rule, k, count(*), approx_top_k(v, 20), list_slice(array_agg(request_id ORDER BY t), 1, 5), min(t), max(t)
        FROM (SELECT *, {_JUDGED} AS rule FROM pairs) WHERE rule IS NOT NULL GROUP BY rule, k"""
    ).fetchall()
    database.execute(
        f"SELECT count(DISTINCT request_id) FROM (SELECT *, {_JUDGED} AS rule FROM pairs) WHERE rule IS NOT NULL"
    ).fetchall()
    return {(rule, key): number for rule, key, number, *_ in found}


def by_pandera(path: str) -> Broken:
    """Every pair that fails, in a frame."""
    import pandas as pd
    import pandera.pandas as pa
    import pyarrow.parquet as pq

    column: Any = pq.read_table(path, columns=["properties"]).column("properties").combine_chunks()
    frame = pd.DataFrame({"k": column.keys.to_pandas(), "v": column.items.to_pandas()})
    checks = {key: pa.Check.isin(values) for key, values in CLOSED.items()} | {
        "project": pa.Check.str_matches("^project-[0-9]+$"),
        "customer_id": pa.Check.str_matches("^cust_[a-f0-9]+$"),
        "version": pa.Check.str_matches(_SEMVER),
        "quality_score": pa.Check(lambda v: pd.to_numeric(v, errors="coerce").between(0, 1)),
    }
    rules = dict.fromkeys(CLOSED, "value-not-allowed") | {
        "project": "value-pattern",
        "customer_id": "value-pattern",
        "version": "value-format",
        "quality_score": "value-type",
    }
    broken: Broken = {}
    for key, values in frame.groupby("k", sort=False)["v"]:
        if key not in checks:
            broken["key", key] = len(values)
            continue
        try:
            pa.SeriesSchema(str, checks[key]).validate(values, lazy=True)
        except pa.errors.SchemaErrors as errors:
            broken[rules[key], key] = len(errors.failure_cases)
    return broken


def by_checker(path: str) -> Broken:
    """Record by record, as a program would that knows nothing of databases."""
    import pyarrow.parquet as pq

    checker, found = Checker(schema(), today=TODAY), Counter[tuple[str, str]]()
    for batch in pq.ParquetFile(path).iter_batches(columns=["properties"]):
        for pairs in batch.column(0).to_pylist():
            for violation in checker.check_record(dict(pairs), door="data"):
                found[violation.rule, str(violation.key)] += 1
    return dict(found)


def by_audit(path: str) -> Broken:
    """What propguard does."""
    with EmbeddedEngine([path], threads=2) as engine:
        result = audit(schema(), engine, today=TODAY)
    return {(one.violation.rule, str(one.violation.key)): one.count for one in result.findings if one.count}


WAYS: dict[str, tuple[Callable[[str], Broken], tuple[str, ...]]] = {
    "propguard audit": (by_audit, ("chdb",)),
    "DuckDB": (by_duckdb, ("duckdb",)),
    "pandera": (by_pandera, ("pandera", "pandas")),
    "a loop over the checker": (by_checker, ("pyarrow",)),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rows.parquet")
        (Path(folder) / "empty.jsonl").write_text('{"properties": {}}\n')
        with EmbeddedEngine([f"{folder}/empty.jsonl"]) as database:
            rows = ROWS.format(rows=MILLIONS * 1_000_000)
            database.query(f"SELECT * FROM ({rows}) INTO OUTFILE '{path}' TRUNCATE FORMAT Parquet")
        print(f"{f'{MILLIONS} million requests in Parquet':40} {'s':>8} {'processor s':>12} {'of the audit':>13}")
        first, found = 0.0, None
        for name, (ask, packages) in WAYS.items():
            missing = [package for package in packages if find_spec(package) is None]
            if missing:
                print(f"{name:40} left out: {missing[0]} is not installed")
                continue
            seconds, used, broken = min((_timed(ask, path) for _ in range(ROUNDS)), key=itemgetter(0))
            found = found or broken
            assert broken == found, (name, broken, found)
            first = first or seconds
            print(f"{name:40} {seconds:8.2f} {used:12.2f} {seconds / first:13.2f}")
    print()


def _of_values(broken: Broken) -> Broken:
    """What all ways judge alike: values of declared keys."""
    return {(rule, key): number for (rule, key), number in broken.items() if rule.startswith("value-")}


def _timed(ask: Callable[[str], Broken], path: str) -> tuple[float, float, Broken]:
    before, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    broken = ask(path)
    seconds, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_SELF)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, _of_values(broken)


if __name__ == "__main__":
    main()
