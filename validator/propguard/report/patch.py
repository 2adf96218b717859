"""A change of a file as a patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

import difflib
import os
import re
from typing import TYPE_CHECKING, TextIO

from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPECIAL = re.compile(rb'[\x00-\x1f\x7f"\\]')


def render_patch(path: str, before: bytes, after: bytes, out: TextIO, *, to_be_read: bool = False) -> None:
    """Write the difference between two contents of the file at `path`, byte for byte; where it is only `to_be_read`,
    control characters are shown as escapes."""
    for line in _patch(path, before, after):
        if to_be_read:
            text = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
            out.write("\t".join(map(visible, text.split("\t"))) + "\n")
        else:
            out.flush()
            out.buffer.write(line)


def _patch(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """The lines of the patch; only a line feed ends one, whatever else may count as a line break elsewhere."""
    old, new = (re.findall(rb"[^\n]*\n|[^\n]+", content) for content in (before, after))
    name = os.fsencode(path)
    for line in difflib.diff_bytes(difflib.unified_diff, old, new, _quoted(b"a/" + name), _quoted(b"b/" + name)):
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _quoted(name: bytes) -> bytes:
    """A name as git writes it: in quotes where it holds what would end or change the line."""
    if not _SPECIAL.search(name):
        return name
    return b'"' + _SPECIAL.sub(lambda match: b"\\%03o" % match[0][0], name) + b'"'
