"""What `import propguard` offers: pinned, so that nothing is added or lost without a decision."""

from __future__ import annotations

import subprocess
import sys

import pytest

import propguard

pytestmark = pytest.mark.smoke

NAMES = [
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


def test_the_public_names_are_these() -> None:
    assert propguard.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_there(name: str) -> None:
    assert getattr(propguard, name).__name__ == name


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Helper'"):
        propguard.Helper  # noqa: B018  # the look-up is what is tested


def test_importing_the_package_imports_nothing_else() -> None:
    """A program pays only for the names that it asks for."""
    code = "import __future__, sys, typing; before = set(sys.modules); import propguard; print(*sorted(set(sys.modules) - before))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert answer.stdout.split() == ["propguard"]


def test_errors_are_one_tree() -> None:
    """Whoever catches PropguardError catches all of them."""
    for error in (propguard.SchemaInvalid, propguard.SchemaNotFound, propguard.UsageError):
        assert issubclass(error, propguard.PropguardError)
