"""The hooks of `.pre-commit-hooks.yaml`, run by the real runners in a real repository.

What is installed is the working tree, uncommitted changes and all: it is copied into a repository of its own, so that
the tests judge what is on disk and neither runner gets to write into the checkout.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from propguard.lint.languages import SUFFIXES
from propguard.lint.languages.passed_over import PASSED_OVER

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[2]
MANIFEST = CHECKOUT / ".pre-commit-hooks.yaml"

RUNNERS = [pytest.param(name, marks=pytest.mark.external(name)) for name in ("pre-commit", "prek")]

pytestmark = pytest.mark.checkout

SCHEMA = """\
file_format: property-schema/1
name: shop
version: 1.0.0
properties:
  environment: {enum: [production, staging]}
"""

IN_PYTHON = 'headers = {"Helicone-Property-Enviroment": "production"}\n'
IN_JAVASCRIPT = 'const headers = {"Helicone-Property-Enviroment": "production"};\n'
IN_TYPESCRIPT = 'const headers: Headers = {"Helicone-Property-Enviroment": "production"};\n'
IN_GO = 'package app\n\nvar headers = map[string]string{"Helicone-Property-Enviroment": "production"}\n'
IN_KOTLIN = 'val headers = mapOf("Helicone-Property-Enviroment" to "production")\n'
IN_RUST = 'const HEADERS: &[(&str, &str)] = &[("Helicone-Property-Enviroment", "production")];\n'
IN_SHELL = 'curl -H "Helicone-Property-Enviroment: production" https://example.com\n'
IN_JSON = '{"Helicone-Property-Enviroment": "production"}'
IN_ELIXIR = 'headers = [{"Helicone-Property-Enviroment", "production"}]\n'
IN_PHP = "<?php\n$headers = ['Helicone-Property-Enviroment' => 'production'];\n"
IN_RUBY = 'headers = { "Helicone-Property-Enviroment" => "production" }\n'
BAD_CODE = {
    "python": IN_PYTHON,
    "javascript": IN_JAVASCRIPT,
    "typescript": IN_TYPESCRIPT,
    "tsx": IN_TYPESCRIPT,
    "go": IN_GO,
    "kotlin": IN_KOTLIN,
    "rust": IN_RUST,
    "shell": IN_SHELL,
    "elixir": IN_ELIXIR,
    "php": IN_PHP,
    "ruby": IN_RUBY,
    "markdown": f"# Use\n\n```python\n{IN_PYTHON}```\n",
    "yaml": "headers:\n  Helicone-Property-Enviroment: production\n",
    "json": IN_JSON,
    "json5": IN_JSON,
    "toml": '[headers]\n"Helicone-Property-Enviroment" = "production"\n',
    "dotenv": f"EXTRA_HEADERS='{IN_JSON}'\n",
    "notebook": json.dumps({"cells": [{"cell_type": "code", "source": IN_PYTHON}]}),
}

# A file of each name that the linter reads, all wrong in the same way.
BAD_FILES = {
    **{f"app{suffix}": BAD_CODE[language] for suffix, language in SUFFIXES.items()},
    ".env": BAD_CODE["dotenv"],
    ".env.local": BAD_CODE["dotenv"],
    "deploy": f"#!/usr/bin/env bash\n{IN_SHELL}",
}


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(("git", *arguments), cwd=folder, check=True, capture_output=True, text=True).stdout


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """What became of a command, everything that it printed in `stdout`."""
    return subprocess.run(command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def stage(project: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    git(project, "add", "--all")


@pytest.fixture(scope="session")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working tree as the one commit of a repository, under the tag `v0`."""
    repository = tmp_path_factory.mktemp("hook-repository")
    for name in filter(None, git(CHECKOUT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")):
        source, target = CHECKOUT / name, repository / name
        if source.is_file():  # one that is deleted, but not yet in a commit, is listed too
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    git(repository, "init", "--quiet")
    git(repository, "add", "--all", "--force")
    git(repository, "commit", "--quiet", "--message=The working tree")
    git(repository, "tag", "v0")
    return repository


@pytest.fixture(scope="session", autouse=True)
def _runners_at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the runners build is kept for this session, and away from what the user has."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("PRE_COMMIT_HOME", "PREK_HOME", "VIRTUALENV_OVERRIDE_APP_DATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / "properties.yaml").write_text(SCHEMA)
    return folder


@pytest.fixture(scope="module")
def hooks() -> dict[str, Any]:
    return {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text())}


def test_the_hooks_are_commands(hooks: dict[str, Any]) -> None:
    """What a hook enters is a command that there is."""
    assert set(hooks) == {"propguard-lint", "propguard-schema", "propguard-breaking"}
    for hook in hooks.values():
        outcome = run(CHECKOUT, *hook["entry"].split(), "--help")
        assert outcome.returncode == 0, outcome.stdout


