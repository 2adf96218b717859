"""What a killed sandbox leaves behind is removed by the next one, and nothing else is."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from propguard.sandbox.folder import private_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_gone_afterwards(temporary: Path) -> None:
    """With all that is in it."""
    with private_folder() as folder:
        (temporary / folder / "table").touch()
    assert os.listdir(temporary) == []


def test_an_abandoned_folder_is_removed(temporary: Path) -> None:
    """One whose lock nobody holds any more; the folder of a running sandbox, what has no lock and a link all stay."""
    abandoned = temporary / "propguard-sandbox-killed"
    (abandoned / "data").mkdir(parents=True)
    (abandoned / "lock").touch()
    (temporary / "propguard-sandbox-starting").mkdir()
    (temporary / "other").mkdir()
    (temporary / "other" / "lock").touch()
    (temporary / "propguard-sandbox-piped").mkdir()
    os.mkfifo(temporary / "propguard-sandbox-piped" / "lock")
    with private_folder() as running, private_folder():
        assert os.path.isdir(running)
        assert not abandoned.exists()
    assert {"other", "propguard-sandbox-starting"} <= set(os.listdir(temporary))
