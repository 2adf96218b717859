"""`propguard schema diff`: files and revisions compared, who is broken, and how it ends."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from propguard.audit import AuditResult
from propguard.model.profile import KeyProfile, ValueCount
from propguard.model.schema import Property
from propguard.report import FORMATS
from tests.report.audits import NEVER, rendered
from tests.subjects import schema_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

HEAD = "file_format: property-schema/1\nname: shop\nversion: {version}\n"
OLD = HEAD.format(version="1.0.0") + "properties:\n  environment: {enum: [production, staging]}\n  note: {}\n"
NEW = HEAD.format(version="1.1.0") + "properties:\n  environment:\n    enum: [production]\n  note: {}\n"
WIDER = HEAD.format(version="1.1.0") + "properties:\n  environment: {enum: [production, staging, qa]}\n  note: {}\n"
COMPUTED = 'headers = {{f"Helicone-Property-{}{{kind}}": "staging"}}\n'
WRAPPED = 'def tag(k, v):\n    return {f"Helicone-Property-{k}": v}\n\n\ntag("note", "staging")\n'
CODE = 'headers = {"Helicone-Property-Environment": "staging"}\n'


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(("git", *arguments), cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=As it was")


def audit(*values: tuple[str, int], distinct: int | None = None) -> str:
    """The JSON of an audit of nine requests that all have an environment, with these values."""
    schema = schema_of(Property("environment", enum=("production", "staging")))
    top = tuple(ValueCount(value, count) for value, count in values)
    profile = KeyProfile("environment", True, 9, distinct or len(top), 0, 1.0, NEVER, top)
    result = AuditResult("rows", "chdb", schema.name, NEVER, 9, 0, 1, 1.0, (), (profile,), ())
    return rendered(result, "json")


def test_what_breaks_is_shown_where_it_stands(write: Write, call: Call) -> None:
    """With the version that the change asks for; the code of the command is 1."""
    write({"old.yaml": OLD, "new.yaml": NEW})
    answer = call("schema", "diff", "old.yaml", "new.yaml")
    assert answer.code == 1
    assert "new.yaml:6:5: error[breaking-value-removed] `staging` is removed" in answer.out
    assert "[breaks WRITER, READER, HISTORY]" in answer.out
    assert "new.yaml:3:10: error[breaking-version]" in answer.out
    assert "a major change, which makes it 2.0.0 or later" in answer.err


def test_what_breaks_only_readers_is_no_failure(write: Write, call: Call) -> None:
    write({"old.yaml": OLD, "new.yaml": WIDER})
    answer = call("schema", "diff", "old.yaml", "new.yaml")
    assert (answer.code, "info[breaking-value-added]" in answer.out) == (0, True)


def test_nothing_is_said_of_what_is_the_same(write: Write, call: Call) -> None:
    write({"old.yaml": OLD})
    answer = call("schema", "diff", "old.yaml", "old.yaml")
    assert (answer.code, answer.out) == (0, "")
    assert "the two say the same" in answer.err


@pytest.mark.parametrize(("version", "code"), [("1.1.0", 1), ("2.0.0", 0)])
def test_a_new_major_version_may_break_where_that_is_allowed(write: Write, call: Call, version: str, code: int) -> None:
    write({"old.yaml": OLD, "new.yaml": NEW.replace("1.1.0", version)})
    assert call("schema", "diff", "old.yaml", "new.yaml", "--allow-major").code == code
    assert call("schema", "diff", "old.yaml", "new.yaml").code == 1


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_names_the_rule(write: Write, call: Call, format_name: str) -> None:
    write({"old.yaml": OLD, "new.yaml": NEW})
    answer = call("schema", "diff", "old.yaml", "new.yaml", "--format", format_name)
    assert answer.code == 1
    assert "breaking-value-removed" in answer.out


def test_json_says_for_whom_and_with_what(write: Write, call: Call) -> None:
    write({"old.yaml": OLD, "new.yaml": NEW})
    document = json.loads(call("schema", "diff", "old.yaml", "new.yaml", "--format", "json").out)
    removed = next(one for one in document["findings"] if one["rule"] == "breaking-value-removed")
    assert removed["context"]["breaks"] == ["WRITER", "READER", "HISTORY"]
    assert (removed["key"], removed["value"]) == ("environment", "staging")
    assert document["changes"] == [
        {
            "path": "new.yaml",
            "schema": "shop",
            "old_version": "1.0.0",
            "new_version": "1.1.0",
            "level": "major",
            "suggested_version": "2.0.0",
        }
    ]


def test_the_changelog_is_markdown(write: Write, call: Call) -> None:
    """Under the version that will do, with the day that is asked for."""
    write({"old.yaml": OLD, "new.yaml": NEW})
    answer = call("schema", "diff", "old.yaml", "new.yaml", "--changelog", "--today", "2026-06-15")
    assert answer.out == (
        "## 2.0.0 - 2026-06-15\n\n### Removed\n\n"
        "- **Breaking:** `staging` is removed from the values of `environment`: who writes it is refused, and stored rows "
        "that hold it become violations\n"
    )


def test_nothing_in_a_schema_becomes_markup_of_the_changelog(write: Write, call: Call) -> None:
    """Nor moves the cursor of whoever reads it."""
    hostile = HEAD.format(version="1.0.0") + 'properties:\n  a: {enum: ["x`y*", "\\u202e", "<b>", "b"]}\n'
    write({"old.yaml": hostile, "new.yaml": hostile.replace('"x`y*", "\\u202e", "<b>", ', "")})
    out = call("schema", "diff", "old.yaml", "new.yaml", "--changelog").out
    assert "\\`x\\`y\\*\\` is removed" in out
    assert "`\\u{202e}` is removed" in out
    assert "`<b>` is removed" in out
    assert "\u202e" not in out


# What the audit says, whether the code uses the value, and how much the change then weighs.
EXPOSED = [
    (audit(("production", 8), ("staging", 1)), "", "error", "1 stored request has it"),
    (audit(("production", 9)), "", "warning", "nobody seen in the data"),
    (audit(("production", 9), distinct=50), "", "error", "not every key and value there is known"),
    (
        audit(("prod… (40 characters)", 9)),
        "",
        "error",
        "not every key and value there is known",
    ),  # what it stands for is not told
    (audit(("production", 9)), CODE, "error", "1 usage in code (app.py:1)"),
    (None, CODE, "error", "1 usage in code (app.py:1)"),
    (audit(("production", 9)), WRAPPED, "warning", "nobody seen in code; nobody seen in the data"),
    (audit(("production", 9)), COMPUTED.format("user_"), "warning", "nobody seen in code; nobody seen in the data"),
    (audit(("production", 9)), COMPUTED.format("env"), "warning", "nobody seen in code, but not every key"),
    (None, "x = 1\n", "error", "nobody seen in code"),  # what is stored is not known
    (audit(("production", 9)), "x = 1\n", "warning", "nobody seen in code; nobody seen in the data"),
]


@pytest.mark.parametrize(("stored", "code", "severity", "said"), EXPOSED)
def test_a_change_is_weighed_by_who_uses_what_it_breaks(
    write: Write, call: Call, stored: str | None, code: str, severity: str, said: str
) -> None:
    write({"old.yaml": OLD, "new.yaml": NEW, "audit.json": stored or "", "app.py": code})
    asked = [*(["--usage", "audit.json"] if stored else []), *(["--code", "app.py"] if code else [])]
    out = call("schema", "diff", "old.yaml", "new.yaml", *asked).out
    line = next(line for line in out.splitlines() if "breaking-value-removed" in line)
    assert f"{severity}[breaking-value-removed]" in line
    assert said in line


def test_a_revision_is_read_from_git_with_all_that_it_extends(
    project: Path, write: Write, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where only a file that it extends has changed, and from a folder below."""
    child = HEAD.format(version="1.0.0") + "extends: [base/common.yaml]\nproperties: {note: {}}\n"
    write({"properties.yaml": child, "base/common.yaml": OLD})
    commit(project)
    write({"base/common.yaml": NEW})
    answer = call("schema", "diff", "git:HEAD")
    assert answer.code == 1
    assert "base/common.yaml:6:5: error[breaking-value-removed]" in answer.out
    for arguments in (("git:HEAD", "properties.yaml"), ("git:HEAD:properties.yaml", "properties.yaml")):
        assert "breaking-value-removed" in call("schema", "diff", *arguments).out
    assert call("schema", "diff", "git:HEAD", "git:HEAD:properties.yaml").out == ""
    monkeypatch.chdir(project / "base")
    assert "breaking-value-removed" in call("schema", "diff", "git:HEAD").out
    assert "breaking-value-removed" in call("schema", "diff", "git:HEAD:../properties.yaml", "../properties.yaml").out


