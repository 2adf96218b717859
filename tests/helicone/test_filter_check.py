"""Filters judged by a schema: what can never match is not asked."""

from __future__ import annotations

from datetime import date

import pytest

from propguard.compilers import Checker
from propguard.errors import PropertyRejected
from propguard.helicone.filter_check import check_filter
from propguard.helicone.filters import Filter, P
from propguard.model.schema import Deprecation, Enforcement, Property, PropertySchema

ENVIRONMENT = Property(
    "environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}
)
SCHEMA = PropertySchema(
    "shop",
    "1.0.0",
    {
        "environment": ENVIRONMENT,
        "app": Property("app", max_length=5),
        "feature_*": Property("feature_*", enum=("enabled", "disabled")),
        "score": Property("score", type="number"),
        "tier": Property("tier", enum=("free", "pro"), enforcement=Enforcement("warn")),
        "old": Property("old", deprecated=Deprecation("obsolete", sunset=date(2020, 1, 1))),
        "customer_id": Property("customer_id"),
    },
    header_separator="-",
)
CHECKER = Checker(SCHEMA, today=date(2026, 1, 1))


@pytest.mark.parametrize(
    "node",
    [
        P("environment") == "production",
        P("environment") != "production",
        P("environment") == "",  # absent or empty
        P("environment").contains("PROD"),
        P("environment").like("prod%"),
        P("environment").exists(),
        P("feature_x") == "enabled",
        P("score") == "1.5",
        P("score").contains("x"),  # open values are not second-guessed
        P("tier") == "premium",  # not enforced yet, so it may be stored
        P("old") == "x",  # what must not be written any more was written once
        P("customer-id") == "x",  # as a header stores it
        P("Helicone-Session-Id") == "s",  # the platform's own
        P("env", checked=False) == "prod",
        P.created_at >= "2026-01-01",
    ],
)
def test_what_may_be_stored_may_be_asked_for(node: Filter) -> None:
    """Silent."""
    check_filter(node, CHECKER)


@pytest.mark.parametrize(
    ("node", "rules", "says"),
    [
        (P("environment") == "prod", ["value-alias"], "can never match: .*`production`"),
        (P("environment") == "produktion", ["value-not-allowed"], "did you mean `production`"),
        (P("environment") != "prod", ["value-alias"], "leaves nothing out"),
        (P("environment").contains("qa"), ["value-not-allowed"], "no allowed value of `environment` contains `qa`"),
        (P("environment").like("p"), ["value-not-allowed"], "is like `p`"),
        (P("env") == "production", ["key-alias"], "`environment`"),
        (P("env").exists(), ["key-alias"], "can never match"),
        (P("Environment") == "production", ["key-case"], "can never match"),
        (P("nope").exists(), ["unknown-property"], "can never match"),
        (P("app") == "toolong", ["value-too-long"], "can never match"),
        (P("score") == "high", ["value-type"], "can never match"),
        (P("feature_x") == "on", ["value-not-allowed"], "can never match"),
        ((P("environment") == "prod") & (P("nope") == "x"), ["value-alias", "unknown-property"], "and 1 more"),
    ],
)
def test_what_can_never_match_is_refused_with_a_suggestion(node: Filter, rules: list[str], says: str) -> None:
    """All of it in one exception."""
    with pytest.raises(PropertyRejected, match=says) as raised:
        check_filter(node, CHECKER)
    assert [violation.rule for violation in raised.value.violations] == rules
