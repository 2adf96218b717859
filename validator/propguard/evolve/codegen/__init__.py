"""Source code made from a property schema: `LANGUAGES` holds, by name, what makes the text of a module of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve.codegen.python import python_module
from propguard.evolve.codegen.typescript import typescript_module

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from propguard.model.schema import PropertySchema

__all__ = ["LANGUAGES"]

LANGUAGES: Mapping[str, Callable[[PropertySchema], str]] = {"python": python_module, "typescript": typescript_module}
