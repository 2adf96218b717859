"""Patterns of paths as `.gitignore` has them, in time that is bounded by the length of the path.

pathspec says which regular expression a pattern is, RE2 finds all that match at once. What pathspec's own lists make of a
path differs from git where a folder is taken out again, so each folder on the way is judged here, as git does it.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 4096
"""Characters of a pattern; no path is longer."""

_MOST_MEMORY = 64 << 20
_ENDS = {"(?:(?P<ps_d>/)|$)": "/?$", "(?P<ps_d>/)": "/$", "/": "/."}
"""How a regular expression of pathspec ends, which also matches all that a folder holds, and how one does that matches only
the entry itself."""


class BadPattern(ValueError):
    """`pattern` is none, as a range in it ends before it begins, or it is too long."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        super().__init__(pattern)


class IgnorePatterns:
    """What a list of patterns says of paths from the folder that it is written for; the last one that matches decides.

    Raises BadPattern.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        import re2

        options = re2.Options()
        options.dot_nl, options.log_errors, options.max_mem = True, False, _MOST_MEMORY
        self._expressions: Any = re2.Set.SearchSet(options)
        self._is_ignored: list[bool] = []
        self._folders: dict[str, bool] = {}
        for pattern in patterns:
            expression, is_ignored = _expression(pattern)
            if expression is None:
                continue
            try:
                self._expressions.Add(expression)
            except re2.error:
                raise BadPattern(pattern) from None
            self._is_ignored.append(is_ignored)
        if self._is_ignored:
            try:
                self._expressions.Compile()
            except re2.error:
                raise BadPattern(max(patterns, key=len)) from None

    def verdict(self, path: str) -> bool | None:
        """Whether the entry at `path`, a folder where it ends in a slash, is ignored; None where no pattern matches it."""
        if not self._is_ignored:
            return None
        text = path if path.isascii() else path.encode("utf-8", "replace").decode()  # a name may be no text
        matching = self._expressions.Match(text)
        return self._is_ignored[max(matching)] if matching else None

    def ignores(self, path: str) -> bool:
        """Whether the file at `path` is ignored, by its own name or with a folder that it lies in."""
        return self._ignores_folder(path.rpartition("/")[0]) or bool(self.verdict(path))

    def _ignores_folder(self, folder: str) -> bool:
        """Whether a folder is ignored; nothing in it can then be taken out again."""
        if not folder:
            return False
        known = self._folders.get(folder)
        if known is None:
            above = self._ignores_folder(folder.rpartition("/")[0])
            known = self._folders[folder] = above or bool(self.verdict(f"{folder}/"))
        return known


def is_pattern(text: str) -> bool:
    """Whether a line of an ignore file can be used: a pattern, or one of the lines that are none on purpose."""
    try:
        IgnorePatterns([text])
    except BadPattern:
        return False
    return True


def _expression(pattern: str) -> tuple[str | None, bool]:
    """The regular expression of the entries that a pattern matches, and whether those are ignored. Raises BadPattern."""
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    if len(pattern) > _LONGEST:
        raise BadPattern(pattern)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a class of characters may once mean in Python
        try:
            expression, is_ignored = GitIgnoreSpecPattern.pattern_to_regex(pattern)
        except ValueError:
            raise BadPattern(pattern) from None
    if expression is None:
        return None, False
    for end, of_entry in _ENDS.items():
        if expression.endswith(end):
            return expression.removesuffix(end) + of_entry, bool(is_ignored)
    return expression, bool(is_ignored)
