"""Work on the files of a tree, in as many processes as pay."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW_FILES = 600
"""Up to here one process is faster than sharing out."""


def for_each(items: Sequence[Item], work: Callable[[Sequence[Item]], list[tuple[int, Result]]]) -> list[Result]:
    """What `work` gives for `items`, in their order; it takes some of them and gives results with the number of each."""
    processes = min(os.cpu_count() or 1, 8)
    if len(items) <= FEW_FILES or processes < 2 or not hasattr(os, "fork"):
        return [result for _, result in work(items)]
    from propguard.lint.processes import shared_out

    gc.freeze()  # what is there by now stays: it need not be gone through again and again while files are read
    gc.enable()
    return shared_out(items, work, processes)
