"""A file that no parser can be stopped on costs its budget of time and memory, and is reported; the rest of the run is as ever."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from propguard.compilers import Checker
from propguard.errors import SchemaInvalid, SchemaNotFound
from propguard.lint import budget, lint_paths, list_files
from propguard.lint.budget import WATCH
from propguard.lint.workers import Work, in_one_worker, in_workers
from propguard.schemafile import load_schema
from tests.lint.documents import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no worker processes")

USE = 'h = {"Helicone-Property-Environment": "prod"}\n'
CELL = '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["%s"]}]}'
NEVER_ENDING = 'val h = mapOf("Helicone-Property-App" to "chat")\n@A'
"""The scanner of Kotlin's grammar looks for the end of this for ever."""


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SECONDS", 0.3)
    monkeypatch.setattr(budget, "_GRACE", 0.2)
    monkeypatch.setattr(WATCH, "_refused", {})


def told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The rules that the files of `folder` break, by their names."""
    monkeypatch.chdir(folder)
    result = lint_paths(list_files(["."]), lambda _: (Checker(SCHEMA), "test"))
    found: dict[str, list[str]] = {}
    for finding in result.findings:
        found.setdefault(finding.where().split(":")[0], []).append(finding.violation.rule)
    return found


def work(do: Callable[[int], object]) -> Work[int, object]:
    return Work(lambda: do, lambda number, reason: f"{number}: {reason}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.kt", NEVER_ENDING),
        ("fence.md", f"```kotlin\n{NEVER_ENDING}"),
        ("cell.ipynb", CELL % f"```kotlin\n{NEVER_ENDING}".replace("\n", "\\n").replace('"', '\\"')),
        # no usage, but a comment for which the file is parsed all the same
        ("comment.kt", 'val x = "1" // propguard: ignore\n@A'),
        # deeper than anybody calls functions
        ("deep.kt", f'val h = mapOf("Helicone-Property-App" to a{".b" * 3000})\n'),
        # ambiguous again and again
        ("broad.rs", '// Helicone-Property-App\nfn main() { let a = "Helicone-Property-App"; }\n' + "%w(" * 5000),
        ("wide.sh", 'curl -H "Helicone-Property-App: chat" x\n' + "x |> " * 20000),
    ],
)
def test_one_file_never_costs_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    """It is an `unparsed-file`, in bounded time, and what lies beside it is judged."""
    (tmp_path / name).write_text(text)
    (tmp_path / "use.py").write_text(USE)
    began = time.monotonic()
    assert told(tmp_path, monkeypatch) == {name: ["unparsed-file"], "use.py": ["value-alias"]}
    assert time.monotonic() - began < 20


def test_a_module_that_cannot_be_read_does_not_cost_those_that_import_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text over which a worker ended is known, and passed over when the others are read."""
    (tmp_path / "keys.kt").write_text('package p\nval KEY = "App"\n@A')
    (tmp_path / "use.kt").write_text(
        'package p\nval h = mapOf("Helicone-Property-Environment" to "prod", "a" to KEY)\n'
    )
    assert told(tmp_path, monkeypatch) == {"use.kt": ["value-alias"]}


def test_a_whole_tree_of_them_is_gone_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is reported."""
    for number in range(3):
        (tmp_path / f"a{number}.kt").write_text(f"val x{number} = 1\n{NEVER_ENDING}")
    (tmp_path / "use.py").write_text(USE)
    assert told(tmp_path, monkeypatch) == {
        **{f"a{number}.kt": ["unparsed-file"] for number in range(3)},
        "use.py": ["value-alias"],
    }


def endless(number: int) -> None:
    while number:
        pass


def test_results_come_in_the_order_of_the_items() -> None:
    """However many workers there are, and however large a result is."""
    results = in_workers(range(150), work(lambda number: str(number) * 3000))
    assert results == [str(number) * 3000 for number in range(150)]


def grown(number: int) -> int:
    return len(bytearray(number << 30))


def killed(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def faulty(number: int) -> int:
    return number // (2 - number)


@pytest.mark.parametrize(
    ("do", "clause"),
    [
        (grown, "2: its syntax could not be read with 1024 MB of memory"),
        (killed, "2: its syntax could not be read with 1024 MB of memory"),
        (faulty, "2: this program failed on it (ZeroDivisionError); please report that"),
    ],
)
def test_whatever_ends_a_worker_costs_one_item(do: Callable[[int], object], clause: str) -> None:
    """The others are done, by another worker."""
    others = [do(0), do(0), do(0)]
    assert in_workers([0, 0, 2, 0], work(do)) == [*others[:2], clause, others[2]]


def test_what_takes_no_end_is_ended() -> None:
    """By the system, as nothing in the process may be listened to."""

    def do(number: int) -> int:
        with WATCH.reading(b"%d" % number):
            budget.Budget()
            endless(number == 2)
        return number

    assert in_workers([1, 2, 3], work(do)) == [1, "2: its syntax could not be read in reasonable time", 3]
    assert in_one_worker(lambda: do(2)) is None  # as the text is refused by now
    assert in_one_worker(lambda: 4) == 4


def test_an_error_for_the_user_is_raised_as_it_is(tmp_path: Path) -> None:
    """With all that it holds."""
    (tmp_path / "properties.yaml").write_text("file_format: property-schema/1\n")

    def do(number: int) -> object:
        if number == 1:
            raise SchemaNotFound("no schema for this one")
        return load_schema(str(tmp_path / "properties.yaml"), remember=False)

    with pytest.raises(SchemaNotFound, match="no schema for this one"):
        in_workers([1], work(do))
    with pytest.raises(SchemaInvalid, match="not a valid property schema") as raised:
        in_workers([2], work(do))
    assert raised.value.findings


def test_an_interrupt_leaves_no_worker_behind() -> None:
    """Not even one that listens to nothing."""

    def do(number: int) -> None:
        os.kill(os.getppid(), signal.SIGINT)
        endless(number)

    with pytest.raises(KeyboardInterrupt):
        in_workers([1], work(do))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
