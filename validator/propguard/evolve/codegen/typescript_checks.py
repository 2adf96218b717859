"""The checks of generated TypeScript, as tables that one function reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve import wording
from propguard.evolve.codegen import typescript_runtime as runtime
from propguard.evolve.codegen.checks import checks, required
from propguard.evolve.codegen.typescript_syntax import WIDTH, bracketed, own_member, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from propguard.evolve.codegen.checks import Checks
    from propguard.evolve.codegen.outline import Entry, Kind

_TYPED: tuple[Kind, ...] = ("boolean", "integer", "number", "date-time")


def typescript_checks(planned: Sequence[Entry], names: Mapping[str, str], longest: int) -> Iterator[str]:
    """What checks values, and what is checked; `longest` is the limit of the schema."""
    yield runtime.CHECKED.replace("@LONGEST@", str(longest))
    yield bracketed("const REQUIRED: readonly string[] = [", list(map(quoted, required(planned))), "];\n")
    types = {entry.declared.name: entry.type_name for entry in planned}
    every = list(checks(planned, _TYPED))
    yield _table("RULES", [each for each in every if not each.is_item], names, types, longest)
    if any(entry.is_list for entry in planned):
        yield _table("ITEM_RULES", [each for each in every if each.is_item], names, types, longest)


def _table(name: str, rules: Sequence[Checks], names: Mapping[str, str], types: Mapping[str, str], longest: int) -> str:
    lines = (_entry(own_member(names[each.name]), _fields(each, types[each.name], longest)) for each in rules)
    return "\n".join([f"const {name}: {{ readonly [name: string]: Rule }} = {{", *lines, "};", ""])


def _entry(name: str, fields: Sequence[str]) -> str:
    """A member that is an object, in one line or one for each field."""
    if not fields:
        return f"  {name}: {{}},"
    line = f"  {name}: {{ {', '.join(fields)} }},"
    return line if len(line) <= WIDTH else bracketed(f"{name}: {{", fields, "},", 1)


def _fields(each: Checks, type_name: str, longest: int) -> list[str]:
    if each.is_closed:
        return [f"values: {type_name}"]
    fields = [f"shortest: {each.shortest}"] if each.shortest != 1 else []
    fields += [f"longest: {each.longest}"] if each.longest != longest else []
    fields += [f"least: {wording.number(each.least)}"] if each.least is not None else []
    fields += [f"most: {wording.number(each.most)}"] if each.most is not None else []
    fields += [f"bodies: [{', '.join(map(quoted, each.bodies))}]"] if each.bodies else []
    if each.spellings:
        spelled = ", ".join(f"{own_member(text)}: {quoted(meant)}" for text, meant in each.spellings.items())
        fields.append(f"spellings: {{ {spelled} }}")
    return fields
