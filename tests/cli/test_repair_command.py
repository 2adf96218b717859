"""`propguard repair`: from what a platform holds to a plan, over `propguard apply`, to what it then holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from propguard.sandbox import Sandbox
from propguard.sandbox.demo import requests
from tests.engine.doubles import chdb_session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.cli.shop import Call

pytest.importorskip("chdb", reason="needs chdb")

BLANKED = ("prompt_id", "prompt_version", "request_referrer")
ID = "00000000-0000-4000-8000-000000000001"


def export(path: Path, stored: Iterable[dict[str, Any]], columns: tuple[str, ...] = BLANKED) -> None:
    """As JSONL, or as Parquet, by the name of `path`."""
    names = ("request_id", "properties", *columns)
    lines = "".join(json.dumps({name: row.get(name, "") for name in names}) + "\n" for row in stored)
    if path.suffix == ".jsonl":
        path.write_text(lines, encoding="utf-8")
        return
    session = chdb_session()
    path.unlink(missing_ok=True)
    source = path.with_suffix(".source.jsonl")
    source.write_text(lines, encoding="utf-8")
    structure = ", ".join(
        f"{name} Map(String, String)" if name == "properties" else f"{name} Nullable(String)" for name in names
    )
    session.query(
        f"INSERT INTO FUNCTION file('{path}', Parquet) SELECT * FROM file('{source}', JSONEachRow, '{structure}')",
        "Null",
    )
    session.close()


def violations(call: Call, path: str) -> dict[str, int]:
    """How many requests an audit finds to break each rule of values, and to have no right key for what they hold."""
    answer = call("audit", path, "--schema", "standard", "--format", "json")
    findings = json.loads(answer.out)["findings"]
    return {f"{one['rule']} {one['key']}": one["count"] for one in findings if one["rule"].startswith("value-")}


@pytest.mark.parametrize("name", ["rows.jsonl", pytest.param("rows.parquet", marks=pytest.mark.slow)])
def test_from_stored_data_to_corrected_data(
    project: Path, call: Call, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The demo's data is exported, planned, written, and afterwards has the corrections; a second plan is empty."""
    demo = list(requests(datetime(2026, 7, 1, tzinfo=UTC), 60))
    for request in demo[:20]:
        request["prompt_id"] = "p"
    with Sandbox(schema="standard") as sandbox:
        monkeypatch.setenv("HELICONE_BASE_URL", sandbox.base_url)
        monkeypatch.setenv("HELICONE_API_KEY", sandbox.api_key)
        sandbox.seed(demo)
        given = {request["request_id"]: request for request in demo}
        export(project / name, given.values())
        before = violations(call, name)
        answer = call("repair", name, "-o", "plan.jsonl", "--schema", "standard")
        assert answer.code == 0, answer.err
        assert "are left out, as every write blanks prompt_id" in answer.err
        rows = [json.loads(line) for line in (project / "plan.jsonl").read_text().splitlines()]
        assert not {row["request_id"] for row in rows} & {request["request_id"] for request in demo[:20]}
        dry = call(
            "apply", "plan.jsonl", "--dry-run", "--schema", "standard", "--fail-on", "warning", "--accept-side-effects"
        )
        assert (dry.code, dry.out) == (0, "")
        assert dry.err.splitlines()[0] == answer.err.splitlines()[0]
        assert call("apply", "plan.jsonl", "--schema", "standard").code == 0
        stored = {request["request_id"]: request for request in sandbox.requests()}
    for row in rows:
        assert stored[row["request_id"]]["properties"][row["key"]] == row["value"]
    for request in demo[:20]:
        assert stored[request["request_id"]]["properties"] == request["properties"]
    export(project / name, ({**given[one["request_id"]], "properties": one["properties"]} for one in stored.values()))
    after = violations(call, name)
    assert sum(after.values()) < sum(before.values())
    assert {"value-alias environment", "value-alias user_tier"} <= before.keys()
    again = call("repair", name, "-o", "again.jsonl", "--schema", "standard")
    assert again.code == 0
    assert (project / "again.jsonl").read_bytes() == b""


def test_an_audit_after_a_repair_shows_that_it_worked(project: Path, call: Call) -> None:
    """A plan adds the right keys; the wrong ones stay, as nothing can delete them, and do not lower the score any more."""
    properties: dict[str, dict[str, str]] = {
        ID: {"env": "prod", "userTier": "pro"},
        ID[:-1] + "7": {"environment": "prod"},
        ID[:-1] + "8": {"environment": "production"},
    }
    export(project / "rows.jsonl", [{"request_id": one, "properties": of} for one, of in properties.items()])
    assert call("repair", "rows.jsonl", "-o", "plan.jsonl", "--schema", "standard").code == 0
    for line in (project / "plan.jsonl").read_text().splitlines():
        row = json.loads(line)
        properties[row["request_id"]][row["key"]] = row["value"]
    export(project / "rows.jsonl", [{"request_id": one, "properties": of} for one, of in properties.items()])
    answer = call("audit", "rows.jsonl", "--schema", "standard", "--format", "json")
    document = json.loads(answer.out)
    assert (answer.code, document["score"]) == (0, 1.0)
    found = {(one["rule"], one["key"], one["count"]) for one in document["findings"] if one["rule"] != "never-seen"}
    assert found == {("superseded-property", "env", 1), ("superseded-property", "userTier", 1)}
    assert "`env` stands beside `environment`" in next(
        one["message"] for one in document["findings"] if one["key"] == "env"
    )


