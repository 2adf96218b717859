"""What stored data shows, for whoever guesses at the schema that it was written under: three aggregate statements, no rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from propguard.audit.merging import merged_days, merged_keys
from propguard.audit.result import seen
from propguard.compilers.clickhouse import keys_statement, requests_statement
from propguard.compilers.evidence import LONGEST_LISTED, MOST_LISTED, Question, evidence_statement
from propguard.engine.windows import Divisible, divided
from propguard.model.evidence import KeyEvidence, StoredEvidence
from propguard.model.names import Names
from propguard.model.profile import ValueCount, earliest_and_latest
from propguard.model.schema import PropertySchema
from propguard.rules.rule import StoredKeys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from propguard.engine import Engine

    Row = dict[str, object]

_MOST_LISTED_DISTINCT = MOST_LISTED * 3 // 4
"""A key of which more values are estimated is not listed, as an estimate may be a little too low."""

_MOST_CHOICES = 100
"""Different lists of patterns that are asked for."""

_NOTHING_DECLARED = PropertySchema("", "0.0.0", {})


def stored_evidence(
    engine: Engine, ask: Callable[[str, Sequence[str]], Sequence[str]], *, today: date, source: str = ""
) -> StoredEvidence:
    """What `engine` holds, key by key; `ask` gives the patterns that a key with many values, of which it is shown some, may have.

    Each of the patterns matches all that those before it match. Raises PropguardError where the engine does not answer.
    """
    stored = StoredKeys(Names(_NOTHING_DECLARED, "data"), _NOTHING_DECLARED, today)
    days, keys = _first_answers(engine, stored)
    known = [row for row in keys if not _number(row["is_rest"])]
    questions = _bounded([_question(row, ask) for row in known])
    longest = engine.longest_statement if isinstance(engine, Divisible) else None
    statement = evidence_statement(questions, engine.source)
    while longest is not None and len(statement.encode()) > longest and questions:
        questions = questions[: len(questions) // 2]  # the rest of the keys is told as beyond
        statement = evidence_statement(questions, engine.source)
    answers = _second_answers(engine, questions) if questions else {}
    return StoredEvidence(
        source=source,
        requests=sum(_number(row["requests"]) for row in days),
        seen=earliest_and_latest(seen(row) for row in days),
        keys=tuple(
            _evidence(row, question, answers[number])
            for number, (row, question) in enumerate(zip(known, questions, strict=False), start=1)
            if number in answers
        ),
        beyond=sum(_number(row["met_keys"]) for row in keys) - len(answers),
    )


def _first_answers(engine: Engine, stored: StoredKeys) -> tuple[list[Row], list[Row]]:
    """Rows of `requests_statement` and of `keys_statement`."""

    def asked(part: Engine) -> tuple[list[Row], list[Row]]:
        return part.query(requests_statement(part.source)), part.query(keys_statement(stored, part.source))

    if not isinstance(engine, Divisible):
        return asked(engine)
    answers = [answer for _, answer in divided(engine, asked)]
    if len(answers) == 1:
        return answers[0]
    days, keys = zip(*answers, strict=True)
    return merged_days(days), merged_keys(keys)


def _question(row: Row, ask: Callable[[str, Sequence[str]], Sequence[str]]) -> Question:
    key = str(row["k"])
    if _number(row["distinct_values"]) <= _MOST_LISTED_DISTINCT:
        return Question(key, is_listed=True)
    return Question(key, is_listed=False, patterns=tuple(ask(key, [value for value, _ in _pairs(row["top_values"])])))


def _bounded(questions: list[Question]) -> list[Question]:
    """The same, of which as many ask for patterns as the database can choose between for every value; the first are met most."""
    chosen = set(list(dict.fromkeys(question.patterns for question in questions))[:_MOST_CHOICES])
    return [question if question.patterns in chosen else question._replace(patterns=()) for question in questions]


def _second_answers(engine: Engine, questions: Sequence[Question]) -> dict[int, Row]:
    """The row of `evidence_statement` for each question by its number; those of windows are added up."""

    def asked(part: Engine) -> list[Row]:
        return part.query(evidence_statement(questions, part.source))

    answers = [answer for _, answer in divided(engine, asked)] if isinstance(engine, Divisible) else [asked(engine)]
    by_number: dict[int, list[Row]] = {}
    for answer in answers:
        for row in answer:
            by_number.setdefault(_number(row["p"]), []).append(row)
    return {number: _added_up(rows) for number, rows in by_number.items()}


def _added_up(rows: Sequence[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    listed: Counter[str] = Counter()
    missing = 0
    for row in rows:
        pairs = _pairs(row["listed"])
        missing += max(0, _number(row["distinct_values"]) - len(pairs))
        for value, count in pairs:
            listed[value] += count
    return {
        **{name: sum(_number(row[name]) for row in rows) for name in ("requests", "empty", "secret")},
        "shortest": min(_number(row["shortest"]) for row in rows),
        "longest": max(_number(row["longest"]) for row in rows),
        "distinct_values": len(listed) + missing,
        "alike": [sum(column) for column in zip(*(_numbers(row["alike"]) for row in rows), strict=True)],
        "listed": sorted(listed.items(), key=lambda pair: (-pair[1], pair[0])),
    }


def _evidence(row: Row, question: Question, answer: Row) -> KeyEvidence:
    longest = _number(answer["longest"])
    distinct = _number(answer["distinct_values"] if question.is_listed else row["distinct_values"])
    pairs = _pairs(answer["listed"] if question.is_listed else row["top_values"])
    alike, total = {}, 0
    for pattern, count in zip(question.patterns, _numbers(answer["alike"]), strict=False):
        total += count
        alike[pattern] = total
    return KeyEvidence(
        key=question.key,
        requests=_number(answer["requests"]),
        distinct=distinct,
        values=tuple(ValueCount(value, count) for value, count in pairs),
        is_complete=question.is_listed and len(pairs) >= distinct and longest <= LONGEST_LISTED,
        shortest=_number(answer["shortest"]),
        longest=longest,
        empty=_number(answer["empty"]),
        secret=_number(answer["secret"]),
        alike=alike,
    )


def _pairs(value: object) -> list[tuple[str, int]]:
    assert isinstance(value, list)
    return [(str(one), _number(count)) for one, count in value]


def _numbers(value: object) -> list[int]:
    assert isinstance(value, list)
    return [_number(one) for one in value]


def _number(value: object) -> int:
    return int(str(value))
