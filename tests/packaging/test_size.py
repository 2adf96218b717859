"""A file past 400 lines, or a function past 60, is asked whether it is two."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import propguard

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(str(propguard.__file__)).parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# What was asked and is one thing: `path` or `path:function`, and why.
ALLOWED: dict[str, str] = {}


def too_long() -> Iterator[str]:
    for path in sorted(set(PACKAGE.rglob("*.py")) - set((PACKAGE / "_example").rglob("*"))):
        source, name = path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix()
        if source.count("\n") > LONGEST_FILE:
            yield name
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                if node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                    yield f"{name}:{node.name}"


def test_nothing_is_too_long() -> None:
    """What is longer stands in the list, with a reason, and the list holds nothing that has become shorter."""
    assert set(too_long()) == set(ALLOWED)
