"""`propguard schema infer`, and `propguard init` with what it makes: from code, from data, from both, whatever they hold."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
import yaml

from propguard.cli.schema_infer import is_data
from propguard.schemafile import check_schema, load_schema
from tests.samples import HOSTILE_KEYS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.cli.shop import Call, Write

CODE = """\
tier = "pro" if paid else "free"
headers = {"Helicone-Property-UserId": uid, "Helicone-Property-User_Tier": tier, "Helicone-Property-App": "chat"}
headers[f"Helicone-Property-feature_{name}"] = state
headers["Helicone-Property-App"] = "search"
headers[f"Helicone-Property-{name}"] = state
"""


def as_lines(records: Sequence[Mapping[str, str]]) -> str:
    return "".join(json.dumps({"properties": record}) + "\n" for record in records)


@pytest.fixture
def bare(project: Path) -> Path:
    """The project before it has a schema."""
    (project / "properties.yaml").unlink()
    return project


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("rows.jsonl", True),
        ("rows.NDJSON.gz", True),
        ("data/*.parquet", True),
        ("rows.csv.zst", True),
        ("rows.json.gz", True),
        ("clickhouse://host", True),
        ("s3://bucket/rows", True),
        ("hql", True),
        ("api://host", True),
        ("src", False),
        ("app.py", False),
        ("settings.json", False),
        (".", False),
        ("hql/app.py", False),
    ],
)
def test_what_is_data(source: str, expected: bool) -> None:
    assert is_data(source) is expected


def test_from_code(call: Call, write: Write, bare: Path) -> None:
    """Each key with its place, in the schema's style; what the code writes is accepted but for gathered spellings."""
    write({"app.py": CODE})
    answer = call("schema", "infer", "app.py", "-o", "draft.yaml")
    assert (answer.code, answer.out) == (0, "")
    assert "notice: Keys that code computes" in answer.err
    assert check_schema("draft.yaml") == ()
    schema = load_schema("draft.yaml")
    assert set(schema.properties) == {"app", "user_id", "user_tier", "feature_*"}
    assert set(schema.properties["app"].enum or ()) == {"chat", "search"}
    assert set(schema.properties["user_tier"].enum or ()) == {"free", "pro"}
    assert schema.properties["user_id"].aliases == ("userid",)
    assert "# In the code at app.py:2 and 1 more." in (bare / "draft.yaml").read_text()
    findings = json.loads(call("lint", "app.py", "--schema", "draft.yaml", "--format", "json").out)["findings"]
    assert {one["rule"] for one in findings} == {"key-alias", "dynamic-key"}


def test_from_data_and_code_together(call: Call, write: Write, bare: Path) -> None:
    """One property for what is one in both; the values of both are in its closed set."""
    pytest.importorskip("chdb", reason="needs chdb")
    rows = [{"app": "chat", "UserId": "1"}, {"app": "tools", "user-id": "2"}, {"app": "chat", "userID": "3"}] * 40
    write({"app.py": CODE, "rows.jsonl": as_lines(rows)})
    assert call("schema", "infer", "app.py", "rows.jsonl", "-o", "draft.yaml").code == 0
    schema = load_schema("draft.yaml")
    assert set(schema.properties["app"].enum or ()) == {"chat", "search", "tools"}
    assert set(schema.properties["user_id"].aliases) == {"UserId", "user-id", "userID", "userid"}
    assert "In 80 of 120 (66.7%) requests." not in (bare / "draft.yaml").read_text()
    assert (
        "# In 120 of 120 (100.0%) requests.\n  # In the code at app.py:2 and 1 more.\n  app:"
        in (bare / "draft.yaml").read_text()
    )
    found = json.loads(call("audit", "rows.jsonl", "--schema", "draft.yaml", "--format", "json").out)["findings"]
    assert {one["rule"] for one in found if one["severity"] == "error"} == {"key-alias"}


