"""What the linter must know of a language: which node of its syntax tree plays which part.

Adding a language is filling in one such table (see CONTRIBUTING); the reading itself knows no language by name.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Language

    from propguard.lint.configuration.strings import Reader
    from propguard.lint.text import JsonType

NONE: frozenset[str] = frozenset()
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Grammar(NamedTuple):
    """One language. Values are node types of its tree-sitter grammar, pairs of strings are field names.

    `plain` strings take backslash escapes as C does unless `raw_prefix` says otherwise; `verbatim` ones none.
    `comments` are never usages; suppressions are read from those of them whose type says that they are a comment.
    `strings` are those of configuration, each with what reads it.
    """

    name: str
    load: Callable[[], Language]
    comments: frozenset[str]
    plain: frozenset[str]
    content: frozenset[str]
    scopes: frozenset[str]
    names: frozenset[str]
    calls: Mapping[str, tuple[str, str]]
    arguments: frozenset[str]
    verbatim: frozenset[str] = NONE
    bare_words: frozenset[str] = NONE
    interpolations: frozenset[str] = NONE
    expansions: frozenset[str] = NONE
    adjacent: frozenset[str] = NONE
    transparent: frozenset[str] = NONE
    binary: frozenset[str] = NONE
    conditional: Mapping[str, tuple[int, int]] = NOTHING
    scalars: Mapping[str, JsonType] = NOTHING
    maps: frozenset[str] = NONE
    pairs: Mapping[str, tuple[str, str]] = NOTHING
    shorthand: frozenset[str] = NONE
    sequences: frozenset[str] = NONE
    subscripts: Mapping[str, str] = NOTHING
    assignments: Mapping[str, tuple[str, str]] = NOTHING
    declarations: Mapping[str, tuple[str, str]] = NOTHING
    fields: Mapping[str, tuple[str, str]] = NOTHING
    classes: frozenset[str] = NONE
    rebinding: frozenset[str] = NONE
    opaque: frozenset[str] = NONE
    opaque_fields: frozenset[tuple[str, str]] = frozenset()
    members: Mapping[str, str] = NOTHING
    keyword_arguments: Mapping[str, tuple[str, str]] = NOTHING
    comparisons: frozenset[str] = NONE
    returns: frozenset[str] = NONE
    commands: frozenset[str] = NONE
    statements: frozenset[str] = NONE
    functions: frozenset[str] = NONE
    loops: Mapping[str, tuple[str, str]] = NOTHING
    spreads: frozenset[str] = NONE
    strings: Mapping[str, Reader] = NOTHING
