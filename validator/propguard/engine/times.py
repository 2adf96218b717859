"""Times of requests in whatever form a source has them, as SQL: milliseconds since 1970, and whether they make sense.

A number is seconds, milliseconds, microseconds or nanoseconds by its magnitude: `1767225600` and `1767225600000` are the
same moment. What is before 1990 or from 2100 on is no time of a request to a language model, but a mistake.
"""

from __future__ import annotations

import re

_EARLIEST, _LATEST = 631_152_000_000, 4_102_444_800_000
_NUMBER = re.compile(r"U?Int\d+|B?Float\d+|Decimal")
_WRAPPED = re.compile(r"(?:LowCardinality|Nullable)\((.*)\)\Z")
_STRING = re.compile(r"(?:Fixed)?String")
_EPOCH = "toDateTime64(0, 3, 'UTC')"
_OF_NUMBER = (
    "if(time_number > 0 AND time_number < 4.2e18, multiIf(time_number < 1e11, toInt64(time_number * 1e3), time_number < 1e14, "
    "toInt64(time_number), time_number < 1e17, toInt64(time_number / 1e3), toInt64(round(time_number / 1e6))), toInt64(0))"
)
_WRITTEN_AS_DIGITS = "'^([0-9]{8}|[0-9]{14})$'"  # 20260131 and 20260131093000


def with_moment(rows: str, type_name: str | None) -> str:
    """The SELECT `rows`, with `request_created_at` and `is_odd_time` made of its column `given_time`, which has this type.

    `request_created_at` (DateTime64(3)) is the epoch where no time is known, for which None as the type stands too.
    """
    if type_name is None:
        return f"SELECT *, {_EPOCH} AS request_created_at, toUInt8(0) AS is_odd_time FROM ({rows}) AS without_time"
    number, written, is_given = _read(plain_type(type_name))
    numbered = f"SELECT *, CAST({number}, 'Nullable(Float64)') AS time_number FROM ({rows}) AS with_time"
    milliseconds = f"toInt64(if(isNotNull(time_number), {_OF_NUMBER}, {written}))"
    timed = f"SELECT *, {milliseconds} AS time_milliseconds FROM ({numbered}) AS numbered"
    is_sound = f"(time_milliseconds >= {_EARLIEST} AND time_milliseconds < {_LATEST})"
    return (
        f"SELECT *, fromUnixTimestamp64Milli(if({is_sound}, time_milliseconds, toInt64(0)), 'UTC') AS request_created_at, "
        f"toUInt8({is_given} AND NOT {is_sound}) AS is_odd_time FROM ({timed}) AS timed"
    )


def _read(inner: str) -> tuple[str, str, str]:
    """Of `given_time`: the number that it is, else the milliseconds that it says, and whether there is a time at all."""
    if _STRING.match(inner):
        text = "ifNull(toString(given_time), '')"
        written = f"ifNull(toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull({text}, 3, 'UTC')), toInt64(0))"
        return f"if(match({text}, {_WRITTEN_AS_DIGITS}), NULL, toFloat64OrNull({text}))", written, f"{text} != ''"
    is_given = "isNotNull(given_time)"
    if inner.startswith("DateTime64"):
        return "NULL", "ifNull(toUnixTimestamp64Milli(given_time), toInt64(0))", is_given
    if inner.startswith("DateTime"):
        return "NULL", "ifNull(toInt64(toUnixTimestamp(given_time)) * 1000, toInt64(0))", is_given
    if inner.startswith("Date"):
        return "NULL", "ifNull(toInt64(toInt32(given_time)) * 86400000, toInt64(0))", is_given
    if _NUMBER.match(inner):
        return "toFloat64(given_time)", "toInt64(0)", is_given
    return "NULL", "toInt64(0)", is_given


def plain_type(type_name: str) -> str:
    """The type without what only says how it is kept, or that it may be absent."""
    while match := _WRAPPED.match(type_name):
        type_name = match[1]
    return type_name
