"""Every rule about the evolution of schemas is broken by its bad example, and by its good one nothing that weighs more than a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.evolve import advise, diff
from propguard.model.finding import Severity
from propguard.rules.evolution import EVOLUTION_CHECKS, EVOLUTION_RULES
from propguard.schemafile import check_schema, load_schema
from tests.strategies import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema
    from propguard.rules.rule import Rule


def told(old: str, new: str, folder: Path) -> list[Violation]:
    """What is told of the way from one schema to another, each the text of a file."""
    before, after = (read(folder / name, text) for name, text in (("old.yaml", old), ("new.yaml", new)))
    changes = diff(before, after, today=TODAY)
    version = advise(before, after, changes).violation
    return [*(change.violation for change in changes), *([version] if version is not None else [])]


def read(path: Path, text: str) -> PropertySchema:
    """The schema of that text, which has no faults."""
    path.write_text(text, encoding="utf-8")
    assert [one for one in check_schema(path) if one.violation.severity is Severity.ERROR] == []
    return load_schema(path)


@pytest.mark.parametrize("rule", EVOLUTION_RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    """The bad one breaks this rule and no other."""
    example = rule.example
    bad, good = told(example.schema, example.bad, tmp_path), told(example.schema, example.good, tmp_path)
    assert [violation.rule for violation in bad] == [rule.id]
    assert rule.id not in [violation.rule for violation in good]
    assert [violation for violation in good if violation.severity is not Severity.INFO] == []


@pytest.mark.parametrize("rule", EVOLUTION_CHECKS, ids=lambda rule: rule.id)
def test_what_breaks_nobody_but_readers_is_a_notice(rule: Rule, tmp_path: Path) -> None:
    """What breaks writers or history is an error, or a warning where it cannot be told."""
    (violation,) = told(rule.example.schema, rule.example.bad, tmp_path)
    only_readers = violation.context["breaks"] == ["READER"]
    doubtful = rule.id == "breaking-cannot-tell"
    assert violation.severity is (Severity.INFO if only_readers else Severity.WARNING if doubtful else Severity.ERROR)
