"""The SELECT that reads a file as rows of requests, by the format of the file and what a look at its beginning shows.

JSON is read line by line, or document by document where lines are no documents, and each is parsed by itself, so that a bad
one is only that. CSV is read with a field more than its header has, which tells rows that have too many or too few.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from propguard.compilers.corrections import BLANKED
from propguard.engine import stored_properties, times
from propguard.engine.columns import (
    EVERY_OTHER,
    KEPT,
    NAMES,
    chosen,
    columns_of,
    expressions,
    is_wide,
    quoted,
    read_columns,
    stored_rows,
)
from propguard.errors import UsageError
from propguard.model.text import visible
from propguard.rules.row import unparsed_row
from propguard.rules.sql import is_one_of, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Query = Callable[[str], list[dict[str, object]]]

_FORMATS = {
    ".parquet": "Parquet",
    ".jsonl": "JSON",
    ".ndjson": "JSON",
    ".json": "JSON",
    ".csv": "CSV",
    ".tsv": "CSV",
}
_COMPRESSIONS = {
    ".gz": "gzip",
    ".zst": "zstd",
    ".zstd": "zstd",
    ".xz": "xz",
    ".bz2": "bz2",
    ".lz4": "lz4",
}

TABLE = "\0table\0"
"""Stands in a template for the beginning of the table function, up to the format."""

ERRORS = "\0errors\0"
"""Stands in a template of CSV for whether rows that cannot be taken apart are passed over, 1 or 0."""

_PLACE = ("toString(_file)", "toUInt64(ifNull(_row_number, 0))")
_DELIMITERS = {",": "','", ";": "';'", "\t": "'\\t'"}
_MOST_LINES_OF_A_HEADER = 50
_LONGEST_HEADER = 1 << 20
_CSV_SETTINGS = {
    "input_format_csv_allow_variable_number_of_columns": 1,
    "input_format_csv_empty_as_default": 0,
    "format_csv_null_representation": "'\\0'",
    "input_format_allow_errors_ratio": ERRORS,
    "input_format_allow_errors_num": f"{ERRORS}000000000",  # both have to be passed before a row is an error
}


class FileTable(NamedTuple):
    """How files of one kind are read: `template` is the SELECT with TABLE in it, `header` how many lines come before the first row.

    `compression` is ClickHouse's name of it, `noun` what is counted in such files; `newlines` is, where a row may take several
    lines, a SELECT of `row` and `newlines`, how many are within it, and
    `delimiter` is what separates fields.
    """

    template: str
    compression: str
    noun: str
    header: int = 0
    newlines: str = ""
    delimiter: str = ","

    @property
    def is_as_large_as_it_looks(self) -> bool:
        """Whether no more comes out of a file than it has bytes."""
        return self.compression == "none" and self.noun != "row"


class _Named(NamedTuple):
    """A file to look at: what it is called, the beginning of its table function, and how it is compressed."""

    shown: str
    table: str
    compression: str


def file_table(
    name: str, table: str, query: Query, told: Mapping[str, str], *, is_empty: bool = False
) -> FileTable | None:
    """How the file that the user calls `name` is read; `table` is the beginning of the table function that has it.

    None where there is nothing in it, which may be known before. Raises UsageError where nothing says its format, or it has
    no properties. What `query` raises is passed on.
    """
    form, compression = _format(name)
    if is_empty:
        return None
    return _READERS[form](_Named(visible(name), table, compression), query, told)


def _format(path: str) -> tuple[str, str]:
    name, compression = path.lower(), "none"
    for suffix, known in _COMPRESSIONS.items():
        if name.endswith(suffix):
            name, compression = name.removesuffix(suffix), known
            break
    for suffix, form in _FORMATS.items():
        if name.endswith(suffix):
            return form, compression
    raise UsageError(
        f"cannot tell the format of {visible(path)}: name it .parquet, .jsonl or .csv (.gz and .zst may follow)"
    )


def _parquet(file: _Named, query: Query, told: Mapping[str, str]) -> FileTable:
    rows = query(f"DESCRIBE TABLE {file.table}, Parquet)")
    met = {str(row["name"]): str(row["type"]) for row in rows}
    columns = chosen(met, told, file.shown)
    read = expressions(columns, met, file.shown, quoted)
    names = read_columns(columns, met)
    if any("\ufffd" in name for name in names):
        raise UsageError(
            f"{file.shown} has a column whose name is not UTF-8; name others with --columns properties=NAME,NAME"
        )
    structure = ", ".join(f"{quoted(name)} {met[name]}" for name in names)
    table = f"{TABLE}, Parquet, {literal(structure)})"
    return FileTable(stored_rows(table, read, _PLACE), "none", "row")


def _json(file: _Named, query: Query, told: Mapping[str, str]) -> FileTable | None:
    lines = [line for line in _beginning(file, query) if line.strip()]
    if not lines:
        return None
    is_lines = _are_documents(lines)
    form = "LineAsString" if is_lines else "JSONAsString"
    documents = (
        f"SELECT {_PLACE[0]} AS place, {_PLACE[1]} AS row, line FROM {TABLE}, {form}, 'line String', '{file.compression}') "
        "WHERE length(line) > 100 OR NOT match(line, '^[[:space:]]*$')"
    )
    noun = "line" if is_lines else "document"
    met = _fields(file, documents, query, told)
    if "data" in met and not set(met) & set(NAMES["properties"]) and "properties" not in told:
        requests = f"SELECT arrayJoin(JSONExtractArrayRaw(line, 'data')) AS line FROM ({documents}) AS answers"
        met = _fields(file, requests, query, told)
        documents = _answers(documents, told)
    columns = chosen(dict.fromkeys(met, "String"), told, file.shown)
    return FileTable(_of_documents(documents, told, columns["properties"], met), file.compression, noun)


def _are_documents(lines: Sequence[str]) -> bool:
    """Whether each line is a document by itself, the broken ones apart, or documents go over lines or are in an array."""
    if len(lines) == 1 or not lines[0].lstrip().startswith("["):
        return not lines[0].lstrip().startswith("[") and (len(lines) == 1 or any(map(_is_object, lines)))
    return _is_complete(lines[0])


def _is_object(line: str) -> bool:
    return line.lstrip().startswith("{") and _is_complete(line)


def _is_complete(line: str) -> bool:
    """Whether a line is a JSON document; one that is too long to be looked at whole is."""
    try:
        json.loads(line)
    except RecursionError:
        return True
    except ValueError:
        return len(line) >= _LONGEST_HEADER
    return True


def _fields(file: _Named, documents: str, query: Query, told: Mapping[str, str]) -> list[str]:
    """The names of the fields of the first documents; of all where the properties are not among those."""
    wanted = {told["properties"]} if "properties" in told else {*NAMES["properties"], "data"}
    names: list[str] = []
    for limit in (" LIMIT 1000", ""):
        table = documents.replace(TABLE, file.table)
        sql = f"SELECT arrayJoin(JSONExtractKeys(line)) AS name, count() AS n FROM ({table}{limit}) AS beginning GROUP BY name ORDER BY n DESC, name LIMIT 1000"
        names = [str(row["name"]) for row in query(sql)]
        if wanted & set(names) or is_wide(told.get("properties", "")):
            break
    return names


def _of_documents(documents: str, told: Mapping[str, str], properties: str, met: Sequence[str]) -> str:
    """Rows of documents in `line`; each of NAMES is the first of its names that a document has, of the BLANKED those of `met`."""
    wide = is_wide(properties)
    names = {wanted: (told[wanted],) if wanted in told else candidates for wanted, candidates in NAMES.items()}
    if wide:
        names["properties"] = ()
    fields = list(dict.fromkeys(name for candidates in names.values() for name in candidates))
    structure = ", ".join(f"{quoted(name)} String" for name in fields)
    parsed = f"SELECT place, row, line, JSONExtract(line, {literal(f'Tuple({structure})')}) AS fields FROM ({documents}) AS documents"

    def text(wanted: str) -> str:
        values = [f"tupleElement(fields, {fields.index(name) + 1})" for name in names[wanted]]
        sql = "''"
        for value in reversed(values):
            sql = value if sql == "''" else f"if({value} != '', {value}, {sql})"
        return sql

    blanked = ", ".join(
        f"CAST({text(name) if name in met else 'NULL'}, 'Nullable(String)') AS {name}" for name in BLANKED
    )
    body = "line" if wide else text("properties")
    given = (
        f"SELECT place, row, toUInt64(1) AS weight, line, {text('request_id')} AS request_id, {text('request_created_at')} AS given_time, "
        f"{blanked}, {body} AS text FROM ({parsed}) AS parsed"
    )
    fault = (
        f"if(text = '' OR {int(wide)}, multiIf(JSONType(line) = 'Object', '', NOT isValidUTF8(line), {literal(unparsed_row.NOT_UTF_8)}, "
        f"isValidJSON(line), {literal(unparsed_row.NO_OBJECT)}, {literal(unparsed_row.NOT_VALID_JSON)}), '')"
    )
    rows = f"SELECT *, {fault} AS fault FROM ({times.with_moment(given, 'String')}) AS given"
    keep = None
    if wide:
        used = {name for candidates in (*names.values(), *NAMES.values()) for name in candidates}
        keep = f"NOT ({is_one_of('k', used)})" if properties == EVERY_OTHER else is_one_of("k", columns_of(properties))
    return stored_properties.from_text(rows, ", ".join(KEPT), keep)


def _answers(documents: str, told: Mapping[str, str]) -> str:
    """The requests in answers of the platform's query-clickhouse, an answer a document, as documents.

    Its pages repeat requests, and hold older versions of them: each is taken once, as it was last written to.
    """
    refusal = literal("one of the answers is an error; ask again, as it says nothing of its requests")
    each = f"""SELECT place, row, arrayJoin(JSONExtractArrayRaw(line, 'data')) AS request FROM ({documents}) AS documents
