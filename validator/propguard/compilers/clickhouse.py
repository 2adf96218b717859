"""A schema compiled for ClickHouse: three aggregate statements that judge every stored property where it lies.

Each reads the rows of a *source*: a SELECT, or the name of a table, that gives each request once, with the columns
`request_id`, `request_created_at` (DateTime64(3)) and `properties` (Map(String, String)). No row leaves the database: an
answer holds counts, and of values and request ids a few of each kind.

All engines get the same SQL. It keeps to what the platform's endpoint takes (`rules.sql` says what that is), is ordered, and
has no LIMIT of its own at its end, so that an engine whose answers are cut can ask for them page by page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.compilers.masks import (
    COUNTS_AS_ERROR,
    REQUEST_HAS_ERROR,
    broken_record_rules,
    key_mask,
    property_number,
    value_mask,
)
from propguard.rules.record import superseded_property
from propguard.rules.sql import is_declared, is_system_key, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from propguard.rules.rule import StoredKeys

    View = Callable[[str, str], str]

MOST_KEYS = 1_000
"""Keys in an answer; what is beyond is added up in one row."""

MOST_VALUES = 200
"""Values in an answer about a key, most frequent first."""

MOST_OFFENDING_VALUES = 20

LONGEST_VALUE = 2_000
"""Code points of a value in an answer."""

_BUCKET_BITS = 12
_BUCKETS = 1 << _BUCKET_BITS
_OFFENDING_BUCKETS = 65_536
"""Into how many groups the values of a key are thrown by their hash. So memory stays flat, however many there are, and
where there are few, each is alone in its group and counted exactly."""


def no_view(select: str, _columns: str) -> str:
    """The SELECT itself."""
    return select


def requests_statement(source: str) -> str:
    """Columns: `day` (days since 1970), `requests`, `first_seen`, `last_seen` (milliseconds since 1970)."""
    return f"""SELECT toInt32(toDate(request_created_at)) AS day, count() AS requests,
  {_milliseconds("min(request_created_at)")} AS first_seen, {_milliseconds("max(request_created_at)")} AS last_seen
FROM {from_clause(source)} AS source GROUP BY day ORDER BY day"""


def keys_statement(stored: StoredKeys, source: str) -> str:
    """What is known of each stored key, most requests first.

    Columns: `k`, `is_rest` (whether this is all keys beyond MOST_KEYS in one row), `met_keys` (how many keys the row stands
    for), `requests`, `distinct_values` (an estimate, good to one in a hundred; exact while there are few), `first_seen`,
    `last_seen` (milliseconds), `top_values`: pairs of value and requests, exact while the key has few values.
    """
    hashed = f"""SELECT tupleElement(pair, 1) AS k, tupleElement(pair, 2) AS v, cityHash64(v) AS h, request_created_at AS t
FROM (SELECT arrayJoin(properties) AS pair, request_created_at FROM {from_clause(source)} AS source) AS pairs{_where(stored)}"""
    grouped = f"""SELECT any(k) AS key, count() AS n, anyHeavy(v) AS one, min(h) AS low, max(h) AS high,
  min(t) AS t_first, max(t) AS t_last FROM ({hashed}) AS hashed
GROUP BY bitShiftLeft(cityHash64(k), {_BUCKET_BITS}) + bitAnd(h, {_BUCKETS - 1})"""
    of_key = f"""SELECT any(key) AS of_key, sum(n) AS n_requests, toInt64(median(n)) AS typical, count() AS groups, countIf(low != high) AS crowds, sum(bitShiftRight(low, 16)) / {2**48} AS gaps,
  {_best("one", MOST_VALUES)} AS best, min(t_first) AS first_of_key, max(t_last) AS last_of_key
FROM ({grouped}) AS grouped GROUP BY key"""
    few, many = "sum(groups) + sum(crowds)", f"{_BUCKETS * (_BUCKETS - 1)} / sum(gaps)"
    some = f"negate({_BUCKETS}) * log(1 - sum(groups) / {_BUCKETS})"
    distinct = f"multiIf(sum(groups) < {_BUCKETS // 4}, {few}, sum(groups) < {_BUCKETS * 9 // 10}, {some}, {many})"
    return f"""SELECT if(is_rest, '', toValidUTF8(of_key)) AS k, is_rest, count() AS met_keys, sum(n_requests) AS requests,
  if(is_rest, 0, toUInt64(round({distinct}))) AS distinct_values,
  {_milliseconds("min(first_of_key)")} AS first_seen, {_milliseconds("max(last_of_key)")} AS last_seen,
  if(is_rest, arraySlice(any(best), 1, 0), any(best)) AS top_values
FROM ({_ranked(of_key, stored)}) AS ranked GROUP BY k, is_rest ORDER BY is_rest, requests DESC, k"""


def key_counts_statement(stored: StoredKeys, source: str) -> str:
    """Which keys are stored, and of each what `keys_statement` says of it but for its values, which are not read."""
    single = (
        f"SELECT arrayJoin(mapKeys(properties)) AS key, request_created_at AS t FROM {from_clause(source)} AS source"
    )
    of_key = f"""SELECT key AS of_key, count() AS n_requests, min(t) AS first_of_key, max(t) AS last_of_key
