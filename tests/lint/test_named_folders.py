"""A folder that the user names is read, even where git ignores it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from propguard.lint.files import list_files

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_an_ignored_folder_is_read_only_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`propguard demo` finds its example in a virtual environment, which every project ignores."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    (tmp_path / ".gitignore").write_text("out\n")
    (tmp_path / "out" / "inside").mkdir(parents=True)
    (tmp_path / "out" / "inside" / "app.py").touch()
    (tmp_path / "kept.py").touch()
    assert list_files(["."]).paths == ["kept.py"]
    assert list_files(["out"]).paths == ["out/inside/app.py"]
    monkeypatch.chdir(tmp_path / "out" / "inside")
    assert list_files(["."]).paths == ["app.py"]
