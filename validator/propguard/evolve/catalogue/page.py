"""The catalogue: what holds of every property, how they are written, a table of contents, and a part for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve import wording
from propguard.evolve.catalogue.entry import anchor, entry
from propguard.evolve.catalogue.snippets import snippets
from propguard.evolve.markdown import code, code_in_cell, paragraphs, plain, sentence
from propguard.model.names import Names
from propguard.model.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from propguard.model.schema import Property, PropertySchema

_LEAVING = "On their way out"
_NOBODYS = "Without an owner"
_ALL = "Properties"
_UNKNOWN = {
    "error": "a key that is not listed here is an error",
    "warning": "a key that is not listed here is a warning",
    "allow": "other keys are allowed",
}
_DEEPEST = 4
"""Of what the sections stand under, so that a property below a section still has a heading."""

_MOST_IN_CELL = 4
_LONGEST_IN_CELL = 120


def catalogue(schema: PropertySchema, level: int = 1) -> str:
    """The catalogue as lines of Markdown, to stand under a heading of `level`, 0 for none.

    It says nothing of the day or the place it was made at, so that it only ever changes with the schema.
    """
    level = min(level, _DEEPEST)
    names, sections = Names(schema, "header"), _sections(schema)
    blocks = ["<!-- Made by `propguard schema docs`: what is changed here is lost. -->"]
    blocks += paragraphs(schema.description)
    blocks += ["\n".join(_of_all(schema)), _contents(sections)]
    shown = snippets(schema, names, level + 2)
    if shown:
        blocks += [_heading("How they are written", level + 1), *shown]
    for title, members in sections.items():
        blocks.append(_heading(plain(title), level + 1))
        for declared in members:
            blocks += entry(declared, names, schema.limits.value_length, level + 2)
    return "\n\n".join(["", *blocks, ""]).removeprefix("\n").rstrip("\n") + "\n\n"


def _heading(text: str, level: int) -> str:
    return f"{'#' * level} {text}"


def _of_all(schema: PropertySchema) -> Iterator[str]:
    """What holds of every key and value."""
    longest = schema.limits
    yield f"- **Version:** {plain(schema.version)}, {_counted(len(schema.properties), 'property', 'properties')}"
    style = "in any style" if schema.naming == "any" else f"in {schema.naming}"
    yield f"- **Keys:** {style}, at most {longest.key_length} characters; {_UNKNOWN[schema.unknown_properties]}"
    yield f"- **Values:** text of at most {longest.value_length} characters"
    if longest.properties_per_request is not None:
        yield f"- **Per request:** at most {_counted(longest.properties_per_request, 'property', 'properties')}"
    if schema.header_separator == "-":
        yield "- **Headers:** spell the underscore of a key as a dash"
    if schema.reserved:
        yield f"- **Reserved, never to be used:** {', '.join(map(code, schema.reserved))}"


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _sections(schema: PropertySchema) -> Mapping[str, Sequence[Property]]:
    """The properties by owner in the order of the schema, then those of nobody, then those that are deprecated."""
    in_order = _beside_their_namespace(schema)
    staying = [declared for declared in in_order if declared.deprecated is None]
    owners = dict.fromkeys(declared.owner for declared in staying if declared.owner)
    sections = {f"Owner: {owner}": [each for each in staying if each.owner == owner] for owner in owners}
    sections[_NOBODYS if owners else _ALL] = [declared for declared in staying if not declared.owner]
    sections[_LEAVING] = [declared for declared in in_order if declared.deprecated is not None]
    return {title: members for title, members in sections.items() if members}


def _beside_their_namespace(schema: PropertySchema) -> list[Property]:
    """The properties in the order of the schema, but those that begin as a namespace does right after it."""
    place = {name: number for number, name in enumerate(schema.properties)}
    namespaces = [name for name in place if name.endswith("*")]

    def position(declared: Property) -> tuple[int, int]:
        inside = [name for name in namespaces if declared.name != name and declared.name.startswith(name[:-1])]
        own = place[declared.name]
        return (place[min(inside, key=len)], own) if inside else (own, -1)

    return sorted(schema.properties.values(), key=position)


def _contents(sections: Mapping[str, Sequence[Property]]) -> str:
    rows = ["| property | values | what it says |", "|---|---|---|"]
    for title, members in sections.items():
        if len(sections) > 1:
            rows.append(f"| **{plain(title)}** | | |")
        rows += [f"| {_link(declared)} | {_values(declared)} | {_about(declared)} |" for declared in members]
    return "\n".join(rows)


def _link(declared: Property) -> str:
    return f"[{code_in_cell(declared.name)}](#{anchor(declared.name)})"


def _values(declared: Property) -> str:
    if declared.enum is None:
        return plain(wording.kind_of_value(declared))
    shown = [code_in_cell(excerpt(value, 40)) for value in declared.enum[:_MOST_IN_CELL]]
    more = len(declared.enum) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _about(declared: Property) -> str:
    """The first sentence of the description, shortened."""
    leaving = wording.deprecation(declared)
    text = leaving if leaving is not None else declared.description
    line = " ".join(text.split())
    first = line.split(". ")[0].rstrip(".")
    short = first if len(first) <= _LONGEST_IN_CELL else f"{first[: _LONGEST_IN_CELL - 1]}…"
    return sentence(short) if "|" not in short else plain(short)
