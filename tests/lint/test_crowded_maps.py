"""A key that would stand twice in its map, were it mended, is not mended: one of the two values would be lost."""

from __future__ import annotations

import pytest

from propguard.compilers import Checker
from propguard.lint.run import judge_source
from propguard.schemafile import load_schema, standard_schema_path

CHECKER = Checker(load_schema(standard_schema_path(), remember=False))


@pytest.mark.parametrize(
    ("source", "fixes"),
    [
        # nothing else in the map goes by that name
        ('h = {"Helicone-Property-Env": a, "Helicone-Property-App": b}', [True]),
        # two maps, one each
        ('h = {"Helicone-Property-Env": a}\ng = {"Helicone-Property-Environment": b}', [True]),
        # the name is there already
        ('h = {"Helicone-Property-Env": a, "Helicone-Property-Environment": b}', []),
        # two spellings of one name
        ('h = {"Helicone-Property-Env": a, "Helicone-Property-deploy_env": b}', []),
        # two headers that spell one name with other separators
        ('h = {"Helicone-Property-Customer-Id": a, "Helicone-Property-CustomerId": b}', []),
    ],
)
def test_only_what_has_room_is_mended(source: str, fixes: list[bool]) -> None:
    """Not even by an unsafe fix."""
    findings = judge_source("a.py", source.encode(), lambda _: (CHECKER, "standard"))
    assert [finding.fix.safe for finding in findings if finding.fix is not None] == fixes
