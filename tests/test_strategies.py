"""The generated schemas are such as a file could hold, or what is proved of them would be proved of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from hypothesis import given

from propguard.model.finding import Severity
from propguard.schemafile import as_document, check_schema, load_schema
from tests.strategies import TODAY, schemas

if TYPE_CHECKING:
    import pytest

    from propguard.model.schema import PropertySchema


@given(schema=schemas())
def test_a_generated_schema_has_no_fault(tmp_path_factory: pytest.TempPathFactory, schema: PropertySchema) -> None:
    path = tmp_path_factory.getbasetemp() / "generated.yaml"
    path.write_text(yaml.safe_dump(as_document(schema), sort_keys=False), encoding="utf-8")
    faults = [
        finding.violation for finding in check_schema(path, today=TODAY) if finding.violation.severity is Severity.ERROR
    ]
    assert [fault.message for fault in faults] == []
    assert as_document(load_schema(path, remember=False)) == as_document(schema)
