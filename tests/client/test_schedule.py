"""The schedule: order and spacing within a request, no slot held while waiting, every row handed out to its end."""

from __future__ import annotations

import heapq
import random
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.client.schedule import Row, Schedule
from propguard.client.turns import SPACING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class GivenRows:
    """Rows of a file that says for each line whose it is; parked ones are forgotten, as the plan does until the next pass."""

    def __init__(self, requests: Sequence[int]) -> None:
        self.of: dict[int, list[Row]] = defaultdict(list)
        for number, request in enumerate(requests, start=1):
            self.of[request].append(Row(number, 0, 0, request, 0, b"", 1, None, 0))
        for rows in self.of.values():
            rows[:] = [row._replace(left=len(rows) - place) for place, row in enumerate(rows, start=1)]

    def first_rows(self) -> Iterator[Row]:
        return iter([rows[0] for rows in self.of.values()])

    def following(self, row: Row) -> Row | None:
        return next((other for other in self.of[row.request] if other.number > row.number), None)


class Sent(NamedTuple):
    """One attempt: when it began, when its answer came, and what that was."""

    row: Row
    begin: float
    end: float
    answer: str


class Simulation:
    """Writers with a clock of their own: `slots` calls at once, answers and latencies at random."""

    def __init__(self, rows: GivenRows, slots: int, seed: int, *, most_begun: int, faults: float = 0.3) -> None:
        self.schedule = Schedule(rows, most_begun=most_begun)
        self.chance = random.Random(seed)
        self.slots = slots
        self.faults = faults
        self.now = 0.0
        self.sent: list[Sent] = []
        self.most_begun = 0
        self.idle_though_due = 0.0

    def run(self) -> None:
        under_way: list[tuple[float, int, Sent]] = []
        while True:
            while len(under_way) < self.slots and (row := self.schedule.take(self.now)) is not None:
                sent = Sent(row, self.now, self.now + self.chance.uniform(0.01, 3.0), self._answer(row))
                heapq.heappush(under_way, (sent.end, row.number, sent))
            self.most_begun = max(self.most_begun, self.schedule.begun)
            if self.schedule.is_finished:
                return
            wakes_at = self.schedule.wakes_at() if len(under_way) < self.slots else float("inf")
            if under_way and under_way[0][0] <= wakes_at:
                self.now, _, sent = heapq.heappop(under_way)
                self.sent.append(sent)
                self._give_back(sent)
            else:
                assert wakes_at > self.now
                self.now = wakes_at

    def _answer(self, row: Row) -> str:
        throw = self.chance.random()
        if throw < self.faults and row.attempts < 4:
            return self.chance.choice(["again", "at once"])
        return "not found" if throw > 0.97 else "done"

    def _give_back(self, sent: Sent) -> None:
        row = sent.row._replace(attempts=sent.row.attempts + 1)
        if sent.answer == "again":
            self.schedule.postponed(row, self.now, SPACING * row.attempts)
        elif sent.answer == "at once":
            self.schedule.postponed(row, self.now, 0.0)
        elif sent.answer == "not found":
            self.schedule.set_aside()
        else:
            self.schedule.settled(sent.row, self.now)


files = st.lists(st.integers(0, 12), max_size=80)


@given(files, st.integers(1, 8), st.integers(), st.sampled_from([1, 2, 5, 4096]))
def test_rows_of_a_request_are_written_in_order_and_spaced(
    file: list[int], slots: int, seed: int, most_begun: int
) -> None:
    """Never two at a time, never out of order, never sooner than the spacing after an answer, whatever the answers."""
    rows = GivenRows(file)
    simulation = Simulation(rows, slots, seed, most_begun=most_begun)
    simulation.run()
    for request, expected in rows.of.items():
        attempts = [sent for sent in simulation.sent if sent.row.request == request]
        done = [sent.row.number for sent in attempts if sent.answer == "done"]
        assert done == [row.number for row in expected][: len(done)]
        assert len(done) == len(expected) or attempts[-1].answer == "not found"
        for before, after in pairwise(attempts):
            wait = 0.0 if before.answer == "at once" else SPACING
            assert after.begin >= before.end + wait - 1e-9
    assert simulation.most_begun <= most_begun


@given(files, st.integers(1, 4))
def test_no_slot_is_held_by_a_row_that_waits(file: list[int], slots: int) -> None:
    """As long as a request has not been begun, all slots are busy."""
    rows = GivenRows(file)
    simulation = Simulation(rows, slots, 0, most_begun=4096, faults=0.0)
    simulation.run()
    begun = [min(sent.begin for sent in simulation.sent if sent.row.request == request) for request in rows.of]
    for moment in begun:
        busy = sum(sent.begin < moment < sent.end for sent in simulation.sent)
        assert moment == 0.0 or busy >= slots - 1


def test_a_hot_request_does_not_hold_up_the_others_nor_they_it() -> None:
    """A thousand rows of one request among a thousand others: it is written at its own pace, they beside it."""
    rows = GivenRows([0] * 1000 + list(range(1, 1001)))
    simulation = Simulation(rows, 2, 0, most_begun=4096, faults=0.0)
    simulation.chance = random.Random(0)
    simulation._answer = lambda row: "done"  # type: ignore[method-assign]  # every answer
    simulation.run()
    hot = [sent for sent in simulation.sent if sent.row.request == 0]
    others = [sent for sent in simulation.sent if sent.row.request != 0]
    assert len(hot) == len(others) == 1000
    assert max(sent.end for sent in others) < max(sent.end for sent in hot)
    gaps = [after.begin - before.end for before, after in pairwise(hot)]
    assert max(gaps) < SPACING + 3.1  # at most until a slot is free


@pytest.mark.parametrize("requests", [[], [1]])
def test_it_is_finished_when_nothing_is_left(requests: list[int]) -> None:
    """Known only once the last row was asked for."""
    schedule = Schedule(GivenRows(requests))
    while row := schedule.take(0.0):
        assert not schedule.is_finished
        schedule.settled(row, 0.0)
    assert schedule.is_finished
    assert schedule.wakes_at() == float("inf")
