"""The one statement about stored values that guesses rest on: few values are listed, many are held against patterns.

It follows `keys_statement`, which tells which keys there are and what their values look like, and keeps to the same SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.compilers.clickhouse import from_clause
from propguard.rules.formats import FORMATS, TYPES
from propguard.rules.secrets import secret_in_sql
from propguard.rules.sql import first, literal, matches

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LISTED = 400
"""Values of a key that are listed, most frequent first."""

LONGEST_LISTED = 200
"""Code points of a listed value."""

_HOLDS_NO_SECRET = frozenset(
    {
        TYPES["integer"],
        TYPES["number"],
        *(FORMATS[name] for name in ("date", "date-time", "uuid", "ipv4", "ipv6", "duration")),
    }
)
"""Patterns of what no secret looks like, so that no value of theirs is searched for one."""


class Question(NamedTuple):
    """What is asked of a stored key: the list of its values, or where they are many, how many match each of `patterns`.

    Each pattern matches all that those before it match.
    """

    key: str
    is_listed: bool
    patterns: tuple[str, ...] = ()


def evidence_statement(questions: Sequence[Question], source: str) -> str:
    """What is known of the values of keys, in the order of `questions`.

    Columns: `p` (the number of the question, from 1), `requests`, `distinct_values` (of a key that is not listed 1),
    `shortest`, `longest`, `empty`, `secret`, `alike` (how many match the first pattern, the second and not the first, …),
    `listed`: pairs of value and requests; of a key that is not listed one that says nothing.
    """
    keys = ", ".join(literal(question.key) for question in questions)
    numbers = ", ".join(f"toInt32({number})" for number in range(1, len(questions) + 1))
    value = "tupleElement(pair, 2)"  # asking whether it is UTF-8 takes a fraction of the time that making it so does
    pairs = f"""SELECT toValidUTF8(tupleElement(pair, 1)) AS k, if(isValidUTF8({value}), {value}, toValidUTF8({value})) AS v
FROM (SELECT arrayJoin(properties) AS pair FROM {from_clause(source)} AS source) AS pairs"""
    numbered = f"SELECT transform(k, array({keys}), array({numbers}), toInt32(0)) AS p, v FROM ({pairs}) AS pairs"
    known = f"SELECT p, v, {_listed(questions)} AS is_listed, {_place(questions)} AS place FROM ({numbered}) AS numbered WHERE p > 0"
    slots = max((len(question.patterns) for question in questions), default=0)
    counts = "".join(f", countIf(place = {slot}) AS alike_{slot}" for slot in range(1, slots + 1))
    hidden = f"NOT is_listed AND NOT ({_cannot_hide(questions)}) AND {secret_in_sql()}"
    grouped = f"""SELECT p, is_listed, if(is_listed, v, '') AS value, count() AS n, min(lengthUTF8(v)) AS low, max(lengthUTF8(v)) AS high,
  countIf(v = '') AS n_empty, countIf({hidden}) AS n_secret{counts} FROM ({known}) AS known GROUP BY p, is_listed, value"""
    judged = f"""SELECT *, if(is_listed AND arrayExists(v -> {secret_in_sql()}, array(value)), n, n_secret) AS n_hidden
FROM ({grouped}) AS grouped"""
    alike = ", ".join(f"sum(alike_{slot})" for slot in range(1, slots + 1))
    return f"""SELECT p, sum(n) AS requests, count() AS distinct_values, min(low) AS shortest, max(high) AS longest,
  sum(n_empty) AS empty, sum(n_hidden) AS secret, array({alike or "0"}) AS alike,
  arrayMap(pair -> tuple(tupleElement(pair, 2), negate(tupleElement(pair, 1))), arraySlice(arraySort(
    groupArray(tuple(negate(toInt64(n)), substringUTF8(value, 1, {LONGEST_LISTED})))), 1, {MOST_LISTED})) AS listed
FROM ({judged}) AS judged GROUP BY p ORDER BY p"""


def _listed(questions: Sequence[Question]) -> str:
    """Whether the values of question `p` are listed."""
    numbers = [str(number) for number, question in enumerate(questions, start=1) if question.is_listed]
    return f"p IN ({', '.join(numbers)})" if numbers else "0"


def _place(questions: Sequence[Question]) -> str:
    """The place, from 1, of the first of the patterns of question `p` that `v` matches; 0 for none."""
    askers: dict[tuple[str, ...], list[str]] = {}
    for number, question in enumerate(questions, start=1):
        if question.patterns:
            askers.setdefault(question.patterns, []).append(str(number))
    return first(
        (
            f"p IN ({', '.join(numbers)})",
            first((matches("v", pattern), str(place)) for place, pattern in enumerate(patterns, start=1)),
        )
        for patterns, numbers in askers.items()
    )


def _cannot_hide(questions: Sequence[Question]) -> str:
    """Whether `v` matches the first pattern of question `p`, and nothing that does is a secret."""
    numbers = [
        str(number)
        for number, question in enumerate(questions, start=1)
        if _HOLDS_NO_SECRET.issuperset(question.patterns[:1] or ("",))
    ]
    return f"place = 1 AND p IN ({', '.join(numbers)})" if numbers else "0"
