"""Nothing to judge is no success: no score, what the source holds, and exit code 2 unless that is allowed."""

from __future__ import annotations

import gzip
import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.cli.shop import Call, Write

needs_engine = pytest.mark.skipif(sys.platform == "win32", reason="chDB has no wheels for Windows")

ROWS = [
    {"request_id": "r1", "request_created_at": "2026-03-01T08:00:00Z", "properties": {"environment": "production"}},
    {"request_id": "r2", "request_created_at": "2026-03-04T09:30:00Z", "properties": {"team": "search"}},
]
HELD = (
    "the source holds 2 requests from 2026-03-01 08:00:00 to 2026-03-04 09:30:00 UTC, with the keys environment, team"
)
TIMELESS = "the source holds 1 request without a time, with the keys environment"

FILES: dict[str, bytes] = {
    "rows.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS).encode(),
    "timeless.jsonl": b'{"request_id": "r1", "properties": {"environment": "production"}}\n',
    "bare.jsonl": b'{"request_id": "r1", "properties": {}}\n',
    "empty.jsonl": b"",
    "blank.jsonl": b"\n \n",
    "empty.csv.gz": gzip.compress(b""),
    "head.csv": b"request_id,request_created_at,properties\n",
    "empty.parquet": b"",
}
NOTHING = [
    (("rows.jsonl", "--where", "region = eu"), HELD),
    (("rows.jsonl", "--key", "nope"), HELD),
    (("rows.jsonl", "--since", "2026-03-05"), HELD),
    (("rows.jsonl", "--until", "2026-02-01"), HELD),
    (("timeless.jsonl", "--since", "2020-01-01"), TIMELESS),
    (("bare.jsonl",), "the source holds 1 request without a time, without any property"),
    *(((name,), "the source holds no request at all") for name in FILES if name.startswith(("empty", "head"))),
    (("no-*.jsonl",), "no file that no-*.jsonl matches holds a row"),
]


@pytest.fixture(autouse=True)
def _files(project: Path, write: Write) -> None:
    write(FILES)
    (project / "properties.yaml").write_text(
        "file_format: property-schema/1\nname: shop\nversion: 1.0.0\nunknown_properties: allow\n"
        "properties: {environment: {enum: [production]}}\n"
    )


@needs_engine
@pytest.mark.parametrize(("arguments", "held"), NOTHING, ids=lambda part: " ".join(part) if type(part) is tuple else "")
def test_an_audit_of_nothing_is_no_success(arguments: Sequence[str], held: str, call: Call) -> None:
    """Exit code 2, a null score, and the sentence that reports what there is, also among the notices of the JSON."""
    answer = call("audit", *arguments, "--format", "json")
    document = json.loads(answer.out)
    assert (answer.code, document["score"]) == (2, None)
    assert held in answer.err
    assert "pass --allow-empty" in answer.err
    assert held in " ".join(document["notices"])


@needs_engine
def test_nothing_to_judge_can_be_allowed(call: Call, project: Path) -> None:
    """Then it is a notice, no score is too low, and the audit can be the baseline of another."""
    answer = call("audit", "head.csv", "--allow-empty", "--min-score", "1", "--format", "json")
    assert (answer.code, answer.err.startswith("notice: ")) == (0, True)
    (project / "before.json").write_text(answer.out)
    assert call("audit", "bare.jsonl", "--allow-empty", "--baseline", "before.json", "--fail-on", "new").code == 0


@needs_engine
def test_an_empty_file_beside_others_is_only_reported(call: Call) -> None:
    answer = call("audit", "rows.jsonl", "empty.jsonl")
    assert (answer.code, answer.err) == (0, "notice: empty.jsonl holds no rows\n")


@needs_engine
def test_a_required_property_that_no_request_has_is_judged(call: Call, project: Path) -> None:
    """Requests without the one key that is asked for break the rule that they must have it: that is a score."""
    schema = project / "properties.yaml"
    schema.write_text(schema.read_text().replace("enum: [production]", "enum: [production], required: true"))
    answer = call("audit", "bare.jsonl", "--key", "environment", "--format", "json")
    assert (answer.code, json.loads(answer.out)["score"]) == (1, 0)


@needs_engine
@pytest.mark.parametrize("command", [("repair",), ("schema", "infer")])
def test_a_plan_and_a_draft_of_nothing_are_refused(command: Sequence[str], call: Call) -> None:
    answer = call(*command, "rows.jsonl", "--since", "2026-03-05")
    assert (answer.code, answer.out) == (2, "")
    assert HELD in answer.err


@needs_engine
def test_a_plan_of_nothing_can_be_allowed(call: Call) -> None:
    assert call("repair", "head.csv", "--allow-empty").code == 0


@needs_engine
def test_coverage_by_data_without_requests_reports_it(call: Call) -> None:
    assert "there is no request to judge" in call("coverage", "--data", "head.csv").err


@pytest.mark.parametrize("name", ["empty.jsonl", "blank.jsonl"])
def test_records_of_an_empty_file_are_no_success(name: str, call: Call) -> None:
    answer = call("check", "--jsonl", name)
    assert (answer.code, answer.out) == (2, "")
    assert (
        answer.err == f"propguard: {name} holds no record to judge; pass --allow-empty where that is to be expected\n"
    )
    assert call("check", "--jsonl", name, "--allow-empty").code == 0
