"""Which schema governs a file: the nearest one upwards that says it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.schemafile import find_schema, is_schema_file

if TYPE_CHECKING:
    from pathlib import Path

RECOGNISED = (
    b"file_format: property-schema/1\n",
    b"\xef\xbb\xbffile_format: property-schema/1\n",
    b"# a comment\r\nname: x\r\nfile_format: 'property-schema/1'\r\n",
    b'"file_format": "property-schema/1"\n',
    b"{name: x, file_format: property-schema/1}\n",
    # a version to come is a schema too, to be refused with a reason rather than overlooked
    b"file_format: property-schema/2\n",
)
OVERLOOKED = (
    b"",
    b"# file_format: property-schema/1\n",
    b"file_format: something/1\n",
    b"my_file_format: property-schema/1\n",
    b"description: the file_format: property-schema/1\n",
    b"x: y\n" * 20_000 + b"file_format: property-schema/1\n",
    b"\x00\xff",
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [*((content, True) for content in RECOGNISED), *((content, False) for content in OVERLOOKED)],
)
def test_recognition(content: bytes, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / "properties.yaml"
    path.write_bytes(content)
    assert is_schema_file(str(path)) is expected


def test_the_nearest_one_upwards(tmp_path: Path) -> None:
    deep = tmp_path / "packages" / "web" / "src"
    deep.mkdir(parents=True)
    (tmp_path / "schema").mkdir()
    top = tmp_path / "schema" / "properties.yaml"
    top.write_bytes(RECOGNISED[0])
    source = deep / "app.py"
    source.write_text("")
    assert find_schema(str(source)) == str(top)
    assert find_schema(str(deep)) == str(top)
    (deep / "properties.yaml").write_text("environment: production\n")  # somebody else's
    assert find_schema(str(source)) == str(top)
    near = tmp_path / "packages" / "properties.yaml"
    near.write_bytes(RECOGNISED[0])
    assert find_schema(str(source)) == str(near)
    assert find_schema(str(tmp_path / "packages" / "gone.py")) == str(near)
    assert find_schema(str(tmp_path)) == str(top)


def test_a_folder_of_the_name_is_no_schema(tmp_path: Path) -> None:
    (tmp_path / "a" / "properties.yaml").mkdir(parents=True)
    (tmp_path / "properties.yaml").write_bytes(RECOGNISED[0])
    assert find_schema(str(tmp_path / "a")) == str(tmp_path / "properties.yaml")
