"""What the linter must know of a language: which node of its syntax tree plays which part.

Adding a language is filling in one such table (see CONTRIBUTING); the reading itself knows no language by name.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Language

    from propguard.lint.shapes import Shapes
    from propguard.lint.text import JsonType

NONE: frozenset[str] = frozenset()
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Grammar(NamedTuple):
    """One language. Values are node types of its tree-sitter grammar, pairs of strings are field names.

    `plain` strings take backslash escapes as C does unless `raw_prefix` says otherwise; `verbatim` ones none, and
    `solid` is content of a plain one that holds none, as the grammar sets escapes apart. The things that can come of a
    `conditional` are those of its children that stand at these places, or where it names none the last thing in each
    of its `branches`. `formats` are functions that fill their first argument with the others, as C's `sprintf` does.
    Where there are `header_lines`, a list that holds `Name: value` is a list of headers; `command_texts` are strings that are run. `shapes` show the tree
    otherwise than the grammar has it, and `fragment` is the grammar for a part of a file.
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
    solid: frozenset[str] = NONE
    symbols: frozenset[str] = NONE
    conditional: Mapping[str, tuple[int, ...]] = NOTHING
    branches: frozenset[str] = NONE
    formats: frozenset[str] = NONE
    fills_by_percent: bool = False
    header_lines: bool = False
    command_texts: frozenset[str] = NONE
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
    shapes: Shapes = NOTHING
    fragment: Callable[[], Language] | None = None
