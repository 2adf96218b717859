"""A local platform on embedded ClickHouse, with the real one's semantics and traps, for tests and for trying things out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.sandbox.process import Sandbox as Sandbox
    from propguard.sandbox.serving import serve as serve
    from propguard.sandbox.settings import Settings as Settings

_HOMES = {
    "Sandbox": "propguard.sandbox.process",
    "Settings": "propguard.sandbox.settings",
    "serve": "propguard.sandbox.serving",
}

__all__ = ["Sandbox", "Settings", "serve"]


def __getattr__(name: str) -> object:
    """A public name, imported when it is asked for: every run of pytest imports this package, for its fixture."""
    if name not in _HOMES:
        raise AttributeError(f"module 'propguard.sandbox' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
