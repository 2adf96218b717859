"""A property schema as a Python module: keys, closed sets as Literal types, and a builder for headers and records.

The module needs Python 3.11 and nothing else. Its builder has a method per property, so that a type checker names the one
that is wrong and an editor strikes out the one that is deprecated, which it cannot do to a keyword or a key of a TypedDict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve.codegen import python_runtime as runtime
from propguard.evolve.codegen.outline import entries, namespace_rules
from propguard.evolve.codegen.python_checks import python_checks
from propguard.evolve.codegen.python_syntax import WIDTH, bracketed, columns, comment, docstring, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.evolve.codegen.outline import Entry, NamespaceRules
    from propguard.model.schema import PropertySchema

_METHODS = frozenset(
    [
        "bool",
        "deprecated",
        "dict",
        "dt",
        "float",
        "int",
        "list",
        "object",
        "overload",
        "property",
        "str",
        "to_headers",
        "to_record",
        "tuple",
    ]
)
"""What the class of the builder needs in its own scope, so that no method can have the name."""

_TYPES = frozenset(
    [
        "False",
        "Final",
        "Iterable",
        "KEYS",
        "Keys",
        "Literal",
        "Mapping",
        "NamedTuple",
        "None",
        "Properties",
        "Self",
        "True",
        "UUID",
    ]
)

_PARAMETERS = {
    "text": "str",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "date": "dt.date",
    "date-time": "dt.datetime",
    "uuid": "UUID | str",
}
_CONVERSIONS = {
    "boolean": "_boolean",
    "integer": "_integer",
    "number": "_number",
    "date": "_date",
    "date-time": "_time",
    "uuid": "_uuid",
}


def python_module(schema: PropertySchema) -> str:
    """The text of the module; the same schema always gives the same text."""
    planned = entries(schema, _METHODS, _TYPES)
    rules = namespace_rules(schema)
    body = [
        *_closed_sets(planned),
        _keys(planned),
        _builder(planned, rules, schema.limits.value_length),
        *_functions(schema, planned, rules),
        *python_checks(planned, schema.limits.value_length),
    ]
    return "\n".join([_head(schema), *_spaced(["\n".join(_imports(planned, rules)), *body])])


def _head(schema: PropertySchema) -> str:
    made_from = f"Made by `propguard schema codegen python` from {schema.name} {schema.version}; do not edit."
    paragraphs = [schema.description or f"The properties of {schema.name}.", _USE]
    return f"{comment(made_from)}\n{_FOR_PYRIGHT}\n{docstring(paragraphs, 0)}\n"


_FOR_PYRIGHT = "# pyright: reportUnusedFunction=false"
"""As the functions that check values are there whether this schema needs all of them or not."""


_USE = (
    "Properties() has a method for each property, which returns a copy with that property set; to_headers() and "
    "to_record() are what a request and the API take. None leaves a property as it is. What the schema refuses is a "
    "ValueError, but for secrets, and for patterns that not every engine reads alike."
)


def _imports(planned: Sequence[Entry], rules: NamespaceRules | None) -> Iterator[str]:
    """No name that is not used, in the order in which linters want them."""
    kinds = {entry.kind for entry in planned}
    leaving = any(entry.declared.deprecated for entry in planned)
    split = any(_is_split(entry) for entry in planned)
    checked = ["Iterable", *(["Mapping"] if rules is not None else [])]
    typing = ["Final", "NamedTuple", "Self", "TYPE_CHECKING"]
    typing += ["get_args"] if "closed" in kinds else []
    typing += ["Literal"] if "closed" in kinds or leaving else []
    typing += ["overload"] if split else []
    yield "from __future__ import annotations\n"
    if kinds & {"date", "date-time"}:
        yield "import datetime as dt"
    if "number" in kinds:
        yield "import math"
    yield "import re"
    yield "from copy import copy"
    yield f"from typing import {', '.join(sorted(typing, key=lambda name: (not name.isupper(), name.lower() == name, name)))}"
    standard = [f"    from collections.abc import {', '.join(checked)}"] if checked else []
    standard += ["    from uuid import UUID"] if "uuid" in kinds else []
    third_party = ["    from typing_extensions import deprecated"] if leaving or split else []
    if standard or third_party:
        yield "\nif TYPE_CHECKING:"
        between = [""] if standard and third_party else []
        yield "\n".join([*standard, *between, *third_party])
    if third_party:
        yield runtime.DEPRECATED.rstrip()


def _spaced(blocks: Sequence[str]) -> Iterator[str]:
    """The imports and the other blocks as formatters space them: two blank lines around what defines something."""
    for number, block in enumerate(blocks):
        far = number > 0 and (_defines(block) or _defines(blocks[number - 1]))
        yield ("\n\n" if far else "\n" if number == 1 else "") + block.rstrip("\n")
    yield ""


def _defines(block: str) -> bool:
    return block.startswith(("class ", "def ")) or block.rstrip().endswith(runtime.DEPRECATED.rstrip())


def _is_split(entry: Entry) -> bool:
    """Whether some values are struck out, and not the property as a whole."""
    leaving = entry.leaving
    return entry.declared.deprecated is None and 0 < len(leaving) < len(entry.values) and not entry.is_list


def _closed_sets(planned: Sequence[Entry]) -> Iterator[str]:
    """A Literal type for each closed set; a second one, of values that stay, where others are on their way out."""
    for entry in planned:
        if entry.kind == "closed":
            yield bracketed(f"{entry.type_name} = Literal[", [quoted(value) for value in entry.values], "]")
        if _is_split(entry):
            staying = [quoted(value) for value in entry.values if value not in entry.leaving]
            yield bracketed(f"_{entry.type_name} = Literal[", staying, "]")


def _keys(planned: Sequence[Entry]) -> str:
    head = 'class _Keys:\n    """Keys as they are stored; of a namespace, what its keys begin with."""'
    plain = [_key(entry) for entry in planned if entry.deprecation() is None]
    leaving = [_leaving_key(entry, reason) for entry in planned if (reason := entry.deprecation()) is not None]
    parts = [head, *(["\n".join(plain)] if plain else []), *leaving]
    return "\n\n".join(parts) + "\n\n\nKEYS: Final = _Keys()"


def _key(entry: Entry) -> str:
    start, key = f"    {entry.method}: Final = ", quoted(entry.stem)
    is_broken = columns(f"        {key}") <= WIDTH < columns(start + key)
    return f"{start}(\n        {key}\n    )" if is_broken else f"{start}{key}"


def _leaving_key(entry: Entry, reason: str) -> str:
    """A key as a property, as only what is called can be struck out."""
    lines = (
        "    @property",
        bracketed("@deprecated(", [quoted(reason)], ")", 1),
        f"    def {entry.method}(self) -> Literal[{quoted(entry.stem)}]:",
        f"        return {quoted(entry.stem)}",
    )
    return "\n".join(lines)


def _builder(planned: Sequence[Entry], rules: NamespaceRules | None, longest: int) -> str:
    required = [entry.declared.name for entry in planned if entry.declared.required]
    paragraphs = ["The properties of one request; every method returns a changed copy."]
    paragraphs += [f"Every request must have: {', '.join(required)}."] if required else []
    parts = ["class Properties:", docstring(paragraphs, 1), "", runtime.BUILDER.rstrip()]
    parts += [runtime.WITHIN.rstrip()] if rules is not None else []
    for entry in planned:
        parts += ["", *_method(entry, longest)]
    return "\n".join(parts)


def _method(entry: Entry, longest: int) -> Iterator[str]:
    parameter = entry.type_name if entry.kind == "closed" else _PARAMETERS[entry.kind]
    if _is_split(entry):
        yield from _overloads(entry)
    reason = entry.deprecation()
    if reason is not None:
        yield bracketed("@deprecated(", [quoted(reason)], ")", 1)
    yield _signature(entry, parameter)
    yield docstring(entry.paragraphs(longest), 2)
    yield _body(entry)


def _overloads(entry: Entry) -> Iterator[str]:
    """A signature for the values that stay, and for each that goes a deprecated one; of a namespace, one for all values, as a
    mapping may hold some of both."""
    reasons = {quoted(value): f"`{value}` is deprecated: {note}" for value, note in entry.leaving.items()}
    leaving = {f"Literal[{value}]": reason for value, reason in reasons.items()}
    if entry.declared.is_namespace:
        leaving = {entry.type_name: "; ".join(reasons.values())}
    yield "    @overload"
    yield _signature(entry, f"_{entry.type_name}", " ...")
    for parameter, reason in leaving.items():
        yield "    @overload"
        yield bracketed("@deprecated(", [quoted(reason)], ")", 1)
        yield _signature(entry, parameter, " ...", of_one=True)


def _signature(entry: Entry, parameter: str, body: str = "", *, of_one: bool = False) -> str:
    optional = parameter if of_one else f"{parameter} | None"
    taken = f"*values: {parameter}" if entry.is_list else f"value: {optional}"
    if entry.declared.is_namespace:
        inner = f"list[{parameter}] | tuple[{parameter}, ...]" if entry.is_list else parameter
        taken = f"values: Mapping[str, {inner}]"
    return bracketed(f"def {entry.method}(", ["self", taken], f") -> Self:{body}", 1)


def _body(entry: Entry) -> str:
    key, declared = quoted(entry.stem), entry.declared
    convert = _CONVERSIONS.get(entry.kind)
    if entry.is_list:
        items = f"map({convert}, values)" if convert else "values"
        empty = '""' if declared.min_length == 0 else "None"
        joined = f"_joined({quoted(declared.name)}, {items}, {quoted(declared.separator)}, {empty})"
        if not declared.is_namespace:
            return bracketed("return self._with(", [key, joined], ")", 2)
        texts = _mapping(joined.replace(items, items.replace("values", "items"), 1), "items")
        return bracketed("return self._within(", [key, texts], ")", 2)
    if declared.is_namespace:
        texts = _mapping(f"{convert}(value)", "value") if convert else "values"
        return bracketed("return self._within(", [key, texts], ")", 2)
    text = f"None if value is None else {convert}(value)" if convert else "value"
    return bracketed("return self._with(", [key, text], ")", 2)


def _mapping(text: str, value: str) -> str:
    """The texts of a namespace by name, made of each `value`, as the argument of a call in a method."""
    loop = f"for name, {value} in values.items()"
    indent = " " * 12
    line = f"{{name: {text} {loop}}}"
    is_short = columns(f"{indent}{line},") <= WIDTH
    return line if is_short else f"{{\n{indent}    name: {text}\n{indent}    {loop}\n{indent}}}"


def _functions(schema: PropertySchema, planned: Sequence[Entry], rules: NamespaceRules | None) -> Iterator[str]:
    """What the builder calls, as far as it does."""
    yield runtime.HEADER_WITH_DASHES if schema.has_dashed_headers else runtime.HEADER
    kinds = {entry.kind for entry in planned}
    yield from (text for kind, text in runtime.CONVERSIONS.items() if kind in kinds)
    if any(entry.is_list for entry in planned):
        yield runtime.JOINED
    if rules is not None:
        yield runtime.INSIDE
        yield bracketed(
            "_TAKEN: Final[frozenset[str]] = frozenset(",
            [f"{{{', '.join(map(quoted, rules.taken))}}}"] if rules.taken else [],
            ")",
        )
        yield bracketed("_PREFIXES: Final = (", [*map(quoted, rules.prefixes)], ")")
        yield f"_KEY_LENGTH: Final = {rules.key_length}"
        yield bracketed("_STYLE: Final = re.compile(", [f'r"{rules.style}"'], ")")
    yield runtime.CARRIED
