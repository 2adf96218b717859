"""Where schema files lie: the bundled ones, the one that governs a file, and those that another extends."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from propguard.errors import UsageError
from propguard.files import require_ordinary
from propguard.model.text import visible

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

FILE_NAMES = ("properties.yaml", os.path.join("schema", "properties.yaml"))
_LOOKED_AT = 64 << 10
"""Bytes at the start of a file in which `file_format` must stand for the file to be recognised."""

_FORMAT = b"property-schema/"
_SETTINGS = ("propguard.toml", "pyproject.toml")
_REQUIRED = (b"name", b"version", b"properties")
_AROUND = b" \t\"'\xef\xbb\xbf"
"""What may stand around the name of a field: quotes, space, a byte order mark."""


def _bundled(name: str) -> str:
    """The path of a bundled data file: in `_schema` beside this package's code, or in `schema` of a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "_schema", name)
    if os.path.isfile(installed):
        return installed
    return os.path.join(os.path.dirname(os.path.dirname(package)), "schema", name)


def standard_schema_path() -> str:
    """The path of the bundled standard property schema."""
    return _bundled("properties.yaml")


def format_path() -> str:
    """The path of the bundled JSON Schema of the file format."""
    return _bundled("property-schema.json")


def is_schema_file(path: str) -> bool:
    """Whether the file at `path` says near its start that it is a property schema, of whatever format version."""
    try:
        if not os.path.isfile(path):  # nothing there, as nearly always; a pipe would block for ever
            return False
        with open(path, "rb") as file:
            return says_schema(file.read(_LOOKED_AT))
    except (OSError, ValueError):
        return False


def says_schema(content: bytes) -> bool:
    """The same of what stands in a file."""
    head = content[:_LOOKED_AT]
    position = head.find(_FORMAT)
    while position >= 0:
        start = max(head.rfind(before, 0, position) for before in (b"\n", b"\r", b"{", b",")) + 1
        if head[start:position].translate(None, _AROUND) == b"file_format:":
            return True
        position = head.find(_FORMAT, position + 1)
    return False


def looks_like_schema(content: bytes) -> bool:
    """Whether a file was meant as a property schema: it says so, however it spells that, or has all else that each must have.

    Other programs have files of the same name, which are none of ours.
    """
    head = b"\n" + content[:_LOOKED_AT]
    return b"file_format" in head or all(b"\n%b:" % field in head for field in _REQUIRED)


def may_be_schema(content: bytes) -> bool:
    """Whether a file has at least one field by which a property schema is known, so that what is wrong with it may be shown."""
    return looks_like_schema(content) or b"\nproperties:" in b"\n" + content[:_LOOKED_AT]


def find_schema(start: str) -> str | None:
    """The property schema that governs `start`, a file or a folder: the nearest one upwards; None where none is.

    Raises UsageError for a pipe or a device in its place.
    """
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        for name in FILE_NAMES:
            candidate = os.path.join(folder, name)
            if is_schema_file(candidate):
                return candidate
            _refuse_special(candidate)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _refuse_special(path: str) -> None:
    try:
        require_ordinary(path)
    except OSError as error:
        if error.errno == errno.EINVAL and not os.path.isdir(path):
            raise UsageError(f"{visible(path)} cannot be read: {error.strerror}") from None


def project_root(path: str) -> str:
    """The folder out of which nothing leads that a schema file at `path` extends: its repository, links resolved.

    Outside of any, the outermost folder with settings of a project, or the working directory where the file lies in it,
    whichever is further out.
    """
    folder = os.path.dirname(os.path.realpath(path))
    above = [folder]
    while os.path.dirname(above[-1]) not in {above[-1], os.path.realpath(os.path.expanduser("~"))}:
        above.append(os.path.dirname(above[-1]))
    repository = next((one for one in above if os.path.lexists(os.path.join(one, ".git"))), None)
    if repository is not None:
        return repository
    here = os.path.realpath(os.curdir)
    of_a_project = (
        one
        for one in reversed(above)
        if one == here or any(os.path.lexists(os.path.join(one, name)) for name in _SETTINGS)
    )
    return next(of_a_project, folder)


def extended_path(reference: str, extending: str) -> str | None:
    """The path that `reference`, a member of `extends` in the file `extending`, stands for.

    Null where it names a package that is not installed, or a file that no folder of it holds.
    """
    if reference == "standard":
        return standard_schema_path()
    if not is_relative(reference):
        package, _, inside = reference.partition(":")
        candidates = [os.path.join(folder, *inside.split("/")) for folder in _package_folders(package)]
        return next((path for path in candidates if os.path.isfile(path)), None)
    return os.path.normpath(os.path.join(os.path.dirname(extending), reference))


def named_path(name: str, folder: str = "") -> str:
    """The path that a user means by `name`, seen from `folder`: `standard` is the bundled schema where no file is called so."""
    path = os.path.join(folder, name)
    return standard_schema_path() if name == "standard" and not os.path.exists(path) else path


def is_relative(reference: str) -> bool:
    """Whether a member of `extends` is a path from the file that says it, and not the standard schema or in a package."""
    package, colon, _ = reference.partition(":")
    in_package = colon and len(package) > 1 and "/" not in package and "\\" not in package
    return reference != "standard" and not in_package


def _package_folders(package: str) -> list[str]:
    """The folders of an installed package, found without running any of its code."""
    from importlib.machinery import PathFinder  # only what extends a package pays for it
    from importlib.util import find_spec

    first, *inner = package.split(".")
    try:
        spec = find_spec(first)
        for part in inner:
            spec = PathFinder.find_spec(part, _folders(spec))
    except (ImportError, ValueError, AttributeError):
        return []
    return _folders(spec)


def _folders(spec: ModuleSpec | None) -> list[str]:
    return list(spec.submodule_search_locations or ()) if spec is not None else []