@pytest.mark.slow
def test_hostile_keys_and_values(call: Call, write: Write, bare: Path) -> None:
    """What comes out reads back as what went in, no comment ends before its line does, and what cannot be declared is told."""
    pytest.importorskip("chdb", reason="needs chdb")
    chosen = random.Random(3)
    values = [text for text in TEXTS if text != "\ud800" and "@" not in text and len(text) < 13]
    values += [
        "no",
        "1e3",
        "# hash",
        "- dash",
        "a: b",
        "&a *b",
        "!!python/object",
        "---",
        "x\n  # not a comment",
        "\u202eevil",
    ]
    keys = [*HOSTILE_KEYS, "no", "1e3x", "evil\n  injected: {enum: [x]}\n#", "\u202eright", "*", "k" * 10_000, "null"]
    rows = [
        {"status": chosen.choice(values), chosen.choice(keys): "x" * chosen.choice((1, 10_000))} for _ in range(3000)
    ]
    write({"rows.jsonl": as_lines(rows)})
    answer = call("schema", "infer", "rows.jsonl")
    assert answer.code == 0
    assert "cannot be declared" in answer.err
    text = answer.out
    assert not set(text) & set("\x00\x7f\u202e\u2028\x85\t\r")
    (bare / "draft.yaml").write_text(text)
    assert [one for one in check_schema("draft.yaml") if one.violation.severity.value == "error"] == []
    schema = load_schema("draft.yaml")
    assert set(schema.properties["status"].enum or ()) == set(values)
    assert {"no", "null"} <= set(schema.properties)
    assert "injected" not in schema.properties
    assert yaml.safe_load(text)["name"] == "project"
    found = json.loads(call("audit", "rows.jsonl", "--schema", "draft.yaml", "--format", "json").out)["findings"]
    at_sound_keys = {
        (one["rule"], one["key"]) for one in found if one["severity"] == "error" and one["rule"] != "key-alias"
    }
    assert {key for _, key in at_sound_keys} <= {
        key
        for key in keys
        if len(key) > 200
        or not key.isascii()
        or not key
        or key in {" ", "\x00", "*"}
        or key.lower().startswith("helicone-property-")  # what no schema can declare
    }


@pytest.mark.parametrize("name", ["contact", pytest.param("user_email", marks=pytest.mark.slow)])
def test_no_value_that_looks_sensitive_is_written(name: str, call: Call, write: Write) -> None:
    """Whether the key says it or the values do, be they few or many; and the data is accepted all the same."""
    pytest.importorskip("chdb", reason="needs chdb")
    for number in (3, 2_000):
        secrets = [f"ada{place % number}@example.com" for place in range(2_000)]
        rows = [{name: secret if place % 2 else "none given", "app": "chat"} for place, secret in enumerate(secrets)]
        write({"rows.jsonl": as_lines(rows)})
        assert call("schema", "infer", "rows.jsonl", "-o", "draft.yaml", "--force").code == 0
        declared = load_schema("draft.yaml", remember=False).properties[name]
        assert (declared.enum, declared.examples) == (None, ())
        with open("draft.yaml", encoding="utf-8") as file:
            written = file.read()
        assert "Looks sensitive" in written
        assert "ada" not in written
        assert "example.com" not in written
        assert call("audit", "rows.jsonl", "--schema", "draft.yaml").code == 0


def test_a_file_that_is_there_is_not_overwritten(call: Call, write: Write, project: Path) -> None:
    """Unless it is asked for."""
    write({"app.py": CODE})
    before = (project / "properties.yaml").read_text()
    answer = call("schema", "infer", "app.py", "-o", "properties.yaml")
    assert (answer.code, answer.out) == (2, "")
    assert "--force" in answer.err
    assert (project / "properties.yaml").read_text() == before
    assert call("schema", "infer", "app.py", "-o", "properties.yaml", "--force").code == 0
    assert (project / "properties.yaml").read_text() != before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "cannot read 'nowhere'"),
        (["nowhere.jsonl"], "cannot read nowhere.jsonl"),
        (["."], "there is no property in it"),
        (["ftp://x"], "is no source"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    arguments: list[str], sentence: str, call: Call, project: Path
) -> None:
    pytest.importorskip("chdb", reason="needs chdb")
    answer = call("schema", "infer", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_init_from_code_and_from_data(call: Call, write: Write, bare: Path) -> None:
    """What is written is what would be inferred, and it judges the project at once."""
    pytest.importorskip("chdb", reason="needs chdb")
    write({"app.py": CODE, "rows.jsonl": as_lines([{"app": "chat"}, {"app": "tools"}] * 40)})
    answer = call("init", "--from-code", "--from-data", "rows.jsonl")
    assert answer.code == 0
    assert "inferred properties, each with what that rests on: 4" in answer.out
    schema = load_schema(bare / "properties.yaml")
    assert set(schema.properties["app"].enum or ()) == {"chat", "search", "tools"}
    assert call("schema", "check").code == 0
    assert call("audit", "rows.jsonl").code == 0
    assert call("init", "--from-code").code == 2
