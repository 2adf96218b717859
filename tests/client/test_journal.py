"""The journal and the plan: what is left to write, whatever was written before and however the file has changed since."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propguard.client.journal import Journal, Outcome, journal_path
from propguard.client.plan import Plan
from propguard.client.rows import GivenRow, RowFile, read_row
from propguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.client.schedule import Row

Write = tuple[str, str, str]
URL = "https://api.helicone.ai"


def lines(writes: Sequence[Write]) -> str:
    return "".join(
        json.dumps({"request_id": request_id, "key": key, "value": value}) + "\n" for request_id, key, value in writes
    )


def plan_of(journal: Journal, file: RowFile, url: str = URL) -> Plan:
    plan = Plan(journal, file, url)
    for line in file.lines():
        row = read_row(line.text)
        assert isinstance(row, GivenRow)
        plan.add(line, row, (row.key, str(row.value)))
    return plan


def left(plan: Plan) -> Iterator[Row]:
    """Every row that is to be written, request by request."""
    plan.begin_pass()
    for first in plan.first_rows():
        row: Row | None = first
        while row is not None:
            yield row
            row = plan.following(row)


def apply(path: Path, stored: dict[tuple[str, str], str], most: int | None = None, url: str = URL) -> int:
    """One run, stopped after `most` writes; gives how many were made."""
    with RowFile(str(path)) as file, Journal(journal_path(str(path))) as journal:
        plan = plan_of(journal, file, url)
        extent = plan.arrange()
        rows = list(left(plan))
        assert extent.writes == len(rows)
        for row in rows[:most]:
            request_id, key, value = plan.write_of(row)
            stored[request_id, key] = value
            journal.keep(row, Outcome.WRITTEN)
            plan.settle(row, Outcome.WRITTEN)
        return len(rows[:most])


writes_of_two = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["k", "l"]), st.sampled_from(["1", "2", "3"]))
versions = st.lists(
    st.tuples(st.lists(writes_of_two, max_size=8), st.none() | st.integers(0, 5)), min_size=1, max_size=5
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions)
def test_after_any_history_the_platform_holds_what_the_file_says_last(
    tmp_path: Path, history: list[tuple[list[Write], int | None]]
) -> None:
    """However the file was rewritten between runs and wherever they were stopped, the last row of a property wins."""
    path = tmp_path / "rows.jsonl"
    stored: dict[tuple[str, str], str] = {}
    for stale in tmp_path.iterdir():
        stale.unlink()
    for writes, most in history:
        path.write_text(lines(writes))
        apply(path, stored, most)
    apply(path, stored)
    wanted = {(request_id, key): value for request_id, key, value in history[-1][0]}
    assert {name: stored[name] for name in wanted} == wanted
    assert apply(path, stored) == 0


A, B, C = ("r1", "app", "a"), ("r2", "app", "b"), ("r3", "app", "c")


@pytest.mark.parametrize(
    ("first", "then", "number"),
    [
        ([A, B], [A, B], 0),
        ([A, B], [A, B, C], 1),
        ([A, B], [C, A, B], 1),
        ([A, B], [B, A], 0),
        ([A], [A, A], 1),
        # one row too many is written, and does no harm: it was the second one that was written last
        ([A, A], [A], 1),
        # another value of the same property: the last one wins, so it is written again
        ([A], [("r1", "app", "x"), A], 2),
        ([A, ("r1", "app", "x")], [A], 1),
        ([A, ("r1", "app", "x")], [("r1", "app", "x"), A], 1),
        # another property of the same request is no reason to
        ([A], [("r1", "environment", "x"), A], 1),
        # UUIDs mean the same in capitals
        ([A], [("R1", "app", "a")], 0),
        ([("r1", "a=b", "c")], [("r1", "a", "b=c")], 1),
    ],
)
def test_what_is_written_already_is_not_written_again(
    tmp_path: Path, first: list[Write], then: list[Write], number: int
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(first))
    apply(path, {})
    path.write_text(lines(then))
    assert apply(path, {}) == number


def test_another_server_knows_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([A, B]))
    assert apply(path, {}) == 2
    assert apply(path, {}, url="http://localhost:8585") == 2
    assert apply(path, {}) == 0


def test_rows_come_longest_request_first_then_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([A, B, ("r3", "app", "1"), ("r3", "app", "2"), ("r3", "app", "3"), ("r2", "app", "2")]))
    with RowFile(str(path)) as file, Journal(None) as journal:
        plan = plan_of(journal, file)
        assert plan.arrange() == (6, 3, 3)
        assert [row.number for row in left(plan)] == [3, 4, 5, 2, 6, 1]


def test_a_verified_property_makes_its_earlier_rows_verified(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([("r1", "app", "1"), A, B]))
    apply(path, {})
    with RowFile(str(path)) as file, Journal(journal_path(str(path))) as journal:
        plan = plan_of(journal, file)
        plan.arrange()
        assert plan.begin_reading_back() == 2
        (last,) = [row for row in plan.told_rows() if plan.write_of(row) == A]
        (earlier,) = plan.earlier_rows(last)
        assert plan.write_of(earlier) == ("r1", "app", "1")
        for row in (earlier, last):
            journal.keep(row, Outcome.VERIFIED)
            plan.settle(row, Outcome.VERIFIED)
        assert plan.begin_reading_back() == 1
    with RowFile(str(path)) as file, Journal(journal_path(str(path))) as journal:
        plan = plan_of(journal, file)
        plan.arrange()
        assert plan.counts() == {Outcome.VERIFIED: 2, Outcome.WRITTEN: 1}


def test_what_was_lost_is_written_again_in_the_next_run_too(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([A, B]))
    apply(path, {})
    with RowFile(str(path)) as file, Journal(journal_path(str(path))) as journal:
        plan = plan_of(journal, file)
        plan.arrange()
        plan.begin_reading_back()
        journal.keep(next(plan.told_rows()), Outcome.PENDING)
    assert apply(path, {}) == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", lines([B]), "x" * 80, '{"request_id": 1, "key": [], "value": {}}'])
def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([A]))
    with RowFile(str(path)) as file, Journal(None) as journal:
        plan = plan_of(journal, file)
        plan.arrange()
        path.write_text(text)
        with pytest.raises(UsageError, match=r"was changed while it was applied \(row 1\); run again"):
            plan.write_of(next(left(plan)))


def test_neither_values_nor_ids_are_in_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([("request-of-mine", "private_key", "secret-value")]))
    apply(path, {}, url="https://eu.api.helicone.ai")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file != path)
    assert content
    for word in (b"request-of-mine", b"private_key", b"secret-value", b"helicone"):
        assert word not in content


def test_a_second_run_is_refused_while_one_is_at_work(tmp_path: Path) -> None:
    """Also the very first ones, while the journal is made; the lock is gone with the run."""
    path = str(tmp_path / "rows.journal")
    with Journal(path), pytest.raises(UsageError, match="another `propguard apply` is at work"):
        Journal(path)
    Journal(path).close()


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (b"not a database, but long enough to be looked at as one" * 100, "delete it, and every row is written again"),
        (b"short", "delete it, and every row is written again"),
    ],
)
def test_a_damaged_journal_is_told_in_a_sentence(tmp_path: Path, damage: bytes, complaint: str) -> None:
    path = tmp_path / "rows.journal"
    path.write_bytes(damage)
    with pytest.raises(UsageError, match=complaint):
        Journal(str(path))
    assert path.read_bytes() == damage


def test_a_journal_damaged_in_the_middle_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([("r1", "app", str(number)) for number in range(500)]))
    apply(path, {})
    journal_file = tmp_path / "rows.jsonl.propguard-journal"
    content = bytearray(journal_file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    journal_file.write_bytes(content)
    with pytest.raises(UsageError, match="delete it, and every row is written again"):
        apply_told(path)


def apply_told(path: Path) -> None:
    with RowFile(str(path)) as file, Journal(journal_path(str(path))) as journal, journal.told():
        plan_of(journal, file).arrange()


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rows.journal"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(UsageError, match="is no journal of propguard; move it away"):
        Journal(str(path))


def test_a_journal_of_another_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.journal"
    Journal(str(path)).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(UsageError, match="made by another version of propguard"):
        Journal(str(path))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be made or opened"):
        Journal(str(tmp_path / "nowhere" / "rows.journal"))


def test_what_was_kept_survives_a_process_that_ends_without_a_word(tmp_path: Path) -> None:
    """What was committed is there; the lock is not."""
    path = tmp_path / "rows.jsonl"
    path.write_text(lines([A, B]))
    script = KILLED.format(path=str(path))
    folder = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([folder, *filter(None, sys.path)])}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False, timeout=60)
    assert done.returncode == -9
    assert apply(path, {}) == 1


KILLED = """
import os
from tests.client.test_journal import *
file, journal = RowFile({path!r}), Journal(journal_path({path!r}))
plan = plan_of(journal, file)
plan.arrange()
for row in left(plan):
    journal.keep(row, Outcome.WRITTEN)
    journal.commit()
    os.kill(os.getpid(), 9)
"""
