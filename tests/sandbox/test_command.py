"""`propguard sandbox`, the command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = (sys.executable, "-c", "from propguard.cli import main; main()", "sandbox")


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """The command at work: its process, its base URL and everything that it said."""
    process = subprocess.Popen(
        (*MAIN, "--port", "0", *arguments),
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, process.communicate()
            said += line
        yield process, said.split("answers at ")[1].split()[0], said
    finally:
        process.kill()
        process.communicate()


def refused(folder: Path, *arguments: str) -> str:
    """What the command says on standard error when it cannot do the job."""
    outcome = subprocess.run((*MAIN, *arguments), cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    return outcome.stderr


def test_it_runs_until_interrupted(tmp_path: Path) -> None:
    """It says where it is and how to lead clients there, answers, and ends with 130 on Ctrl-C."""
    with running(tmp_path, "--seed-demo") as (process, base_url, said):
        assert base_url.startswith("http://127.0.0.1:")
        assert f"HELICONE_BASE_URL={base_url}" in said
        assert f"OPENAI_BASE_URL={base_url}/v1" in said
        assert "no schema" in said
        answer = httpx.post(f"{base_url}/v1/property/query", json={}, headers={"Authorization": "Bearer x"})
        assert {"property": "environment"} in answer.json()["data"]
        assert httpx.get(f"{base_url}/sandbox/report").status_code == 404
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr is not None
        assert process.stderr.read().strip() == ""


def test_it_ends_when_told_to(tmp_path: Path) -> None:
    """SIGTERM, as container runtimes send it, ends it too, and nothing is left behind."""
    with running(tmp_path) as (process, _, _said):
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 130
    assert list(tmp_path.iterdir()) == []


def test_the_schema_is_found(tmp_path: Path) -> None:
    """The nearest schema judges; with --enforce it refuses, and faults can be asked for from the start."""
    (tmp_path / "properties.yaml").write_text(
        "file_format: property-schema/1\nname: x\nversion: 1.0.0\nproperties:\n  app: {enum: [a]}\n"
    )
    headers = {"Authorization": "Bearer x"}
    with running(tmp_path, "--enforce", "--latency", "0.1") as (_, base_url, said):
        assert "properties.yaml, what breaks it is refused" in said
        path = f"{base_url}/v1/request/x/property"
        assert httpx.put(path, json={"key": "app", "value": "b"}, headers=headers).status_code == 422
        assert httpx.get(f"{base_url}/sandbox/faults").json()["latency"] == 0.1


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """One sentence, exit 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port} of 127.0.0.1 is taken" in refused(tmp_path, "--port", str(port))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--enforce",), "no property schema found"),
        (("--schema", "missing.yaml"), "missing.yaml"),
        (("--errors", "2"), "0<=x<=1"),
        (("--errors", "0.9", "--resets", "0.9"), "may not exceed 1"),
        (("--host", "256.0.0.1"), "cannot listen on 256.0.0.1"),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """One sentence, exit 2."""
    assert said in refused(tmp_path, "--port", "0", *arguments)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("sys.platform = 'win32'", "does not run on Windows"),
        ("import importlib.util; importlib.util.find_spec = lambda name: None", "pip install 'propguard[sandbox]'"),
    ],
)
def test_where_it_cannot_run(tmp_path: Path, made: str, said: str) -> None:
    """Windows, or a missing extra: one sentence, exit 2."""
    program = f"import sys; import propguard.cli.sandbox; {made}; sys.argv[1:] = ['sandbox']; from propguard.cli import main; main()"
    outcome = subprocess.run((sys.executable, "-c", program), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert said in outcome.stderr
    assert outcome.stderr.count("\n") == 1
