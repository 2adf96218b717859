"""An audit of files: the same findings whatever the format, and the numbers are those of the requests."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from propguard.audit import AuditResult, audit
from propguard.compilers.clickhouse import from_clause
from propguard.engine.embedded import EmbeddedEngine
from propguard.engine.sources import SourceOptions, opened
from propguard.errors import EngineFailed, UsageError
from propguard.helicone.filter_text import parse_where
from propguard.model.schema import Enforcement, Property
from tests.strategies import TODAY
from tests.subjects import schema_of

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("chdb", reason="needs chdb")

SCHEMA = schema_of(
    Property("environment", enum=("production", "staging"), value_aliases={"prod": "production"}, required=True),
    Property("customer_id", pattern="^cust_[0-9]+$", requires=("environment",)),
    Property("note", enforcement=Enforcement("warn")),
    Property("unused", enum=("x",)),
    header_separator="-",
)
RECORDS = [
    {"environment": "production", "customer_id": "cust_1", "Helicone-Session-Id": "s"},
    {"environment": "prod", "customer-id": "cust_2"},
    {"environment": "prod", "note": "ada@example.com"},
    {"environment": "live", "customer_id": "cust_3", "Note": "x"},
    {"customer_id": "ACME"},
    {},
]


def rows() -> list[dict[str, Any]]:
    return [
        {"request_id": f"r{number}", "request_created_at": f"2026-01-0{number + 1}T00:00:00.5Z", "properties": record}
        for number, record in enumerate(RECORDS)
    ]


def as_jsonl(path: Path) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    return str(path)


def as_jsonl_with_texts(path: Path) -> str:
    path.write_text("".join(json.dumps({**row, "properties": json.dumps(row["properties"])}) + "\n" for row in rows()))
    return str(path)


def as_gzip(path: Path) -> str:
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows()).encode()))
    return str(path)


def as_csv(path: Path) -> str:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["request_id", "created_at", "properties"])
        writer.writerows(
            [row["request_id"], row["request_created_at"], json.dumps(row["properties"])] for row in rows()
        )
    return str(path)


def as_parquet(path: Path) -> str:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {
        "request_id": [row["request_id"] for row in rows()],
        "request_created_at": [datetime.fromisoformat(row["request_created_at"]) for row in rows()],
        "properties": arrow.array(
            [list(row["properties"].items()) for row in rows()], arrow.map_(arrow.string(), arrow.string())
        ),
    }
    parquet.write_table(arrow.table(columns), path)
    return str(path)


def as_answers(path: Path) -> str:
    """Pages of query-clickhouse, a line each: they repeat requests, and hold older versions of them, in any order."""
    latest = [{**row, "updated_at": "2026-02-02 00:00:00", "request_body": {"secret": 1}} for row in rows()]
    older = [{**row, "updated_at": "2026-02-01 00:00:00", "properties": {"environment": "old"}} for row in latest]
    pages: list[list[Any]] = [[*latest[:3], *older[2:]], [*older[:2], *latest[2:]], []]
    path.write_text("".join(json.dumps({"data": page, "error": None}) + "\n" for page in pages))
    return str(path)


WAYS = {
    "answers.jsonl": as_answers,
    "rows.jsonl": as_jsonl,
    "texts.jsonl": as_jsonl_with_texts,
    "rows.jsonl.gz": as_gzip,
    "rows.csv": as_csv,
    "rows.parquet": as_parquet,
}


def audited(*files: str, **options: Any) -> AuditResult:
    with EmbeddedEngine(files, **options) as engine:
        return audit(SCHEMA, engine, today=TODAY)


@pytest.mark.parametrize("name", WAYS)
def test_what_is_found(name: str, tmp_path: Path) -> None:
    """Whatever the file: one finding per rule and key, spellings of one name together, system keys left out."""
    result = audited(WAYS[name](tmp_path / name))
    found = {(one.violation.rule, one.violation.key): (one.count, one.severity.value) for one in result.findings}
    assert found == {
        ("value-alias", "environment"): (2, "error"),
        ("value-not-allowed", "environment"): (1, "error"),
        ("required-property-missing", "environment"): (2, "error"),
        ("value-pattern", "customer_id"): (1, "error"),
        ("dependent-property-missing", "customer_id"): (1, "error"),
        ("key-case", "Note"): (1, "warning"),  # the property that is meant is only warned of
        ("value-sensitive", "note"): (1, "warning"),
        ("never-seen", "unused"): (0, "info"),
    }
    assert (result.requests, result.requests_with_error) == (6, 5)
    assert result.score == pytest.approx(1 / 6)
    keys = {one.key: (one.requests, one.violations, one.distinct) for one in result.keys}
    assert keys == {
        "environment": (4, 5, 3),
        "customer_id": (4, 1, 4),
        "note": (1, 0, 1),
        "Note": (1, 0, 1),
        "unused": (0, 0, 0),
    }
    assert [tuple(day) for day in result.days] == [(20454 + n, 1, int(n > 0)) for n in range(6)]
    assert result.window.first == datetime(2026, 1, 1, 0, 0, 0, 500_000, UTC)


def test_what_a_finding_tells(tmp_path: Path) -> None:
    """The words of the rule, the values with their counts and what they should be, requests, and when."""
    result = audited(as_jsonl(tmp_path / "rows.jsonl"))
    alias = next(one for one in result.findings if one.violation.rule == "value-alias")
    assert alias.violation.message.startswith("`prod` is another spelling of the value `production`")
    assert [(one.value, one.count, one.suggestion) for one in alias.values] == [("prod", 2, "production")]
    assert sorted(alias.request_ids) == ["r1", "r2"]
    assert (alias.seen.first, alias.seen.last) == (
        datetime(2026, 1, 2, 0, 0, 0, 500_000, UTC),
        datetime(2026, 1, 3, 0, 0, 0, 500_000, UTC),
    )


def test_secrets_are_masked_everywhere(tmp_path: Path) -> None:
    assert "ada@example.com" not in repr(audited(as_jsonl(tmp_path / "rows.jsonl")))


@pytest.mark.parametrize("most", [1 << 20, 64])
def test_small_files_are_read_once(tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger is read by every statement, and never kept."""
    monkeypatch.setattr("propguard.engine.embedded._MOST_STORED", most)
    path = tmp_path / "rows.jsonl"
    with EmbeddedEngine([as_jsonl(path)]) as engine:
        path.unlink()
        path.write_text("")
        (row,) = engine.query(f"SELECT count() AS n FROM ({engine.source}) AS s")
    assert row == {"n": len(RECORDS) if most > 64 else 0}


