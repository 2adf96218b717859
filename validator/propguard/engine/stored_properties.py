"""Properties in any of the forms that sources have them in, as SQL: a map of texts, and why a row has none that can be read.

The forms: a map, a structure, JSON text, JSON text that was escaped once more (`"{\\"env\\": \\"prod\\"}"`, and
`{""env"":""prod""}` as the platform's exporter writes it into CSV), a list of `{key, value}`. An absent value is an absent
property, numbers and booleans are their text. A row of anything else is never counted as one without properties.
"""

from __future__ import annotations

import re

from propguard.engine.times import plain_type
from propguard.rules.row import unparsed_row
from propguard.rules.sql import literal

MAP = "Map(LowCardinality(String), String)"

_SCALAR = re.compile(r"(?:Fixed)?String|U?Int\d+|B?Float\d+|Decimal|Bool|Date|UUID|IPv|Enum")
_MAP_OF = re.compile(r"Map\(((?:LowCardinality\()?(?:Fixed)?String\)?), (.*)\)\Z")

_UNESCAPED = (
    ('startsWith({0}, \'"{{""\')', "replaceAll(substring({0}, 2, length({0}) - 2), '\"\"', '\"')"),
    ("startsWith({0}, '\"')", "JSONExtractString({0})"),
    ("match({0}, '^[[{{ ]+\"\"') AND NOT isValidJSON({0})", "replaceAll({0}, '\"\"', '\"')"),
    ("match({0}, '^[[{{ ]+[\\\\\\\\]\"')", "JSONExtractString(concat('\"', {0}, '\"'))"),
)
"""Texts that were escaped once more: how they are recognised, and what they were before."""


def map_of(expression: str, type_name: str) -> str | None:
    """The map of texts that `expression` of this type is; None where it has to be read by `from_text`."""
    match = _MAP_OF.match(plain_type(type_name))
    if match is None or not _SCALAR.match(plain_type(match[2])):
        return None
    if type_name == MAP:
        return expression
    given = f"mapFilter((k, v) -> isNotNull(v), {expression})" if "Nullable" in match[2] else expression
    return f"CAST(mapApply((k, v) -> tuple(k, assumeNotNull(toString(v))), {given}), '{MAP}')"


def text_of(expression: str, type_name: str) -> str:
    """The JSON text that `expression` of this type is, empty where there is nothing."""
    inner = plain_type(type_name)
    if re.match(r"(?:Fixed)?String", inner):
        return f"ifNull(toString({expression}), '')"
    if _SCALAR.match(inner):
        return f"ifNull(toString({expression}), '')"
    return f"ifNull(toString(toJSONString({expression})), '')"


def is_single(type_name: str) -> bool:
    """Whether a column of this type has one text a row, so that it can be a property by itself."""
    return _SCALAR.match(plain_type(type_name)) is not None


def from_text(rows: str, rest: str, keep: str | None = None) -> str:
    """`rows` with their columns `rest`, and with `properties` and `reason` in the place of `text` and `fault`.

    `fault` is why a row cannot be read as far as that is known, else empty; `keep` says in SQL of which keys `k` a pair
    is a property, where that is not all.
    """
    unescaped = ", ".join(f"{condition.format('text')}, {plain.format('text')}" for condition, plain in _UNESCAPED)
    plain = f"SELECT {rest}, fault, multiIf({unescaped}, text) AS plain FROM ({rows}) AS given"
    kept = "JSONExtractKeysAndValues(plain, 'String')"
    raw = "JSONExtractKeysAndValuesRaw(plain)"
    if keep is not None:
        kept, raw = (
            f"arrayFilter(pair -> arrayExists(k -> {keep}, array(tupleElement(pair, 1))), {one})" for one in (kept, raw)
        )
    parsed = f"SELECT {rest}, fault, plain, {kept} AS direct FROM ({plain}) AS unescaped"
    listed = "JSONExtractArrayRaw(plain)"
    is_listed = "empty(direct) AND JSONType(plain) = 'Array'"
    of_list = (
        "arrayMap(one -> tuple(JSONExtractString(one, 'key'), JSONExtract(one, 'value', 'String')), "
        f"arrayFilter(one -> JSONType(one, 'value') != 'Null', {listed}))"
    )
    pairs = (
        f"SELECT {rest}, fault, plain, direct, if({is_listed}, {of_list}, direct) AS pairs FROM ({parsed}) AS parsed"
    )
    may_nest = (
        "arrayExists(pair -> startsWith(tupleElement(pair, 2), '{') OR startsWith(tupleElement(pair, 2), '['), direct)"
    )
    nests = f"arrayExists(pair -> substring(tupleElement(pair, 2), 1, 1) IN ('{{', '['), {raw})"
    is_pair = "JSONType(one, 'key') = 'String' AND JSONHas(one, 'value') AND JSONType(one, 'value') NOT IN ('Object', 'Array')"
    cases = (
        ("fault != ''", "fault"),
        ("notEmpty(direct)", f"if({may_nest} AND {nests}, {literal(unparsed_row.NESTED)}, '')"),
        ("lower(trimBoth(plain)) IN ('', 'null')", "''"),
        ("NOT isValidJSON(plain)", literal(unparsed_row.NO_JSON)),
        ("JSONType(plain) = 'Object'", "''"),
        (f"JSONType(plain) = 'Array' AND arrayAll(one -> {is_pair}, {listed})", "''"),
        ("JSONType(plain) = 'Array'", literal(unparsed_row.OTHER_LIST)),
    )
    reason = ", ".join(f"{condition}, {value}" for condition, value in cases)
    return (
        f"SELECT {rest}, CAST(pairs, '{MAP}') AS properties, multiIf({reason}, {literal(unparsed_row.NO_MAP)}) AS reason "
        f"FROM ({pairs}) AS paired"
    )
