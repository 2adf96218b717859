"""What generated code checks of a value when it runs, whatever its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from propguard.rules.formats import FORMATS, NUMERIC_TYPES, TYPES
from propguard.rules.linear_pattern import linear

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from propguard.evolve.codegen.outline import Entry, Kind
    from propguard.model.schema import Property


@dataclass(frozen=True, slots=True)
class Checks:
    """What a text must be to be a value of the property `name`, or with `is_item` an item of its lists.

    With `is_closed` it is one of the closed set, and nothing else is asked. `bodies` are patterns of the whole text, in
    words that every engine reads alike and in linear time; `spellings` are texts that are written otherwise.
    """

    name: str
    is_item: bool = False
    is_closed: bool = False
    shortest: int = 1
    longest: int = 0
    least: float | None = None
    most: float | None = None
    bodies: tuple[str, ...] = ()
    spellings: Mapping[str, str] | None = None


def checks(planned: Sequence[Entry], typed: Collection[Kind]) -> Iterator[Checks]:
    """Those of every property whose errors block; of the others nothing is checked, as they are warnings.

    `typed` are the kinds whose texts the code makes itself, as the schema has them.
    """
    for entry in planned:
        declared = entry.declared
        if declared.enforcement.mode == "block":
            yield _checks(declared, "text" if entry.is_list else entry.kind, declared.name, typed)
            if entry.is_list and declared.items is not None:
                yield _checks(declared.items, entry.kind, declared.name, typed, is_item=True)


def required(planned: Sequence[Entry]) -> list[str]:
    """The keys that every request must have."""
    names = [entry.declared for entry in planned if entry.declared.required and not entry.declared.is_namespace]
    return [declared.name for declared in names if declared.enforcement.mode == "block"]


def _checks(declared: Property, kind: Kind, name: str, typed: Collection[Kind], *, is_item: bool = False) -> Checks:
    if kind == "closed":
        return Checks(name, is_item, is_closed=True)
    patterns = [] if kind in typed else [TYPES.get(declared.type), FORMATS.get(declared.format or "")]
    bodies = [pattern[1:-1] for pattern in patterns if pattern is not None]  # they are all of the form ^…$
    own = None if declared.pattern is None else linear(declared.pattern)
    has_range = declared.type in NUMERIC_TYPES
    return Checks(
        name,
        is_item,
        shortest=declared.min_length,
        longest=declared.max_length,
        least=declared.minimum if has_range else None,
        most=declared.maximum if has_range else None,
        bodies=(*bodies, *([own.body] if own is not None else [])),
        spellings=declared.value_aliases or None,
    )
