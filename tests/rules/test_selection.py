"""Which keys are looked at where only some are asked for."""

from __future__ import annotations

import pytest

from propguard.model.names import Names
from propguard.model.schema import Property, PropertySchema
from propguard.rules.selection import selection
from propguard.rules.sql import literal

SCHEMA = PropertySchema(
    "test", "1.0.0", properties={"user_id": Property("user_id", aliases=("uid",)), "feature_*": Property("feature_*")}
)


CASES = [
    ("user_id", "user_id", True),
    ("user_id", "User-Id", True),
    ("user_id", "userID", True),
    ("user_id", "UID", True),
    ("user_id", "user_ids", False),
    ("uid", "user_id", False),  # what is asked for is no declared name, so it is that key and no other
    ("Strange Key", "strange-key", True),
    ("feature_*", "feature_x", True),
    ("feature_*", "Feature-x", True),
    ("feature_*", "feature_*", True),
    ("feature_*", "features", False),
    ("", "", True),
    ("", "x", False),
    ("日本", "日本", True),
    ("日本", "東京", False),
]


@pytest.mark.parametrize(("asked", "key", "expected"), CASES)
def test_spellings_are_looked_at_too(asked: str, key: str, expected: bool) -> None:
    assert selection(Names(SCHEMA, "data"), [asked]).holds(key) is expected


def test_the_database_chooses_the_same() -> None:
    chdb = pytest.importorskip("chdb", reason="needs chdb")
    for asked, key, expected in CASES:
        condition = selection(Names(SCHEMA, "data"), [asked]).sql()
        assert (
            str(chdb.query(f"SELECT {condition} AS held FROM (SELECT {literal(key)} AS k)", "TSV"))
            == f"{int(expected)}\n"
        )
