"""`propguard schema show`: the resolved schema, with origins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.cli.shop import SCHEMA

if TYPE_CHECKING:
    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")

CHILD = "file_format: property-schema/1\nname: team\nversion: 1.0.0\nextends: [properties.yaml]\nproperties:\n  app: {owner: web}\n"


def test_origins_are_comments_in_a_schema_file(call: Call, write: Write) -> None:
    """Which reads back as what is shown without them."""
    write({"child.yaml": CHILD})
    shown = call("schema", "show", "child.yaml", "--resolved", "--origin")
    lines = shown.out.splitlines()
    assert "name: team  # child.yaml:2" in lines
    assert "  app:  # properties.yaml:6, child.yaml:6" in lines
    assert "    owner: web  # child.yaml:6" in lines
    assert "    max_length: 20  # properties.yaml:6" in lines
    assert yaml.safe_load(shown.out) == yaml.safe_load(call("schema", "show", "child.yaml").out)
    write({"resolved.yaml": shown.out})
    assert call("schema", "check", "resolved.yaml").code == 0


def test_origins_in_json(call: Call, write: Write) -> None:
    """The same document, and beside it where each field is from."""
    write({"child.yaml": CHILD})
    document = json.loads(call("schema", "show", "child.yaml", "--format", "json", "--origin").out)
    origin = document.pop("origin")
    assert document == json.loads(call("schema", "show", "child.yaml", "--format", "json").out)
    parent = {"schema": "shop", "path": "properties.yaml", "line": 6}
    child = {"schema": "team", "path": "child.yaml", "line": 6}
    assert origin["properties"]["app"] == {"layers": [parent, child], "fields": {"owner": child, "max_length": parent}}
    assert origin["name"] == {"schema": "team", "path": "child.yaml", "line": 2}


def test_a_json_schema_has_no_origins(call: Call, write: Write) -> None:
    """It is made of all layers together; a schema with faults has none either."""
    answer = call("schema", "show", "--format", "json-schema", "--origin")
    assert (answer.code, answer.out) == (2, "")
    write({"properties.yaml": SCHEMA.replace("enum", "enmu")})
    answer = call("schema", "show", "--origin")
    assert (answer.code, answer.out) == (2, "")


def test_the_standard_schema_is_shown_by_name(call: Call, write: Write) -> None:
    """As `--schema` and the settings take it; a file of that name goes first, and `diff` and `check` take it, too."""
    assert yaml.safe_load(call("schema", "show", "standard").out)["name"] == "standard"
    assert call("schema", "check", "standard").code == 0
    assert call("schema", "diff", "standard", "standard").code == 0
    write({"standard": SCHEMA})
    assert yaml.safe_load(call("schema", "show", "standard").out)["name"] == yaml.safe_load(SCHEMA)["name"]
