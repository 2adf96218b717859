"""What stored data as a whole breaks: the rules about data asked, and their answers as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.audit.findings import MOST_KEYS_OF_A_RULE, MOST_VALUES, at_many_keys
from propguard.audit.result import DataFinding
from propguard.model.profile import earliest_and_latest
from propguard.rules.data import DATA_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.rule import DataSubject
    from propguard.rules.selection import KeySelection


def findings_of_the_whole(subject: DataSubject, selected: KeySelection | None = None) -> Iterator[DataFinding]:
    """At the keys that are asked for: one for each rule and key; one for all keys of a rule where they are many. They name no requests, as no single one is wrong."""
    for rule in DATA_RULES:
        found = [one for one in rule.find(subject) if selected is None or selected.holds(one.key)]
        if len(found) > MOST_KEYS_OF_A_RULE:
            requests, when = sum(one.requests for one in found), earliest_and_latest(one.seen for one in found)
            yield at_many_keys(rule, rule.severity, len(found), [one.key for one in found], requests, when)
            continue
        for one in found:
            yield DataFinding(
                rule.violation(one.found, one.key, one.values[0].value if one.values else None),
                one.requests,
                one.values[:MOST_VALUES],
                (),
                one.seen,
            )
