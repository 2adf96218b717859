"""`propguard init`: a first schema that is valid, that knows what the code uses, and that takes nothing away."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from propguard.schemafile import check_schema, load_schema, standard_schema_path
from tests.cli.shop import BAD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write


@pytest.fixture
def bare(project: Path) -> Path:
    """The project before it has a schema."""
    (project / "properties.yaml").unlink()
    return project


def test_without_usages_it_is_the_standard_schema(call: Call, bare: Path) -> None:
    """And the editor's copy of the format lies beside it."""
    answer = call("init")
    assert (answer.code, answer.err) == (0, "")
    assert check_schema(bare / "properties.yaml") == ()
    assert load_schema(bare / "properties.yaml").properties == load_schema(standard_schema_path()).properties
    assert json.loads((bare / "property-schema.json").read_text())["$schema"].startswith(
        "http://json-schema.org/draft-07"
    )
    assert "propguard-lint" in answer.out


def test_keys_that_the_code_uses_are_declared_with_their_places(call: Call, write: Write, bare: Path) -> None:
    """In the style of the schema, each once; those of the standard, computed ones and the platform's own are not."""
    write(
        {
            "src/a.py": 'h = {"Helicone-Property-TeamName": "search", "Helicone-Property-Environment": "production"}\n'
            'h["Helicone-Property-team-name"] = "ads"\nh[f"Helicone-Property-{key}"] = "x"\n',
            "b.ts": 'const h = {"Helicone-Property-Weird\'Key": "it\'s", "Helicone-Property-feature_x": "enabled"};\n',
        }
    )
    answer = call("init")
    schema = load_schema(bare / "properties.yaml")
    own = set(schema.properties) - set(load_schema(standard_schema_path()).properties)
    assert "team_name" in own
    assert schema.properties["team_name"].description == ""  # what is published says nothing of files and lines
    assert "  # used at src/a.py:1 and 1 more\n  team_name:" in (bare / "properties.yaml").read_text()
    assert schema.properties["team_name"].examples == ("search", "ads")
    assert not own & {"environment", "feature_x"}
    assert check_schema(bare / "properties.yaml") == ()
    assert f"now declared: {len(own)}\n" in answer.out
    assert call("lint").code in {0, 1}


def test_typing_errors_are_printed_and_not_declared(call: Call, write: Write, bare: Path) -> None:
    """Of a name or alias of the standard, or of a key that the code writes more often; `lint` then reports them."""
    write(
        {
            "a.py": 'h = {"Helicone-Property-Enviroment": "production", "Helicone-Property-workspace": "a"}\n'
            'h["Helicone-Property-workpsace"] = "b"\nh["Helicone-Property-workspace"] = "c"\n'
            'h["Helicone-Property-deploymnet_environment"] = "d"\n'
            'h["Helicone-Property-bucket_1"] = h["Helicone-Property-bucket_2"] = "e"\n',
        }
    )
    answer = call("init")
    own = set(load_schema(bare / "properties.yaml").properties) - set(load_schema(standard_schema_path()).properties)
    assert own == {"workspace", "bucket_1", "bucket_2"}
    for line in (
        "a.py:1:25: `Enviroment` looks like `environment`",
        "a.py:2:22: `workpsace` looks like `workspace`",
        "`deploymnet_environment` looks like `environment`",
    ):
        assert line in answer.out
    lines = call("lint").out
    assert all(f"`{key}` is not declared" in lines for key in ("enviroment", "workpsace", "deploymnet_environment"))


@pytest.mark.parametrize("name", ["no", "null", "true", "1e3", "on"])
def test_keys_that_yaml_would_take_for_something_else_stay_keys(
    name: str, call: Call, write: Write, bare: Path
) -> None:
    """A schema that is written can be read."""
    write({"a.py": f'h = {{"Helicone-Property-{name}": "{name}"}}\n'})
    assert call("init").code == 0
    assert check_schema(bare / "properties.yaml") == ()


def test_the_hooks_that_are_printed_work_as_they_are(call: Call, bare: Path) -> None:
    """They run the commands of the program that is installed, and name no revision of anything."""
    _, _, text = call("init").out.partition("repos:\n")
    (repository,) = yaml.safe_load("repos:\n" + text)["repos"]
    assert repository["repo"] == "local"
    assert "rev" not in repository
    for hook in repository["hooks"]:
        assert set(hook) >= {"id", "name", "entry", "language"}
        answer = call(*hook["entry"].split()[1:], "properties.yaml")
        assert answer.code == 0, answer
        assert re.search(hook.get("files", ""), f"schema/{bare.name}/properties.yaml")


def test_what_the_listing_leaves_out_is_reported(call: Call, write: Write, bare: Path) -> None:
    """As `lint` reports it: a schema that is drafted from half of the code is not taken for one of all of it."""
    write({".gitignore": "[z-a]\n", "app.py": BAD})
    for arguments in (("init",), ("init", "--force")):
        answer = call(*arguments)
        assert answer.code == 0
        assert "`[z-a]` in .gitignore is no pattern" in answer.err.replace("./", "")


def test_what_is_there_is_not_overwritten(call: Call, project: Path) -> None:
    """Unless it is asked for."""
    before = (project / "properties.yaml").read_text()
    answer = call("init")
    assert (answer.code, answer.out) == (2, "")
    assert "--force" in answer.err
    assert (project / "properties.yaml").read_text() == before
    assert call("init", "--force").code == 0
    assert (project / "properties.yaml").read_text() != before


def test_a_folder_that_is_none_is_told(call: Call, bare: Path) -> None:
    """In a sentence, and nothing is written."""
    answer = call("init", "nowhere")
    assert answer.code == 2
    assert "nowhere is no folder" in answer.err
    assert list(bare.iterdir()) == []
