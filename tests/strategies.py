"""Property schemas without faults, and keys, values and records aimed at where they could be misjudged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from hypothesis import settings
from hypothesis import strategies as st

from propguard.model.naming import fold, in_style
from propguard.model.schema import Deprecation, Enforcement, Format, Limits, Naming, Property, PropertySchema
from tests.samples import FORMAT_SAMPLES, HOSTILE_KEYS, NON_TEXTS, NUMBERS, PATTERN_SAMPLES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")

TODAY = date(2026, 6, 15)

# Five hundred examples in a normal run; `make fuzz` sets how many that is a multiple of.
MANY = settings(max_examples=5 * settings().max_examples)

# Few words, so that names become beginnings of each other and namespaces hold declared names.
_WORDS = ("user", "id", "tier", "feature", "flag", "flags", "new", "ui", "env", "x")
_SUFFIXES = ("a", "new_ui", "flag", "flags", "z9", "id")
_ALIAS_SUFFIXES = ("_old", "2", "-Old", " x")
# What a schema file can hold: it is UTF-8, which has no half of a surrogate pair.
_WRITABLE = [text for text in TEXTS if text != "\ud800"]
_SEPARATORS = (",", ";", ", ", "|", "::")
_RESERVED = ("tmp", "Debug", "user-id", "feature_tmp", "xTmp")
_PATTERNS = (None, *PATTERN_SAMPLES)
_FORMATS = (None, None, None, None, *get_args(Format))
_DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
_SHORT_TEXT = st.text(max_size=15)


@cache
def _below(number: int) -> SearchStrategy[int]:
    return st.integers(0, number - 1)


def pick(draw: DrawFn, options: Sequence[T]) -> T:
    """One of `options`: `sampled_from`, without what it costs to make a strategy for options that are met once."""
    return options[draw(_below(len(options)))]


def some(draw: DrawFn, options: Sequence[T], most: int) -> list[T]:
    """At most so many different ones of `options`."""
    number = draw(_below(most + 1)) if options else 0
    return list(dict.fromkeys(pick(draw, options) for _ in range(number)))


@st.composite
def schemas(draw: DrawFn) -> PropertySchema:
    """A property schema in which `schema check` finds no error."""
    naming: Naming = pick(draw, get_args(Naming))
    limits = Limits(pick(draw, (100, 30)), pick(draw, (1000, 30)), pick(draw, (None, None, 1, 3)))
    names = _names(draw, naming)
    exact = [name for name in names if not name.endswith("*")]
    keys = [*exact, *(f"{name[:-1]}a" for name in names if name.endswith("*"))]
    taken = {fold(name) for name in names}
    properties = {}
    for name in names:
        aliases: list[str] = []
        if name in exact:
            options = [f"{name}{suffix}" for suffix in _ALIAS_SUFFIXES] + [name.upper(), f"old_{name}"]
            aliases = [alias for alias in some(draw, options, 2) if alias != name]
            aliases = [alias for alias in aliases if fold(alias) == fold(name) or fold(alias) not in taken]
            taken.update(map(fold, aliases))
        required = name in exact and pick(draw, (False, False, False, True))
        declared = pick(draw, (_open_property, _closed_property, _typed_property, _list_property))(draw)
        properties[name] = replace(
            declared,
            name=name,
            items=replace(declared.items, name=name) if declared.items is not None else None,
            max_length=max(pick(draw, (limits.value_length, 12, 47, 48)), *map(len, declared.enum or ("",)), 5),
            aliases=tuple(aliases),
            required=required,
            requires=tuple(key for key in some(draw, keys, 1) if key != name),
            enforcement=pick(draw, (Enforcement(), Enforcement(), Enforcement("warn", pick(draw, _DAYS)))),
            deprecated=None if required else _deprecation(draw),
        )
    declared_keys = {key.lower() for name, declared in properties.items() for key in (name, *declared.aliases)}
    return PropertySchema(
        name="generated",
        version="1.0.0",
        properties=properties,
        naming=naming,
        header_separator=pick(draw, ("_", "-")) if naming == "snake_case" else "_",
        unknown_properties=pick(draw, ("error", "warning", "allow")),
        limits=limits,
        reserved=tuple(name for name in some(draw, _RESERVED, 2) if name.lower() not in declared_keys),
    )


def _names(draw: DrawFn, naming: Naming) -> list[str]:
    """Declared names, no two alike but for case and separators, of which some are namespaces."""
    names: dict[str, str] = {}
    for _ in range(draw(_below(6)) + 1):
        name = in_style("_".join(pick(draw, _WORDS) for _ in range(draw(_below(3)) + 1)), naming)
        if pick(draw, (False, False, False, True)):
            name += {"snake_case": "_*", "kebab-case": "-*", "Train-Case": "-*"}.get(naming, "*")
        names.setdefault(fold(name), name)
    return list(names.values())


def _deprecation(draw: DrawFn) -> Deprecation | None:
    if pick(draw, (True, True, True, False)):
        return None
    return Deprecation("obsolete", note=pick(draw, (None, "gone")), sunset=pick(draw, _DAYS))


def _closed_property(draw: DrawFn) -> Property:
    """A closed set, with aliases and values on their way out."""
    enum = [pick(draw, _WRITABLE), *some(draw, _WRITABLE, 3)]
    sources = [text for text in some(draw, [*_WRITABLE, enum[0].upper()], 2) if text not in enum]
    return Property(
        "",
        enum=tuple(dict.fromkeys(enum)),
        min_length=0 if "" in enum else 1,
        value_aliases={source: pick(draw, enum) for source in sources},
        deprecated_values=dict.fromkeys(some(draw, enum, 1), "use another"),
    )


def _typed_property(draw: DrawFn) -> Property:
    kind = pick(draw, ("integer", "number", "boolean"))
    bounds = sorted(pick(draw, (-2.5, 0.0, 1.0, 10.0, 1e6)) for _ in range(2))
    return Property(
        "",
        type=cast(Any, kind),
        minimum=pick(draw, (None, bounds[0])) if kind != "boolean" else None,
        maximum=pick(draw, (None, bounds[1])) if kind != "boolean" else None,
        pattern=pick(draw, (None, None, "^[0-9]+$", "1")) if kind != "boolean" else None,
    )


def _open_property(draw: DrawFn) -> Property:
    """Text, a pattern, a format, or both."""
    return Property(
        "",
        pattern=pick(draw, _PATTERNS),
        format=pick(draw, _FORMATS),
        min_length=pick(draw, (0, 1, 1, 2, 5)),
        sensitive=pick(draw, ("forbid", "forbid", "allow")),
        deprecated_values=pick(draw, ({}, {}, {"abc1": "old", "beta": "old"})),
    )


def _list_property(draw: DrawFn) -> Property:
    item = pick(draw, (None, _closed_property, _typed_property, _open_property))
    items = replace(item(draw), max_length=pick(draw, (1000, 12, 60))) if item is not None else None
    if items is not None and items.enum is not None:
        items = replace(items, max_length=60)
    return Property(
        "",
        type="list",
        separator=pick(draw, _SEPARATORS),
        items=items,
        min_length=pick(draw, (0, 1)),
        sensitive=pick(draw, ("forbid", "allow")),
    )


def keys_for(schema: PropertySchema) -> list[str]:
    """Declared keys and what is nearly one: aliases, other spellings, edge lengths, names of the platform."""
    limit = schema.limits.key_length
    met: list[str] = []
    for name, declared in schema.properties.items():
        own = [name[:-1] + suffix for suffix in ("", *_SUFFIXES)] if declared.is_namespace else [name] * 4
        if declared.is_namespace:
            own += [name[:-1] + "a" * max(0, edge - len(name) + 1) for edge in (limit, limit + 1)]
        met += [*own, *declared.aliases, name, name[:-1], f"{name}_x", name.upper(), name.title()]
        met += [
            name.replace("_", "-"),
            name.replace("-", "_"),
            in_style(name, "camelCase"),
            in_style(name, "snake_case"),
        ]
    return [*met, *schema.reserved, *(name.upper() for name in schema.reserved), "a" * limit, "a" * (limit + 1)]


def values_for(declared: Property | None) -> list[str]:
    """Values of a property, and what the edges of each of its constraints look like."""
    if declared is None:
        return TEXTS
    good = [*(declared.enum or ()), *declared.value_aliases, *declared.deprecated_values]
    if declared.format is not None:
        good += FORMAT_SAMPLES[declared.format]
    if declared.pattern is not None:
        good += PATTERN_SAMPLES.get(declared.pattern, ["1", "10"])
    if declared.type in {"integer", "number"}:
        good += NUMBERS
    if declared.type == "boolean":
        good += ["true", "false", "True"]
    if declared.type == "list":
        items = values_for(declared.items)[:6] if declared.items is not None else ["abc", "beta", "a b"]
        good += [declared.separator.join(items[:number]) for number in (1, 2, 3)] + [f"{items[0]}{declared.separator}"]
        good += [f"{items[-1]}{declared.separator}{items[0]}", f"{items[0]} , {items[-1]}"]
    edges = [declared.min_length - 1, declared.min_length, declared.max_length, declared.max_length + 1]
    good += ["1" * max(0, edge) for edge in edges] + ["ab " * (edge // 3) for edge in edges[2:]]
    near = [f"{text}\n" for text in good[:3]] + [text.upper() for text in good[:3]] + [f" {text}" for text in good[:2]]
    return [*good, *near]


def draw_key(draw: DrawFn, met: list[str]) -> str:
    """One of `met`, mostly; else one that no schema allows, or any text."""
    way = draw(_below(8))
    return pick(draw, HOSTILE_KEYS) if way == 6 else draw(_SHORT_TEXT) if way == 7 else pick(draw, met)


def draw_value(draw: DrawFn, declared: Property | None) -> object:
    way = draw(_below(8))
    if way == 5:
        return pick(draw, TEXTS)
    return draw(_SHORT_TEXT) if way == 6 else pick(draw, NON_TEXTS) if way == 7 else pick(draw, values_for(declared))


def meant(schema: PropertySchema, key: str) -> Property | None:
    """The property that a key is meant for, be it written right or wrong."""
    best = None
    for name, declared in schema.properties.items():
        if fold(name) == fold(key) or key in declared.aliases:
            return declared
        if declared.is_namespace and key.startswith(name[:-1]) and (best is None or len(name) > len(best.name)):
            best = declared
    return best


@st.composite
def sets_of_keys(draw: DrawFn, schema: PropertySchema, most: int = 8) -> list[str]:
    return some(draw, keys_for(schema), most)


@st.composite
def records(draw: DrawFn, schema: PropertySchema, most: int = 6) -> dict[str, object]:
    """Written keys with a value each, aimed at what is declared of the key."""
    met = keys_for(schema)
    keys = dict.fromkeys(draw_key(draw, met) for _ in range(draw(_below(most + 1))))
    return {key: draw_value(draw, meant(schema, key)) for key in keys}


@st.composite
def schemas_and_records(draw: DrawFn, most: int = 6) -> tuple[PropertySchema, dict[str, object]]:
    schema = draw(schemas())
    return schema, draw(records(schema, most))
