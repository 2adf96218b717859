"""Which property schema judges what: the one that was told, else the configured one, else the nearest."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.cli.shop import Call, Write


def schema(name: str) -> str:
    return SCHEMA.replace("name: shop", f"name: {name}")


def judges_of(call: Call, *arguments: str) -> dict[str, str]:
    """The schema that judged each file, as reports call it."""
    answer = call("lint", "--format", "json", *arguments)
    assert answer.code == 1, answer.err
    return {found["path"]: found["schema"] for found in json.loads(answer.out)["findings"]}


CONFIGURED = {
    "named.yaml": schema("named"),
    "from_env.yaml": schema("from_env"),
    "configured.yaml": schema("configured"),
    "pyproject.toml": '[tool.propguard]\nschema = "configured.yaml"\n',
    "app.py": BAD,
}


def test_the_flag_beats_the_environment_the_configuration_and_the_nearest(
    call: Call, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--schema, then PROPGUARD_SCHEMA, then the configuration, then the nearest schema file."""
    write(CONFIGURED)
    monkeypatch.setenv("PROPGUARD_SCHEMA", "from_env.yaml")
    assert judges_of(call, "--schema", "named.yaml") == {"app.py": "named.yaml"}
    assert judges_of(call) == {"app.py": "from_env.yaml"}
    monkeypatch.setenv("PROPGUARD_SCHEMA", "")
    assert judges_of(call) == {"app.py": "configured.yaml"}
    write({"pyproject.toml": "[tool.other]\n"})
    assert judges_of(call) == {"app.py": "properties.yaml"}


@pytest.mark.parametrize(
    "files",
    [
        {"propguard.toml": 'schema = "conf/one.yaml"\n'},
        {"propguard.toml": '[tool.propguard]\nschema = "conf/one.yaml"\n'},
        {"pyproject.toml": '[tool.propguard]\nschema = "conf/one.yaml"\n'},
        {"src/pyproject.toml": '[tool.propguard]\nschema = "../conf/one.yaml"\n'},
        {"propguard.toml": 'schema = "conf/one.yaml"\n', "pyproject.toml": '[tool.propguard]\nschema = "none.yaml"\n'},
        {"propguard.toml": 'schema = "conf/one.yaml"\n', "src/pyproject.toml": '[project]\nname = "x"\n'},
        {"src/propguard.toml": 'schema = "../conf/one.yaml"\n', "propguard.toml": 'schema = "none.yaml"\n'},
    ],
)
def test_the_nearest_configuration_names_the_schema_from_its_own_folder(
    files: Mapping[str, str], call: Call, write: Write
) -> None:
    """Either file, with or without the table in propguard.toml; one that says nothing of it is passed over."""
    write({"conf/one.yaml": schema("one"), "src/app.py": BAD, **files})
    assert judges_of(call) == {"src/app.py": "conf/one.yaml"}


def test_a_monorepo_has_one_schema_per_package(call: Call, write: Write) -> None:
    """Every file is judged by the nearest schema above it, in the folder or its `schema` folder."""
    write(
        {
            "packages/a/properties.yaml": schema("a"),
            "packages/a/src/deep/app.py": BAD,
            "packages/b/schema/properties.yaml": schema("b"),
            "packages/b/app.ts": BAD.strip() + ";\n",
            "packages/c/app.py": BAD,
            "packages/d/properties.yaml": "unrelated: true\n",
            "packages/d/app.py": BAD,
        }
    )
    assert judges_of(call) == {
        "packages/a/src/deep/app.py": "packages/a/properties.yaml",
        "packages/b/app.ts": "packages/b/schema/properties.yaml",
        "packages/c/app.py": "properties.yaml",
        "packages/d/app.py": "properties.yaml",
    }
    assert judges_of(call, "packages/a") == {"packages/a/src/deep/app.py": "packages/a/properties.yaml"}


def test_commands_without_a_file_go_by_the_working_directory(
    call: Call, write: Write, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` and `schema show` take the schema nearest to where they are run."""
    write({"package/schema/properties.yaml": schema("inner"), "package/deep/x": ""})
    monkeypatch.chdir(project / "package" / "deep")
    assert "name: inner" in call("schema", "show").out
    monkeypatch.chdir(project)
    assert "name: shop" in call("schema", "show").out
    assert call("check", "environment=mars", "--schema", "standard").code == 1


def test_the_bundled_schema_has_a_name(call: Call, write: Write) -> None:
    """`standard` is the bundled one, unless a file is called so."""
    write({"app.py": BAD})
    assert judges_of(call, "--schema", "standard") == {"app.py": "standard"}
    write({"standard": schema("mine")})
    assert "name: mine" in call("schema", "show", "--schema", "standard").out


@pytest.mark.parametrize("command", [("lint",), ("check", "a=b"), ("schema", "show"), ("schema", "check")])
def test_without_a_schema_the_way_out_is_named(
    command: tuple[str, ...], call: Call, write: Write, project: Path
) -> None:
    """Exit code 2, and `propguard init` as what to do."""
    write({"app.py": BAD})
    (project / "properties.yaml").unlink()
    answer = call(*command)
    assert (answer.code, answer.out) == (2, "")
    assert "propguard init" in answer.err
    assert answer.err.count("\n") == 1


def test_usages_need_no_schema(call: Call, write: Write, project: Path) -> None:
    """The inventory says what there is, and judges nothing."""
    write({"app.py": BAD})
    (project / "properties.yaml").unlink()
    assert call("usages") == (0, "app.py:1:31: env = production  header, map\n", "1 usage in 1 file\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")
@pytest.mark.parametrize(
    "arguments",
    [("lint",), ("lint", "--schema", "properties.yaml"), ("schema", "check", "properties.yaml"), ("schema", "check")],
)
def test_a_pipe_in_the_place_of_a_schema_is_refused(arguments: tuple[str, ...], call: Call, project: Path) -> None:
    """Found or named; it would be waited for for ever."""
    (project / "app.py").write_text(BAD)
    (project / "properties.yaml").unlink()
    os.mkfifo(project / "properties.yaml")
    answer = call(*arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "properties.yaml cannot be read: it is a pipe, not a file" in answer.err
