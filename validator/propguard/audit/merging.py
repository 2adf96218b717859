"""Answers about windows of time, added up to what one answer about all of it would have been."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from propguard.compilers.clickhouse import MOST_OFFENDING_VALUES, MOST_VALUES
from propguard.compilers.masks import REQUEST_HAS_ERROR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Row = dict[str, object]

_MOST_REQUEST_IDS = 5


def merged_days(answers: Sequence[Iterable[Row]]) -> list[Row]:
    """Rows of `requests_statement`, one for each day."""
    return [
        {**_times(rows), "day": day, "requests": _sum(rows, "requests")} for (day,), rows in _grouped(answers, ("day",))
    ]


def merged_keys(answers: Sequence[Iterable[Row]]) -> list[Row]:
    """Rows of `keys_statement`, most requests first.

    Of keys with many values, `distinct_values` is at least that of the window with the most, as nobody knows how many of them
    are the same. Keys that some windows had to add up stay added up, which is then how many there were in one window.
    """
    merged = []
    for (key, is_rest), rows in _grouped(answers, ("k", "is_rest")):
        values = _values(rows)
        distinct = max(*(_number(row["distinct_values"]) for row in rows), len(values))
        merged.append(
            {
                **_counted(key, is_rest, rows),
                "distinct_values": 0 if _number(is_rest) else distinct,
                "top_values": _first(values, MOST_VALUES),
            }
        )
    return sorted(merged, key=_worst_first)


def merged_key_counts(answers: Sequence[Iterable[Row]]) -> list[Row]:
    """Rows of `key_counts_statement`, most requests first."""
    return sorted(
        (_counted(key, rest, rows) for (key, rest), rows in _grouped(answers, ("k", "is_rest"))), key=_worst_first
    )


def merged_findings(answers: Sequence[Iterable[Row]]) -> list[Row]:
    """Rows of `findings_statement`, most requests first."""
    merged = []
    for (key, is_rest, mask), rows in _grouped(answers, ("k", "is_rest", "mask")):
        ids = dict.fromkeys(one for row in rows for one in _list(row["request_ids"]))
        merged.append(
            {
                **_counted(key, is_rest, rows),
                "mask": mask,
                "request_ids": list(ids)[:_MOST_REQUEST_IDS],
                "top_values": _first(
                    _values(rows), MOST_OFFENDING_VALUES if _number(mask) != REQUEST_HAS_ERROR else None
                ),
            }
        )
    return sorted(merged, key=_worst_first)


def _grouped(
    answers: Sequence[Iterable[Row]], names: tuple[str, ...]
) -> Iterable[tuple[tuple[object, ...], list[Row]]]:
    """The rows that have the same in the columns `names`, in the order in which they are met."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for answer in answers:
        for row in answer:
            groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return groups.items()


def _counted(key: object, is_rest: object, rows: list[Row]) -> Row:
    """What all these rows of one key say together, but for its values."""
    return {
        **_times(rows),
        "k": key,
        "is_rest": is_rest,
        "met_keys": max(_number(row["met_keys"]) for row in rows),
        "requests": _sum(rows, "requests"),
    }


def _times(rows: list[Row]) -> Row:
    """When it was first and last seen; 0 is no time."""
    first = [_number(row["first_seen"]) for row in rows]
    return {
        "first_seen": min((at for at in first if at), default=0),
        "last_seen": max(_number(row["last_seen"]) for row in rows),
    }


def _values(rows: list[Row]) -> Counter[object]:
    values: Counter[object] = Counter()
    for row in rows:
        for pair in _list(row["top_values"]):
            value, count = _list(pair)
            values[value] += _number(count)
    return values


def _first(values: Counter[object], most: int | None) -> list[tuple[object, int]]:
    """The most frequent values, or all; of those that are as frequent, as the statements order them."""
    return sorted(values.items(), key=lambda pair: (-pair[1], str(pair[0])))[:most]


def _sum(rows: list[Row], name: str) -> int:
    return sum(_number(row[name]) for row in rows)


def _worst_first(row: Row) -> tuple[int, int, str, int]:
    return _number(row["is_rest"]), -_number(row["requests"]), str(row["k"]), _number(row.get("mask", 0))


def _list(value: object) -> list[object]:
    assert isinstance(value, list | tuple)
    return list(value)


def _number(value: object) -> int:
    return int(str(value))
