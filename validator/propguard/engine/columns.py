"""Which columns of a source are the request's id, its time and its properties, and the SELECT that statements read them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.compilers.corrections import BLANKED
from propguard.engine import stored_properties, times
from propguard.errors import UsageError
from propguard.model.text import one_of, visible
from propguard.rules.sql import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


NAMES: Mapping[str, tuple[str, ...]] = {
    "request_id": ("request_id", "id"),
    "request_created_at": ("request_created_at", "created_at", "createdAt", "timestamp"),
    "properties": ("properties", "request_properties"),
    **{name: (name,) for name in BLANKED},
}
"""What each column may be called, best first."""

EVERY_OTHER = "*"
"""As the column of properties: each column of which nothing else is known is a property by itself."""

_WIDE = "Map(String, Nullable(String))"

OUTPUT = ("request_id", "request_created_at", "properties", *BLANKED)
"""The columns of an engine's source."""

PLACE = ("place", "row", "weight", "is_odd_time")
"""What else is known of a row: where it stands, how many rows were lost in it, whether its time makes no sense."""

KEPT = (*(name for name in OUTPUT if name != "properties"), *PLACE)
"""What is known of a row apart from its properties."""

_TYPES = {
    "request_id": "String",
    "request_created_at": "DateTime64(3, 'UTC')",
    **dict.fromkeys(BLANKED, "Nullable(String)"),
    "place": "String",
    "row": "UInt64",
    "weight": "UInt64",
    "is_odd_time": "UInt8",
    "properties": stored_properties.MAP,
    "reason": "String",
}

ROWS = ", ".join(f"{name} {_TYPES[name]}" for name in (*KEPT, "properties", "reason"))
"""The columns of `stored_rows` with their types, in its order."""

EMPTY = (
    "SELECT '' AS request_id, toDateTime64(0, 3, 'UTC') AS request_created_at, "
    f"CAST(map(), '{stored_properties.MAP}') AS properties, "
    + ", ".join(f"CAST(NULL, 'Nullable(String)') AS {name}" for name in BLANKED)
    + " WHERE 0"
)
"""A source without requests."""


def chosen(met: Mapping[str, str], told: Mapping[str, str], source: str) -> dict[str, str]:
    """The column to read for each of NAMES, as far as there is one; `met` maps the names of columns to their types.

    Properties may be several columns, with commas between them. Raises UsageError where there are none, or no column of a
    name that was told.
    """
    names = [
        name for wanted, given in told.items() for name in (columns_of(given) if wanted == "properties" else [given])
    ]
    unknown = [name for name in names if name not in met and name != EVERY_OTHER]
    if unknown:
        raise UsageError(f"{source} has no column `{visible(unknown[0])}`; it has {visible(one_of(list(met)))}")
    found = {}
    for wanted, candidates in NAMES.items():
        name = told.get(wanted) or next((name for name in candidates if name in met), None)
        if name is not None:
            found[wanted] = name
    if "properties" not in found:
        raise UsageError(
            f"{source} has no column `properties`; it has {visible(one_of(list(met)))} "
            "(name the one to read with --columns properties=NAME, or those that are a property each, as in properties=env,tier)"
        )
    return found


def columns_of(properties: str) -> list[str]:
    """The columns that are named as properties."""
    return [name for name in properties.split(",") if name]


def is_wide(properties: str) -> bool:
    """Whether each column that is named is a property by itself."""
    return properties == EVERY_OTHER or "," in properties


def read_columns(columns: Mapping[str, str], met: Iterable[str]) -> list[str]:
    """The names of all columns that are read, those first that are no properties."""
    names = [name for wanted, name in columns.items() if wanted != "properties"]
    properties = columns["properties"]
    if properties == EVERY_OTHER:
        known = {*names, *(name for candidates in NAMES.values() for name in candidates)}
        names += [name for name in met if name not in known]
    else:
        names += columns_of(properties) if is_wide(properties) else [properties]
    return list(dict.fromkeys(names))


