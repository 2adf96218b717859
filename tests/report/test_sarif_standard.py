"""SARIF 2.1.0, by the schema of the standard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import audits
from tests.report.findings import findings, rendered
from tests.report.sarif import PACKAGE, problems_by_the_standard

if TYPE_CHECKING:
    from propguard.audit import AuditResult
    from propguard.model.finding import Finding

pytestmark = pytest.mark.external(PACKAGE)


@given(st.lists(findings(), max_size=4))
def test_any_report_is_valid(found: list[Finding]) -> None:
    """Whatever was found in code or in records."""
    assert problems_by_the_standard(json.loads(rendered(found, "sarif"))) == []


@given(audits.audits())
def test_any_audit_is_valid(result: AuditResult) -> None:
    """Whatever was found in data."""
    assert problems_by_the_standard(json.loads(audits.rendered(result, "sarif"))) == []


def test_the_schema_is_the_one_of_the_standard() -> None:
    """It refuses what is no report, so that the tests above can fail."""
    assert problems_by_the_standard({"version": "2.1.0", "runs": [{}]}) != []
