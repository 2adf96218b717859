"""Secrets and personal data by their shape, wherever they stand in a value.

Every repetition is bounded or ends the pattern, so that a search is linear in the value. The shapes are those that the
issuers document; RE2 reads the patterns alike.
"""

from __future__ import annotations

import re

from propguard.rules.sql import literal

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

_MASKED = re.compile(r"… \([0-9]+ characters(?: or more)?\)\Z")

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


def secret_in_sql() -> str:
    """Whether `v` holds a secret, in ClickHouse's SQL.

    RE2 cannot look behind, so that runs of letters, digits and one blank, dash or dot after a digit are cut out first: a
    card number can begin only where such a run does.
    """
    shapes = f"match(v, {literal('|'.join(PATTERNS.values()))})"
    runs = f"extractAll(v, {literal('(?:[A-Za-z]|[0-9][ .-]?)+')})"
    number = f"replaceRegexpAll(extract(run, {literal(f'^({CARD_NUMBER})(?:$|[ .-])')}), {literal('[ -]')}, '')"
    digit = "toUInt8OrZero(substring(number, length(number) + 1 - place, 1)) * (2 - modulo(place, 2))"
    total = f"arraySum(arrayMap(place -> if({digit} > 9, {digit} - 9, {digit}), range(1, length(number) + 1)))"
    issued = f"match(number, {literal('^' + _ISSUERS.pattern.replace(chr(92) + 'Z', '$'))})"
    is_card = f"arrayExists(number -> {issued} AND modulo({total}, 10) = 0, arrayMap(run -> {number}, {runs}))"
    may_be_card = f"match(v, {literal(CARD_NUMBER)})"
    return f"(length(v) >= {SHORTEST_SECRET} OR position(v, {literal('@')}) > 0) AND ({shapes} OR ({may_be_card} AND {is_card}))"


def masked(value: str) -> str:
    """As much of a secret as helps to find it again: the first four code points and the length."""
    return f"{value[:4]}… ({len(value)} characters)"


def masked_where_secret(text: str) -> str:
    """`text`, or where it holds a secret, `masked(text)`."""
    return masked(text) if secret_in(text) else text


def is_masked(value: str) -> bool:
    """Whether `value` may be the beginning of another that was not to be shown, or was too long to be."""
    return _MASKED.search(value) is not None


def _is_card(text: str) -> bool:
    digits = text.replace(" ", "").replace("-", "")
    if not _ISSUERS.match(digits):
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + position % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
