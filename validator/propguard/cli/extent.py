"""How much a plan would write, and how long the platform takes for it, in words."""

from __future__ import annotations

from propguard.cli.progress import duration
from propguard.compilers.corrections import BLANKED

BLANKS = f"every write blanks {', '.join(BLANKED[:-1])} and {BLANKED[-1]} of its request"


def extent_sentence(writes: int, requests: int, longest: int) -> str:
    """So many writes to so many requests, of which one has `longest`."""
    if not writes:
        return "nothing is left to write"
    from propguard.client.pace import seconds_for

    most, fewest = (duration(seconds_for(writes, longest, calls)) for calls in (10_000, 1_000))
    return (
        f"would write {counted(writes, 'row')} to {counted(requests, 'request')}; that takes about {most} at 10,000 calls"
        f" in five minutes, as most tiers of the platform have, and {fewest} at 1,000, as the free one has"
    )


def counted(number: int, name: str, plural: str | None = None) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {name}" if number == 1 else f"{number:,} {plural or name + 's'}"
