"""From the key as it is written to the key as the platform keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.model.stored_key import is_system_key, stored_key

if TYPE_CHECKING:
    from propguard.model.finding import Door


@pytest.mark.parametrize(
    ("written", "door", "stored"),
    [
        ("Customer-Id", "header", "customer-id"),  # nothing maps `-` to `_`
        ("customer_id", "header", "customer_id"),
        ("UserId", "header", "userid"),
        ("", "header", ""),
        ("Customer-Id", "api", "Customer-Id"),
        ("UserId", "api", "UserId"),
    ],
)
def test_stored_key(written: str, door: Door, stored: str) -> None:
    assert stored_key(written, door) == stored


@pytest.mark.parametrize(
    "key",
    [
        "Helicone-Session-Id",
        "helicone-session-name",
        "HELICONE-SESSION-PATH",
        "Helicone-Session-Feedback",
        "Helicone-Prompt-Id",
        "Helicone-Experiment-Id",
        "Helicone-Cache-Enabled",
        "Helicone-Cache-Seed",
        "Helicone-Cache-Bucket-Max-Size",
        "Helicone-Cache-Control",
        "Helicone-Sent-To-Posthog",
        "Helicone-Rate-Limit-Status",
        "helicone-evaluator",
        "stripe_customer_id",
        "helicone-stripe-anything",
    ],
)
def test_keys_of_the_platform(key: str) -> None:
    assert is_system_key(key)


@pytest.mark.parametrize(
    "key", ["", "session-id", "helicone", "Helicone-User-Id", "stripe-customer-id", "x-helicone-stripe-y"]
)
def test_keys_of_the_user(key: str) -> None:
    assert not is_system_key(key)
