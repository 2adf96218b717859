"""What `propguard apply` says of rows when it has ended, however it has ended."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from propguard.client.journal import Outcome
from propguard.errors import UsageError, system_reason
from propguard.files import write_output
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.client.plan import Plan

_FAILED = 2
_MOST_TOLD = 20

_WORDS = {
    Outcome.VERIFIED: "verified",
    Outcome.WRITTEN: "written",
    Outcome.DROPPED: "dropped",
    Outcome.REFUSED: "refused",
    Outcome.NOT_FOUND: "not_found",
    Outcome.FAILED: "failed",
    Outcome.PARKED: "pending",
    Outcome.PENDING: "pending",
}
"""How outcomes are called in `--outcome` and in JSON, best first."""

_BAD = (Outcome.REFUSED, Outcome.NOT_FOUND, Outcome.FAILED)


class Applied:
    """The outcome of each row, into the file at `outcome_path` where there is one; the sum on standard error."""

    def __init__(self, plan: Plan, outcome_path: str | None, *, asked_to_verify: bool) -> None:
        self._plan = plan
        self._outcome_path = outcome_path
        self._asked_to_verify = asked_to_verify
        self.counted: dict[str, int] = {}
        self.code = 0

    def close(self) -> None:
        """Everything is told; `code` is 2 where a row is not written, or not verified though that was asked for."""
        counts = self._plan.counts()
        for outcome, word in _WORDS.items():
            self.counted[word] = self.counted.get(word, 0) + counts.get(outcome, 0)
        unsure = (Outcome.WRITTEN,) if self._asked_to_verify else ()
        bad = sum(counts.get(outcome, 0) for outcome in (*_BAD, *unsure))
        self.code = _FAILED if bad else 0
        if bad:
            self._say_bad({*_BAD, *unsure})
        self._say_sum()
        if self._outcome_path is not None:
            self._write(self._outcome_path)

    def _write(self, path: str) -> None:
        try:
            write_output(path, self._lines)
        except OSError as error:
            raise UsageError(
                f"cannot write --outcome {path}: {system_reason(error)}; run again, with another name"
            ) from None

    def _lines(self) -> Iterator[bytes]:
        """Every row as given, with its outcome and why."""
        for row, outcome, error in self._plan.outcomes():
            yield json.dumps({**row, "outcome": _WORDS[outcome], "error": error}).encode() + b"\n"

    def _say_bad(self, outcomes: set[Outcome]) -> None:
        """The first rows that are not as asked, and why."""
        told = 0
        for number, outcome, error in self._plan.errors():
            if outcome not in outcomes:
                continue
            if told == _MOST_TOLD:
                more = "" if self._outcome_path else "; --outcome FILE writes all of them into a file"
                _say(f"and more{more}")
                return
            told += 1
            _say(f"row {number}: {_WORDS[outcome].replace('_', ' ')}: {visible(error)}")

    def _say_sum(self) -> None:
        parts = [f"{number:,} {word.replace('_', ' ')}" for word, number in self.counted.items() if number]
        rows = sum(self.counted.values())
        _say(f"{', '.join(parts) or 'nothing to write'} of {rows:,} {'row' if rows == 1 else 'rows'}")


def _say(sentence: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(sentence + "\n")
