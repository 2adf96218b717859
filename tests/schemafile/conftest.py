"""Schema files in a folder of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "file_format: property-schema/1\nname: acme\nversion: 1.0.0\n"


class Write(Protocol):
    def __call__(self, body: str, name: str = "properties.yaml", *, head: str = HEAD) -> str: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a schema file, `body` after the required fields in its first three lines, and says its path."""

    def write_file(body: str, name: str = "properties.yaml", *, head: str = HEAD) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body, encoding="utf-8")
        return str(path)

    return write_file
