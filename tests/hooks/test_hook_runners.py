"""The hooks of `.pre-commit-hooks.yaml`, run by the real runners in a real repository.

What is installed is the working tree, uncommitted changes and all: it is copied into a repository of its own, so that
the tests judge what is on disk and neither runner gets to write into the checkout.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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

# One file of each kind that the linter reads, all wrong in the same way.
BAD_CODE = {
    "app.py": 'headers = {"Helicone-Property-Enviroment": "production"}\n',
    "app.js": 'const headers = {"Helicone-Property-Enviroment": "production"};\n',
    "app.jsx": 'const headers = {"Helicone-Property-Enviroment": "production"};\n',
    "app.ts": 'const headers: Headers = {"Helicone-Property-Enviroment": "production"};\n',
    "app.tsx": 'const headers: Headers = {"Helicone-Property-Enviroment": "production"};\n',
    "app.sh": 'curl -H "Helicone-Property-Enviroment: production" https://example.com\n',
    "app.md": '# Use\n\n```python\nheaders = {"Helicone-Property-Enviroment": "production"}\n```\n',
}
BAD = {"properties.yaml": SCHEMA, **BAD_CODE}
GOOD = {name: text.replace("Enviroment", "Environment") for name, text in BAD.items()}


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
    return folder


@pytest.mark.external("pre-commit")
def test_the_manifest_is_valid() -> None:
    """pre-commit accepts the hook file."""
    outcome = run(CHECKOUT, "pre-commit", "validate-manifest", str(MANIFEST))
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("runner", RUNNERS)
def test_what_is_right_passes(runner: str, hook_repository: Path, project: Path) -> None:
    """Both hooks run, neither without a file, and find nothing."""
    stage(project, GOOD)
    outcome = run(project, runner, "try-repo", str(hook_repository), "--all-files", "--verbose")
    assert outcome.returncode == 0, outcome.stdout
    assert outcome.stdout.count("Passed") == 2, outcome.stdout


@pytest.mark.parametrize("runner", RUNNERS)
def test_what_is_wrong_is_shown(runner: str, hook_repository: Path, project: Path) -> None:
    """Both hooks fail, and every file that is wrong is named, along with the rule, in what they print."""
    stage(project, {**BAD, "other/properties.yaml": SCHEMA.replace("enum", "enumm"), "note.txt": BAD_CODE["app.py"]})
    outcome = run(project, runner, "try-repo", str(hook_repository), "--all-files", "--verbose")
    assert outcome.returncode == 1, outcome.stdout
    assert outcome.stdout.count("Failed") == 2, outcome.stdout
    assert [name for name in (*BAD_CODE, "other/properties.yaml") if f"{name}:" not in outcome.stdout] == []
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
    stage(project, {".pre-commit-config.yaml": configuration, "properties.yaml": SCHEMA})
    git(project, "commit", "--quiet", "--message=The schema, before there are hooks")
    before = git(project, "rev-parse", "HEAD")
    installed = run(project, runner, "install")
    assert installed.returncode == 0, installed.stdout

    stage(project, {"app.py": BAD["app.py"]})
    refused = run(project, "git", "commit", "--message=Bad")
    assert refused.returncode == 1, refused.stdout
    assert "app.py:1:" in refused.stdout
    assert "unknown-property" in refused.stdout
    assert git(project, "rev-parse", "HEAD") == before

    stage(project, {"app.py": GOOD["app.py"]})
    accepted = run(project, "git", "commit", "--message=Good")
    assert accepted.returncode == 0, accepted.stdout
    assert git(project, "rev-parse", "HEAD") != before
