"""From the key as code writes it to the key as the platform keeps it, and which keys are the platform's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.model.finding import Door

HEADER_PREFIX = "Helicone-Property-"
_LOWERED_PREFIX = HEADER_PREFIX.lower()

MISSPELT_HEADER_PREFIX = r"helicone[-_]*propert(?:y|ies)[-_]+(?=.)"
"""What header names begin with that were meant to have the prefix, as a regular expression; the prefix itself is among it."""

SYSTEM_KEYS = frozenset(
    {
        "helicone-session-id",
        "helicone-session-name",
        "helicone-session-path",
        "helicone-session-feedback",
        "helicone-prompt-id",
        "helicone-experiment-id",
        "helicone-cache-enabled",
        "helicone-cache-seed",
        "helicone-cache-bucket-max-size",
        "helicone-cache-control",
        "helicone-sent-to-posthog",
        "helicone-rate-limit-status",
        "helicone-evaluator",
        "stripe_customer_id",
    }
)
"""Keys that the platform itself keeps in the same map, lower-cased. Source: Helicone/helicone at 67df07b8."""

SYSTEM_KEY_PREFIX = "helicone-stripe-"


def stored_key(written: str, door: Door) -> str:
    """The key as the platform keeps it: headers lower-case, the API keeps what it gets."""
    return written.lower() if door == "header" else written


def has_header_prefix(key: str) -> bool:
    """Whether `key`, in any case, begins with the prefix of headers, which belongs into none."""
    return key[: len(HEADER_PREFIX)].lower() == _LOWERED_PREFIX


def is_system_key(key: str) -> bool:
    """Whether `key`, in any case, belongs to the platform."""
    lowered = key.lower()
    return lowered in SYSTEM_KEYS or lowered.startswith(SYSTEM_KEY_PREFIX)
