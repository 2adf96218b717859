"""Somewhere to run SQL: an engine answers a statement with rows, and knows what to name its source of requests."""

from propguard.engine.protocol import Engine

__all__ = ["Engine"]
