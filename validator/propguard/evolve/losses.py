"""What does not survive a translation: one list of values, whichever way it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Effect = Literal["accepts more", "refuses more", "says less"]
"""What became of the schema by it; where it only says less, the same records are right as before."""


class Loss(NamedTuple):
    """One thing that was said and is not any more: of which property (null for the schema itself), by which field or keyword,
    what that changes, and why."""

    property: str | None
    word: str
    effect: Effect
    reason: str

    def sentence(self) -> str:
        """For a place that already says which property is meant."""
        return f"{self.word} ({self.effect}): {self.reason}"


_MOST_NAMED = 6


def notices(losses: Iterable[Loss]) -> list[str]:
    """A sentence for each thing that was lost, with all properties that lost it."""
    owners: dict[tuple[str, Effect, str], list[str | None]] = {}
    for loss in losses:
        owners.setdefault((loss.word, loss.effect, loss.reason), []).append(loss.property)
    return [f"{_owners(names)}{Loss(None, *said).sentence()}" for said, names in owners.items()]


def _owners(names: list[str | None]) -> str:
    named = list(dict.fromkeys(name for name in names if name is not None))
    if not named:
        return ""
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return f"{', '.join(named[:_MOST_NAMED])}{more}: "
