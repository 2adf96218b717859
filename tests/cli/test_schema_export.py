"""`propguard schema export` and `schema import`: what they write where, and what they say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")


def test_json_schema_in_either_draft(call: Call) -> None:
    """On standard output the file alone, on standard error what it does not say."""
    answer = call("schema", "export", "json-schema")
    assert answer.code == 0
    assert json.loads(answer.out)["$schema"].endswith("2020-12/schema")
    assert json.loads(answer.out) == json.loads(call("schema", "show", "--format", "json-schema").out)
    assert answer.err.startswith("propguard: what json-schema does not say of shop:\n")
    assert "app: sensitive (accepts more): " in answer.err
    older = json.loads(call("schema", "export", "json-schema", "--draft", "draft-07").out)
    assert older["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_a_draft_is_one_of_json_schema(call: Call) -> None:
    """The other targets have one form."""
    answer = call("schema", "export", "weaver", "--draft", "draft-07")
    assert (answer.code, answer.out) == (2, "")


def test_there_and_back_through_files(call: Call, project: Path) -> None:
    """What is written with -o is what would be printed, and an import is a schema that can be used at once."""
    assert call("schema", "export", "weaver", "-o", "registry.yaml").out == ""
    assert (project / "registry.yaml").read_text() == call("schema", "export", "weaver").out
    answer = call("schema", "import", "weaver", "registry.yaml", "-o", "back.yaml")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert call("schema", "check", "back.yaml").code == 0
    assert call("schema", "show", "back.yaml").out == call("schema", "show").out


def test_portkey(call: Call) -> None:
    """Its own conditions are kept, and its limit of a value is the tightest there is."""
    document = json.loads(call("schema", "export", "portkey").out)
    assert document["additionalProperties"] is True
    assert document["properties"]["environment"] == {
        "type": "string",
        "enum": ["production", "staging"],
        "$comment": "Not said here: aliases.",
    }
    assert document["properties"]["app"]["maxLength"] == 20


def test_losses_of_an_import_are_comments_too(call: Call, write: Write) -> None:
    """At the property that they are about."""
    write(
        {"records.json": json.dumps({"properties": {"app": {"type": "string", "maxLength": 9, "pattern": "(?=a)b"}}})}
    )
    answer = call("schema", "import", "json-schema", "records.json")
    assert answer.code == 0
    lines = answer.out.splitlines()
    above = lines[: lines.index("  app:")]
    assert above[-2].startswith("  # pattern (accepts more): `(?=a)b` ")
    assert "app: pattern (accepts more): " in answer.err
    assert yaml.safe_load(answer.out)["properties"]["app"] == {"min_length": 0, "max_length": 9}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "json-schema", "gone.json"), "there is no file gone.json"),
        (("import", "json-schema", "properties.yaml"), "is no JSON"),
        (("import", "weaver", "."), "is a folder"),
        (("import", "portkey", "properties.yaml"), "portkey"),
        (("export", "portkey", "-o", "no/such/folder.json"), "cannot write"),
        (("export", "toml"), "toml"),
        (("export", "weaver", "gone.yaml"), "gone.yaml"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments: tuple[str, ...], words: str, call: Call) -> None:
    """And nothing else."""
    answer = call("schema", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1