def test_rows_are_counted_while_a_statement_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as it says at its end, and of each statement about the rows by itself."""
    monkeypatch.setattr("propguard.engine.rows_read._PAUSE", 0.0)
    path = tmp_path / "rows.jsonl"
    path.write_text('{"request_id": "r", "properties": {}}\n' * 1000)
    told: list[tuple[int, int, bool]] = []
    with EmbeddedEngine([str(path)], on_rows=lambda *one: told.append(one)) as engine:
        assert told == []
        slowly = f"SELECT count() AS n FROM (SELECT sleepEachRow(0.001) AS s FROM {from_clause(engine.source)} AS rows) AS slow WHERE s = 0"
        assert [engine.query(slowly), engine.query(slowly)] == [[{"n": 1000}]] * 2
    assert [one for one in told if one[2]] == [(0, 1000, True), (1, 1000, True)]
    assert (0, 1000, False) in told


def test_the_database_lies_in_a_folder_that_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the next run removes where this one is killed; chDB's own is readable to all, and stays."""
    path, temporary = as_jsonl(tmp_path / "rows.jsonl"), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    with EmbeddedEngine([path]) as engine:
        engine.query(f"SELECT count() FROM {from_clause(engine.source)} AS rows")
        (folder,) = temporary.iterdir()
        assert folder.name.startswith("propguard-scratch-")
        assert folder.stat().st_mode & 0o77 == 0
        assert (folder / "database").is_dir()
    assert list(temporary.iterdir()) == []


def test_globs_and_other_names_of_columns(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.jsonl").write_text(
            json.dumps({"ref": "a", "props": {"environment": "production"}}) + "\n"
        )
    result = audited(str(tmp_path / "*.jsonl"), columns={"properties": "props", "request_id": "ref"})
    assert (result.requests, result.score, result.window.first) == (2, 1.0, None)