def test_the_linter_gets_what_it_reads(hooks: dict[str, Any]) -> None:
    """The names that the hook takes are those that the linter opens, and no others."""
    takes = re.compile(hooks["propguard-lint"]["files"]).search
    opened = (*BAD_FILES, "src/app.py", "APP.PY", "bin/.envrc", "App.vue", "Makefile")
    assert [name for name in opened if not takes(name)] == []
    passed_over = (*(f"a{suffix}" for suffix in PASSED_OVER), "app.py.txt", "v1.2/notes.rst", "poetry.LOCK")
    assert [name for name in passed_over if takes(name)] == []


@pytest.mark.external("pre-commit")
def test_the_manifest_is_valid() -> None:
    """pre-commit accepts the hook file."""
    outcome = run(CHECKOUT, "pre-commit", "validate-manifest", str(MANIFEST))
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("runner", RUNNERS)
def test_what_is_right_passes(runner: str, hook_repository: Path, project: Path) -> None:
    """All hooks run, none without a file, and find nothing."""
    stage(project, {name: text.replace("Enviroment", "Environment") for name, text in BAD_FILES.items()})
    outcome = run(project, runner, "try-repo", str(hook_repository), "--all-files", "--verbose")
    assert outcome.returncode == 0, outcome.stdout
    assert outcome.stdout.count("Passed") == 3, outcome.stdout


@pytest.mark.parametrize("runner", RUNNERS)
def test_what_is_wrong_is_shown(runner: str, hook_repository: Path, project: Path) -> None:
    """All hooks fail, and every file that is wrong is named, along with the rule, in what they print."""
    stage(project, {**BAD_FILES, "other/properties.yaml": SCHEMA.replace("enum", "enumm"), "note.txt": IN_PYTHON})
    outcome = run(project, runner, "try-repo", str(hook_repository), "--all-files", "--verbose")
    assert outcome.returncode == 1, outcome.stdout
    assert outcome.stdout.count("Failed") == 3, outcome.stdout
    assert [name for name in (*BAD_FILES, "other/properties.yaml") if f"{name}:" not in outcome.stdout] == []
    assert "unknown-property" in outcome.stdout
    assert "enumm" in outcome.stdout
    assert "note.txt" not in outcome.stdout


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_commit_is_refused_until_it_is_right(runner: str, hook_repository: Path, project: Path) -> None:
    """A project that has installed the hooks cannot commit a bad property name, and can commit a good one."""
    configuration = (
        "repos:\n"
        f"- repo: {hook_repository}\n"
        "  rev: v0\n"
        "  hooks: [{id: propguard-lint}, {id: propguard-schema}]\n"
    )  # fmt: skip
    stage(project, {".pre-commit-config.yaml": configuration})
    git(project, "commit", "--quiet", "--message=The schema, before there are hooks")
    before = git(project, "rev-parse", "HEAD")
    installed = run(project, runner, "install")
    assert installed.returncode == 0, installed.stdout

    stage(project, {"app.py": IN_PYTHON})
    refused = run(project, "git", "commit", "--message=Bad")
    assert refused.returncode == 1, refused.stdout
    assert "app.py:1:" in refused.stdout
    assert "unknown-property" in refused.stdout
    assert git(project, "rev-parse", "HEAD") == before

    stage(project, {"app.py": IN_PYTHON.replace("Enviroment", "Environment")})
    accepted = run(project, "git", "commit", "--message=Good")
    assert accepted.returncode == 0, accepted.stdout
    assert git(project, "rev-parse", "HEAD") != before


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_commit_may_break_only_with_a_new_major_version(runner: str, hook_repository: Path, project: Path) -> None:
    """A project that has installed the hook cannot remove a value, unless the version says that something breaks."""
    hook = "  hooks: [{id: propguard-breaking}]\n"
    stage(project, {".pre-commit-config.yaml": f"repos:\n- repo: {hook_repository}\n  rev: v0\n{hook}"})
    git(project, "commit", "--quiet", "--message=The schema, before there are hooks")
    installed = run(project, runner, "install")
    assert installed.returncode == 0, installed.stdout

    stage(project, {"properties.yaml": SCHEMA.replace(", staging", "")})
    refused = run(project, "git", "commit", "--message=Breaking")
    assert refused.returncode == 1, refused.stdout
    assert "properties.yaml:5:17: error[breaking-value-removed]" in refused.stdout

    stage(project, {"properties.yaml": SCHEMA.replace(", staging", "").replace("1.0.0", "2.0.0")})
    accepted = run(project, "git", "commit", "--message=Announced")
    assert accepted.returncode == 0, accepted.stdout
