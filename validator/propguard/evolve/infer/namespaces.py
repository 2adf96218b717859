"""Keys that begin alike and hold alike are one namespace: `feature_*`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from propguard.evolve.infer.closing import closed_set
from propguard.evolve.infer.gathered import Gathered
from propguard.evolve.infer.sensitivity import why_sensitive
from propguard.evolve.infer.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from propguard.model.schema import Naming

_SEPARATORS: dict[str, str] = {"snake_case": "_", "kebab-case": "-"}
_FEWEST_KEYS = 3
_FEWEST_NUMBERS = 4
"""Keys with numbers; those of a closed set have more in common."""

_MOST_VALUES = 10
_MOST_WORDS = 3


def with_namespaces(properties: Sequence[Gathered], naming: Naming) -> list[Gathered]:
    """`properties`, with one namespace in the place of those that are its keys."""
    separator = _SEPARATORS.get(naming)
    left = {one.name: one for one in properties}
    found: list[Gathered] = []
    if separator is not None:
        for length in range(1, _MOST_WORDS + 1):
            for prefix, keys in _beginning_alike(tuple(left.values()), separator, length).items():
                family = _alike(keys)
                if family:
                    name = f"{prefix}*"
                    known = [left.pop(name)] if name in left else []  # code says so, too
                    for one in family:
                        del left[one.name]
                    found.append(_together(name, [*known, *family]))
    return sorted((*left.values(), *found), key=lambda one: (-one.requests, -len(one.usages), one.name))


def _beginning_alike(properties: Iterable[Gathered], separator: str, length: int) -> dict[str, list[Gathered]]:
    """Keys with the same first words, which have more words and one spelling each."""
    groups: dict[str, list[Gathered]] = {}
    for one in properties:
        parts = one.name.split(separator)
        if len(parts) > length and list(one.spellings) == [one.name] and not one.name.endswith("*"):
            groups.setdefault(separator.join(parts[:length]) + separator, []).append(one)
    return groups


def _alike(keys: list[Gathered]) -> list[Gathered]:
    """Those that hold values of one closed set, or else those that hold numbers; none where they are few."""
    keys = [one for one in keys if why_sensitive(one) is None]
    sets = Counter(frozenset(one.counts) for one in keys if one.is_complete and 2 <= len(one.counts) <= _MOST_VALUES)
    for values, number in sets.most_common():
        family = [one for one in keys if one.is_complete and values.issuperset(one.counts)]
        if number >= 2 and len(family) >= _FEWEST_KEYS:
            closed = closed_set(_together("", family))
            if closed is not None and closed.confidence != "low":
                return family
    numbers = [one for one in keys if _is_number(one)]
    return numbers if len(numbers) >= _FEWEST_NUMBERS else []


def _is_number(one: Gathered) -> bool:
    chain = shapes(list(one.counts))
    held = (shape for shape in chain if one.share_alike(shape.pattern) == 1)
    return next((shape.fields.get("type") in {"integer", "number"} for shape in held), False)


def _together(name: str, keys: Sequence[Gathered]) -> Gathered:
    spellings: Counter[str] = Counter()
    for one in keys:
        spellings.update(one.spellings)
    return Gathered(
        name,
        dict(spellings),
        tuple(evidence for one in keys for evidence in one.stored),
        tuple(usage for one in keys for usage in one.usages),
    )
