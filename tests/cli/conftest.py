"""A project in a scratch folder, and the command line in it: in this process, or as the program that users start."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from propguard.cli import run
from tests.cli.shop import PROGRAM, SCHEMA, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.cli.shop import Call, Write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a folder with a property schema and nothing else."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "properties.yaml").write_text(SCHEMA, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write(project: Path) -> Write:
    """Writes files into the project, folders and all."""

    def put(files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            path = project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return put


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process."""

    def run_here(*arguments: str) -> Answer:
        capsys.readouterr()
        code = run(list(arguments))
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run_here


@pytest.fixture
def start() -> Call:
    """Starts the program as users do, with `given` on its standard input."""

    def run_there(*arguments: str, given: bytes = b"") -> Answer:
        done = subprocess.run([*PROGRAM, *arguments], input=given, capture_output=True, check=False, timeout=60)
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_there
