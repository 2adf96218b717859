"""What tells one finding from another, and one finding from itself after the code around it has changed."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from propguard.model.finding import DataPlace, FilePlace

if TYPE_CHECKING:
    from propguard.model.finding import Finding


class Fingerprints:
    """Gives every finding of one report a fingerprint of its own.

    It rests on the rule, the file and what was found in it, never on the number of a line; of findings that are alike,
    on how many came before.
    """

    def __init__(self) -> None:
        self._met: Counter[bytes] = Counter()

    def of(self, finding: Finding) -> str:
        """32 hexadecimal digits."""
        digest = sha256(_identity(finding).encode("utf-8", "surrogatepass")).digest()
        self._met[digest] += 1
        return sha256(digest + str(self._met[digest]).encode()).hexdigest()[:32]


def _identity(finding: Finding) -> str:
    """Of what has no key, the line that it stands on, without its blanks; in stored data the rule and where it is broken,
    whatever value is met most today."""
    violation, place = finding.violation, finding.place
    if isinstance(place, DataPlace):
        return f"{violation.rule}\0{place.at}"
    if isinstance(place, FilePlace):
        where, line = place.path, "".join(place.source.split())
    else:
        where, line = place.request_id or "", ""
    return "\0".join((violation.rule, where, violation.key or line, violation.value or ""))
