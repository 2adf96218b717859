"""Where a word stands in a document, in time that stays bounded however many words are asked for."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from propguard.lint.document import Document

_FEW = 32
"""Up to here a search for each word is cheaper than a table of all."""

_WORD = re.compile(rb"\w+")


class Words:
    """The words of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._searches = 0
        self._table: dict[bytes, array[int]] | None = None

    def places(self, word: bytes) -> Iterable[int]:
        """The bytes at which `word` begins, where no letter, digit or underscore stands before or behind it."""
        if self._table is None and self._searches >= _FEW:
            self._table = self._counted()
        if self._table is not None and _WORD.fullmatch(word):
            return self._table.get(word, ())
        self._searches += 1
        # The word comes first in the pattern, so that the search leaps from one to the next.
        literal = re.escape(word)
        pattern = re.compile(rb"%b(?!\w)(?<!\w%b)" % (literal, literal))
        return (match.start() for match in self._document.occurrences(pattern))

    def _counted(self) -> dict[bytes, array[int]]:
        table: defaultdict[bytes, array[int]] = defaultdict(lambda: array("Q"))
        for match in self._document.occurrences(_WORD):
            table[match[0]].append(match.start())
        return dict(table)
