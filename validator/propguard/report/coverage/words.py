"""What is said of a coverage, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve.coverage import State
from propguard.report.audit.figures import counted, days_of, percentage, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.evolve import Coverage
    from propguard.evolve.coverage import Group, Row, Scope, Spelling
    from propguard.model.usage import Usage

MOST_SPELLINGS = 5
"""Of one property that are told one by one."""

_MOST_PLACES = 2

_MANNERS = {
    "name": "by another spelling of its name",
    "namespace": "",
    "alias": "an alias",
    "spelling": "but for case and separators",
    "undeclared": "",
}


def headline(result: Coverage) -> str:
    """What the share is, and of what."""
    whole = result.whole
    where = "code or data" if result.has_data else "code"
    return f"{percentage(whole.share)} of the declared properties are in use in {where} ({whole.in_use:,} of {whole.declared:,})"


def state_of(row: Row) -> str:
    """The state in a word or two."""
    is_leaving = row.declared is not None and row.declared.deprecated is not None
    is_inherited = row.declared is not None and not row.is_asked
    return row.state.value + (", deprecated" if is_leaving else "") + (", inherited" if is_inherited else "")


def legend(result: Coverage) -> Iterator[tuple[State, str]]:
    """What the states that occur mean, those that somebody has to decide about."""
    nowhere = "neither in code nor in the data" if result.has_data else "not in code"
    meanings = {
        State.DEAD: f"declared, but {nowhere}; write it, or take it out of the schema",
        State.POSSIBLE: f"declared, and {nowhere} by a name that is known; code computes keys that may be it",
        State.UNDECLARED: "met, but not declared; declare it, or stop writing it",
        State.UNWRITTEN: "in the data, but no code is known to write it",
        State.UNSEEN: "written by code, but not in the data",
    }
    return ((state, meaning) for state, meaning in meanings.items() if result.in_state(state))


def in_code(row: Row | Spelling) -> str:
    """How many usages there are, and where the first of them stand; empty where there are none."""
    usages = row.usages
    if not usages:
        return ""
    more = ", …" if len(usages) > _MOST_PLACES else ""
    return f"{counted(len(usages), 'usage')}: {', '.join(map(place, usages[:_MOST_PLACES]))}{more}"


def in_data(row: Row | Spelling) -> str:
    """How many requests have it, and when; empty where none has."""
    if not row.requests:
        return ""
    days = days_of(row.seen)
    return requests(row.requests) + (f", {days}" if days else "")


def place(usage: Usage) -> str:
    return f"{usage.path}{usage.span.where()}"


def told_apart(row: Row) -> tuple[Spelling, ...]:
    """The spellings that are not the name itself."""
    return tuple(one for one in row.spellings if one.key != row.key)


def manner_of(spelling: Spelling) -> str:
    """How it counts for its property, empty where that goes without saying."""
    return _MANNERS[spelling.manner]


def group_name(group: Group, scope: Scope) -> str:
    if group.name is not None:
        return group.name
    return "(no owner)" if scope == "owner" else "(in no namespace)"


def notes(result: Coverage) -> Iterator[str]:
    """What is not known, and so not counted, in sentences without their full stops."""
    computed, whole = len(result.computed), result.whole
    if computed:
        which = (
            "1 usage has a key that code computes"
            if computed == 1
            else f"{computed:,} usages have keys that code computes"
        )
        places = ", ".join(map(place, result.computed[:_MOST_PLACES])) + (", …" if computed > _MOST_PLACES else "")
        most = f"; with all of them, {percentage(whole.share_at_most)} would be in use" if whole.possible else ""
        yield f"{which} ({places}), so that not every property that may be meant is counted{most}"
    if not result.are_all_keys:
        yield "the data has more keys than are told one by one, so that there are more undeclared ones than these"