def test_without_a_plan_it_only_counts(project: Path, call: Call) -> None:
    """The table has rules and keys, no values; nothing is written."""
    export(project / "rows.jsonl", [{"request_id": ID, "properties": {"env": "prod", "app": "a"}}])
    answer = call("repair", "rows.jsonl")
    assert (answer.code, answer.out) == (
        0,
        "     rows  rule                          key\n        1  key-alias+value-alias         env → environment\n",
    )
    assert "would write 1 row to 1 request; that takes about" in answer.err
    assert "the platform cannot delete" in answer.err
    assert sorted(path.name for path in project.iterdir()) == ["properties.yaml", "rows.jsonl"]


def test_counts_as_json(project: Path, call: Call) -> None:
    """The same counts for programs, by rule and key, with the keys to hide."""
    export(project / "rows.jsonl", [{"request_id": ID, "properties": {"env": "prod"}, "prompt_id": "p"}])
    document = json.loads(call("repair", "rows.jsonl", "--format", "json", "--accept-side-effects").out)
    assert document["corrections"] == [{"rule": "key-alias+value-alias", "key": "env", "to": "environment", "count": 1}]
    assert document["summary"]["side_effects"] == {"rows": 1, "requests": 1}
    assert (document["summary"]["writes"], document["hide"]) == (1, ["env"])


def test_a_source_that_does_not_tell_what_is_lost(project: Path, call: Call) -> None:
    """It is counted, said, and planned only where that is accepted; a refusal leaves the plan that was there."""
    export(project / "rows.jsonl", [{"request_id": ID, "properties": {"env": "prod"}}], columns=())
    (project / "plan.jsonl").write_text("before")
    assert "cannot be known" in call("repair", "rows.jsonl").err
    answer = call("repair", "rows.jsonl", "-o", "plan.jsonl")
    assert answer.code == 2
    assert "--accept-side-effects" in answer.err
    assert (project / "plan.jsonl").read_text() == "before"
    assert call("repair", "rows.jsonl", "-o", "plan.jsonl", "--accept-side-effects").code == 0
    assert json.loads((project / "plan.jsonl").read_text()) == {
        "request_id": ID,
        "key": "environment",
        "value": "production",
        "from": {"key": "env", "value": "prod"},
        "rule": "key-alias+value-alias",
        "confidence": "declared",
    }
    assert sorted(path.name for path in project.iterdir()) == ["plan.jsonl", "properties.yaml", "rows.jsonl"]


def test_columns_that_are_null_everywhere_have_nothing_to_lose(project: Path, call: Call) -> None:
    """Exports write `null` for a prompt that there is not; so it is known that nothing is lost."""
    nothing = dict.fromkeys(BLANKED)
    export(project / "rows.jsonl", [{"request_id": ID, "properties": {"env": "prod"}, **nothing}])
    answer = call("repair", "rows.jsonl", "-o", "plan.jsonl")
    assert (answer.code, "blanks" in answer.err) == (0, False)
    assert len((project / "plan.jsonl").read_bytes().splitlines()) == 1


def test_conflicts_are_told(project: Path, call: Call) -> None:
    """What has another value where the correction belongs gets no row, and its key is not to be hidden."""
    held = {"env": "prod", "environment": "staging"}
    export(project / "rows.jsonl", [{"request_id": ID, "properties": held}])
    answer = call("repair", "rows.jsonl", "-o", "plan.jsonl", "--hide-list", "hide.jsonl")
    assert answer.out.startswith("conflicts  rule")
    assert "1 property cannot be corrected, as the request has another value" in answer.err
    assert "1 wrong key must not be hidden" in answer.err
    assert (project / "plan.jsonl").read_bytes() == (project / "hide.jsonl").read_bytes() == b""


def test_keys_to_hide_are_bodies_of_calls(project: Path, call: Call) -> None:
    """A line for each call of /v1/property/hide."""
    export(project / "rows.jsonl", [{"request_id": ID, "properties": {"env": "prod"}}])
    assert call("repair", "rows.jsonl", "--hide-list", "hide.jsonl").code == 0
    assert (project / "hide.jsonl").read_text() == '{"key": "env"}\n'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "rows.jsonl"], "would overwrite what is read"),
        (["-o", "./rows.jsonl", "*.jsonl"], "would overwrite what is read"),
        (["-o", "x.jsonl", "--hide-list", "x.jsonl"], "would overwrite what is read"),
        (["-o", "no/such/plan.jsonl"], "cannot write"),
    ],
)
def test_what_cannot_be_done(project: Path, call: Call, arguments: list[str], said: str) -> None:
    """One sentence, exit code 2, and the source as it was."""
    export(project / "rows.jsonl", [{"request_id": ID, "properties": {"env": "prod"}}])
    before = (project / "rows.jsonl").read_bytes()
    answer = call("repair", "rows.jsonl", *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert (project / "rows.jsonl").read_bytes() == before


def test_requests_must_have_ids(project: Path, call: Call) -> None:
    """Without ids there is nothing to write to; with an id that the platform does not take, neither."""
    (project / "rows.jsonl").write_text('{"properties": {"env": "prod"}}\n')
    answer = call("repair", "rows.jsonl")
    assert (answer.code, answer.out) == (2, "")
    assert "without `request_id`" in answer.err
    export(project / "rows.jsonl", [{"request_id": "a/b", "properties": {"env": "prod"}}])
    assert "1 request cannot be corrected, as their ids" in call("repair", "rows.jsonl").err
