"""Work on a list shared out over forked processes, which inherit everything and send back only results."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")


def shared_out(items: Sequence[Item], work: Callable[[Item], Result], processes: int) -> list[Result]:
    """`[work(item) for item in items]`, every n-th item in one of `processes` processes, this one being the first.

    An exception in any of them is raised here.
    """
    children = [_forked(items[number::processes], work) for number in range(1, processes)]
    results: list[Result | None] = [None] * len(items)
    failure: Exception | None = None
    try:
        results[0::processes] = [work(item) for item in items[0::processes]]
    except Exception as error:  # noqa: BLE001  # raised again once no child is left behind
        failure = error
    for number, (process, descriptor) in enumerate(children, start=1):
        with open(descriptor, "rb") as stream:
            answer = stream.read()
        os.waitpid(process, 0)
        outcome = pickle.loads(answer) if answer else RuntimeError("a process that read files ended unexpectedly")  # noqa: S301  # our own child wrote it
        if isinstance(outcome, Exception):
            failure = failure or outcome
        else:
            results[number::processes] = outcome
    if failure is not None:
        raise failure
    return results  # type: ignore[return-value]  # every place is filled by now


def _forked(items: Sequence[Item], work: Callable[[Item], Result]) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        os.close(reading)
        try:
            answer = pickle.dumps([work(item) for item in items], pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001  # raised again in the parent
            answer = pickle.dumps(error)
        with open(writing, "wb") as stream:
            stream.write(answer)
        status = 0
    finally:
        os._exit(status)
