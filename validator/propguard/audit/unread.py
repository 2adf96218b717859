"""Rows that could not be read, as a finding, and times that make no sense, as a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.audit.result import DataFinding
from propguard.engine.unread import UnreadRows, added_up
from propguard.engine.windows import Divisible, divided
from propguard.model.finding import Related, Span
from propguard.model.profile import Seen
from propguard.rules.row import unparsed_row

if TYPE_CHECKING:
    from propguard.engine import Engine


def unread_rows(engine: Engine) -> UnreadRows:
    """The rows of `engine` that cannot be read. Raises PropguardError where it does not answer."""
    if not isinstance(engine, Divisible):
        return engine.unread()
    return added_up(part for _, part in divided(engine, lambda part: part.unread()))


def unread_finding(unread: UnreadRows) -> tuple[DataFinding, ...]:
    """The one finding that there is where rows could not be read, with the places of the first of them."""
    if not unread.count:
        return ()
    examples = [(one.place, one.reason) for one in unread.examples]
    found = unparsed_row.unread_rows(unread.count, unread.rows, examples)
    violation = unparsed_row.RULE.violation(found, None, None)
    related = tuple(
        Related(one.path, Span(one.line, 1, one.line, 1), one.reason)
        for one in unread.examples
        if one.path and one.line is not None
    )
    return (DataFinding(violation, unread.count, (), (), Seen(None, None), related),)


def odd_times(unread: UnreadRows) -> tuple[str, ...]:
    """A sentence where times make no sense."""
    if not unread.odd_times:
        return ()
    number = f"{unread.odd_times:,} of {unread.rows:,} rows"
    sentence = (
        f"the times of {number} make no sense, as at {unread.odd_place}; these requests count as without a time, "
        "and --columns request_created_at=NAME names another column"
    )
    return (sentence,)


def unread_notices(unread: UnreadRows) -> tuple[str, ...]:
    """A sentence for each thing that could not be read, for commands that have no findings."""
    return (*(one.violation.message for one in unread_finding(unread)), *odd_times(unread))
