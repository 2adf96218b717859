"""What holds of every test: it tests the right package, the user's environment is out of its reach, and no skip goes unseen."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

import propguard
from tests.published import node_package
from tests.scoring import table

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# Deterministic, so that a change is only ever failed by itself; `make fuzz` is what looks for new examples. `.ci/run` tries
# three times as many against the wheel as `make test`.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, max_examples=10)
hypothesis.settings.register_profile("thorough", deadline=None, derandomize=True, max_examples=30)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=2_750)
hypothesis.settings.load_profile("ci")

FEWEST_FUZZED = 100_000
"""Inputs of the linter that one run of `make fuzz` has to try."""

# Programs of the virtual environment are found though it may not be active, and those of the npm packages beside it.
SEARCH_PATH = os.pathsep.join(
    (
        str(Path(sys.executable).parent),
        *(f"{folder}/.bin" for folder in os.environ.get("NODE_PATH", "").split(os.pathsep) if folder),
        os.environ.get("PATH", os.defpath),
    )
)

ALSO_CALLED = {"chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")}

# A git hook that runs the suite sets GIT_DIR; an operator's shell may hold keys and addresses of a real platform.
OF_THE_USER = (
    "CI_PROJECT_DIR",
    "CLICOLOR",
    "COLUMNS",
    "FORCE_COLOR",
    "GITHUB_WORKSPACE",
    "GIT_",
    "HELICONE_",
    "LINES",
    "NO_COLOR",
    "PRE_COMMIT",
    "PREK_",
    "PROPGUARD_",
)

GIT_CONFIG = """\
[user]
	name = Test
	email = test@example.com
[init]
	defaultBranch = main
[core]
	excludesFile =
[safe]
	directory = *
"""


collect_ignore = ["corpus"]  # it is read and never run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a test that would be skipped fails")
    parser.addoption("--may-skip", action="append", default=[], help="but not for want of this program")


def pytest_configure() -> None:
    """The package under test is the one beside this folder, or where there is none, an installed one."""
    checkout = Path(__file__).parents[1] / "validator"
    expected = checkout if checkout.is_dir() else Path(sysconfig.get_path("purelib"))
    found = Path(str(propguard.__file__)).resolve()
    if not found.is_relative_to(expected.resolve()):
        message = f"these tests are for the package in {expected}, but the one imported is {found}"
        raise pytest.UsageError(message)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test marked `external("tool")` is skipped where that program, or npm package, is missing."""
    for item in items:
        tools = [tool for mark in item.iter_markers("external") for tool in mark.args]
        missing = [tool for tool in tools if not is_there(tool)]
        if missing:
            item.add_marker(pytest.mark.skip(reason=f"needs {' and '.join(missing)}"))


def is_there(tool: str) -> bool:
    """Whether a program, or the npm package of that name, can be used here."""
    if program(tool) is not None:
        return True
    try:
        node_package(tool)
    except FileNotFoundError:
        return False
    return True


def program(tool: str) -> str | None:
    """The path of a program that has several names; None where there is none of them."""
    names = ALSO_CALLED.get(tool, (tool,))
    return next(filter(None, (shutil.which(name, path=SEARCH_PATH) for name in names)), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    excused = {f"needs {tool}" for tool in item.config.getoption("may_skip")}
    is_held = item.config.getoption("no_skips") and not hasattr(report, "wasxfail")
    if report.skipped and is_held and skip_reason(report) not in excused:
        report.outcome = "failed"
        report.longrepr = f"{skip_reason(report)}, and no test may be skipped here"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in (*corpus_table(terminalreporter), *fuzzed(terminalreporter)[1]):
        terminalreporter.write_line(line)
    reasons = Counter(skip_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if reasons:
        listed = ", ".join(f"{reason} ({number})" for reason, number in sorted(reasons.items()))
        remedy = ". `make test-external` brings what is needed." if "needs " in listed else ""
        terminalreporter.write_line(f"skipped {reasons.total()} tests: {listed}{remedy}")


def corpus_table(terminalreporter: pytest.TerminalReporter) -> Iterator[str]:
    """What `test_corpus.py` measured: the figures travel with the reports, as the tests may have run elsewhere."""
    reports = [report for key in ("passed", "failed") for report in terminalreporter.stats.get(key, ())]
    told = [entry for report in reports for entry in report.user_properties]
    yield from table(row for name, row in told if name == "corpus")
    for name, differences in told:
        if name == "corpus differences":
            yield from differences


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run of the profile `fuzz` that has tried too little, or whose sum cannot be told, has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and is_to_be_fuzzed(session.config) and fuzzed(reporter)[0] < FEWEST_FUZZED:
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def is_to_be_fuzzed(config: pytest.Config) -> bool:
    return bool(config.getoption("--hypothesis-profile", None) == "fuzz" and not hasattr(config, "workerinput"))


def fuzzed(terminalreporter: pytest.TerminalReporter) -> tuple[int, list[str]]:
    """How many inputs the linter was given that it has never seen, and what is said of that."""
    reports = [
        report for some in terminalreporter.stats.values() for report in some if isinstance(report, pytest.TestReport)
    ]
    told: list[Any] = [entry for report in reports for name, entry in report.user_properties if name == "fuzzed"]
    inputs, slowest = sum(entry[0] for entry in told), max((entry[1] for entry in told), default=0.0)
    if not is_to_be_fuzzed(terminalreporter.config):
        return inputs, []
    failures = sum(report.when == "call" for report in terminalreporter.stats.get("failed", ()))
    outcome = f"{failures} tests failed" if failures else "no crash"
    few = f"; too few, {FEWEST_FUZZED:,} are to be tried" if inputs < FEWEST_FUZZED else ""
    return inputs, [f"fuzzed {inputs:,} inputs: {outcome}, slowest {slowest:.2f} s{few}"]


def skip_reason(report: pytest.TestReport) -> str:
    _path, _line, reason = report.longrepr if isinstance(report.longrepr, tuple) else ("", 0, str(report.longrepr))
    return reason.removeprefix("Skipped: ")


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that the user has set changes a verdict."""
    git_config = tmp_path_factory.mktemp("git") / "config"
    git_config.write_text(GIT_CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(OF_THE_USER):
                patch.delenv(name)
        patch.setenv("PATH", SEARCH_PATH)
        patch.setenv("GIT_CONFIG_GLOBAL", str(git_config))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


@pytest.fixture(scope="session")
def _cache_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that do not exist: propguard makes its own, and thousands of tests need none."""
    base = tmp_path_factory.mktemp("cache")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def _cache(_cache_folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that another test or the user has cached changes a verdict."""
    monkeypatch.setenv("PROPGUARD_CACHE_DIR", str(next(_cache_folders)))
