"""A command imports what it uses and nothing else: what a pre-commit hook waits for is mostly imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import GOOD, PROGRAM, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    *("asyncio", "hypothesis", "httpx", "jinja2", "jsonschema", "pathspec", "rapidfuzz", "re2", "referencing"),
    *("requests", "rich", "tree_sitter", "tree_sitter_bash", "tree_sitter_elixir", "tree_sitter_go"),
    *("tree_sitter_javascript", "tree_sitter_json", "tree_sitter_kotlin", "tree_sitter_php", "tree_sitter_python"),
    *("tree_sitter_ruby", "tree_sitter_rust", "tree_sitter_toml", "tree_sitter_typescript", "tree_sitter_yaml", "yaml"),
}

CONFIGURATION = {"plain.yaml": "a: b\n", "web.json": '{"headers": {"Helicone-Property-Environment": "production"}}'}

SCRIPT = """
import json, sys
from propguard.cli import run
code = run(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def imported_by(*arguments: str) -> set[str]:
    """The heavy modules that a command imports, in a process of its own."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return HEAVY.intersection(modules)


@pytest.fixture(scope="module")
def _known_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose schema has been read once, with its cache beside it."""
    folder = tmp_path_factory.mktemp("imports") / "project"
    folder.mkdir()
    code = {"app.py": GOOD, "plain.py": "x = 1\n", "web.ts": GOOD.replace("headers", "const headers"), "run.sh": "ls\n"}
    for name, text in ({"properties.yaml": SCHEMA} | code | CONFIGURATION).items():
        (folder / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "PROPGUARD_CACHE_DIR": str(folder.parent / "cache")}
    subprocess.run([*PROGRAM, "lint", "app.py"], cwd=folder, env=environment, capture_output=True, check=True)
    return folder


@pytest.fixture
def _remembered(_known_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory is that project."""
    monkeypatch.setenv("PROPGUARD_CACHE_DIR", str(_known_project.parent / "cache"))
    monkeypatch.chdir(_known_project)


@pytest.mark.usefixtures("_remembered")
@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("--help",), set()),
        (("--version",), set()),
        (("lint", "--help"), set()),
        (("lint", "plain.py"), set()),
        (("lint", "run.sh"), set()),
        (("lint", "plain.yaml"), set()),
        (("lint", "web.json"), {"tree_sitter", "tree_sitter_json"}),
        (("lint", "app.py"), {"tree_sitter", "tree_sitter_python"}),
        (("lint", "web.ts"), {"tree_sitter", "tree_sitter_typescript"}),
        (("usages", "app.py"), {"tree_sitter", "tree_sitter_python"}),
        (("coverage", "--help"), set()),
        (("coverage", "--code", "app.py"), {"tree_sitter", "tree_sitter_python"}),
        (("check", "environment=production"), set()),
        (("add", "--help"), set()),
        (("apply", "--help"), set()),
        (("audit", "--help"), set()),
        (("schema", "docs"), set()),
        (("schema", "codegen", "python"), set()),
        (("schema", "infer", "--help"), set()),
        (("schema", "infer", "app.py"), {"tree_sitter", "tree_sitter_python", "yaml", "jsonschema", "referencing"}),
        (("rules",), set()),
        (("rule", "key-case"), set()),
    ],
)
def test_a_command_imports_only_what_it_uses(arguments: tuple[str, ...], allowed: set[str]) -> None:
    """Nothing heavy, but the grammar of a language that is there."""
    assert imported_by(*arguments) <= allowed
