"""A schema or settings among the files to judge: all code that they govern is judged with them, as hooks need it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def judged(call: Call, *arguments: str) -> set[str]:
    answer = call("lint", "--format", "json", *arguments)
    assert answer.code in {0, 1}, answer.err
    return {finding["path"] for finding in json.loads(answer.out)["findings"]}


FILES = {
    "app.py": BAD,
    "other/app.py": BAD,
    "web/properties.yaml": SCHEMA.replace("name: shop", "name: web\nextends: [../base.yaml]"),
    "web/app.py": BAD,
    "web/inner/app.py": BAD,
    "mobile/schema/properties.yaml": SCHEMA,
    "mobile/app.py": BAD,
    "base.yaml": SCHEMA,
    "web/pyproject.toml": '[tool.propguard]\nignore = ["value-alias"]\n',
    "mobile/pyproject.toml": "[project]\n",
}
HERE, WEB, MOBILE = {"app.py", "other/app.py"}, {"web/app.py", "web/inner/app.py"}, {"mobile/app.py"}
GOVERNED = [
    ("properties.yaml", HERE),
    ("web/properties.yaml", WEB),
    ("mobile/schema/properties.yaml", MOBILE),
    # What a schema extends governs as much as itself.
    ("base.yaml", WEB),
    ("web/pyproject.toml", WEB),
    # No settings of ours, no schema: itself only.
    ("mobile/pyproject.toml", set()),
    ("other/app.py", {"other/app.py"}),
]


@pytest.mark.parametrize("with_git", [True, False])
@pytest.mark.parametrize(("named", "expected"), GOVERNED)
def test_a_file_that_governs_brings_all_code_that_it_governs(
    named: str, expected: set[str], with_git: bool, call: Call, write: Write
) -> None:
    """Where it is named, as runners of hooks do it with the files of a commit; which is said."""
    write(FILES)
    if with_git:
        git("init", "-q")
    assert judged(call, named) == expected
    assert (f"all code that {named} governs is judged" in call("lint", named).err) == (named in dict(GOVERNED[:5]))


def test_it_does_so_where_it_has_changed_since_a_revision(call: Call, write: Write, project: Path) -> None:
    """Of the files that were named with the revision."""
    write(FILES)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "all")
    assert judged(call, "--changed-since", "HEAD") == set()
    write({"web/properties.yaml": FILES["web/properties.yaml"] + "  tier: {}\n"})
    assert judged(call, "--changed-since", "HEAD") == WEB
    assert judged(call, "--changed-since", "HEAD", "web/inner", "web/properties.yaml") == {"web/inner/app.py"}


def test_what_is_excluded_stays_out(call: Call, write: Write) -> None:
    """Though the schema governs it."""
    write(FILES | {"propguard.toml": 'exclude = ["other/"]\n'})
    git("init", "-q")
    assert judged(call, "properties.yaml") == {"app.py"}
