"""From declared names to names that programs can write, no two alike."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from propguard.model.naming import in_style

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def method_names(names: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """A name in snake_case for each declared name; a namespace's ends in an underscore, as does one that is `taken`.

    A declared name that needs no change keeps itself; of others that come out alike, the later ones get a number.
    """
    wished = {name: _method_name(name, taken) for name in names}
    own = {name for name, wish in wished.items() if wish == name}
    given: dict[str, str] = {name: name for name in own}
    used = set(own)
    for name, wish in wished.items():
        if name not in own:
            given[name] = _unused(wish, used, "_")
            used.add(given[name])
    return {name: given[name] for name in wished}


def type_names(methods: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """A name in PascalCase for each name of a method."""
    used = {*taken, *keyword.kwlist}
    given = {}
    for method in methods:
        stem = "".join(part.capitalize() for part in method.split("_"))
        given[method] = _unused(f"{stem}_" if method.endswith("_") else stem, used, "")
        used.add(given[method])
    return given


def _method_name(name: str, taken: Collection[str]) -> str:
    stem = _NO_LETTER.sub("_", in_style(name.removesuffix("*"), "snake_case").lower()).strip("_")
    if not stem or stem[0].isdigit():
        stem = f"key_{stem}".rstrip("_")
    is_taken = keyword.iskeyword(stem) or stem in taken
    return f"{stem}_" if is_taken or name.endswith("*") else stem


def _unused(wish: str, used: Collection[str], between: str) -> str:
    found, number = wish, 1
    while found in used:
        number += 1
        found = f"{wish.rstrip('_')}{between}{number}"
    return found