def test_several_schemas_are_compared_each_with_itself(project: Path, write: Write, call: Call) -> None:
    write({"a/properties.yaml": OLD, "b/properties.yaml": OLD})
    commit(project)
    write({"a/properties.yaml": NEW, "b/properties.yaml": WIDER})
    out = call("schema", "diff", "git:HEAD", "a/properties.yaml", "b/properties.yaml").out
    assert "a/properties.yaml:6:5: error[breaking-value-removed]" in out
    assert "b/properties.yaml:5:17: info[breaking-value-added]" in out


def test_a_new_schema_breaks_nothing(project: Path, write: Write, call: Call) -> None:
    """Nor does the first commit of a repository."""
    git(project, "init", "--quiet")
    assert call("schema", "diff", "git:HEAD", "properties.yaml").code == 0
    commit(project)
    write({"other/properties.yaml": OLD})
    answer = call("schema", "diff", "git:HEAD", "other/properties.yaml")
    assert (answer.code, answer.out) == (0, "")
    assert "other/properties.yaml is new since HEAD" in answer.err


MISTAKES = [
    (("git:nope", "properties.yaml"), "git knows no revision `nope`"),
    (("git:--help", "properties.yaml"), "git knows no revision `--help`"),
    (("git:", "properties.yaml"), "git knows no revision"),
    (("git:HEAD:missing.yaml", "properties.yaml"), "missing.yaml"),
    (("missing.yaml", "properties.yaml"), "missing.yaml"),
    (("properties.yaml", "missing.yaml"), "missing.yaml"),
    (("properties.yaml", "properties.yaml", "properties.yaml"), "git:HEAD"),
    (("faulty.yaml", "properties.yaml"), "faulty.yaml"),
    (("git:HEAD:faulty.yaml", "properties.yaml"), "git:HEAD:faulty.yaml"),
    (("properties.yaml", "properties.yaml", "--usage", "missing.json"), "missing.json"),
    (("properties.yaml", "properties.yaml", "--usage", "faulty.yaml"), "is no earlier audit"),
    (("properties.yaml", "properties.yaml", "--usage", "list.json"), "is no earlier audit"),
    (("properties.yaml", "properties.yaml", "--usage", "keys.json"), "is no earlier audit"),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_mistakes_are_told_in_a_sentence(
    project: Path, write: Write, call: Call, arguments: tuple[str, ...], words: str
) -> None:
    write({"faulty.yaml": OLD + "oops: 1\n", "list.json": "[]", "keys.json": '{"keys": [{"key": 1}, 2]}'})
    commit(project)
    answer = call("schema", "diff", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_outside_a_repository_there_is_no_revision(write: Write, call: Call) -> None:
    answer = call("schema", "diff", "git:HEAD")
    assert answer.code == 2
    assert "no git repository" in answer.err
