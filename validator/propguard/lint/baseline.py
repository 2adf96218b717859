"""A baseline: how many findings of each rule each file had when a project began to be judged; it only ever falls."""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from propguard.errors import UsageError
from propguard.files import write_whole
from propguard.lint.content import read_whole
from propguard.lint.files import reason_of
from propguard.model.finding import FilePlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from propguard.model.finding import Finding

    Place = tuple[str, str]
    """The absolute path of a file, and the id of a rule."""

_VERSION = 1
_LARGEST = 64 << 20


class Baseline(NamedTuple):
    """The counts by place, as they stand in the file at `path`, an absolute one."""

    path: str
    counts: Mapping[Place, int]

    def holds(self, found: Mapping[Place, int]) -> frozenset[Place]:
        """The places where no more is found than is known: what is found there is not reported."""
        return frozenset(place for place, count in found.items() if count <= self.counts.get(place, 0))

    def surplus(self, found: Mapping[Place, int], is_judged: Callable[[Place], bool]) -> int:
        """How many more findings are known than there are, at the places that were judged."""
        return sum(max(0, known - found.get(place, 0)) for place, known in self.counts.items() if is_judged(place))

    def lowered(self, found: Mapping[Place, int], is_judged: Callable[[Place], bool]) -> Baseline:
        """The same without that surplus."""
        counts = {
            place: min(known, found.get(place, 0)) if is_judged(place) else known
            for place, known in self.counts.items()
        }
        return Baseline(self.path, counts)

    def rewritten(self, found: Mapping[Place, int], is_judged: Callable[[Place], bool]) -> Baseline:
        """What is found, and what is known of the places that were not judged."""
        kept = {place: known for place, known in self.counts.items() if not is_judged(place)}
        return Baseline(self.path, kept | dict(found))


def counted(findings: Iterable[Finding]) -> Counter[Place]:
    """How many of `findings` there are at each place."""
    return Counter(map(place_of, findings))


def place_of(finding: Finding) -> Place:
    assert isinstance(finding.place, FilePlace)
    return os.path.abspath(finding.place.path), finding.violation.rule


def read_baseline(path: str) -> Baseline:
    """The baseline in the file at `path`. Raises UsageError where there is none."""
    try:
        data = read_whole(path) if not os.path.isdir(path) else b""
    except FileNotFoundError:
        raise UsageError(f"there is no baseline {path}; `propguard lint --write-baseline` writes one") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the baseline {path}: {reason_of(error)}") from None
    try:
        document = json.loads(data) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        document = None
    document = document if isinstance(document, dict) else {}
    version = document.get("version")
    if isinstance(version, int) and version > _VERSION:
        raise UsageError(
            f"the baseline {path} is of version {version}, which a newer propguard wrote; update propguard"
        )
    counts = _counts(document.get("findings"), os.path.dirname(path)) if version == _VERSION else None
    if counts is None:
        raise UsageError(f"{path} is no baseline of propguard; name one, or where a new one is to be written")
    return Baseline(os.path.abspath(path), counts)


def _counts(findings: object, folder: str) -> dict[Place, int] | None:
    """The counts in what a file holds; null where it holds anything else."""
    if not isinstance(findings, dict):
        return None
    counts: dict[Place, int] = {}
    for name, by_rule in findings.items():
        if not isinstance(by_rule, dict):
            return None
        path = os.path.abspath(os.path.join(folder, name.replace("\0", "")))
        for rule, count in by_rule.items():
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                return None
            counts[path, rule] = count
    return counts


def write_baseline(baseline: Baseline) -> None:
    """Put it into its file, whole or not at all. Raises UsageError where that cannot be written."""
    folder = os.path.dirname(baseline.path)
    findings: dict[str, dict[str, int]] = {}
    for (path, rule), count in sorted(baseline.counts.items()):
        if count:
            findings.setdefault(os.path.relpath(path, folder).replace(os.sep, "/"), {})[rule] = count
    document = {"version": _VERSION, "findings": dict(sorted(findings.items()))}
    try:
        write_whole(baseline.path, json.dumps(document, indent=2).encode() + b"\n")
    except OSError as error:
        raise UsageError(f"cannot write the baseline {os.path.relpath(baseline.path)}: {reason_of(error)}") from None
