"""What `propguard audit` prints and writes, and how it ends: formats, the page, secrets, baselines, the least score."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from propguard.audit import audit as audited
from propguard.cli import run
from propguard.engine.sources import opened
from propguard.report import FORMATS
from propguard.schemafile import load_schema

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("chDB has no wheels for Windows", allow_module_level=True)

SECRETS = ("sk-SECRETSECRETSECRETSECRET01", "ada.lovelace@example.com", "bob.secret@example.org", "4111 1111 1111 1111")
PARTS = (*SECRETS, *(secret[5:] for secret in SECRETS), "4111 1111")

SCHEMA = """\
file_format: property-schema/1
name: test
version: 1.0.0
properties:
  environment: {enum: [production, staging], value_aliases: {prod: production}}
  app: {max_length: 20}
  tier: {enum: [free, pro]}
  feature: {pattern: '^[a-z]+$', aliases: [user_note]}
  note: {}
"""

RECORDS: list[dict[str, str]] = [
    {"environment": "prod", "app": f" {SECRETS[0]} "},  # too long, blanks at its ends, and a secret
    {"environment": "production", "tier": SECRETS[1]},  # outside a closed set, which is not looked through for secrets
    {"user_note": SECRETS[1], "trace": SECRETS[2]},  # an alias, and a key that is not declared
    {"feature": SECRETS[2], "note": f"{'x' * 1990}{SECRETS[3]}"},  # cut by the database in the middle of the secret
    {"trace": f"{'x' * 1990}{SECRETS[3]}", "app": f"{'x' * 1990}{SECRETS[3]} "},
    *[{"environment": "production"}] * 6,
]


def write(records: list[dict[str, str]], path: Path) -> None:
    rows = [
        {"request_id": f"r-{number}", "request_created_at": f"2026-01-{number + 1:02} 10:00:00", "properties": record}
        for number, record in enumerate(records)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "properties.yaml").write_text(SCHEMA)
    write(RECORDS, tmp_path / "requests.jsonl")


def audit(*options: str) -> int:
    return run(["audit", "requests.jsonl", "--today", "2026-02-01", *options])


@pytest.mark.parametrize("format_name", FORMATS)
def test_secrets_are_masked_everywhere(format_name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In values, messages, suggestions and contexts of every rule, at every key, in every format and on the page."""
    assert audit("--format", format_name, "--html", "report.html") == 1
    printed = capfd.readouterr()
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "value-sensitive" in page
    for text in (printed.out, printed.err, page):
        assert not [part for part in PARTS if part in text]


IN_PLACES = ("sk-KEYKEYKEYKEYKEYKEYKEYKEY03", "grace.hopper@example.com")


def misplaced(path: Path) -> None:
    """Rows with secrets in the place of keys and of the id of a request."""
    row = {
        "request_id": IN_PLACES[1],
        "properties": {IN_PLACES[0]: "x", IN_PLACES[1]: "y", "Environment": "production"},
    }
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "request_id": "r", "properties": {"Tier": "free"}}))


def hidden_in(*texts: str) -> bool:
    return not [part for secret in IN_PLACES for part in (secret, secret[5:]) if any(part in text for text in texts)]


