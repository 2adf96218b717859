"""The formats of findings for other programs, on the command line: which commands have them, and what they cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from propguard.report import FORMATS
from tests.cli.shop import BAD, GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")

COUNT: dict[str, Callable[[str], int]] = {
    "text": lambda out: out.count("error["),
    "concise": lambda out: out.count(" error["),
    "json": lambda out: len(json.loads(out)["findings"]),
    "sarif": lambda out: len(json.loads(out)["runs"][0]["results"]),
    "github": lambda out: out.count("::error "),
    "gitlab": lambda out: len(json.loads(out)),
    "junit": lambda out: len(ElementTree.fromstring(out).findall("*/testcase/failure")),
    "markdown": lambda out: out.count("\n| error "),
}
"""How many errors are in a report."""


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_command_that_reports_findings_has_every_format(format_name: str, call: Call, write: Write) -> None:
    """In code, in records, among properties and in schemas; the exit code is the same in all."""
    write(
        {
            "app.py": BAD,
            "records.jsonl": '{"app": "x"}\n{"env": "production"}\n',
            "faulty.yaml": "file_format: property-schema/1\nname: x\nversion: 1.0.0\nproperties: {a: {emun: [x]}}\n",
        }
    )
    for command in (
        ("lint",),
        ("check", "env=production"),
        ("check", "--jsonl", "records.jsonl"),
        ("schema", "check", "faulty.yaml"),
    ):
        answer = call(*command, "--format", format_name)
        assert (answer.code, COUNT[format_name](answer.out)) == (1, 1)
        assert (answer.err == "") == (format_name not in {"text", "concise"})


@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_to_report_is_a_report(format_name: str, call: Call, write: Write) -> None:
    """One that other programs can read as well."""
    write({"app.py": GOOD})
    answer = call("lint", "--format", format_name)
    assert (answer.code, COUNT[format_name](answer.out)) == (0, 0)


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_are_seen_from_where_the_platform_has_checked_out(
    variable: str, call: Call, write: Write, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package of a monorepo is linted in its own folder, and shown in the one of the repository."""
    write({"packages/web/app.py": BAD})
    monkeypatch.chdir(project / "packages" / "web")
    monkeypatch.setenv(variable, str(project))
    (entry,) = json.loads(call("lint", "--format", "gitlab").out)
    assert entry["location"]["path"] == "packages/web/app.py"
    assert "file=packages/web/app.py," in call("lint", "--format", "github").out
    monkeypatch.setenv(variable, str(project / "elsewhere"))
    assert "file=app.py," in call("lint", "--format", "github").out


def test_a_half_written_report_is_never_given_to_a_program(call: Call) -> None:
    """Where the job cannot be finished, there is a sentence and no report."""
    for format_name in ("json", "sarif", "gitlab", "junit", "markdown"):
        answer = call("check", "env=production", "tier", "--format", format_name)
        assert (answer.code, answer.out) == (2, "")
        assert "`tier` is no KEY=VALUE" in answer.err


@pytest.mark.parametrize(
    ("format_name", "allowed"),
    [("text", set()), ("json", set()), ("github", {"github"}), ("gitlab", {"gitlab"}), ("junit", {"junit"})],
)
def test_a_format_costs_only_whoever_asks_for_it(format_name: str, allowed: set[str], write: Write) -> None:
    """`propguard lint` in a hook imports nothing of what code scanning needs."""
    write({"app.py": BAD})
    script = (
        "import sys; from propguard.cli import run; run(sys.argv[1:]); sys.stderr.write('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "lint", "--format", format_name],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ},
    )
    modules = set(done.stderr.splitlines()[-1].split())
    formats = {name for name in FORMATS if f"propguard.report.{name}" in modules}
    assert formats == allowed
    assert not modules & {"xml.sax", "xml.etree", "propguard.report.sarif_rules"}
