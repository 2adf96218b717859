"""The checks of generated Python, as calls that are made once when the module is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve import wording
from propguard.evolve.codegen import python_runtime as runtime
from propguard.evolve.codegen.checks import checks, required
from propguard.evolve.codegen.python_syntax import bracketed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.evolve.codegen.checks import Checks
    from propguard.evolve.codegen.outline import Entry, Kind

_TYPED: tuple[Kind, ...] = ("boolean", "integer", "number", "date", "date-time")


def python_checks(planned: Sequence[Entry], longest: int) -> Iterator[str]:
    """What checks values, and below it what is checked; `longest` is the limit of the schema."""
    names = [quoted(name) for name in required(planned)]
    yield bracketed("_REQUIRED: Final[tuple[str, ...]] = (", names, ",)" if len(names) == 1 else ")")
    yield runtime.CHECKED.replace("@LONGEST@", str(longest))
    types = {entry.declared.name: entry.type_name for entry in planned}
    calls = []
    for each in checks(planned, _TYPED):
        calls += [_rule(each, types[each.name], longest)]
        calls += (
            bracketed("_spelling(", [*map(quoted, (each.name, text, meant)), *_is_item(each)], ")")
            for text, meant in (each.spellings or {}).items()
        )
    if calls:
        yield "\n".join(calls)


def _rule(each: Checks, type_name: str, longest: int) -> str:
    parts = [quoted(each.name), *map(quoted, each.bodies)]
    parts += _is_item(each)
    if each.is_closed:
        parts.append(f"values=get_args({type_name})")
    else:
        parts += [f"shortest={each.shortest}"] if each.shortest != 1 else []
        parts += [f"longest={each.longest}"] if each.longest != longest else []
        parts += [f"least={wording.number(each.least)}"] if each.least is not None else []
        parts += [f"most={wording.number(each.most)}"] if each.most is not None else []
    return bracketed("_rule(", parts, ")")


def _is_item(each: Checks) -> list[str]:
    return ["is_item=True"] if each.is_item else []
