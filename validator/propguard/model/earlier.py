"""What an earlier audit found and what it knew of every key, read back from the JSON that it wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from propguard.errors import UsageError
from propguard.model.finding import Severity
from propguard.model.profile import KeyCount, KeyProfile, KeysMet, Seen, ValueCount

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_ENTRIES = 100_000
"""Of findings, of keys, and of the values of one key: far more than an audit writes."""

_MOST_REQUESTS = 1 << 63


@dataclass(frozen=True, slots=True)
class EarlierAudit:
    """An audit as its JSON tells of it.

    `known` is what it found by rule and key, and how much that weighed; `many`, of a rule that more keys broke than are
    told one by one, how many. `keys` are the profiles that it tells of, by key; `are_all_keys` whether there were no others.
    """

    known: Mapping[tuple[str, str | None], Severity]
    many: Mapping[str, int]
    requests: int
    keys: Mapping[str, KeyProfile]
    are_all_keys: bool

    def keys_met(self) -> KeysMet:
        """The keys that requests had, under the names that the schema of then gave them."""
        met = (KeyCount(one.key, one.requests, one.seen) for one in self.keys.values() if one.requests)
        return KeysMet(tuple(met), self.are_all_keys)


def earlier_audit(content: bytes, path: str) -> EarlierAudit:
    """What `content`, that of the file at `path`, says; it is what `propguard audit --format json` wrote.

    Raises UsageError where it is anything else.
    """
    known: dict[tuple[str, str | None], Severity] = {}
    many: dict[str, int] = {}
    try:
        document = json.loads(content)
        _refuse_other_versions(document["version"], path)
        for finding in _entries(document["findings"]):
            rule, severity, context = _text(finding["rule"]), Severity(finding["severity"]), finding["context"]
            key = None if finding["key"] is None else _text(finding["key"])
            _number(finding["count"])  # findings of other commands have none
            if key is None and "keys" in context:
                many[rule] = _number(context["keys"])
            else:
                known[rule, key] = severity
        keys = {profile.key: profile for profile in map(_profile, _entries(document["keys"]))}
        requests, properties = _number(document["requests"]), _number(document["properties"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise UsageError(
            f"{path} is no earlier audit; write one with `propguard audit … --format json > {path}`"
        ) from None
    met = sum(profile.requests > 0 for profile in keys.values())
    return EarlierAudit(known, many, requests, keys, are_all_keys=met >= properties)


def _refuse_other_versions(version: object, path: str) -> None:
    """Raises UsageError: what another version says may mean something else."""
    if type(version) is int and version != 1:
        raise UsageError(f"{path} is JSON of version {version}, and this propguard reads version 1 only")
    if version != 1:
        raise ValueError


def _profile(entry: dict[str, Any]) -> KeyProfile:
    values = _entries(entry["top_values"])
    score = entry["score"]
    if type(entry["declared"]) is not bool:
        raise ValueError
    if score is not None and (type(score) not in {int, float} or not 0 <= score <= 1):
        raise ValueError
    return KeyProfile(
        key=_text(entry["key"]),
        declared=entry["declared"],
        requests=_number(entry["requests"]),
        distinct=_number(entry["distinct"]),
        violations=_number(entry["violations"]),
        score=score,
        seen=Seen(_time(entry["first_seen"]), _time(entry["last_seen"])),
        top_values=tuple(ValueCount(_text(value["value"]), _number(value["count"])) for value in values),
    )


def _entries(given: object) -> list[dict[str, Any]]:
    if type(given) is not list or len(given) > _MOST_ENTRIES or not all(type(entry) is dict for entry in given):
        raise ValueError
    return given


def _text(given: object) -> str:
    if type(given) is not str:
        raise ValueError
    return given


def _number(given: object) -> int:
    """A number of requests, keys or values; a boolean is none."""
    if type(given) is not int or not 0 <= given < _MOST_REQUESTS:
        raise ValueError
    return given


def _time(given: object) -> datetime | None:
    if given is None:
        return None
    time = datetime.fromisoformat(_text(given))
    if time.tzinfo is None:
        raise ValueError
    return time
