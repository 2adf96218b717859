"""The project's settings: `[tool.propguard]` of the nearest pyproject.toml, or propguard.toml."""

from __future__ import annotations

import os
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from propguard.cli.options import FAIL_ON, rule_ids
from propguard.errors import UsageError
from propguard.files import require_ordinary
from propguard.lint.ignoring import BadPattern, IgnorePatterns
from propguard.model.finding import Severity
from propguard.model.text import excerpt, visible
from propguard.model.wrapper import DeclaredWrapper
from propguard.schemafile import named_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from propguard.model.finding import Door

SETTINGS_FILES = ("propguard.toml", "pyproject.toml")
_LARGEST = 1 << 20
_MOST_PARTS = 100
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_BETWEEN_KEYS = re.compile(rb"[=,#\[\]{}]")


class PathSettings(NamedTuple):
    """The rules for the paths that `pattern` matches; a null `select` says nothing."""

    pattern: IgnorePatterns
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()


class Settings(NamedTuple):
    """What one file says. Its globs are matched against paths from `folder`; `path` is empty where there is no file."""

    folder: str
    path: str = ""
    schema: str | None = None
    baseline: str | None = None
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    exclude: IgnorePatterns | None = None
    per_path: tuple[PathSettings, ...] = ()
    severity: Mapping[str, Severity] = MappingProxyType({})
    fail_on: str | None = None
    wrappers: tuple[DeclaredWrapper, ...] = ()


class SettingsSource:
    """Finds and reads settings, each file once. Everything raises UsageError where a file does not hold what it should."""

    def __init__(self) -> None:
        self._by_file: dict[str, Settings | None] = {}
        self._by_folder: dict[str, Settings] = {}

    def of_folder(self, folder: str) -> Settings:
        """The settings in `folder`, an absolute path, else those nearest above it, else such as say nothing."""
        passed = []
        found = None
        for above in _upwards(folder):
            found = self._by_folder.get(above) or next(self._in(above), None)
            if found is not None:
                break
            passed.append(above)
        found = found or Settings(folder=os.path.join(folder, os.sep))
        self._by_folder.update(dict.fromkeys(passed, found))
        return found

    def file_named(self, setting: Literal["schema", "baseline"], folder: str) -> str | None:
        """The path of the schema or baseline that the nearest settings with one name; those with none are passed over."""
        for above in _upwards(folder):
            for settings in self._in(above):
                path: str | None = getattr(settings, setting)
                if path is not None:
                    return path
        return None

    def _in(self, folder: str) -> Iterator[Settings]:
        for name in SETTINGS_FILES:
            path = f"{folder}{os.sep}{name}"
            if path not in self._by_file:
                table = _table_in(path) if os.access(path, os.F_OK) else None  # nearly every folder has none
                self._by_file[path] = None if table is None else _settings(table, path)
            settings = self._by_file[path]
            if settings is not None:
                yield settings


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def _table_in(path: str) -> dict[str, Any] | None:
    """Our table in the file at `path`, None where it has none. A propguard.toml may do without the `tool.propguard`."""
    data = _content(path)
    is_own = os.path.basename(path) == SETTINGS_FILES[0]
    if not is_own and b"tool.propguard" not in data:
        return None
    if any(map(_is_endless, data.split(b"\n"))):
        raise UsageError(f"{from_here(path)} has a key of more than {_MOST_PARTS} parts")
    import tomllib

    try:
        document = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{from_here(path)} is not valid TOML: {error}") from None
    except RecursionError:
        raise UsageError(f"{from_here(path)} is nested too deeply to be read") from None
    except ValueError:  # Python's limit for the digits of a number
        raise UsageError(f"{from_here(path)} is not valid TOML: it holds a number of too many digits") from None
    tool = document.get("tool")
    table = tool.get("propguard") if isinstance(tool, dict) else None
    if table is None:
        return document if is_own else None
    if not isinstance(table, dict):
        raise UsageError(f"`tool.propguard` in {from_here(path)} must be a table of settings")
    return table


def _content(path: str) -> bytes:
    """What stands in the file at `path`; nothing for a folder. Raises UsageError."""
    try:
        require_ordinary(path)
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        if os.path.isdir(path) or not os.path.lexists(path):
            return b""
        raise UsageError(
            f"the settings in {from_here(path)} cannot be read: {(error.strerror or '').lower()}"
        ) from None
    if len(data) > _LARGEST:
        raise UsageError(f"{from_here(path)} is larger than {_LARGEST:,} bytes, so its settings are not read")
    return data


def _is_endless(line: bytes) -> bool:
    """Whether a line of TOML has a key of very many parts, over which its reader would brood for minutes."""
    if line.count(b".") <= _MOST_PARTS:
        return False
    return any(piece.count(b".") > _MOST_PARTS for piece in _BETWEEN_KEYS.split(_QUOTED.sub(b"", line)))


def from_here(path: str) -> str:
    """A path as people know it: from the working directory where it lies below it."""
    relative = os.path.relpath(path)
    return os.path.abspath(path) if relative.startswith(os.pardir) or relative == os.curdir else relative