WHERE NOT throwIf(JSONType(line, 'error') NOT IN ('Null'), {refusal})"""
    candidates = (told["request_id"],) if "request_id" in told else NAMES["request_id"]
    ids = [f"JSONExtract(request, {literal(name)}, 'String')" for name in candidates]
    number = ids[0] if len(ids) == 1 else f"if({ids[0]} != '', {ids[0]}, {ids[1]})"
    missing = literal("the answers have requests without `request_id`, and pages of answers repeat requests")
    return f"""SELECT any(place) AS place, any(row) AS row, argMax(request, JSONExtractString(request, 'updated_at')) AS line
FROM ({each}) AS requests WHERE NOT throwIf({number} = '', {missing}) GROUP BY {number}"""


def _csv(file: _Named, query: Query, told: Mapping[str, str]) -> FileTable | None:
    lines = _beginning(file, query)
    if not any(line.strip() for line in lines):
        return None
    delimiter, header, names = _header(lines)
    if not names:
        raise UsageError(f"{file.shown} has no header, so nothing says which column the properties are in")
    met = dict.fromkeys(names, "String")
    columns = chosen(met, told, file.shown)
    fields = {name: f"c{names.index(name)}" for name in met}
    wide = is_wide(columns["properties"])
    read = expressions(columns, met, file.shown, lambda name: f"ifNull({fields[name]}, '')")
    structure = ", ".join(f"c{number} Nullable(String)" for number in range(len(names) + 1))
    settings = _CSV_SETTINGS | {
        "format_csv_delimiter": _DELIMITERS[delimiter],
        "input_format_csv_skip_first_lines": header,
        "input_format_csv_allow_whitespace_or_tab_as_delimiter": int(delimiter == "\t"),
    }
    told_settings = ", ".join(f"{name} = {value}" for name, value in settings.items())
    last, beyond = f"c{len(names) - 1}", f"c{len(names)}"
    cells = f"concat({', '.join(f'ifNull(c{number}, {chr(39) * 2})' for number in range(len(names) + 1))}, '')"
    is_blank = f"ifNull(c0, '') = ''{'' if len(names) == 1 else f' AND isNull({last})'}"
    every = f"SELECT *, _file, _row_number FROM {TABLE}, CSV, {literal(structure)}, '{file.compression}') SETTINGS {told_settings}"
    table = f"(SELECT * FROM ({every}) AS every WHERE NOT ({is_blank})) AS cells"
    newlines = f"countSubstrings({cells}, char(10))"
    is_other = f"isNotNull({beyond}) OR isNull({last})"
    rows = stored_rows(
        table,
        read,
        _PLACE,
        weight=f"if({is_other}, 1 + {newlines}, toUInt64(1))",
        fault=f"if({is_other}, {literal(unparsed_row.OTHER_FIELDS)}, '')",
        empty_is_absent=wide,
    )
    of_rows = f"SELECT {_PLACE[1]} AS row, {newlines} AS newlines FROM ({every}) AS every"
    return FileTable(rows, file.compression, "line", header, of_rows, delimiter)


def _header(lines: Sequence[str]) -> tuple[str, int, list[str]]:
    """What separates fields, how many lines the header takes, and the names in it."""
    taken = next((end for end in range(1, len(lines) + 1) if "\n".join(lines[:end]).count('"') % 2 == 0), 0)
    text = "\n".join(lines[:taken])
    delimiter = max(_DELIMITERS, key=lambda one: len(_fields_of(text, one)))
    return delimiter, taken, [name.strip() for name in _fields_of(text, delimiter)]


def _fields_of(text: str, delimiter: str) -> list[str]:
    """The fields of one record of CSV; none where it is none."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _beginning(file: _Named, query: Query) -> list[str]:
    """The first lines. Raises UsageError for an encoding that is not read."""
    sql = f"SELECT hex(substring(line, 1, {_LONGEST_HEADER})) AS line FROM {file.table}, LineAsString, 'line String', '{file.compression}') LIMIT {_MOST_LINES_OF_A_HEADER}"
    lines = [bytes.fromhex(str(row["line"])) for row in query(sql)]
    if lines and (lines[0][:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in lines[0][:4]):
        raise UsageError(f"{file.shown} is written in UTF-16 or UTF-32; save it as UTF-8")
    if lines:
        lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
    return [line.decode(errors="replace").rstrip("\r") for line in lines]


_READERS: Mapping[str, Callable[[_Named, Query, Mapping[str, str]], FileTable | None]] = {
    "Parquet": _parquet,
    "JSON": _json,
    "CSV": _csv,
}
