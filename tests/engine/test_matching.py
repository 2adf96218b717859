"""A filter finds the same requests as SQL as it finds when it is asked of each request."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propguard.engine.embedded import EmbeddedEngine
from propguard.engine.matching import condition, matching
from propguard.helicone.filter_text import parse_where
from propguard.helicone.filters import OPERATORS, TIME_OPERATORS, Created, Filter, P, comparison, holds
from propguard.helicone.stored_request import StoredRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("chdb", reason="needs chdb")

START = datetime(2026, 6, 1, tzinfo=UTC)
KEYS = ("a", "A", "it's", "`b`", "\\")
TEXTS = ("", "x", "X", "xyz", "100%", "a_b", "a\\b", "\\", "'", "ß", "\N{GRINNING FACE}", "null", "two\nlines")
PATTERNS = (*TEXTS, "%", "_", "x%", "%y%", "\\%", "a\\_b", "__")
REQUESTS = [
    StoredRequest(
        str(number),
        START + timedelta(seconds=number),
        {key: TEXTS[(number * (place + 3)) % len(TEXTS)] for place, key in enumerate(KEYS) if (number >> place) % 2},
        None,
        None,
        None,
        START,
    )
    for number in range(64)
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    path = tmp_path_factory.mktemp("requests") / "requests.jsonl"
    lines = (
        {
            "request_id": one.request_id,
            "request_created_at": one.created_at.isoformat(),
            "properties": dict(one.properties),
        }
        for one in REQUESTS
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with EmbeddedEngine([str(path)]) as opened:
        yield opened


def found(engine: EmbeddedEngine, where: Filter) -> set[str]:
    return {str(row["request_id"]) for row in engine.rows(f"SELECT request_id FROM ({matching(engine.source, where)})")}


leaves = st.one_of(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(OPERATORS), st.sampled_from(PATTERNS))
    .filter(lambda parts: not (parts[1] in {"like", "ilike"} and parts[2] == "\\"))  # which is refused
    .map(lambda parts: comparison(*parts)),
    st.sampled_from(KEYS).map(lambda key: P(key).exists()),
    st.builds(
        Created, st.sampled_from(TIME_OPERATORS), st.integers(-1, 65).map(lambda at: START + timedelta(seconds=at))
    ),
)
filters = st.recursive(
    leaves,
    lambda parts: st.builds(lambda one, two, both: one & two if both else one | two, parts, parts, st.booleans()),
    max_leaves=4,
)


@given(where=filters)
@settings(deadline=None)
def test_the_same_requests(engine: EmbeddedEngine, where: Filter) -> None:
    """Whatever stands in keys, values and patterns; what is absent reads as the empty text."""
    assert found(engine, where) == {one.request_id for one in REQUESTS if holds(where, one)}


def test_nothing_in_a_filter_becomes_sql() -> None:
    """All but plain words is hexadecimal."""
    sql = condition(parse_where("\"') OR 1 --\" = '`) UNION SELECT 1'"))
    assert "UNION" not in sql
    assert "--" not in sql


def test_without_a_filter_the_source_is_as_it_was(engine: EmbeddedEngine) -> None:
    assert matching(engine.source, None) == engine.source