class _Reader(NamedTuple):
    """Reads the values of one file; each function gives the value of the setting `name`, or raises UsageError."""

    path: str

    def fault(self, name: str, must_be: str) -> UsageError:
        return UsageError(
            f"`{excerpt(visible(name))}` of propguard's settings in {from_here(self.path)} must be {must_be}"
        )

    def check_names(self, table: Mapping[str, Any], known: Mapping[str, object], of: str = "") -> None:
        for name in table:
            if name not in known:
                from propguard.rules.near import nearest

                near = nearest(name, known)
                hint = f"did you mean `{near}`?" if near else f"there are {', '.join(known)}"
                raise UsageError(
                    f"there is no setting `{excerpt(visible(of + name))}` of propguard, but {from_here(self.path)} has it; {hint}"
                )

    def place(self, name: str, value: object, what: str) -> str:
        if not isinstance(value, str) or not value or "\0" in value:
            raise self.fault(name, f"the path of a {what}")
        return os.path.normpath(os.path.join(os.path.dirname(self.path), value))

    def schema(self, name: str, value: object) -> str:
        """The path of a schema, which may be the standard one, as on the command line."""
        self.place(name, value, "property schema")
        return os.path.normpath(named_path(str(value), os.path.dirname(self.path)))

    def texts(self, name: str, value: object, what: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
            raise self.fault(name, f"a list of {what}")
        return cast(list[str], value)

    def rules(self, name: str, value: object) -> frozenset[str]:
        texts = self.texts(name, value, "rules")
        try:
            return frozenset(rule_ids(texts))
        except UsageError as error:
            raise UsageError(
                f"`{excerpt(visible(name))}` in {from_here(self.path)} cannot be kept to: {error}"
            ) from None

    def severities(self, name: str, value: object) -> Mapping[str, Severity]:
        """The severity of each rule that a table names; the name of one rule outweighs that of a group."""
        if not isinstance(value, dict):
            raise self.fault(name, 'a table of rules, such as {key-case = "warning"}')
        found: dict[str, Severity] = {}
        for rule, severity in sorted(value.items(), key=lambda entry: (not entry[0].endswith("*"), len(entry[0]))):
            if severity not in list(Severity):
                raise self.fault(f"{name}.{rule}", " or ".join(f"`{one}`" for one in Severity))
            found.update(dict.fromkeys(self.rules(name, [rule]), Severity(severity)))
        return found

    def fail_on(self, name: str, value: object) -> str:
        if not isinstance(value, str) or value not in FAIL_ON:
            raise self.fault(name, " or ".join(f"`{one}`" for one in FAIL_ON))
        return value

    def patterns(self, name: str, globs: list[str]) -> IgnorePatterns:
        try:
            return IgnorePatterns(globs)
        except BadPattern as bad:
            raise self.fault(name, f"patterns of paths, which `{excerpt(visible(bad.pattern))}` is not") from None

    def globs(self, name: str, value: object) -> IgnorePatterns:
        return self.patterns(name, self.texts(name, value, "paths or patterns of paths"))

    def per_path(self, name: str, value: object) -> tuple[PathSettings, ...]:
        if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
            raise self.fault(name, 'tables, such as [tool.propguard.per-path."legacy/**"]')
        known: dict[str, Callable[[str, object], frozenset[str]]] = {"select": self.rules, "ignore": self.rules}
        found = []
        for glob, table in value.items():
            where = f"{name}.{glob}"
            if not glob or glob.startswith("!"):
                raise self.fault(where, "patterns of paths")
            self.check_names(table, known, f"{where}.")
            read = {field: known[field](f"{where}.{field}", given) for field, given in table.items()}
            found.append(PathSettings(self.patterns(where, [glob]), **read))
        return tuple(found)

    def wrappers(self, name: str, value: object) -> tuple[DeclaredWrapper, ...]:
        tables = [value] if isinstance(value, dict) else value
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.fault(name, "tables, such as [[tool.propguard.wrappers]]")
        return tuple(self._wrapper(name, table) for table in tables)

    def _wrapper(self, name: str, table: dict[str, Any]) -> DeclaredWrapper:
        self.check_names(table, dict.fromkeys(DeclaredWrapper._fields), f"{name}.")
        call = table.get("call")
        if call is not None and not (isinstance(call, str) and re.fullmatch(r"[\w$]+(?:\.[\w$]+)*", call)):
            raise self.fault(f"{name}.call", "the name or the dotted path of a function")
        key, value, properties = (
            self._argument(f"{name}.{field}", table.get(field)) for field in ("key", "value", "properties")
        )
        if properties is None and (call is None or key is None):
            raise self.fault(name, "tables with `properties`, or with `call` and `key`")
        if properties is not None and (key is not None or value is not None):
            raise self.fault(name, "tables with `properties` or with `key` and `value`, not with both")
        if call is None and isinstance(properties, int):
            raise self.fault(f"{name}.properties", "the name of an argument where no `call` is named")
        door = table.get("door", "header")
        if door not in ("header", "api"):  # not a set, as what cannot be hashed is told, too
            raise self.fault(f"{name}.door", "`header` or `api`")
        return DeclaredWrapper(call, key, value, properties, cast("Door", door))

    def _argument(self, name: str, value: object) -> int | str | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000):
            return value
        if isinstance(value, str) and value:
            return value
        raise self.fault(name, "the name of an argument or its position, from 0")


def _settings(table: dict[str, Any], path: str) -> Settings:
    """Raises UsageError for what is unknown or of the wrong kind."""
    reader = _Reader(path)
    fields: dict[str, Callable[[str, object], Any]] = {
        "schema": reader.schema,
        "select": reader.rules,
        "ignore": reader.rules,
        "exclude": reader.globs,
        "severity": reader.severities,
        "fail_on": reader.fail_on,
        "baseline": lambda name, value: reader.place(name, value, "baseline"),
        "per-path": reader.per_path,
        "wrappers": reader.wrappers,
    }
    reader.check_names(table, fields)
    read = {name.replace("-", "_"): fields[name](name, value) for name, value in table.items()}
    return Settings(os.path.dirname(path), path, **read)
