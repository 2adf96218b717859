"""A schema that was read before is remembered, and what is remembered is never wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from propguard.errors import SchemaInvalid
from propguard.schemafile import examination, load_schema, standard_schema_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.schemafile.conftest import Write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PROPGUARD_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "schemas"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were read as YAML."""
    paths: list[str] = []
    real = examination.examine_file

    def counting(path: str, content: bytes) -> examination.Examination:
        paths.append(path)
        return real(path, content)

    monkeypatch.setattr(examination, "examine_file", counting)
    return paths


def test_the_second_time_is_the_same_without_reading(folder: Path, reads: list[str]) -> None:
    first = load_schema(standard_schema_path())
    second = load_schema(standard_schema_path())
    assert first == second
    assert len(reads) == 1
    assert len(list(folder.iterdir())) == 1


def test_the_path_is_the_one_that_was_asked_for(
    folder: Path, reads: list[str], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("properties: {a: {}}\n")
    monkeypatch.chdir(os.path.dirname(path))
    assert load_schema(path).path == path
    assert load_schema("properties.yaml").path == "properties.yaml"
    assert len(reads) == 1


def test_a_change_of_the_file_or_of_what_it_extends_is_seen(folder: Path, write: Write) -> None:
    write("properties: {a: {}}\n", "parent.yaml")
    path = write("extends: [parent.yaml]\nproperties: {}\n")
    assert set(load_schema(path).properties) == {"a"}
    write("properties: {b: {}}\n", "parent.yaml")
    assert set(load_schema(path).properties) == {"b"}
    write("extends: [parent.yaml]\nproperties: {c: {}}\n")
    assert set(load_schema(path).properties) == {"b", "c"}
    os.unlink(os.path.join(os.path.dirname(path), "parent.yaml"))
    with pytest.raises(SchemaInvalid):
        load_schema(path)


def test_faults_are_not_remembered(folder: Path, write: Write, reads: list[str]) -> None:
    path = write("properties: {a: {enumm: [b]}}\n")
    for _ in range(2):
        with pytest.raises(SchemaInvalid):
            load_schema(path)
    assert len(reads) == 2
    assert not folder.exists()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b'{"files": {}}', b'{"files": {}, "schema": {"name": 3}}', b"\xff\x00"]
)
def test_a_damaged_entry_is_ignored_and_mended(damage: bytes, folder: Path, reads: list[str]) -> None:
    whole = load_schema(standard_schema_path())
    (entry,) = folder.iterdir()
    entry.write_bytes(damage)
    assert load_schema(standard_schema_path()) == whole
    assert load_schema(standard_schema_path()) == whole
    assert len(reads) == 2
    assert json.loads(entry.read_bytes())["schema"]["name"] == "standard"


def test_the_folder_may_be_deleted_or_not_be_one(folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("properties: {a: {}}\n")
    load_schema(path)
    (entry,) = folder.iterdir()
    entry.unlink()
    folder.rmdir()
    assert set(load_schema(path).properties) == {"a"}
    monkeypatch.setenv("PROPGUARD_CACHE_DIR", path)  # a file
    assert set(load_schema(path).properties) == {"a"}
    monkeypatch.setenv("PROPGUARD_CACHE_DIR", "a\0b" if sys.platform == "win32" else "/dev/null/x")
    assert set(load_schema(path).properties) == {"a"}


def test_nothing_is_left_behind_where_it_was_asked_not_to(folder: Path, reads: list[str]) -> None:
    for _ in range(2):
        load_schema(standard_schema_path(), remember=False)
    assert not folder.exists()
    assert len(reads) == 2


def test_the_folder_does_not_grow_for_ever(folder: Path, write: Write) -> None:
    folder.mkdir(parents=True)
    for number in range(250):
        (folder / f"{number}.json").write_text("{}")
    load_schema(write("properties: {a: {}}\n"))
    assert len(list(folder.iterdir())) < 200


def test_a_remembered_schema_costs_none_of_the_heavy_libraries(folder: Path) -> None:
    load_schema(standard_schema_path())
    program = (
        "import sys; from propguard.schemafile import load_schema, standard_schema_path; load_schema(standard_schema_path());"
        "print([name for name in ('yaml', 'jsonschema', 're2', 'rapidfuzz', 'pathlib', 'importlib.metadata') if name in sys.modules])"
    )
    loaded = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ}
        ).stdout
        for code in (program, program.replace("load_schema(standard_schema_path());", ""))
    ]
    assert loaded[0] == loaded[1]  # a site may import things of its own
    assert "yaml" not in loaded[0]