class Expressions(NamedTuple):
    """SQL for each of NAMES that a source has, and the ClickHouse types of it."""

    sql: Mapping[str, str]
    types: Mapping[str, str]


def expressions(
    columns: Mapping[str, str], met: Mapping[str, str], source: str, of_column: Callable[[str], str]
) -> Expressions:
    """What `of_column`, which makes SQL of a name, gives for the chosen columns; properties of a wide table are put into a map.

    Raises UsageError for a column with more than one text a row that is to be a property.
    """
    single = {wanted: name for wanted, name in columns.items() if wanted != "properties"}
    sql = {wanted: of_column(name) for wanted, name in single.items()}
    types = {wanted: met[name] for wanted, name in single.items()}
    if not is_wide(columns["properties"]):
        name = columns["properties"]
        return Expressions({**sql, "properties": of_column(name)}, {**types, "properties": met[name]})
    wide = [name for name in read_columns(columns, met) if name not in single.values()]
    several = [name for name in wide if not stored_properties.is_single(met[name])]
    if several:
        raise UsageError(
            f"the column `{visible(several[0])}` of {source} holds lists or maps, so it is no property by itself; "
            "name the others in --columns properties=NAME,NAME"
        )
    pairs = ", ".join(f"{literal(name)}, CAST(toString({of_column(name)}), 'Nullable(String)')" for name in wide)
    as_map = f"map({pairs})" if wide else f"CAST(map(), '{_WIDE}')"
    return Expressions({**sql, "properties": as_map}, {**types, "properties": _WIDE})


def stored_rows(
    table: str,
    read: Expressions,
    place: Sequence[str] = ("''", "toUInt64(0)"),
    *,
    weight: str = "toUInt64(1)",
    fault: str = "''",
    empty_is_absent: bool = False,
) -> str:
    """A SELECT from `table` of OUTPUT, PLACE and `reason`: why the properties of a row cannot be read, empty where they can.

    `place` is SQL for the first two of PLACE, `fault` for what is wrong with the row itself; with `empty_is_absent` an empty
    text is no property of a map.
    """
    columns, types = read
    request, time = columns.get("request_id"), columns.get("request_created_at")
    properties, type_name = columns["properties"], types["properties"]
    as_map = stored_properties.map_of(properties, type_name)
    if as_map is not None and empty_is_absent:
        as_map = f"mapFilter((k, v) -> v != '', {as_map})"
    head = (
        f"{f'toString(assumeNotNull({request}))' if request else repr('')} AS request_id",
        *(f"{_blanked(columns.get(name))} AS {name}" for name in BLANKED),
        *(f"{sql} AS {name}" for name, sql in zip(PLACE, (*place, weight), strict=False)),
        *((f"{time} AS given_time",) if time else ()),
        f"{fault} AS fault",
        f"{as_map} AS met" if as_map is not None else f"{stored_properties.text_of(properties, type_name)} AS text",
    )
    rows = times.with_moment(f"SELECT {', '.join(head)} FROM {table}", types["request_created_at"] if time else None)
    if as_map is not None:
        return f"SELECT {', '.join(KEPT)}, met AS properties, fault AS reason FROM ({rows}) AS mapped"
    return stored_properties.from_text(rows, ", ".join(KEPT))


def readable(rows: str, conditions: Sequence[str] = ()) -> str:
    """The source of an engine: those of `stored_rows` whose properties can be read, and of which the conditions hold."""
    wanted = " AND ".join(("reason = ''", *conditions))
    return f"SELECT {', '.join(OUTPUT)} FROM ({rows}) AS rows WHERE {wanted}"


def _blanked(column: str | None) -> str:
    """The text of a column that a write blanks, empty where there is nothing to lose; null where there is no such column."""
    text = "NULL" if column is None else f"ifNull(toString({column}), '')"
    return f"CAST({text}, 'Nullable(String)')"


def quoted(name: str) -> str:
    """A column's name that cannot end before its end."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
