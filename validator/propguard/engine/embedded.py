"""Embedded ClickHouse over files: Parquet, JSONL and CSV, compressed or not, by name, by glob or on S3. The owner of chDB."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from propguard.engine.columns import EMPTY, NAMES, chosen, quoted, selected
from propguard.errors import EngineFailed, UsageError
from propguard.model.text import visible
from propguard.rules.sql import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_FORMATS = {
    ".parquet": "Parquet",
    ".jsonl": "JSONEachRow",
    ".ndjson": "JSONEachRow",
    ".json": "JSONEachRow",
    ".csv": "CSVWithNames",
}
_COMPRESSIONS = (".gz", ".zst", ".zstd", ".xz", ".bz2", ".lz4")
_MAP = "Map(LowCardinality(String), String)"
_ARRAY = "Array(String)"
_GLOB = frozenset("*?{")
_PEEKED = 1000
"""Lines of JSON that are looked at to find out what columns there are."""

_one_at_a_time = threading.Lock()
"""chDB has one database per process."""


class EmbeddedEngine:
    """A ClickHouse in this process that reads `files`: paths, globs, or `s3://` addresses, all of one format.

    `columns` names those to read for `request_id`, `request_created_at` and `properties`, where they are not called so.
    `memory` is in bytes. A file without rows, and a glob that no file matches, are a source without requests, and a sentence
    among `notices`. Raises UsageError where the files cannot be read as requests with properties.
    """

    name = "embedded"

    def __init__(
        self,
        files: Sequence[str],
        *,
        columns: Mapping[str, str] | None = None,
        memory: int | None = None,
        threads: int | None = None,
    ) -> None:
        self._session = _open()
        self.notices: list[str] = []
        try:
            for setting, value in _settings(memory, threads).items():
                self._run(f"SET {setting} = {value}", "Null")
            self.source = self.everything = " UNION ALL ".join(self._source(file, columns or {}) for file in files)
        except BaseException:
            self.close()
            raise

    def query(self, sql: str) -> list[dict[str, object]]:
        """The rows of the answer. Raises EngineFailed; KeyboardInterrupt is raised while the database still works."""
        return [json.loads(line) for line in self._run(sql, "JSONEachRow").splitlines() if line]

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """The rows of the answer, one after the other, in the memory of some thousands. Raises EngineFailed."""
        answer = self._waited(lambda: self._session.send_query(sql, "JSONEachRow"))
        try:
            while (piece := self._waited(answer.fetch)) is not None and (lines := piece.bytes()):
                yield from (json.loads(line) for line in bytes(lines).split(b"\n") if line)
        finally:
            with contextlib.suppress(Exception):  # what is at its end cannot be stopped any more
                answer.cancel()

    def close(self) -> None:
        """Let another database be opened in this process."""
        if self._session is not None:
            session, self._session = self._session, None
            with contextlib.suppress(Exception):  # what cannot be closed is left to the end of the process
                session.close()
            _one_at_a_time.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, sql: str, output: str) -> bytes:
        """The answer as text."""
        return bytes(self._waited(lambda: self._session.query(sql, output)).bytes())

    @staticmethod
    def _waited(call: Callable[[], Any]) -> Any:
        """What `call` of the database returns. It works in a thread of its own, as this one has to hear an interrupt."""
        answers: list[Any] = []
        failures: list[Exception] = []

        def ask() -> None:
            try:
                answers.append(call())
            except Exception as error:  # noqa: BLE001  # raised again, below, in the thread that asked
                failures.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(0.1 if threading.current_thread() is threading.main_thread() else None)
        if failures:
            raise EngineFailed(_said(failures[0]))
        return answers[0]

    def _source(self, file: str, told: Mapping[str, str]) -> str:
        table, form = _table(file), _format(file)
        if form == "JSONEachRow":
            met = self._fields(f"SELECT json FROM {table}, JSONAsString, 'json String')", file)
            if met.get("data") == _ARRAY and not met.keys() & set(NAMES["properties"]):
                return self._source_of_answers(table, told, file)
            met = {name: type_name if type_name == _MAP else "String" for name, type_name in met.items()}
        else:
            met = self._columns(f"{table}, {form})", file)
        if not met:
            self.notices.append(
                f"no file that {visible(file)} matches holds a row"
                if _GLOB & set(file)
                else f"{visible(file)} holds no rows"
            )
            return EMPTY
        columns = chosen(met, told, visible(file))
        types = {name: _read_as(met[name], name == columns["properties"]) for name in columns.values()}
        structure = ", ".join(f"{quoted(name)} {type_name}" for name, type_name in types.items())
        return f"SELECT {selected(columns, types)} FROM {table}, {form}, {literal(structure)})"

    def _columns(self, table: str, file: str) -> dict[str, str]:
        """The names of the columns with their types."""
        try:
            return {str(row["name"]): str(row["type"]) for row in self.query(f"DESCRIBE TABLE {table}")}
        except EngineFailed as error:
            if self._has_no_rows(file):
                return {}
            raise UsageError(f"cannot read {visible(file)}: {error}") from None

    def _has_no_rows(self, file: str) -> bool:
        """Whether there is nothing in it, nor in any of those that a glob names, but the heads of tables."""
        lines = f"SELECT count() AS number FROM {_table(file)}, LineAsString, 'line String') WHERE notEmpty(trimBoth(line)) GROUP BY _path"
        most = int(_format(file) == "CSVWithNames")
        try:
            return not self.query(f"SELECT 1 FROM ({lines}) AS files WHERE number > {most} LIMIT 1")
        except EngineFailed:
            return False

    def _source_of_answers(self, table: str, told: Mapping[str, str], file: str) -> str:
        """The requests in answers of the platform's query-clickhouse, an answer a line.

        Its pages repeat requests, and hold older versions of them: each is taken once, as it was last written to.
        """
        met = self._fields(
            f"SELECT arrayJoin(JSONExtractArrayRaw(json, 'data')) AS json FROM {table}, JSONAsString, 'json String')",
            file,
        )
        met = {name: type_name if type_name == _MAP else "String" for name, type_name in met.items()}
        columns = chosen(met, told, visible(file))
        if "request_id" not in columns:
            raise UsageError(
                f"the answers in {visible(file)} have no `request_id`, and pages of answers repeat requests"
            )
        fields = {name: met[name] for name in columns.values()} | {"updated_at": "String"}
        each = ", ".join(f"{quoted(name)} {type_name}" for name, type_name in fields.items())
        structure = f"data Array(Tuple({each})), error Nullable(String)"
        request = quoted(columns["request_id"])
        rest = [name for name in columns.values() if name != columns["request_id"]]
        latest = ", ".join(f"argMax(one.{quoted(name)}, one.{quoted('updated_at')}) AS {quoted(name)}" for name in rest)
        answers = f"""SELECT arrayJoin(data) AS one FROM {table}, JSONEachRow, {literal(structure)})
