"""Errors of the embedded engine as sentences of ours: no statement, no stack, and nothing of a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.errors import EngineFailed, TooMuchAsked

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE = re.compile(r"(?:Code: )?(\d+)\. ?DB::Exception")
_NAME = re.compile(r"\(([A-Z][A-Z0-9_]{3,})\)")
_FILE = re.compile(r"\(in file/uri (.*?)\)")
_ROW = re.compile(r"\(at row (\d+)\)")

_TOO_MUCH = {241, 173}
_TOO_SLOW = {159, 160}
_THROWN = 395
_OF_A_FILE = {
    "Parquet": "it is damaged, or no Parquet file",
    "Compression": "it is not compressed as its name says, or is cut off",
    "JSON": "its JSON is broken",
    "Text": "it cannot be parsed",
    "S3": "it is not there, or the credentials of the environment may not read it",
    "Gone": "it is not there any more",
}
_KINDS = {
    **dict.fromkeys((33, 271, 354, 536, 561), "Compression"),
    **dict.fromkeys((117, 26, 27, 72, 6, 32, 41, 38, 69, 636), "Text"),
    **dict.fromkeys((499, 1000, 198, 210, 209), "S3"),
    **dict.fromkeys((107, 76, 74, 679), "Gone"),
    **dict.fromkeys((479, 1001, 1002, 44, 8, 16, 50, 53), "Parquet"),
}
"""What the number of an error says of a file. Source: ClickHouse, src/Common/ErrorCodes.cpp."""


def failure(error: BaseException, memory: int, path_of: Callable[[str], str | None]) -> EngineFailed:
    """What became of a statement; `path_of` is what the user calls the file behind a name of ours, if it is one."""
    text = str(error)
    if isinstance(error, MemoryError) or "bad_alloc" in text:
        return _too_much(memory)
    found = _CODE.search(text)
    code = int(found[1]) if found else None
    if code in _TOO_MUCH:
        return _too_much(memory)
    if code in _TOO_SLOW:
        return TooMuchAsked("reading the source took too long")
    if code == _THROWN:
        said = text.partition("DB::Exception: ")[2].partition(": while executing")[0].partition(": While executing")[0]
        return EngineFailed(said.strip().splitlines()[0].rstrip(". "))
    in_file = _FILE.search(text)
    path = path_of(in_file[1]) if in_file else None
    row = _ROW.search(text)
    kind = _OF_A_FILE[_kind(code or 0, text)]
    where = f" near row {row[1]}" if row else ""
    if path is not None:
        return EngineFailed(f"cannot read {path}{where}: {kind}")
    name = _NAME.findall(text)
    return EngineFailed(
        f"the embedded ClickHouse could not answer{f', error {code}' if code else ''}{f' ({name[-1]})' if name else ''}"
    )


def _kind(code: int, text: str) -> str:
    kind = _KINDS.get(code, "Text")
    if kind in {"Text", "Parquet"}:
        return next((name for name in ("Parquet", "JSON") if name in text), kind)
    return kind


def _too_much(memory: int) -> TooMuchAsked:
    return TooMuchAsked(
        f"reading the source needs more memory than the {memory >> 20:,} MB that it may use; "
        "allow more with --max-memory MB, or audit less at once"
    )
