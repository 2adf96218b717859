"""propguard keeps the custom properties of LLM requests consistent: one schema, enforced in code, on the write and in data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.compilers import Checker as Checker
    from propguard.errors import PropguardError as PropguardError
    from propguard.errors import SchemaInvalid as SchemaInvalid
    from propguard.errors import SchemaNotFound as SchemaNotFound
    from propguard.errors import UsageError as UsageError
    from propguard.model.finding import Severity as Severity
    from propguard.model.finding import Violation as Violation
    from propguard.model.schema import Property as Property
    from propguard.model.schema import PropertySchema as PropertySchema
    from propguard.schemafile import load_schema as load_schema

_HOMES = {
    "Checker": "propguard.compilers",
    "Property": "propguard.model.schema",
    "PropertySchema": "propguard.model.schema",
    "PropguardError": "propguard.errors",
    "SchemaInvalid": "propguard.errors",
    "SchemaNotFound": "propguard.errors",
    "Severity": "propguard.model.finding",
    "UsageError": "propguard.errors",
    "Violation": "propguard.model.finding",
    "load_schema": "propguard.schemafile",
}

__all__ = [
    "Checker",
    "Property",
    "PropertySchema",
    "PropguardError",
    "SchemaInvalid",
    "SchemaNotFound",
    "Severity",
    "UsageError",
    "Violation",
    "load_schema",
]


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for: a program pays only for the door that it uses."""
    if name not in _HOMES:
        raise AttributeError(f"module 'propguard' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
