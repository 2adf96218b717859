"""The draft as a whole: its head, its properties in the order of how often they are met, and what it could not take in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.errors import UsageError
from propguard.evolve.importing.settling import settled
from propguard.evolve.infer.guessing import guess
from propguard.evolve.infer.namespaces import with_namespaces
from propguard.evolve.infer.naming import named
from propguard.model.schema import STANDARD_KEY_LENGTH
from propguard.model.text import excerpt
from propguard.schemafile import FILE_FORMAT, as_commented_yaml
from propguard.schemafile.content import LARGEST_FILE
from propguard.schemafile.writing import Comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.evolve.infer.gathered import Gathered
    from propguard.evolve.infer.guessing import Guess
    from propguard.model.evidence import StoredEvidence
    from propguard.model.usage import Usage
    from propguard.rules.schema_draft import SchemaPath

_EDITOR = "yaml-language-server: $schema=./property-schema.json"
_MOST_TOLD = 10
_MOST_IN_SETS = 400_000
"""Bytes of the values of all closed sets in a draft, as YAML would write them: less than half of what a schema file may have."""

_BESIDE_A_VALUE = 9
"""Bytes of a line besides the value in it."""


class Draft(NamedTuple):
    """The text of a property schema in which `schema check` finds no error, how many properties it declares, and sentences about
    what is not in it."""

    text: str
    properties: int
    notices: tuple[str, ...]


def infer(stored: StoredEvidence, usages: Sequence[Usage], *, name: str) -> Draft:
    """A draft that accepts what `stored` and `usages` are evidence of, but for spellings of keys that were gathered.

    Raises UsageError where there is no evidence of any property.
    """
    names = named(stored.keys, usages)
    properties = with_namespaces(names.properties, names.naming)
    if not properties:
        raise UsageError("there is no property in it, so nothing can be inferred; does it name the right files?")
    guesses = {one.name: guess(one) for one in properties}
    notices = [*_bounded(guesses), *_left_out(stored, usages, names.undeclarable)]
    document: dict[str, Any] = {"file_format": FILE_FORMAT, "name": name, "version": "0.1.0"}
    if names.naming != "snake_case":
        document["naming"] = names.naming
    if stored.beyond > 0:
        document["unknown_properties"] = "warning"
    longest = max(len(key) for one in properties for key in (one.name, *one.spellings))
    if longest > STANDARD_KEY_LENGTH:
        document["limits"] = {"key_length": longest}
    document["properties"] = {key: one.fields for key, one in guesses.items()}
    notices += [f"{loss.property or 'the schema'}: {loss.sentence()}" for loss in settled(document)]
    comments = _comments(document, guesses, {one.name: one for one in properties}, stored)
    comments[()] = Comments((_EDITOR, "", *_head(stored, usages), *(["", *notices] if notices else [])))
    text = as_commented_yaml(document, comments)
    if len(text.encode()) > LARGEST_FILE:
        text = as_commented_yaml(document, {(): comments[()]})
    return Draft(text, len(document["properties"]), tuple(notices))


def _comments(
    document: dict[str, Any], guesses: dict[str, Guess], properties: dict[str, Gathered], stored: StoredEvidence
) -> dict[SchemaPath, Comments]:
    comments: dict[SchemaPath, Comments] = {}
    if "naming" in document:
        comments["naming",] = Comments(beside="as nearly all keys of several words are")
    for key, fields in document["properties"].items():
        made = guesses[key]
        comments["properties", key] = Comments(("", *_met(properties[key], stored), *made.before))
        for field, said in made.beside.items():
            if field in fields:
                comments["properties", key, field] = Comments(beside=said)
    return comments


def _met(one: Gathered, stored: StoredEvidence) -> list[str]:
    """Where a property was met, and how often."""
    lines = []
    if one.stored:
        keys = f", under {len(one.stored)} keys" if len(one.stored) > 1 else ""
        share = f" of {stored.requests:,} ({one.requests / max(1, stored.requests):.1%})" if not keys else ""
        lines.append(f"In {one.requests:,}{share} requests{keys}.")
    if one.usages:
        first = one.usages[0]
        more = f" and {len(one.usages) - 1} more" if len(one.usages) > 1 else ""
        lines.append(f"In the code at {excerpt(first.path, 100)}:{first.span.line}{more}.")
    return lines


def _head(stored: StoredEvidence, usages: Sequence[Usage]) -> list[str]:
    lines = ["Inferred, a draft: look over every guess, say what each property means, and raise the version to 1.0.0."]
    if stored.source:
        first, last = stored.seen
        when = f", from {first:%Y-%m-%d} to {last:%Y-%m-%d}" if first is not None and last is not None else ""
        lines.append(f"From {stored.requests:,} stored requests{when}: {excerpt(stored.source, 200)}")
    if usages:
        files = len({usage.path for usage in usages})
        lines.append(f"From {len(usages):,} usages in {files:,} {'file' if files == 1 else 'files'} of code.")
    return lines


def _left_out(stored: StoredEvidence, usages: Sequence[Usage], undeclarable: Sequence[str]) -> list[str]:
    told = []
    if stored.beyond > 0:
        told.append(
            f"Keys that are not declared, each in fewer requests than those here, so that data is warned of them: {stored.beyond:,}."
        )
    if undeclarable:
        shown = ", ".join(f"`{excerpt(key, 40)}`" for key in undeclarable[:_MOST_TOLD])
        more = ", …" if len(undeclarable) > _MOST_TOLD else ""
        told.append(f"Keys that cannot be declared, {len(undeclarable)} in all: {shown}{more}.")
    dynamic = sum(usage.stored_key is None and not usage.handed for usage in usages)
    if dynamic:
        told.append(f"Keys that code computes, and `propguard lint` tells as dynamic-key: {dynamic}.")
    return told


def _bounded(guesses: dict[str, Guess]) -> list[str]:
    """Open the largest closed sets until the draft is of a size that can be read; tell which."""
    opened = []
    sizes = {
        name: sum(len(value.encode("unicode_escape")) + _BESIDE_A_VALUE for value in made.fields.get("enum", ()))
        for name, made in guesses.items()
    }
    left = sum(sizes.values())
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        if left <= _MOST_IN_SETS:
            break
        left -= sizes[name]
        del guesses[name].fields["enum"]
        opened.append(name)
    if not opened:
        return []
    return [
        f"The values of {len(opened)} properties are not listed, as they would be too many: {', '.join(opened[:_MOST_TOLD])}."
    ]
