"""The baselines of a run: the one that is told, else the one that the settings nearest to each file name."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from propguard.cli.settings import from_here
from propguard.errors import UsageError
from propguard.lint.baseline import Baseline, counted, read_baseline, write_baseline
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from propguard.cli.scope import Scope
    from propguard.lint.baseline import Place
    from propguard.model.finding import Finding

_DEFAULT = "propguard-baseline.json"


class Baselines:
    """What is known of the files of a run; everything raises UsageError for a file that is no baseline.

    `told` is what the user named. `is_judged` tells of the absolute path of a file whether the run looked at it, or would
    have, were it still there.
    """

    def __init__(self, told: str | None, scope: Scope, is_judged: Callable[[str], bool]) -> None:
        self._told = told
        self._scope = scope
        self._is_judged_file = is_judged

    def held(self, findings: Sequence[Finding]) -> frozenset[Place]:
        """The places whose findings, out of all these, are known and not reported."""
        held: set[Place] = set()
        for baseline, found in self._read(findings):
            held |= baseline.holds(found)
        return frozenset(held)

    def say_surplus(self, findings: Sequence[Finding]) -> None:
        """One line on standard error for each baseline that knows more than is found."""
        for baseline, found in self._read(findings):
            surplus = baseline.surplus(found, self._is_judged)
            if surplus:
                _say(
                    f"{from_here(baseline.path)} knows {_counted(surplus)} too many; --prune-baseline takes out what is mended"
                )

    def prune(self, findings: Sequence[Finding]) -> None:
        """Take what is known and not found any more out of each baseline."""
        pairs = self._read(findings)
        if not pairs:
            raise UsageError(
                "there is no baseline to prune; name one with --baseline, or as `baseline` in the settings"
            )
        for baseline, found in pairs:
            surplus = baseline.surplus(found, self._is_judged)
            if surplus:
                write_baseline(baseline.lowered(found, self._is_judged))
            _say(f"took {_counted(surplus)} out of {from_here(baseline.path)}")

    def write(self, findings: Sequence[Finding]) -> None:
        """Make what is found what is known, for the files that were judged."""
        by_path = self._by_baseline(findings)
        if not by_path:
            by_path[self._default()] = {}
        for path, found in sorted(by_path.items()):
            known = read_baseline(from_here(path)) if os.path.lexists(path) else Baseline(path, {})
            write_baseline(known.rewritten(found, self._is_judged))
            _say(f"wrote {from_here(path)}: {_counted(sum(found.values()))} known from now on")
            if path not in self._scope.baselines():
                _say(f'let it be used by `baseline = "{from_here(path)}"` in the settings, or by --baseline')

    def _read(self, findings: Sequence[Finding]) -> list[tuple[Baseline, Mapping[Place, int]]]:
        """Each baseline with what is found of the files that it is about."""
        by_path = self._by_baseline(findings)
        return [(read_baseline(from_here(path)), by_path.get(path, {})) for path in sorted(self._paths())]

    def _paths(self) -> set[str]:
        return {os.path.abspath(self._told)} if self._told else self._scope.baselines()

    def _by_baseline(self, findings: Sequence[Finding]) -> dict[str, dict[Place, int]]:
        """What is found, by the path of the baseline that is about it, or would be."""
        by_path: dict[str, dict[Place, int]] = {path: {} for path in self._paths()}
        told = os.path.abspath(self._told) if self._told else None
        for place, count in counted(findings).items():
            path = told or self._scope.baseline_of(place[0]) or self._default()
            by_path.setdefault(path, {})[place] = count
        return by_path

    def _default(self) -> str:
        settings = self._scope.settings_of(os.path.join(os.getcwd(), "-"))[0]
        return os.path.join(settings.folder if settings.path else os.getcwd(), _DEFAULT)

    def _is_judged(self, place: Place) -> bool:
        return self._is_judged_file(place[0]) and self._scope.counts(*place)


def _counted(number: int) -> str:
    return f"{number} {'finding' if number == 1 else 'findings'}"


def _say(text: str) -> None:
    sys.stderr.write(visible(text) + "\n")