def test_many_keys_under_one_rule_are_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({"properties": {"environment": "staging", f"k{n}": "x"}}) + "\n" for n in range(1500))
    )
    unknown = next(one for one in audited(str(path)).findings if one.violation.rule == "unknown-property")
    assert (unknown.violation.key, unknown.count, unknown.violation.context["keys"]) == (None, 1500, 1500)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("absent.parquet", None, "cannot read"),
        ("rows.xlsx", b"", "cannot tell the format"),
        ("rows.parquet", b"PAR1 is not this", "cannot read"),
        ("rows.jsonl", b'{"a": 1}\n', "has no column `properties`"),
        ("rows.csv", b"a,b\n1,2\n", "has no column `properties`"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    name: str, content: bytes | None, sentence: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises((UsageError, EngineFailed), match=sentence) as raised:
        audited(str(tmp_path / name))
    assert "\n" not in str(raised.value)


def test_the_command(tmp_path: Path) -> None:
    """`propguard audit FILE --format json` gives the envelope of the contract; findings are exit code 1."""
    (tmp_path / "properties.yaml").write_text(
        "file_format: property-schema/1\nname: shop\nversion: 1.0.0\nproperties: {environment: {enum: [production]}}\n"
    )
    as_jsonl(tmp_path / "rows.jsonl")
    command = [sys.executable, "-m", "propguard", "audit", "rows.jsonl", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    document = json.loads(done.stdout)
    assert (done.returncode, document["version"], document["requests"], document["engine"]) == (1, 1, 6, "embedded")
    assert {"rule", "severity", "key", "count", "values", "request_ids", "first_seen", "last_seen"} <= set(
        document["findings"][0]
    )


def test_only_some_keys(tmp_path: Path) -> None:
    """Findings, profiles and score are of these keys in all of their spellings; what others break is not told."""
    with EmbeddedEngine([as_jsonl(tmp_path / "rows.jsonl")]) as engine:
        whole = audit(SCHEMA, engine, today=TODAY)
        some = audit(SCHEMA, engine, today=TODAY, keys=["note"])
        none = audit(SCHEMA, engine, today=TODAY, keys=["cust*"])
    of_note = [one for one in whole.findings if one.violation.key in {"note", "Note"}]
    assert list(some.findings) == of_note
    assert [one.key for one in some.keys] == ["Note", "note"]
    assert (some.requests, some.requests_with_error) == (whole.requests, 0)
    assert {one.violation.key for one in none.findings} == {"customer_id"}


def test_only_some_requests(tmp_path: Path) -> None:
    """The audit of a filter is the audit of what it finds."""
    options = SourceOptions(where=parse_where("environment = prod"))
    with opened([as_jsonl(tmp_path / "rows.jsonl")], options) as source:
        result = audit(SCHEMA, source.engine, today=TODAY)
    assert result.requests == 2
    assert {one.count for one in result.findings if one.violation.rule == "value-alias"} == {2}


def test_an_answer_that_is_an_error_is_not_passed_over(tmp_path: Path) -> None:
    """Nobody knows which requests it should have told of."""
    path = tmp_path / "answers.jsonl"
    as_answers(path)
    path.write_text(path.read_text() + '{"data": null, "error": "timeout"}\n')
    with pytest.raises(
        EngineFailed, match=r"^one of the answers is an error; ask again, as it says nothing of its requests$"
    ):
        audited(str(path))


def test_a_key_with_other_separators_hides_nothing_of_its_values(tmp_path: Path) -> None:
    """Both are reported: the key, and what is wrong with the value; a key that is an alias of something else has none."""
    schema = schema_of(
        Property("customer_id", pattern="^cust_[0-9]+$", sensitive="forbid"),
        Property("plan_name", enum=("free", "team"), value_aliases={"t": "team"}),
        Property("seats", type="integer", aliases=("planname",)),
    )
    records = [
        {"customer-id": "ACME"},
        {"customer.id": "cust_1"},
        {"customerid": "ada@example.com"},
        {"plan-name": "t", "planname": "t"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"properties": record}) + "\n" for record in records))
    with EmbeddedEngine([str(path)]) as engine:
        found = audit(schema, engine, today=TODAY)
    assert sorted((one.violation.rule, one.violation.key, one.count) for one in found.findings if one.count) == [
        ("header-key-mismatch", "customer-id", 1),
        ("header-key-mismatch", "customer.id", 1),
        ("header-key-mismatch", "customerid", 1),
        ("header-key-mismatch", "plan-name", 1),
        ("key-alias", "planname", 1),
        ("value-alias", "plan-name", 1),
        ("value-pattern", "customer-id", 1),
        ("value-pattern", "customerid", 1),
        ("value-sensitive", "customerid", 1),
    ]
    (alias,) = (one for one in found.findings if one.violation.rule == "value-alias")
    assert [(value.value, value.suggestion) for value in alias.values] == [("t", "team")]
    assert "ada@example" not in repr(found)
