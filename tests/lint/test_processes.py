"""Work that is shared out comes back in order, and what goes wrong in one process goes wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from propguard.errors import SchemaNotFound
from propguard.lint.processes import shared_out

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forked processes"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),  # threads of the test runner, since Python 3.12
]


def squares(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The square of each even number, with its place."""
    return [(place, number * number) for place, number in enumerate(numbers) if number % 2 == 0]


@pytest.mark.parametrize("processes", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("count", [0, 1, 2, 10, 101])
def test_results_are_in_the_order_of_the_items(count: int, processes: int) -> None:
    """However many processes there are."""
    assert shared_out(range(count), squares, processes) == [number * number for number in range(0, count, 2)]


@pytest.mark.parametrize("culprit", [0, 1, 2])
def test_an_exception_anywhere_is_raised_here(culprit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its type and its message, and no child is left behind."""
    children = []
    fork = os.fork

    def counted_fork() -> int:
        children.append(fork())
        return children[-1]

    def work(numbers: Sequence[int]) -> list[tuple[int, int]]:
        if culprit in numbers:
            raise SchemaNotFound("no schema for this one")
        return []

    monkeypatch.setattr("os.fork", counted_fork)
    with pytest.raises(SchemaNotFound, match="no schema for this one"):
        shared_out(range(9), work, 3)
    assert len(children) == 2
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_a_process_that_dies_is_noticed() -> None:
    """Killed for its memory, say: an answer that never came is no answer."""
    parent = os.getpid()

    def work(numbers: Sequence[int]) -> list[tuple[int, int]]:
        if os.getpid() != parent:
            os._exit(3)
        return []

    with pytest.raises(RuntimeError, match="ended unexpectedly"):
        shared_out(range(4), work, 2)


def test_answers_may_be_longer_than_a_pipe() -> None:
    """Nobody waits for anybody for ever."""

    def work(numbers: Sequence[int]) -> list[tuple[int, str]]:
        return [(place, "x" * 300_000) for place, _ in enumerate(numbers)]

    assert [len(text) for text in shared_out(range(8), work, 3)] == [300_000] * 8
