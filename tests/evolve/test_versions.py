"""What the version should be follows from what has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from propguard.evolve import advise, diff
from propguard.model.schema import Property, PropertySchema
from tests.strategies import TODAY

OLD = PropertySchema("s", "1.4.2", {"team": Property("team", enum=("a", "b"))})
BREAKING = replace(OLD, properties={"team": Property("team", enum=("a",))})
WIDER = replace(OLD, properties={"team": Property("team", enum=("a", "b", "c"))})
REWORDED = replace(OLD, properties={"team": Property("team", enum=("a", "b"), description="Who answers.")})

# The old version, the new schema and its version, what is asked for, whether that is told, and whether it is announced.
CASES = [
    ("1.4.2", OLD, "1.4.2", "1.4.2", False, False),
    ("1.4.2", OLD, "1.5.0", "1.4.2", False, False),  # more than is needed harms nobody
    ("1.4.2", BREAKING, "2.0.0", "2.0.0", False, True),
    ("1.4.2", BREAKING, "3.1.0", "2.0.0", False, True),
    ("1.4.2", BREAKING, "1.5.0", "2.0.0", True, False),
    ("1.4.2", BREAKING, "2.0.0-rc.1", "2.0.0", False, True),
    ("0.4.2", BREAKING, "0.5.0", "0.5.0", False, True),  # before 1.0.0 a minor version may break
    ("0.4.2", BREAKING, "0.4.3", "0.5.0", True, False),
    ("0.4.2", WIDER, "0.4.3", "0.4.3", False, False),
    ("2.0.0-rc.1", BREAKING, "2.0.0-rc.2", "3.0.0", False, True),  # nobody relies on what is not released
    ("2.0.0-rc.2", BREAKING, "2.0.0-rc.10", "3.0.0", False, True),
    ("1.4.2", WIDER, "1.5.0", "1.5.0", False, False),
    ("1.4.2", WIDER, "1.4.3", "1.5.0", True, False),
    ("1.4.2", REWORDED, "1.4.3", "1.4.3", False, False),
    ("1.4.2", REWORDED, "1.4.2", "1.4.3", True, False),
    ("1.4.2", OLD, "1.4.1", "1.4.2", True, False),
    ("1.4.2", OLD, "1.4.2-rc.1", "1.4.2", True, False),
]


@pytest.mark.parametrize(("before", "new", "after", "needed", "is_told", "is_announced"), CASES)
def test_the_version_that_is_asked_for(
    before: str, new: PropertySchema, after: str, needed: str, is_told: bool, is_announced: bool
) -> None:
    old, new = replace(OLD, version=before), replace(new, version=after)
    advice = advise(old, new, diff(old, new, today=TODAY))
    assert (advice.version, advice.violation is not None, advice.is_announced) == (needed, is_told, is_announced)
