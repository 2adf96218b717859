"""An earlier audit is read back from its JSON, and from nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.errors import UsageError
from propguard.model.earlier import EarlierAudit, earlier_audit
from tests.report.audits import audits, lifelike, rendered

if TYPE_CHECKING:
    from propguard.audit import AuditResult

FINDING: dict[str, Any] = {"rule": "key-case", "key": "Env", "severity": "error", "context": {}, "count": 1}
KEY: dict[str, Any] = {
    "key": "environment",
    "declared": True,
    "requests": 10,
    "distinct": 1,
    "violations": 0,
    "score": 1.0,
    "first_seen": None,
    "last_seen": "2026-01-01T00:00:00.000Z",
    "top_values": [{"value": "production", "count": 10}],
}
WHOLE: dict[str, Any] = {"version": 1, "requests": 10, "properties": 1, "findings": [FINDING], "keys": [KEY]}


def read(document: object) -> EarlierAudit:
    return earlier_audit(json.dumps(document).encode(), "x.json")


@given(audits())
def test_what_an_audit_writes_is_read(result: AuditResult) -> None:
    """Every key with its counts; times to the millisecond."""
    earlier = earlier_audit(rendered(result, "json").encode(), "x.json")
    assert earlier.requests == result.requests
    for profile in {one.key: one for one in result.keys}.values():
        again = earlier.keys[profile.key]
        assert (again.requests, again.distinct, again.declared) == (
            profile.requests,
            profile.distinct,
            profile.declared,
        )
        assert [(one.value, one.count) for one in again.top_values] == [
            (one.value, one.count) for one in profile.top_values
        ]


def test_it_is_known_whether_there_were_other_keys() -> None:
    """A declared key that no request had is none of the keys that were there."""
    assert read(WHOLE).are_all_keys
    assert not read({**WHOLE, "properties": 2}).are_all_keys
    assert not read({**WHOLE, "keys": [{**KEY, "requests": 0}]}).are_all_keys


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"version": 1}',
        b'{"version": "1"}',
        json.dumps({name: part for name, part in WHOLE.items() if name != "keys"}).encode(),  # of another command
        json.dumps(WHOLE).replace(" 10,", " " + "9" * 5000 + ",").encode(),
        json.dumps(WHOLE).replace(" 10,", " NaN,").encode(),
        json.dumps(WHOLE).replace(" 10,", " 1e999,").encode(),
        json.dumps({**WHOLE, "keys": [KEY] * 100_001}).encode(),
    ],
)
def test_what_is_no_audit_is_refused(document: bytes) -> None:
    """In one sentence that says how to make one."""
    with pytest.raises(UsageError, match=r"^x\.json is no earlier audit; write one with"):
        earlier_audit(document, "x.json")


WRONG: dict[tuple[str, str], list[object]] = {
    ("finding", "severity"): ["fatal"],
    ("finding", "rule"): [[]],
    ("finding", "key"): [1],
    ("finding", "count"): ["1"],
    ("finding", "context"): [None],
    ("key", "requests"): [-1, True, 1.5, "10", None, 1 << 63, []],
    ("key", "score"): [2, -0.1, "1", True],
    ("key", "last_seen"): ["yesterday", 5, "2026-01-01T00:00:00", ""],
    ("key", "top_values"): [None, {}, [1], [{}], [{"value": 1, "count": 1}]],
    ("key", "declared"): [1],
    ("key", "key"): [None],
}


@pytest.mark.parametrize(("of", "field", "wrong"), [(*place, wrong) for place in WRONG for wrong in WRONG[place]])
def test_a_wrong_field_is_refused(of: str, field: str, wrong: object) -> None:
    """Nothing is taken for what it is not."""
    finding, key = ({**FINDING, "key": None}, KEY) if field == "context" else (FINDING, KEY)
    parts = {"finding": (dict(finding), "findings"), "key": (dict(key), "keys")}
    part, name = parts[of]
    part[field] = wrong
    with pytest.raises(UsageError, match=r"^x\.json is no earlier audit"):
        read({**WHOLE, name: [part]})


def test_json_of_another_version_is_refused() -> None:
    """It may mean something else."""
    with pytest.raises(UsageError, match="version 2"):
        read({"version": 2})


def anything() -> st.SearchStrategy[object]:
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    return st.recursive(scalars, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=8)


@given(st.sampled_from([*WHOLE, *(f"0.{name}" for name in KEY), *(f"1.{name}" for name in FINDING)]), anything())
def test_nothing_in_it_crashes_the_reader(place: str, wrong: object) -> None:
    """Whatever stands at one place of it: it is read, or refused in a sentence."""
    document = json.loads(json.dumps(WHOLE))
    part = {"0": document["keys"][0], "1": document["findings"][0]}.get(place.partition(".")[0], document)
    part[place.rpartition(".")[2]] = wrong
    with suppress(UsageError):
        read(document)


def test_a_whole_one() -> None:
    """One that looks like life."""
    assert earlier_audit(rendered(lifelike(), "json").encode(), "x.json").keys
