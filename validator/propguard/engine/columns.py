"""Which columns of a file are the request's id, its time and its properties, and how each becomes what statements read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.compilers.corrections import BLANKED
from propguard.errors import UsageError
from propguard.model.text import one_of, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {
    "request_id": ("request_id", "id"),
    "request_created_at": ("request_created_at", "created_at", "createdAt", "timestamp"),
    "properties": ("properties", "request_properties"),
    **{name: (name,) for name in BLANKED},
}
"""What each column may be called, best first."""

_NO_TIME = "toDateTime64(0, 3, 'UTC')"
_MAP = "Map(LowCardinality(String), String)"
_STRING = re.compile(r"(?:LowCardinality\()?(?:Nullable\()?(?:Fixed)?String")


EMPTY = (
    f"SELECT '' AS request_id, {_NO_TIME} AS request_created_at, CAST(map(), '{_MAP}') AS properties, "
    + ", ".join(f"CAST(NULL, 'Nullable(String)') AS {name}" for name in BLANKED)
    + " WHERE 0"
)
"""A source without requests."""


def chosen(met: Mapping[str, str], told: Mapping[str, str], source: str) -> dict[str, str]:
    """The column to read for each of NAMES, as far as there is one; `met` maps the names of columns to their types.

    Raises UsageError where there are no properties, or no column of a name that was told.
    """
    unknown = [name for name in told.values() if name not in met]
    if unknown:
        raise UsageError(f"{source} has no column `{visible(unknown[0])}`; it has {visible(one_of(list(met)))}")
    found = {}
    for wanted, names in NAMES.items():
        name = told.get(wanted) or next((name for name in names if name in met), None)
        if name is not None:
            found[wanted] = name
    if "properties" not in found:
        raise UsageError(
            f"{source} has no column `properties`; it has {visible(one_of(list(met)))} (name the one to read with --columns)"
        )
    return found


def selected(columns: Mapping[str, str], met: Mapping[str, str]) -> str:
    """The columns as statements read them, from columns of these types."""
    time, request = columns.get("request_created_at"), columns.get("request_id")
    properties = columns["properties"]
    return ", ".join(
        (
            f"{'toString(assumeNotNull(' + quoted(request) + '))' if request else repr('')} AS request_id",
            f"{_time(quoted(time), met[time]) if time else _NO_TIME} AS request_created_at",
            f"{_properties(quoted(properties), met[properties])} AS properties",
            *(f"{_blanked(columns.get(name))} AS {name}" for name in BLANKED),
        )
    )


def _blanked(column: str | None) -> str:
    """The text of a column that a write blanks, empty where there is nothing to lose; null where there is no such column."""
    text = "NULL" if column is None else f"ifNull(toString({quoted(column)}), '')"
    return f"CAST({text}, 'Nullable(String)')"


def _time(column: str, type_name: str) -> str:
    if _STRING.match(type_name):
        return f"parseDateTime64BestEffortOrZero(assumeNotNull({column}), 3, 'UTC')"
    return f"toDateTime64(ifNull({column}, {_NO_TIME}), 3, 'UTC')"


def _properties(column: str, type_name: str) -> str:
    if _STRING.match(type_name):
        return f"JSONExtract(assumeNotNull({column}), 'Map(LowCardinality(String), String)')"
    if type_name.startswith("Map("):
        return column
    return f"JSONExtract(toJSONString({column}), 'Map(LowCardinality(String), String)')"


def quoted(name: str) -> str:
    """A column's name that cannot end before its end."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
