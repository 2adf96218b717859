"""Names that a `match` or a `switch` has narrowed to the texts of a case."""

from __future__ import annotations

import pytest

from tests.lint.documents import parsed, shown


@pytest.mark.parametrize(
    ("case", "ways"),
    [
        ('case "a":', ["a"]),
        ('case "a" | "b":', ["a", "b"]),
        # Anything else may be anything.
        ("case _:", ["*"]),
        ("case [*rest]:", ["*"]),
        ('case "a" | 1 | x:', ["*"]),
    ],
)
def test_a_case_of_python_gives_its_texts(case: str, ways: list[str]) -> None:
    """All of them, where all are known."""
    here = parsed(f"def f(NAME):\n    match NAME:\n        {case}\n            g(NAME)\n")
    known = [way for way in shown(here.evaluator.ways(here.node("NAME"))) if way != "*" or ways == ["*"]]
    assert known == ways


@pytest.mark.parametrize(
    ("cases", "ways"),
    [
        ('case "a": g(NAME)', ["a"]),
        # A case that does nothing falls through to the next.
        ('case "a": case "b": g(NAME)', ["b", "a"]),
        ('case "a": break; case "b": g(NAME)', ["b"]),
        ("default: g(NAME)", ["*"]),
        ("case other: g(NAME)", ["*"]),
    ],
)
def test_a_case_of_javascript_gives_its_texts(cases: str, ways: list[str]) -> None:
    """Those of the empty cases before it, too."""
    here = parsed(f"function f(NAME) {{ switch (NAME) {{ {cases} }} }}", "javascript")
    known = [way for way in shown(here.evaluator.ways(here.node("NAME"))) if way != "*" or ways == ["*"]]
    assert known == ways


def test_another_subject_narrows_nothing() -> None:
    """Only the name that is looked at is what the case says."""
    here = parsed("def f(NAME, other):\n    match other:\n        case 'a':\n            g(NAME)\n")
    assert shown(here.evaluator.ways(here.node("NAME"))) == ["*"]
