"""Work on a list shared out over forked processes, which inherit everything and send back only results."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")


def shared_out(
    items: Sequence[Item], work: Callable[[Sequence[Item]], list[tuple[int, Result]]], processes: int
) -> list[Result]:
    """What `work` gives for some of `items`, in their order, done by `processes` processes, this one being the first.

    `work` takes a list and gives results with the number of the item, from 0, that each belongs to; every process gets
    every n-th item. An exception in any of them is raised here.
    """
    shares = [items[number::processes] for number in range(processes)]
    children = [_forked(lambda share=share: work(share)) for share in shares[1:]]  # type: ignore[misc]
    outcomes: list[list[tuple[int, Result]] | Exception] = [_outcome(lambda: work(shares[0]))]
    for process, descriptor in children:
        with open(descriptor, "rb") as stream:
            answer = stream.read()
        os.waitpid(process, 0)
        outcomes.append(_received(answer))
    placed: list[tuple[int, Result]] = []
    for first, outcome in enumerate(outcomes):
        if isinstance(outcome, Exception):
            raise outcome
        placed.extend((first + processes * number, result) for number, result in outcome)
    return [result for _, result in sorted(placed, key=lambda entry: entry[0])]


def _received(answer: bytes) -> Any:
    if not answer:
        return RuntimeError("a process that read files ended unexpectedly")
    return pickle.loads(answer)  # noqa: S301  # our own child wrote it


def _outcome(work: Callable[[], Result]) -> Result | Exception:
    try:
        return work()
    except Exception as error:  # noqa: BLE001  # raised again once no child is left behind
        return error


def _forked(work: Callable[[], object]) -> tuple[int, int]:
    """A child that does `work`, and the end of the pipe through which it hands over what comes of it."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        os.close(reading)
        answer = pickle.dumps(_outcome(work), pickle.HIGHEST_PROTOCOL)
        with open(writing, "wb") as stream:
            stream.write(answer)
        status = 0
    finally:
        os._exit(status)
