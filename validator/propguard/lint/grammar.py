"""What the linter must know of a language: which node of its syntax tree plays which part.

Adding a language is filling in one such table (see CONTRIBUTING); the reading itself knows no language by name.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from propguard.lint.escapes import PLAIN

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from tree_sitter import Language

    from propguard.lint.configuration.strings import Reader
    from propguard.lint.escapes import Dialect
    from propguard.lint.shapes import Shapes
    from propguard.lint.text import JsonType

Field = str | int
"""Which child: by the name of its field, or where the grammar gives it none by its type or its place among the children
that have names, comments left out; places from the end are negative."""

NONE: frozenset[str] = frozenset()
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Grammar(NamedTuple):
    """One language. Strings in sets are node types of its tree-sitter grammar unless a line below says otherwise.

    `plain` strings take the backslash escapes of the language, or those that `quoting` has for their type, for the first one
    or two signs of what opens them, or for a letter before it where the language `has_prefixes`: there, an `r` says that they
    take none. None take `verbatim` strings, nor `unescaped` ones, which may have interpolations. `inline` finds names that a string takes in without a
    node of their own: the pattern of a whole one, its name as the group `name`; `captured` does so in templates.
    `solid` is content of a plain one from which the grammar sets its escapes apart.
    `wrappers` only wrap the child that they name; where a language has some, children may be told by their types, and
    `lists` hold expressions side by side, of which one alone is that one.
    The things that can come of a `conditional` are those of its children that stand at these places; those that can come
    of `choices` are what is at this place in each of their `cases`. A call of one of `map_calls` makes a map of the pairs
    that it gets. `joining` are the words that make a pair of what else is any infix call, `entries` the sequences
    of two that are pairs in a list of such. `singles` are sequences that stand for the one thing in them, as the
    values of a header do. `capitalised` pairs may have the bare name of a field as their key.
    `annotations` are calls that say something of a declaration, such as the header that a parameter is sent as.
    `carriers` are fields, members of enums, whose own field is what they are made with.
    `blocks` are given to a call behind its arguments and get the members of what it goes through, a pair as two.
    `parameter_lists` are what the parameters of functions stand in where no field says so. Where code `is_found_by_name`,
    no import need tell which class or function of the project is meant; where it `has_bare_methods`, a method calls
    another one of its class by its name alone.
    `renewing` declarations hold from where they stand to the next one of the same name.
    `results` are what operations give, by the node with its operator, and functions, with brackets behind their names.
    `name_lists` are the types of literals that hold names and say nothing else of them.
    `casts` turn the last thing in them into text. `constants` are words that are no names. `conversions` are functions that give their only argument as text,
    `unchanged` methods that give what they are called on, `formats` calls that fill in a template: its style, and its
    place among the arguments, negative where it is what they are called on.
    Where there are `header_lines`, a list that holds `Name: value` is a list of headers; `command_texts` are strings that
    are run. `shapes` show the tree otherwise than the grammar has it, and `fragment` is the grammar for a part of a file.
    `prepared` gives the source as the grammar can read it, with every byte at its place.
    `aliasing` matches a statement that gives a function a `new` name beside its `old` one.
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
    calls: Mapping[str, tuple[Field, Field]]
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
    fills_by_percent: bool = False
    header_lines: bool = False
    command_texts: frozenset[str] = NONE
    scalars: Mapping[str, JsonType] = NOTHING
    maps: frozenset[str] = NONE
    pairs: Mapping[str, tuple[Field, Field]] = NOTHING
    shorthand: frozenset[str] = NONE
    sequences: frozenset[str] = NONE
    subscripts: Mapping[str, Field] = NOTHING
    assignments: Mapping[str, tuple[Field, Field]] = NOTHING
    declarations: Mapping[str, tuple[Field, Field]] = NOTHING
    fields: Mapping[str, tuple[Field, Field]] = NOTHING
    classes: frozenset[str] = NONE
    rebinding: frozenset[str] = NONE
    opaque: frozenset[str] = NONE
    opaque_fields: frozenset[tuple[str, Field]] = frozenset()
    members: Mapping[str, Field] = NOTHING
    keyword_arguments: Mapping[str, tuple[Field, Field]] = NOTHING
    comparisons: frozenset[str] = NONE
    returns: frozenset[str] = NONE
    commands: frozenset[str] = NONE
    statements: frozenset[str] = NONE
    functions: frozenset[str] = NONE
    blocks: frozenset[str] = NONE
    parameter_lists: frozenset[str] = NONE
    is_found_by_name: bool = False
    has_bare_methods: bool = False
    loops: Mapping[str, tuple[Field, Field]] = NOTHING
    spreads: frozenset[str] = NONE
    strings: Mapping[str, Reader] = NOTHING
    annotations: frozenset[str] = NONE
    capitalised: frozenset[str] = NONE
    captured: re.Pattern[str] | None = None
    carriers: frozenset[str] = NONE
    cases: Mapping[str, Field] = NOTHING
    casts: frozenset[str] = NONE
    choices: frozenset[str] = NONE
    constants: Mapping[str, JsonType] = NOTHING
    conversions: frozenset[str] = NONE
    entries: frozenset[str] = NONE
    escapes: Dialect = PLAIN
    quoting: Mapping[str, Dialect] = NOTHING
    has_prefixes: bool = False
    formats: Mapping[str, tuple[Literal["percent", "braces"], int]] = NOTHING
    inline: re.Pattern[str] | None = None
    aliasing: re.Pattern[bytes] | None = None
    joining: Mapping[str, frozenset[str]] = NOTHING
    lists: frozenset[str] = NONE
    map_calls: frozenset[str] = NONE
    name_lists: re.Pattern[str] | None = None
    prepared: Callable[[bytes], bytes] | None = None
    renewing: frozenset[str] = NONE
    results: Mapping[str, JsonType] = NOTHING
    singles: frozenset[str] = NONE
    unchanged: frozenset[str] = NONE
    unescaped: frozenset[str] = NONE
    wrappers: Mapping[str, Field] = NOTHING
    shapes: Shapes = NOTHING
    fragment: Callable[[], Language] | None = None
