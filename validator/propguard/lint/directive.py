"""The text of a suppression: `propguard: ignore[rule, rule] until 2027-01-31 -- reason`."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from propguard.model.suppression import Suppression
from propguard.rules.near import nearest

MARK = re.compile(rb"propguard:[ \t]*(?=[a-z])")
"""What every directive begins with."""

_VERBS = {"ignore": False, "ignore-file": True}
"""Whether it is the whole file that is meant."""

_ATTEMPTS = ("ignor", "disable", "suppress", "noqa", "skip")
"""What people write where they take this linter for another one."""

_LONGEST = 2000
_VERB = re.compile(r"[a-z-]+")
_CLOSING = re.compile(r"\s*(?:\*+/\}?|-->|\}|\*\)|#\})\s*\Z")
_NESTED = r"[ \t]+(?:\#|//)[ \t]"
_TAIL = re.compile(
    rf"""
    (?:[ \t]*\[(?P<names>[^\[\]]*)\])?
    (?:[ \t]+until[ \t]+(?P<until>[^ \t]+))?
    (?P<end>)
    (?:[ \t]+--+(?:[ \t]+(?P<reason>(?:(?!{_NESTED}).)*))?)?
    (?P<nested>{_NESTED}.*)?
    """,
    re.VERBOSE | re.DOTALL,
)
_FORM = "write `propguard: ignore[rule] until 2027-01-31 -- why`"


class Directive(NamedTuple):
    """A suppression with the bytes that it takes.

    `end` is where its rules and its day end, `stop` where its reason does. `names` are the bytes between its brackets,
    null where it has none.
    """

    suppression: Suppression
    start: int
    end: int
    stop: int
    names: tuple[int, int] | None = None


def directive_at(data: bytes, mark: re.Match[bytes], end: int) -> Directive | None:
    """The directive that begins with `mark`, in a comment of which this line ends at `end`; null for other words."""
    line = data[mark.end() : min(end, mark.end() + _LONGEST)].decode("utf-8", "replace").rstrip()
    text = _CLOSING.sub("", line)
    of_verb = _VERB.match(text)
    verb = of_verb[0].rstrip("-") if of_verb else ""
    stop = mark.end() + len(text.encode())
    if verb not in _VERBS:
        if not verb.startswith(_ATTEMPTS) and nearest(verb, _VERBS) is None:
            return None
        return Directive(Suppression(fault=f"`{verb}` is not a word that is known; {_FORM}"), mark.start(), stop, stop)
    is_of_file = _VERBS[verb]
    tail = _TAIL.fullmatch(text, len(verb))
    if tail is None:
        return Directive(
            Suppression(is_of_file=is_of_file, fault=f"it is not understood; {_FORM}"), mark.start(), stop, stop
        )

    def place(position: int) -> int:
        return mark.end() + len(text[:position].encode())

    names = tail["names"]
    fault = _fault(names, tail["until"])
    suppression = Suppression(
        rules=() if names is None else tuple(dict.fromkeys(name.strip() for name in names.split(","))),
        is_of_file=is_of_file,
        until=None if fault or tail["until"] is None else date.fromisoformat(tail["until"]),
        reason=(tail["reason"] or "").strip() or None,
        fault=fault,
    )
    between = None if names is None else (place(tail.start("names")), place(tail.end("names")))
    stop = stop if tail["nested"] is None else place(tail.start("nested"))
    return Directive(suppression, mark.start(), place(tail.start("end")), stop, between)


def _fault(names: str | None, until: str | None) -> str | None:
    if names is not None and not all(name.strip() for name in names.split(",")):
        return f"a rule is missing between its brackets; {_FORM}"
    if until is not None:
        try:
            if len(until) == len("2027-01-31"):
                date.fromisoformat(until)
                return None
        except ValueError:
            pass
        return f"the day until which it should hold is no date; {_FORM}"
    return None