FROM ({single}) AS single GROUP BY key"""
    return f"""SELECT if(is_rest, '', toValidUTF8(of_key)) AS k, is_rest, count() AS met_keys, sum(n_requests) AS requests,
  {_milliseconds("min(first_of_key)")} AS first_seen, {_milliseconds("max(last_of_key)")} AS last_seen
FROM ({_ranked(of_key, stored)}) AS ranked GROUP BY k, is_rest ORDER BY is_rest, requests DESC, k"""


def findings_statement(
    stored: StoredKeys, source: str, *, accepted: Iterable[tuple[str, str]] = (), view: View = no_view
) -> str:
    """What breaks which rules, by key and by which rules together.

    Columns: `k`, `is_rest` (whether this is all keys beyond MOST_KEYS of this mask in one row), `met_keys`, `mask` (see
    `compilers.masks`; the row with REQUEST_HAS_ERROR counts requests, and its values are their days since 1970), `requests`, `first_seen`, `last_seen`
    (milliseconds), `request_ids` (up to five), `top_values`: pairs of value and requests, worst first.

    Pairs of stored key and value that are `accepted` break no rule, and drop out by their hash before anything is asked of
    the rest. Another pair with the same hash of 64 bits would drop out with them, which does not happen by accident.
    `view` is as for `Engine`.
    """
    met = _entries(stored, source, accepted, view)
    single = f"""SELECT request_id, t, tupleElement(entry, 1) AS k, tupleElement(entry, 2) AS v, tupleElement(entry, 3) AS mask,
  if(mask = {REQUEST_HAS_ERROR}, toUInt64(toUInt32OrZero(v)), cityHash64(v)) AS h FROM ({met}) AS met"""
    most = f"if(mask = {REQUEST_HAS_ERROR}, {_OFFENDING_BUCKETS}, {MOST_OFFENDING_VALUES})"
    ids = ", ".join(f"toString({one})" for one in _FIVE_IDS)
    grouped = f"""SELECT k, mask, modulo(h, {_OFFENDING_BUCKETS}) AS bucket, count() AS n, anyHeavy(v) AS one, min(h) AS low,
  max(h) AS high, min(t) AS t_first, max(t) AS t_last, array({ids}) AS ids FROM ({single}) AS single GROUP BY k, mask, bucket"""
    of_key = f"""SELECT k AS of_key, mask, sum(n) AS n_requests, toInt64(median(n)) AS typical, {_best("one", most)} AS best, min(t_first) AS first_of_key,
  max(t_last) AS last_of_key, arraySlice(arrayDistinct(arrayConcat(argMin(ids, t_first), argMax(ids, t_last), any(ids))), 1, 5) AS some_ids
FROM ({grouped}) AS grouped GROUP BY k, mask"""
    ranked = f"""SELECT *, row_number() OVER (PARTITION BY mask ORDER BY n_requests DESC, of_key) > {MOST_KEYS} AS is_rest
FROM ({of_key}) AS of_key"""
    return f"""SELECT if(is_rest, '', toValidUTF8(of_key)) AS k, is_rest, count() AS met_keys, mask, sum(n_requests) AS requests,
  {_milliseconds("min(first_of_key)")} AS first_seen, {_milliseconds("max(last_of_key)")} AS last_seen, any(some_ids) AS request_ids,
  if(is_rest, arraySlice(any(best), 1, 0), any(best)) AS top_values
