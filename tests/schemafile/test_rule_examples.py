"""Every rule about schema files is broken by its bad example, and by nothing else, and kept by its good one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import propguard.rules.schema
from propguard.model.finding import FilePlace
from propguard.rules.schema import SCHEMA_CHECKS, SCHEMA_RULES
from propguard.schemafile import check_schema

if TYPE_CHECKING:
    from propguard.rules.rule import SchemaRule
    from tests.schemafile.conftest import Write


@pytest.mark.parametrize("rule", SCHEMA_RULES, ids=lambda rule: rule.id)
def test_examples(rule: SchemaRule, write: Write) -> None:
    write(rule.example.schema, "strict.yaml", head="")
    (finding,) = check_schema(write(rule.example.bad, head=""))
    assert (finding.violation.rule, finding.violation.severity) == (rule.id, rule.severity)
    assert isinstance(finding.place, FilePlace)
    assert finding.place.span.line > 3 or rule.id == "schema-missing-field"
    assert check_schema(write(rule.example.good, head="")) == ()


@pytest.mark.checkout
def test_every_file_of_the_folder_is_listed_under_its_name() -> None:
    folder = os.path.dirname(str(propguard.rules.schema.__file__))
    files = {name.removesuffix(".py").replace("_", "-") for name in os.listdir(folder) if name.startswith("schema_")}
    assert {rule.id for rule in SCHEMA_RULES} == files
    assert len(SCHEMA_RULES) == len(files)
    assert {rule.id for rule, _ in SCHEMA_CHECKS} <= files


@pytest.mark.parametrize("rule", SCHEMA_RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_is_and_why(rule: SchemaRule) -> None:
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.doors == "S"
    assert rule.example.language == "yaml"
