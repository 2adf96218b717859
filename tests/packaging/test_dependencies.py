"""What the package imports is what it asks pip for."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

import propguard

pytestmark = pytest.mark.smoke

PACKAGE = Path(str(propguard.__file__)).parent


def imported() -> set[str]:
    """The distributions of all modules that any file of the package imports, or names in a string to import later."""
    modules, strings = set[str](), set[str]()
    for path in set(PACKAGE.rglob("*.py")) - set((PACKAGE / "_example").rglob("*")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                modules.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules.add(str(node.module).partition(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
    distributions = packages_distributions()
    modules -= {*sys.stdlib_module_names, "propguard", "pytest"}  # only pytest imports the plugin that is made for it
    directly = {
        min(map(normalised, distributions.get(module, [module])), key=lambda name: name not in declared())
        for module in modules  # some come from two distributions, such as chDB's engine and what is around it
    }
    by_name = {normalised(distributions[module][0]) for module in strings & distributions.keys()}
    return directly | (by_name & declared())


def declared() -> set[str]:
    """The distributions that the package needs, along with those of its extras for users."""
    for_developers = re.compile(r"extra == ['\"](dev|bench)['\"]")
    return {
        normalised(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
        for requirement in requires("propguard") or ()
        if not for_developers.search(requirement)
    } - {"propguard"}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_imports_are_declared() -> None:
    """Nothing works by the luck of a dependency's dependency, or of a developer's tool."""
    assert imported() - declared() == set()


def test_dependencies_are_imported() -> None:
    """Nobody installs what is not used."""
    assert declared() - imported() == set()
