"""What a source holds, for a user who selected requests in it and got none: a check of nothing must not look like a success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.audit.result import seen
from propguard.compilers.clickhouse import key_counts_statement, requests_statement
from propguard.errors import PropguardError
from propguard.model.names import Names
from propguard.model.profile import earliest_and_latest
from propguard.model.schema import PropertySchema
from propguard.model.secrets import shown_value
from propguard.model.text import excerpt, one_of
from propguard.rules.rule import StoredKeys

if TYPE_CHECKING:
    from datetime import date

    from propguard.engine import Engine
    from propguard.model.profile import Seen

_NOTHING_DECLARED = PropertySchema("", "0.0.0", {})


def nothing_to_read(engine: Engine, *, today: date) -> str | None:
    """Why there is nothing to work on, and what the source holds; None where `engine` has a request."""
    days = engine.query(requests_statement(engine.source))
    return None if days else nothing_judged(engine, 0, today=today)


def nothing_judged(engine: Engine, requests: int, *, today: date) -> str:
    """Why there was nothing to judge, and what the source holds: requests, from when to when, and which keys.

    `requests` are those that were asked for and turned out to have none of the keys asked for.
    """
    if requests:
        why = f"{_of(requests)} {'has' if requests == 1 else 'have'} no property that was to be judged"
    else:
        why = "there is no request to judge"
    return f"{why}; {_held(engine, today)}"


def _held(engine: Engine, today: date) -> str:
    stored = StoredKeys(Names(_NOTHING_DECLARED, "data"), _NOTHING_DECLARED, today)
    try:
        days = engine.query(requests_statement(engine.everything))
        keys = [str(row["k"]) for row in engine.query(key_counts_statement(stored, engine.everything)) if row["k"]]
    except PropguardError:
        return "what else the source holds could not be read"
    requests = sum(int(str(row["requests"])) for row in days)
    if not requests:
        return "the source holds no request at all"
    with_keys = (
        f"with the keys {one_of([excerpt(shown_value(key)) for key in keys])}" if keys else "without any property"
    )
    return f"the source holds {_of(requests)}{_when(earliest_and_latest(seen(row) for row in days))}, {with_keys}"


def _when(times: Seen) -> str:
    if times.first is None or times.last is None:
        return " without a time"
    first, last = (f"{time:%Y-%m-%d %H:%M:%S}" for time in (times.first, times.last))
    return f" of {first} UTC" if first == last else f" from {first} to {last} UTC"


def _of(requests: int) -> str:
    return f"{requests:,} {'request' if requests == 1 else 'requests'}"
