"""The pytest fixture that the package exports, in runs of pytest of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = "propguard.sandbox.pytest_plugin"
TESTS = """
import http.client, json, pytest

@pytest.fixture(scope="session")
def helicone_sandbox_options():
    return OPTIONS

def put(sandbox, request_id, key, value):
    connection = http.client.HTTPConnection(sandbox.base_url.removeprefix("http://"))
    headers = {"Authorization": f"Bearer {sandbox.api_key}", "Content-Type": "application/json"}
    connection.request("PUT", f"/v1/request/{request_id}/property", json.dumps({"key": key, "value": value}), headers)
    return connection.getresponse().status

def test_one(helicone_sandbox):
    (request_id,) = helicone_sandbox.seed([{}])
    assert put(helicone_sandbox, request_id, "app", "search") == 201
    assert [request["properties"] for request in helicone_sandbox.requests()] == [{"app": "search"}]
    helicone_sandbox.faults(errors=1.0)

def test_two(helicone_sandbox, helicone_sandbox_options):
    assert list(helicone_sandbox.requests()) == []
    (request_id,) = helicone_sandbox.seed([{}])
    expected = 422 if helicone_sandbox_options else 201
    assert put(helicone_sandbox, request_id, "environment", "moon") == expected
"""
WITHOUT_EXTRA = """
import importlib.util, pytest
real = importlib.util.find_spec

@pytest.fixture(autouse=True, scope="session")
def _nothing_installed():
    importlib.util.find_spec = lambda name: None if name == "chdb" else real(name)

def test_four(helicone_sandbox): ...
def test_five(): ...
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest in `folder`, with the plugin whether or not this environment has the entry point."""
    registered = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        *(() if registered else ("-p", PLUGIN)),
        *arguments,
    ]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"}
    )


@pytest.mark.parametrize(
    ("options", "workers"),
    [
        pytest.param("{}", ("-n", "2"), marks=pytest.mark.slow),
        ('{"schema": "standard", "enforce": True}', ("-p", "no:xdist")),
    ],
)
def test_the_fixture(tmp_path: Path, options: str, workers: tuple[str, ...]) -> None:
    """Every test gets a sandbox that is empty, without faults and as the user's options say, in one process and in several."""
    (tmp_path / "test_users.py").write_text(TESTS.replace("OPTIONS", options))
    outcome = run(tmp_path, "-q", *workers)
    assert outcome.returncode == 0, outcome.stdout
    assert "2 passed" in outcome.stdout


def test_without_the_extra(tmp_path: Path) -> None:
    """Where the sandbox cannot run, whoever asks for it is told so in a sentence, and all other tests run."""
    (tmp_path / "test_users.py").write_text(WITHOUT_EXTRA)
    outcome = run(tmp_path, "-q")
    assert "1 passed, 1 error" in outcome.stdout
    assert "the sandbox needs chdb; install it with `pip install 'propguard[sandbox]'`" in outcome.stdout
    assert "Traceback" not in outcome.stdout


def test_other_runs_pay_nothing(tmp_path: Path) -> None:
    """A run that does not ask for the fixture imports nothing of the sandbox but the plugin."""
    (tmp_path / "test_users.py").write_text(
        "import sys\ndef test_it():\n"
        "    loaded = {name for name in sys.modules if name.startswith('propguard')}\n"
        f"    assert loaded == {{'propguard', 'propguard.sandbox', {PLUGIN!r}}}\n"
        "    assert not {'chdb', 'starlette', 'uvicorn', 'httpx'} & set(sys.modules)\n"
    )
    outcome = run(tmp_path, "-q", "-p", "no:anyio", "-p", "no:hypothesispytest")
    assert outcome.returncode == 0, outcome.stdout
