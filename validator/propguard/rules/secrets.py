"""What `model.secrets` finds in a value, in ClickHouse's SQL."""

from __future__ import annotations

from propguard.model.secrets import (
    ADDRESS_WITH_LOGIN,
    API_KEY,
    CARD_NUMBER,
    EMAIL,
    ISSUERS,
    JWT,
    PRIVATE_KEY,
    SHORTEST_SECRET,
)
from propguard.rules.sql import either, literal

_BEGINNING = "(?:^|[^A-Za-z0-9])"
_SHAPES = {
    "@": EMAIL,
    "-": PRIVATE_KEY,
    "eyJ": JWT,
    "://": f"{_BEGINNING}(?:{ADDRESS_WITH_LOGIN})",
    "": f"{_BEGINNING}(?:{API_KEY})",
}
"""What a value must hold before it is worth a search, and the pattern to search for. As one pattern RE2 would have far too
many states to keep."""


def may_hold_secret_in_sql() -> str:
    """Whether `v` is long enough to hold a secret."""
    return f"(length(v) >= {SHORTEST_SECRET} OR position(v, {literal('@')}) > 0)"


def secret_in_sql() -> str:
    """Whether `v` holds a secret.

    RE2 cannot look behind, so that runs of letters, digits and one blank, dash or dot after a digit are cut out first: a
    card number can begin only where such a run does.
    """
    shapes = either(
        f"position(v, {literal(hint)}) > 0 AND match(v, {literal(shape)})" if hint else f"match(v, {literal(shape)})"
        for hint, shape in _SHAPES.items()
    )
    runs = f"extractAll(v, {literal('(?:[A-Za-z]|[0-9][ .-]?)+')})"
    number = f"replaceRegexpAll(extract(run, {literal(f'^({CARD_NUMBER})(?:$|[ .-])')}), {literal('[ -]')}, '')"
    digit = "toUInt8OrZero(substring(number, length(number) + 1 - place, 1)) * (2 - modulo(place, 2))"
    total = f"arraySum(arrayMap(place -> if({digit} > 9, {digit} - 9, {digit}), range(1, length(number) + 1)))"
    issued = f"match(number, {literal(f'^{ISSUERS}$')})"
    is_card = f"arrayExists(number -> {issued} AND modulo({total}, 10) = 0, arrayMap(run -> {number}, {runs}))"
    may_be_card = f"match(v, {literal(CARD_NUMBER)})"
    return f"{may_hold_secret_in_sql()} AND ({shapes} OR ({may_be_card} AND {is_card}))"
