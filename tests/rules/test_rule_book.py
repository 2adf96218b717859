"""The rule book is complete, in order, and what it says of itself is true."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given

from propguard import rules
from propguard.client.rows import GivenRow, read_row
from propguard.compilers import Checker
from propguard.lint.run import judge_source
from propguard.model.finding import Door, Severity, Violation
from propguard.model.text import excerpt
from propguard.rules.book import RULES
from propguard.rules.code import CODE_RULES
from propguard.rules.data import DATA_RULES
from propguard.rules.evolution import EVOLUTION_RULES
from propguard.rules.key import KEY_RULES
from propguard.rules.record import RECORD_RULES
from propguard.rules.row import ROW_RULES
from propguard.rules.schema import SCHEMA_RULES
from propguard.rules.value import VALUE_RULES
from propguard.schemafile import load_schema
from tests.rules.stored_keys import as_written
from tests.strategies import MANY, TODAY, schemas_and_records

if TYPE_CHECKING:
    from propguard.model.schema import PropertySchema
    from propguard.rules.rule import Rule

FOLDER = Path(str(rules.__file__)).parent
FAMILIES: dict[str, tuple[Rule, ...]] = {
    "key": KEY_RULES,
    "value": VALUE_RULES,
    "record": RECORD_RULES,
    "row": ROW_RULES,
    "code": CODE_RULES,
    "data": DATA_RULES,
    "schema": SCHEMA_RULES,
    "evolution": EVOLUTION_RULES,
}
HEADER = "file_format: property-schema/1\nname: example\nversion: 1.0.0\n"


@pytest.mark.parametrize("family", FAMILIES)
def test_the_tuple_of_a_family_lists_the_files_of_its_folder(family: str) -> None:
    files = {path.stem for path in (FOLDER / family).glob("*.py")} - {"__init__"}
    modules = {name: import_module(f"propguard.rules.{family}.{name}") for name in files}
    by_file = {name: module.RULE for name, module in modules.items() if hasattr(module, "RULE")}
    assert {rule.id.replace("-", "_"): rule for rule in FAMILIES[family]} == by_file
    assert len(FAMILIES[family]) == len(by_file)


def test_the_book_holds_every_family_in_order() -> None:
    assert tuple(RULES) == tuple(rule for family in FAMILIES.values() for rule in family)
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is_and_why(rule: Rule) -> None:
    for sentence in (rule.summary, rule.why):
        assert sentence == sentence.strip()
        assert sentence.endswith(".")
    assert rule.example.bad != rule.example.good
    assert set(rule.doors) <= set("CWD") or rule.doors == "S"
    assert rule.doors == "".join(sorted(rule.doors, key="CWDS".index))


def example_schema(rule: Rule, folder: Path) -> Path:
    """The schema file of a rule's example, with the three fields that it leaves out."""
    path = folder / "properties.yaml"
    path.write_text(HEADER + rule.example.schema + "\n", encoding="utf-8")
    return path


def rules_with_examples_in(language: str) -> list[Rule]:
    return [rule for rule in RULES if rule.example.language == language]


@pytest.mark.parametrize("rule", rules_with_examples_in("json"), ids=lambda rule: rule.id)
def test_an_example_record_breaks_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    checker = Checker(load_schema(example_schema(rule, tmp_path)), today=TODAY)
    door: Door = "data" if rule.doors == "D" else "api"
    assert [violation.rule for violation in checker.check_record(json.loads(rule.example.bad), door=door)] == [rule.id]
    assert checker.check_record(json.loads(rule.example.good), door=door) == ()


@pytest.mark.parametrize("rule", rules_with_examples_in("jsonl"), ids=lambda rule: rule.id)
def test_an_example_row_breaks_its_rule_and_no_other(rule: Rule) -> None:
    bad = read_row(rule.example.bad.encode())
    assert isinstance(bad, Violation)
    assert bad.rule == rule.id
    assert isinstance(read_row(rule.example.good.encode()), GivenRow)


@pytest.mark.parametrize("rule", rules_with_examples_in("keys"), ids=lambda rule: rule.id)
def test_example_keys_break_their_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    schema = load_schema(example_schema(rule, tmp_path))

    def found(rows: str) -> list[str]:
        subject = as_written(schema, rows)
        return [other.id for other in DATA_RULES for _ in other.find(subject)]

    assert found(rule.example.bad) == [rule.id]
    assert found(rule.example.good) == []


@pytest.mark.parametrize("rule", rules_with_examples_in("python"), ids=lambda rule: rule.id)
def test_an_example_in_python_breaks_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    schema = load_schema(example_schema(rule, tmp_path))

    def found(source: str) -> list[str]:
        findings = judge_source("example.py", source.encode(), lambda _: (Checker(schema, today=TODAY), schema.name))
        return [finding.violation.rule for finding in findings]

    assert found(rule.example.bad) == [rule.id]
    assert found(rule.example.good) == []


# Words that a message quotes and that are the rule's own.
OWN_WORDS = {"Helicone-Property-", "_", "-", ":", "/", "sensitive: allow", "42", "0.5", "true", "false"}


def untold_in(violation: Violation) -> set[str]:
    """What a message interpolates, texts in backticks and numbers, that no field of the violation holds."""
    told = told_by(violation)
    quoted = set(re.findall(r"`([^`]*)`", violation.message)) - OWN_WORDS - told
    numbers = re.findall(r"[0-9]+", re.sub(r"`[^`]*`|U\+[0-9A-F]+", "", violation.message))
    return quoted | {number for number in numbers if not any(number in text for text in told)}


def told_by(violation: Violation) -> set[str]:
    """Every text that the fields of a violation hold, also as messages shorten and spell it."""
    told: set[str] = set()

    def gather(part: object) -> None:
        if isinstance(part, dict):
            for inner in part.values():
                gather(inner)
        elif isinstance(part, list | tuple):
            for inner in part:
                gather(inner)
        elif part is not None:
            text = f"{part:g}" if isinstance(part, float) else str(part)
            told.update({text, excerpt(text), f"Helicone-Property-{text}"})

    gather([violation.key, violation.value, violation.suggestion, dict(violation.context)])
    return told


@MANY
@given(schemas_and_records())
def test_everything_that_a_message_interpolates_is_in_the_violation(
    case: tuple[PropertySchema, dict[str, Any]],
) -> None:
    """So that a program never needs to read a message."""
    schema, record = case
    checker = Checker(schema, today=TODAY)
    doors: tuple[Door, ...] = get_args(Door)
    for door in doors:
        for violation in checker.check_record(record, door=door):
            if "`" not in f"{record}{schema}":
                assert not untold_in(violation), violation
            assert violation.severity in Severity
            assert violation.message
