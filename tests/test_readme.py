"""What the README shows is what happens: its commands run, its output is real, its schema and its code are good."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
import yaml

from propguard import load_schema
from propguard.cli.init import HOOKS
from propguard.cli.settings import SettingsSource
from propguard.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else ""
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PROGRAMS = [
    (code, output)
    for code, output in re.findall(r"^```python\n(.*?)^```(?:\n\n```\n(.*?)^```)?$", README, re.MULTILINE | re.DOTALL)
    if "def test_" not in code
]
REQUEST_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
"""A request that the platform knows."""

REQUESTS = [
    {"request_id": f"00000000-0000-4000-8000-{number:012d}", "request_created_at": time, "properties": properties}
    for number, (time, properties) in enumerate(
        [
            ("2026-11-02T09:00:00Z", {"environment": "production", "team": "support", "customer_id": "cust_456"}),
            ("2026-11-02T10:00:00Z", {"environment": "prod", "team": "support"}),
            ("2026-11-03T09:30:00Z", {"Environment": "production", "user-id": "user_7", "team": "search"}),
            ("2026-11-03T11:00:00Z", {"environment": "production", "catagory": "billing"}),
        ]
    )
]

CONSOLES = [text for language, text in BLOCKS if language == "console"]
INLINE = sorted(set(re.findall(r"`(propguard [^`]*)`", README)))
WORKFLOWS = [
    text for language, text in BLOCKS if language == "yaml" and re.search(r"^\s*(?:jobs|script):", text, re.MULTILINE)
]
MAKE = sorted(set(re.findall(r"`make ([a-z-]+)`", README)))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example application as a project of one's own, with the records that the README judges."""
    folder = tmp_path / "support-app"
    shutil.copytree(ROOT / "examples" / "support-app", folder)
    (folder / "records.jsonl").write_text(
        '{"environment": "production", "team": "search"}\n{"properties": {"catagory": "billing"}}\n'
    )
    (folder / "requests.jsonl").write_text("".join(json.dumps(request) + "\n" for request in REQUESTS))
    rows = [{"request_id": REQUEST_ID, "key": "team", "value": team} for team in ("search", "growth", "support")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def platform(sandbox: Sandbox) -> Mapping[str, str]:
    """The variables that lead to a platform, which knows one request."""
    sandbox.reset()
    sandbox.seed([{"request_id": REQUEST_ID}])
    return {
        "HELICONE_BASE_URL": sandbox.base_url,
        "HELICONE_API_KEY": sandbox.api_key,
        "OPENAI_BASE_URL": sandbox.openai_base_url,
        "OPENAI_API_KEY": sandbox.api_key,
    }


def run(
    command: str, folder: Path, variables: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """A `propguard …` command line as a reader would type it, both of its outputs in one."""
    words = shlex.split(command)
    assert words[0] == "propguard"
    return subprocess.run(
        [sys.executable, "-m", "propguard", *words[1:]],
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("console", CONSOLES)
def test_consoles_show_what_is_printed(console: str, project: Path, platform: Mapping[str, str]) -> None:
    """Each command of a console block runs; where output follows it, that is its output to the letter."""
    for shown in console.removeprefix("$ ").split("\n$ "):
        command, _, output = shown.partition("\n")
        if command == "propguard init":
            (project / "properties.yaml").unlink()
        answer = run(command, project, platform)
        assert answer.returncode in {0, 1}, answer.stdout
        if output.strip():
            assert answer.stdout == output


@pytest.mark.parametrize("command", INLINE)
def test_commands_in_sentences_run(command: str, project: Path) -> None:
    """A command that a sentence names runs, too."""
    answer = run(command, project)
    assert answer.returncode in {0, 1}, answer.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_what_a_workflow_runs_is_what_its_platform_reads(workflow: str, project: Path) -> None:
    """The commands end as they should, and the files that are handed over are there and can be read."""
    yaml.safe_load(workflow)
    commands = re.findall(r"^\s*- (?:run: )?(propguard [^#\n]*)", workflow, re.MULTILINE)
    reports = re.findall(r"(?:sarif_file|codequality): ([\w.-]+)", workflow)
    assert commands
    assert reports
    program = f'propguard() {{ "{sys.executable}" -m propguard "$@"; }}\n'
    for command in commands:
        answer = subprocess.run(["bash", "-c", program + command], cwd=project, capture_output=True, check=False)
        assert answer.returncode == ("||" not in command), answer.stderr
        assert answer.stderr == b""
    for report in reports:
        assert json.loads((project / report).read_text())


def test_the_lines_of_the_audit_are_printed(project: Path) -> None:
    """What is shown of its report stands in it, line by line."""
    (shown,) = re.findall(r"^```\n(requests\.jsonl .*?)^```$", README, re.MULTILINE | re.DOTALL)
    answer = run("propguard audit requests.jsonl", project)
    assert set(shown.splitlines()) <= set(answer.stdout.splitlines())


def test_targets_of_make_exist() -> None:
    """`make` knows every target that is named."""
    makefile = (ROOT / "Makefile").read_text()
    assert MAKE
    assert [target for target in MAKE if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_schema_is_valid(tmp_path: Path) -> None:
    """The schema that is shown is one that is read without a fault."""
    shown = [text for language, text in BLOCKS if language == "yaml" and "file_format" in text]
    assert len(shown) == 1
    path = tmp_path / "properties.yaml"
    path.write_text(shown[0])
    assert load_schema(path).name == "acme-llm"


@pytest.mark.parametrize(("code", "output"), PROGRAMS)
def test_the_python_code_runs(code: str, output: str, project: Path, platform: Mapping[str, str]) -> None:
    """The code that is shown runs, with a request to write to, and says what is shown below it."""
    answer = subprocess.run(
        [sys.executable, "-c", f"request_id = {REQUEST_ID!r}\n{code}"],
        cwd=project,
        env={**os.environ, **platform},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert answer.stdout == output


def test_the_test_that_is_shown_passes(project: Path) -> None:
    """With the fixture that the package brings."""
    (code,) = (text for language, text in BLOCKS if language == "python" and "def test_" in text)
    (project / "test_service.py").write_text(code)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_service.py"]
    answer = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout


def test_the_settings_are_settings(project: Path) -> None:
    """What is shown is read without a fault."""
    shown = [text for language, text in BLOCKS if language == "toml"]
    assert len(shown) == 1
    (project / "pyproject.toml").write_text(shown[0])
    settings = SettingsSource().of_folder(str(project))
    assert settings.path
    assert len(settings.wrappers) == 2


def test_the_hooks_are_those_of_the_hook_file() -> None:
    """The hooks that are shown are declared; those that need no clone are what `init` prints."""
    declared = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE)
    shared, local = (text for language, text in BLOCKS if language == "yaml" and text.startswith("repos:"))
    assert re.findall(r"- id: (\S+)", shared) == declared
    assert local == HOOKS