def test_secrets_as_keys_and_ids_are_masked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In every format, on the page, and where a source is only described or planned for."""
    misplaced(tmp_path / "requests.jsonl")
    with opened(["requests.jsonl"]) as (engine, *_):
        result = audited(load_schema("properties.yaml"), engine, today=date(2026, 2, 1))
    assert "sk-K…" in str(result)
    assert hidden_in(str(result))  # and what is not in it, no format shows
    audit("--where", "tier = none")
    run(["repair", "requests.jsonl", "--format", "json"])
    run(["coverage", "--data", "requests.jsonl"])
    printed = capfd.readouterr()
    assert "with the keys" in printed.err
    assert hidden_in(printed.out, printed.err)


def test_secrets_as_keys_are_masked_where_they_are_many(tmp_path: Path) -> None:
    """So many that they are one finding, and under every rule that a key can break."""
    secrets = [f"{IN_PLACES[0]}{number}" for number in range(205)] + [f"Helicone-Property-{IN_PLACES[0]}"]
    write([{secret: "x"} for secret in secrets], tmp_path / "requests.jsonl")
    with opened(["requests.jsonl"]) as (engine, *_):
        result = audited(load_schema("properties.yaml"), engine, today=date(2026, 2, 1))
    assert any("keys" in one.violation.context for one in result.findings)
    assert {one.violation.rule for one in result.findings} >= {"prefixed-key", "key-case"}
    assert hidden_in(str(result))


def test_json_has_the_figures(capfd: pytest.CaptureFixture[str]) -> None:
    """The score, and for each finding how many requests have it."""
    assert audit("--format", "json") == 1
    document: dict[str, Any] = json.loads(capfd.readouterr().out)
    assert (document["requests"], document["score"]) == (11, 6 / 11)
    (found,) = [one for one in document["findings"] if one["rule"] == "value-alias"]
    assert (found["key"], found["count"], found["request_ids"]) == ("environment", 1, ["r-0"])
    assert found["values"] == [{"value": "prod", "count": 1, "suggestion": "production"}]


def test_some_rules(capfd: pytest.CaptureFixture[str]) -> None:
    """Only what is chosen is told, and fails; a rule that there is not is no silence."""
    assert audit("--select", "key-case", "--format", "json") == 0
    document: dict[str, Any] = json.loads(capfd.readouterr().out)
    assert (document["findings"], document["score"]) == ([], 6 / 11)
    assert audit("--ignore", "value-alias,value-not-allowed", "--format", "json") == 1  # of others
    rules = {one["rule"] for one in json.loads(capfd.readouterr().out)["findings"]}
    assert rules.isdisjoint({"value-alias", "value-not-allowed"})
    assert audit("--select", "key-cas") == 2


def test_what_is_known_does_not_fail(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An audit's own JSON is the baseline of the next; what is new fails, and is named."""
    audit("--format", "json")
    (tmp_path / "before.json").write_text(capfd.readouterr().out)
    new = ("--fail-on", "new", "--baseline", "before.json")
    assert audit(*new) == 0
    assert capfd.readouterr().err == ""
    write([*RECORDS, {"tier": "gold", "Mode": "x"}], tmp_path / "requests.jsonl")
    assert audit(*new) == 1
    said = capfd.readouterr().err
    new_findings = "key-case at `Mode`, value-drift at `tier`, value-drift at `Mode`"
    assert said == f"propguard: 3 new findings (--fail-on new): {new_findings}\n"


def test_the_least_score(capfd: pytest.CaptureFixture[str]) -> None:
    """It is said beside what else fails."""
    assert audit("--min-score", "0.95") == 1
    assert "the score is 0.545455, below --min-score 0.95" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fail-on", "new"), "name its JSON with --baseline FILE"),
        (("--baseline", "missing.json"), "cannot read missing.json"),
        (("--baseline", "properties.yaml"), "properties.yaml is no earlier audit"),
        (("--html", "missing/report.html"), "cannot write missing/report.html"),
        (("--min-score", "95"), "--min-score"),
    ],
)
def test_what_cannot_be_done(options: tuple[str, ...], said: str, capfd: pytest.CaptureFixture[str]) -> None:
    """One sentence, and exit code 2."""
    assert audit(*options) == 2
    error = capfd.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(("module", "options"), [("rich", ()), ("jinja2", ("--html", "report.html"))])
def test_a_missing_package_is_named(
    module: str, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Before anything is audited."""
    for name in [name for name in sys.modules if name.partition(".")[0] == module or "report.audit." in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    assert audit(*options) == 2
    printed = capfd.readouterr()
    assert "pip install 'propguard[audit]'" in printed.err
    assert printed.out == ""
