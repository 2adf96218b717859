"""Some weeks of requests of a support application whose properties have drifted, always the same ones."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REQUESTS = 5_000
DAYS = 28

# What the services of one company write for the same thing: key, value, and in how many of a hundred requests.
_ENVIRONMENT = (
    ("environment", "production", 52),
    ("environment", "staging", 9),
    ("environment", "development", 5),
    ("environment", "prod", 12),
    ("environment", "Production", 6),
    ("Environment", "production", 5),
    ("env", "prod", 7),
    ("environment", "undefined", 1),
)
_TIER = (
    ("user_tier", "free", 40),
    ("user_tier", "pro", 22),
    ("user_tier", "enterprise", 6),
    ("user_tier", "premium", 9),
    ("userTier", "pro", 5),
    ("customer_tier", "pro", 8),
)
_FEATURE = (
    ("app", "support-chat", 55),
    ("app", "search", 18),
    ("app", "Support Chat", 6),
    ("app_name", "support-chat", 7),
    ("App", "support-chat", 4),
)
_VARIANT = (("variant", "control", 16), ("variant", "treatment", 16), ("variant", "Treatment", 2), ("variant", "", 1))
_BILLABLE = (("billable", "true", 30), ("billable", "false", 12), ("billable", "True", 6), ("billable", "yes", 2))
_REVIEW = (("review_status", "pending", 10), ("review_status", "approved", 9), ("review_status", "in-review", 3))
_REGION = (("region", "us-east-1", 40), ("region", "eu-west-1", 25), ("Region", "US East", 4))
_VERSION = (("version", "2.3.0", 25), ("version", "2.4.0", 20), ("version", "v2.4", 6), ("version", "latest", 3))
_CHOICES = (_ENVIRONMENT, _TIER, _FEATURE, _VARIANT, _BILLABLE, _REVIEW, _REGION, _VERSION)

# The keys under which one and the same user stands, with their weight.
_USER_KEYS = (("user_id", 60), ("userid", 10), ("user-id", 12), ("UserId", 8))
_MODELS = (("gpt-4o", "OPENAI"), ("gpt-4o-mini", "OPENAI"), ("claude-sonnet-4", "ANTHROPIC"))
_NEW_KEY_FROM = 0.75
"""The part of the time after which somebody begins to write a key that nobody has declared."""


def requests(until: datetime | None = None, number: int = REQUESTS) -> Iterator[dict[str, Any]]:
    """`number` requests as `Sandbox.seed` takes them, oldest first, over the four weeks before `until` (or now)."""
    dice = random.Random(20_260_704)  # noqa: S311  # dice, no secrets
    end = until or datetime.now(UTC)
    for position in range(number):
        share = position / number
        model, provider = dice.choice(_MODELS)
        user = f"user_{dice.randrange(400)}"
        yield {
            "request_id": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
            "created_at": (end - timedelta(days=DAYS * (1 - share), minutes=dice.uniform(1, 60))).isoformat(),
            "model": model,
            "provider": provider,
            "status": 200 if dice.random() < 0.97 else 429,
            "user_id": user if dice.random() < 0.5 else "",
            "properties": _properties(dice, user, share),
        }


def _properties(dice: random.Random, user: str, share: float) -> dict[str, str]:
    """The properties of one request, made at `share` of the time."""
    drawn = [_drawn(dice, choices) for choices in _CHOICES]
    properties = {key: value for entry in drawn if entry for key, value in [entry]}
    weights = [weight for _, weight in _USER_KEYS]
    properties[dice.choices([key for key, _ in _USER_KEYS], weights)[0]] = user
    if dice.random() < 0.35:
        properties["customer_id"] = f"cust_{dice.randrange(120)}"
    if dice.random() < 0.02:
        properties["customer_id"] = f"anna.{dice.randrange(50)}@example.com"
    if dice.random() < 0.2:
        properties["Helicone-Session-Id"] = f"session_{dice.randrange(900)}"
    if share > _NEW_KEY_FROM and dice.random() < 0.3:
        properties["tmp_debug_run"] = str(dice.randrange(100_000))
    return properties


def _drawn(dice: random.Random, choices: Sequence[tuple[str, str, int]]) -> tuple[str, str] | None:
    """One of the choices by its weight out of a hundred, or none."""
    drawn = dice.randrange(100)
    for key, value, weight in choices:
        drawn -= weight
        if drawn < 0:
            return key, value
    return None
