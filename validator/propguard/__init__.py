"""propguard keeps the custom properties of LLM requests consistent: one schema, enforced in code, on the write and in data."""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing` takes longer to import than the rest of this module
if TYPE_CHECKING:
    from propguard.client.guard import AsyncGuardTransport as AsyncGuardTransport
    from propguard.client.guard import GuardTransport as GuardTransport
    from propguard.client.guarded_client import guard_client as guard_client
    from propguard.client.headers import property_headers as property_headers
    from propguard.client.helicone import AsyncHelicone as AsyncHelicone
    from propguard.client.helicone import Helicone as Helicone
    from propguard.compilers import Checker as Checker
    from propguard.errors import AuthenticationFailed as AuthenticationFailed
    from propguard.errors import HeliconeError as HeliconeError
    from propguard.errors import PropertyRejected as PropertyRejected
    from propguard.errors import PropguardError as PropguardError
    from propguard.errors import RateLimited as RateLimited
    from propguard.errors import RequestNotFound as RequestNotFound
    from propguard.errors import SchemaInvalid as SchemaInvalid
    from propguard.errors import SchemaNotFound as SchemaNotFound
    from propguard.errors import Unreachable as Unreachable
    from propguard.errors import UsageError as UsageError
    from propguard.errors import WriteRefused as WriteRefused
    from propguard.helicone.filters import P as P
    from propguard.helicone.stored_request import StoredRequest as StoredRequest
    from propguard.model.finding import Severity as Severity
    from propguard.model.finding import Violation as Violation
    from propguard.model.schema import Property as Property
    from propguard.model.schema import PropertySchema as PropertySchema
    from propguard.model.written import Written as Written
    from propguard.schemafile import load_schema as load_schema

_HOMES = {
    "AsyncGuardTransport": "propguard.client.guard",
    "AsyncHelicone": "propguard.client.helicone",
    "AuthenticationFailed": "propguard.errors",
    "Checker": "propguard.compilers",
    "GuardTransport": "propguard.client.guard",
    "Helicone": "propguard.client.helicone",
    "HeliconeError": "propguard.errors",
    "P": "propguard.helicone.filters",
    "Property": "propguard.model.schema",
    "PropertyRejected": "propguard.errors",
    "PropertySchema": "propguard.model.schema",
    "PropguardError": "propguard.errors",
    "RateLimited": "propguard.errors",
    "RequestNotFound": "propguard.errors",
    "SchemaInvalid": "propguard.errors",
    "SchemaNotFound": "propguard.errors",
    "Severity": "propguard.model.finding",
    "StoredRequest": "propguard.helicone.stored_request",
    "Unreachable": "propguard.errors",
    "UsageError": "propguard.errors",
    "Violation": "propguard.model.finding",
    "WriteRefused": "propguard.errors",
    "Written": "propguard.model.written",
    "guard_client": "propguard.client.guarded_client",
    "load_schema": "propguard.schemafile",
    "property_headers": "propguard.client.headers",
}

__all__ = [
    "AsyncGuardTransport",
    "AsyncHelicone",
    "AuthenticationFailed",
    "Checker",
    "GuardTransport",
    "Helicone",
    "HeliconeError",
    "P",
    "Property",
    "PropertyRejected",
    "PropertySchema",
    "PropguardError",
    "RateLimited",
    "RequestNotFound",
    "SchemaInvalid",
    "SchemaNotFound",
    "Severity",
    "StoredRequest",
    "Unreachable",
    "UsageError",
    "Violation",
    "WriteRefused",
    "Written",
    "guard_client",
    "load_schema",
    "property_headers",
]


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for: a program pays only for the door that it uses."""
    if name not in _HOMES:
        raise AttributeError(f"module 'propguard' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
