"""The bytes of a schema file. Apart from the rest, as a remembered schema needs nothing else."""

from __future__ import annotations

import os

from propguard.errors import SchemaNotFound, UsageError
from propguard.files import read_ordinary
from propguard.model.text import visible

LARGEST_FILE = 1 << 20
"""Bytes. A schema of two thousand properties takes a quarter of it."""


def read_bytes(path: str) -> bytes:
    """The content of the file at `path`, cut one byte past LARGEST_FILE.

    Raises SchemaNotFound where there is none, UsageError for what is no file or may not be read.
    """
    shown = visible(path)
    try:
        return read_ordinary(path, LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise SchemaNotFound(f"there is no property schema at {shown}; run `propguard init` to write one") from None
    except ValueError as error:
        raise UsageError(f"{shown} is no usable path: {error}") from None
    except OSError as error:
        if os.path.isdir(path):
            raise UsageError(f"{shown} is a folder; name the schema file inside it, such as properties.yaml") from None
        raise UsageError(f"{shown} cannot be read: {error.strerror or error}") from None
