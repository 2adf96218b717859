"""The folders of `tests/cases/lint`: good and bad code, run through the command line, against what a person expects."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.lint.listing import listing

CASES = Path(__file__).parents[1] / "cases" / "lint"
FOLDERS = sorted(path.name for path in CASES.iterdir() if path.is_dir())
NOT_CODE = {"expected.txt", "properties.yaml"}


def by_itself(folder: str, place: Path) -> Path:
    """A copy of a case with the schema above it, as it is no part of the repository that this suite belongs to."""
    shutil.copy(CASES / "properties.yaml", place)
    return Path(shutil.copytree(CASES / folder, place / folder))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_case_comes_out_as_expected(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every usage and every finding is listed, at its very characters, and there is no other."""
    monkeypatch.chdir(by_itself(folder, tmp_path))
    files = sorted(path.name for path in (CASES / folder).iterdir() if path.name not in NOT_CODE)
    expected = (CASES / folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert listing(files, capsys) == expected


@pytest.mark.parametrize("folder", FOLDERS)
def test_good_code_is_passed_in_silence(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a case calls good has usages and no finding; what it calls a negative has no usage either."""
    monkeypatch.chdir(by_itself(folder, tmp_path))
    files = sorted(path.name for path in (CASES / folder).iterdir() if path.stem == "good")
    lines = [line for line in listing(files, capsys) if not line.startswith("[")]
    assert bool(lines) == bool(files)
    assert [line for line in lines if line.split()[1] != "usage"] == []
