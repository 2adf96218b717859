"""Schemas that were found to be without errors, remembered as JSON, so that the next start need not read YAML.

An entry says of which files, with which digests, it was made; it is not used when one of them has changed.
The folder may be deleted at any time, and where it cannot be written nothing is remembered.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from propguard.files import cache_folder, read_ordinary, write_whole
from propguard.schemafile.content import read_bytes
from propguard.schemafile.document import as_document, from_document
from propguard.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.schema import PropertySchema

_MOST_ENTRIES = 200
_LARGEST = 16 << 20

_GENERATION = "2"
"""To be raised whenever what an entry holds, or what makes a schema valid, changes within one version."""


def recall(path: str, content: bytes) -> PropertySchema | None:
    """The schema that was remembered of this content at this path, unless something it rests on has changed."""
    try:
        entry = json.loads(read_ordinary(_entry_path(path, content), _LARGEST))
        if all(_digest(read_bytes(dependency)) == digest for dependency, digest in entry["files"].items()):
            return from_document(entry["schema"], path)
    except Exception:  # noqa: BLE001  # whatever is wrong with an entry, the schema itself is there to be read
        return None
    return None


def remember(path: str, content: bytes, schema: PropertySchema, contents: Mapping[str, bytes]) -> None:
    """Keep `schema` for the next start; `contents` are the files it rests on by absolute path."""
    itself = os.path.abspath(path)  # its content is in the name of the entry
    files = {other: _digest(bytes_) for other, bytes_ in contents.items() if other != itself}
    entry: dict[str, Any] = {"files": files, "schema": as_document(schema)}
    target = _entry_path(path, content)
    try:
        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
        os.makedirs(os.path.dirname(target), exist_ok=True)
        write_whole(target, text, lasting=False)  # a lost entry is made again
        _forget_oldest(os.path.dirname(target))
    except (OSError, ValueError):
        return


def _forget_oldest(folder: str) -> None:
    """Halve the folder when there is too much in it: every edit of a schema leaves an entry behind."""
    with os.scandir(folder) as entries:
        by_age = sorted((entry.stat().st_mtime, entry.path) for entry in entries)
    if len(by_age) > _MOST_ENTRIES:
        for _, path in by_age[: len(by_age) // 2]:
            _remove(path)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except (OSError, ValueError):
        return


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _entry_path(path: str, content: bytes) -> str:
    identity = "\0".join((_GENERATION, VERSION, os.path.abspath(__file__), os.path.abspath(path)))
    name = sha256(identity.encode("utf-8", "surrogateescape") + b"\0" + content).hexdigest()
    return os.path.join(cache_folder(), "schemas", f"{name}.json")
