"""A change of a file as a patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

import difflib
from typing import TextIO


def render_patch(path: str, before: bytes, after: bytes, out: TextIO) -> None:
    """Write the difference between two contents of the file at `path`; bytes that are no UTF-8 are shown as escapes."""
    old, new = (content.decode("utf-8", "backslashreplace").splitlines(keepends=True) for content in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        out.write(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