WHERE NOT throwIf(isNotNull(error), {literal("one of the answers is an error; ask again, as it says nothing of its requests")})"""
        once = f"SELECT one.{request} AS {request}, {latest} FROM ({answers}) AS answers GROUP BY {request}"
        return f"SELECT {selected(columns, fields)} FROM ({once}) AS requests"

    def _fields(self, documents: str, file: str) -> dict[str, str]:
        """The names of the fields of the first `documents`, with their types: a map, an array, or else text."""
        sql = f"""SELECT name, groupUniqArray(toString(JSONType(json, name))) AS types
FROM (SELECT json, arrayJoin(JSONExtractKeys(json)) AS name FROM ({documents} LIMIT {_PEEKED}))
GROUP BY name"""
        try:
            rows = self.query(sql)
        except EngineFailed as error:
            raise UsageError(f"cannot read {visible(file)}: {error}") from None
        return {str(row["name"]): _type_of(set(_texts(row["types"]))) for row in rows}


def _type_of(kinds: set[str]) -> str:
    if kinds <= {"Object", "Null"}:
        return _MAP
    return _ARRAY if kinds <= {"Array", "Null"} else "String"


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def _read_as(type_name: str, is_properties: bool) -> str:
    """The type to read a column as: properties as a map without nulls, which become empty values, what else looks like a
    map, as a field does that is null everywhere, as text; every other as it is."""
    if type_name.startswith("Map("):
        return _MAP if is_properties else "String"
    return type_name


def _table(file: str) -> str:
    """The beginning of the table function that reads `file`, up to its format."""
    if file.startswith("s3://"):
        return f"s3({literal(file)}"
    return f"file({literal(file)}"


def _format(file: str) -> str:
    name = file.lower()
    for compression in _COMPRESSIONS:
        name = name.removesuffix(compression)
    for suffix, form in _FORMATS.items():
        if name.endswith(suffix):
            return form
    raise UsageError(
        f"cannot tell the format of {visible(file)}: name it .parquet, .jsonl or .csv (.gz and .zst may follow)"
    )


def _settings(memory: int | None, threads: int | None) -> dict[str, object]:
    settings: dict[str, object] = {
        "session_timezone": "'UTC'",
        "max_query_size": 64 << 20,
        "max_ast_elements": 10_000_000,
        "max_expanded_ast_elements": 10_000_000,
        "input_format_null_as_default": 1,
        "max_bytes_before_external_sort": 64 << 20,
        "max_bytes_ratio_before_external_sort": 0,
    }
    if memory is not None:
        settings["max_memory_usage"] = memory
    if threads is not None:
        settings["max_threads"] = threads
    return settings


def _open() -> Any:
    """A session in memory. Raises UsageError where chDB is not installed, or another audit goes on in this process."""
    try:
        from chdb.session import Session
    except ImportError:
        if sys.platform == "win32":
            raise UsageError(
                "files cannot be audited on Windows, where ClickHouse has no embedded engine; audit a clickhouse:// server"
            ) from None
        raise UsageError("auditing files needs the embedded ClickHouse: pip install 'propguard[audit]'") from None
    if not _one_at_a_time.acquire(blocking=False):
        raise UsageError("another audit goes on in this process, which can have one embedded ClickHouse only")
    try:
        open_session: Any = Session  # chDB has no types
        return open_session()
    except Exception as error:  # noqa: BLE001  # chDB raises what it likes, and that is said in one sentence
        _one_at_a_time.release()
        raise EngineFailed(_said(error)) from None


def _said(error: BaseException) -> str:
    """The first sentence of what ClickHouse says, without its codes and its stack."""
    text = str(error).partition("Stack trace:")[0].removeprefix("Code: ").partition("DB::Exception: ")
    message = (text[2] or text[0]).partition(": while executing")[0].strip().splitlines()
    return visible(message[0].rstrip(". ") if message else type(error).__name__)
