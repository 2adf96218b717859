"""Whole commands timed side by side: run in turn, so that a machine that is slow for a while is slow for all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BIN = Path(sys.executable).parent


def environment() -> dict[str, str]:
    """The caller's, but with compiled modules kept, as an installation has them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(Path(".benchmarks/pycache").absolute())}


def timed(commands: Mapping[str, Sequence[str]], rounds: int, folder: Path | None = None) -> dict[str, list[float]]:
    """Seconds of wall time of every command in every round, after one round that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            begin = time.perf_counter()
            subprocess.run(
                command,
                cwd=folder,
                env=environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            if number:
                seconds[name].append(time.perf_counter() - begin)
    return seconds


def show(seconds: dict[str, list[float]], title: str, base: str) -> None:
    """A line per command: the median, and the median of its ratios to `base` round by round."""
    print(f"{title:58} {'ms':>8} {'ratio':>8}")
    for name, values in seconds.items():
        ratio = statistics.median(value / other for value, other in zip(values, seconds[base], strict=False))
        print(f"{name:58} {statistics.median(values) * 1000:8.0f} {ratio:8.2f}")
    print()
