"""Whether a key is also read in the file that writes it, so that renaming it where it is written would break the reader.

In `run = {"env": "prod"}; tag(run); print(run["env"])` the last `"env"` is no property that is written, and nothing renames it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.source import Source
    from propguard.model.finding import Span
    from propguard.model.usage import Usage

_PREFIX = re.compile(rb"(?i)%b\Z" % HEADER_PREFIX.encode())


class Reads:
    """The places of one file at which keys stand that no usage writes."""

    def __init__(self, source: Source, usages: Sequence[Usage]) -> None:
        self._source = source
        self._spans = {usage.key_edit for usage in usages if usage.key_edit is not None}
        self._written: frozenset[int] | None = None
        self._known: dict[tuple[bytes, bool], bool] = {}

    def has(self, edit: Span) -> bool:
        """Whether the key at `edit` also stands where none is written: in quotes or behind a dot, or where the prefix of
        headers stands before it, behind that."""
        start, end, _ = self._source.edit_of(edit, "")
        data = self._source.data
        key, is_header = data[start:end], _PREFIX.search(data, max(0, start - len(HEADER_PREFIX)), start) is not None
        found = self._known.get((key, is_header))
        if found is None:
            found = self._known[key, is_header] = self._is_read(key, is_header)
        return found

    def _is_read(self, key: bytes, is_header: bool) -> bool:
        if self._written is None:
            self._written = frozenset(self._source.edit_of(span, "")[0] for span in self._spans)
        word = re.escape(key)
        pattern = rb"(?i:%b)(%b)(?![\w-])" % (HEADER_PREFIX.encode(), word) if is_header else _bare(word)
        return any(
            match.start(match.lastindex or 0) not in self._written for match in re.finditer(pattern, self._source.data)
        )


def _bare(word: bytes) -> bytes:
    """The key in quotes, or as a member of anything but the environment of Node."""
    return rb"[\"'`](%b)[\"'`]|(?<![Pp]rocess)(?<!meta)\.(%b)(?![\w-])" % (word, word)