FROM ({ranked}) AS ranked GROUP BY k, is_rest, mask ORDER BY is_rest, requests DESC, k, mask"""


_FIVE_IDS = ("argMin(request_id, t)", "argMax(request_id, t)", "min(request_id)", "max(request_id)", "any(request_id)")
"""Ids of up to five requests, without an aggregate that grows or has a parameter."""


def _entries(stored: StoredKeys, source: str, accepted: Iterable[tuple[str, str]], view: View) -> str:
    """`entry`: key, value and mask of each pair that breaks a rule; key and mask of each record rule that is broken."""
    hashes = ", ".join(f"cityHash64({literal(key)}, {literal(value)})" for key, value in accepted)
    kept = [f"({stored.selected.sql()})"] if stored.selected is not None else []
    kept += [f"NOT (cityHash64(k, v) IN ({hashes}))"] if hashes else []
    rest = f"mapFilter((k, v) -> {' AND '.join(kept)}, properties)" if kept else "properties"
    record_rules = list(broken_record_rules(stored))
    user_keys = f", arrayFilter(k -> NOT ({is_system_key()}), mapKeys(properties)) AS ks" if record_rules else ""
    whole = ", properties AS whole" if stored.corrections else ""
    rows = f"SELECT request_id, request_created_at AS t, {rest} AS rest{user_keys}{whole} FROM {from_clause(source)} AS source"
    broken = "".join(
        f", {_selected(stored, keys)} AS broken_{number}" for number, (_, keys, _) in enumerate(record_rules)
    )
    superseded = [
        f"broken_{number}" for number, (rule, _, _) in enumerate(record_rules) if rule is superseded_property.RULE
    ]
    elsewhere = "".join(f" AND NOT has({keys}, k)" for keys in superseded)  # of such a key nothing else is reported
    valid = f"""SELECT *, mapKeys(rest) AS rest_ks, arrayMap(v -> toValidUTF8(v), mapValues(rest)) AS rest_vs,
  arrayMap(k -> {property_number(stored)}, rest_ks) AS numbers FROM ({rows}) AS rows"""
    of_key = f"arrayElement(arrayMap(k -> toUInt32({key_mask(stored)}), array(toValidUTF8(k))), 1)"
    judged = f"""SELECT request_id, t{broken}, rest_ks, rest_vs, arrayMap((k, v, p) -> toUInt32(bitOr(if(p > 0, 0, {of_key}),
  {value_mask(stored)})), rest_ks, rest_vs, numbers) AS masks FROM ({valid}) AS valid"""
    types = "".join(f", broken_{number} Array(String)" for number in range(len(record_rules)))
    judged = view(
        judged,
        f"request_id String, t DateTime64(3, 'UTC'){types}, rest_ks Array(String), rest_vs Array(String), masks Array(UInt32)",
    )
    is_met = " OR ".join(
        ["arrayExists(mask -> mask != 0, masks)", *(f"notEmpty(broken_{n})" for n in range(len(record_rules)))]
    )
    bad = f"""SELECT *, arrayFilter((entry, k) -> tupleElement(entry, 3) != 0{elsewhere}, arrayZip(arrayMap(k -> toValidUTF8(k), rest_ks), rest_vs, masks), rest_ks) AS bad
FROM {from_clause(judged)} AS judged WHERE {is_met}"""
    of_records = [
        f"arrayMap(k -> tuple(k, '', toUInt32({mask})), {_without(f'broken_{number}', superseded)})"
        for number, (_, _, mask) in enumerate(record_rules)
    ]
    every = f"arrayConcat({', '.join(['bad', *of_records])})" if of_records else "bad"
    return f"""SELECT request_id, t, arrayJoin(arrayConcat(entries, arrayFilter(entry -> arrayExists(
  other -> bitAnd(tupleElement(other, 3), {COUNTS_AS_ERROR}) != 0, entries), array(tuple('', toString(toUInt16(toDate(t))), toUInt32({REQUEST_HAS_ERROR})))))) AS entry
FROM (SELECT request_id, t, {every} AS entries FROM ({bad}) AS rows_with_bad) AS rows_with_entries"""


def _without(keys: str, others: list[str]) -> str:
    """An array of keys, without those of the `others`, unless it is one of them."""
    conditions = " AND ".join(f"NOT has({other}, k)" for other in others if keys not in others)
    return f"arrayFilter(k -> {conditions}, {keys})" if conditions else keys


def _ranked(of_key: str, stored: StoredKeys) -> str:
    """The keys of `of_key` but for the platform's own, with whether a key is beyond MOST_KEYS and not declared."""
    return f"""SELECT *, row_number() OVER (ORDER BY n_requests DESC, of_key) > {MOST_KEYS} AND NOT arrayExists(k -> {is_declared(stored.names)}, array(of_key)) AS is_rest
FROM ({of_key}) AS of_key WHERE NOT ({is_system_key("of_key")})"""


def _selected(stored: StoredKeys, keys: str) -> str:
    """Those of an array of keys that are asked for."""
    return keys if stored.selected is None else f"arrayFilter(k -> {stored.selected.sql()}, {keys})"


def _where(stored: StoredKeys) -> str:
    return "" if stored.selected is None else f" WHERE {stored.selected.sql()}"


def from_clause(source: str) -> str:
    """What follows FROM to read a source: a SELECT in parentheses, or the name of a table."""
    return f"({source})" if source.lstrip().upper().startswith("SELECT") else source


def _milliseconds(time: str) -> str:
    return f"toUnixTimestamp64Milli({time})"


def _best(value: str, most: int | str) -> str:
    """The `most` most frequent values with their counts, from groups that mostly hold one value each.

    Where a group holds several, what such a group holds in the middle is taken off the count.
    """
    return f"""arrayMap(pair -> tuple(substringUTF8(toValidUTF8(tupleElement(pair, 2)), 1, {LONGEST_VALUE}), tupleElement(pair, 1)),
  arraySlice(arraySort(pair -> tuple(negate(toInt64(tupleElement(pair, 1))), tupleElement(pair, 2)), arrayMap(thrown -> tuple(if(tupleElement(thrown, 3), tupleElement(thrown, 1), toUInt64(greatest(1, tupleElement(thrown, 1) - typical))), tupleElement(thrown, 2)), groupArray(tuple(n, {value}, low = high)))), 1, {most}))"""
