"""Secrets and personal data by their shape, wherever they stand in a value.

Every repetition is bounded or ends the pattern, so that a search is linear in the value. The shapes are those that the
issuers document; RE2 reads the patterns alike.
"""

from __future__ import annotations

import re

PATTERNS: dict[str, str] = {
    "an e-mail address": r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2}",
    "a private key": r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----",
    "a JSON web token": r"eyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8}",
    "an API key": (
        r"sk-[A-Za-z0-9_-]{20}|(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}"
        r"|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10}|AIza[0-9A-Za-z_-]{35}|[rs]k_(?:live|test)_[0-9A-Za-z]{16}"
        r"|hf_[A-Za-z0-9]{30}|npm_[A-Za-z0-9]{36}|SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16}"
    ),
}
_COMPILED = {kind: re.compile(pattern, re.ASCII) for kind, pattern in PATTERNS.items()}

CARD_NUMBER = r"[2-6](?:[ -]?[0-9]){12,18}"
"""What may be a payment card's number; the issuer's range and the Luhn sum decide."""

_CARD = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9][ .-]){CARD_NUMBER}(?![0-9A-Za-z])", re.ASCII)
_ISSUERS = re.compile(
    r"(?:4[0-9]{12}(?:[0-9]{3}){0,2}|5[1-5][0-9]{14}|2(?:2(?:2[1-9]|[3-9][0-9])|[3-6][0-9]{2}|7(?:[01][0-9]|20))[0-9]{12}|3[47][0-9]{13}|3[0689][0-9]{12}|35[0-9]{14}|6(?:011|4[4-9]|5)[0-9]{12,13})\Z"
)

SHORTEST_SECRET = 13
"""Code points of the shortest value, without an `@`, in which anything above can be: a card number of 13 digits."""


def secret_in(value: str) -> str | None:
    """What kind of secret `value` holds, in words, or null."""
    if len(value) < SHORTEST_SECRET and "@" not in value:
        return None
    for kind, pattern in _COMPILED.items():
        if pattern.search(value):
            return kind
    return "a payment card number" if any(_is_card(match[0]) for match in _CARD.finditer(value)) else None


def masked(value: str) -> str:
    """As much of a secret as helps to find it again: the first four code points and the length."""
    return f"{value[:4]}… ({len(value)} characters)"


def _is_card(text: str) -> bool:
    digits = text.replace(" ", "").replace("-", "")
    if not _ISSUERS.match(digits):
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + position % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
