"""Where nothing is found to be looser than a strict schema, nothing is looser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.model.finding import Severity
from propguard.rules.schema import schema_loosened
from propguard.rules.schema_draft import PropertyDraft, SchemaDraft
from tests.strategies import MANY, TODAY, pick, records, schemas, some

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from propguard.model.schema import Property, PropertySchema

_TAKEN = (
    *("enum", "type", "format", "pattern", "min_length", "max_length", "minimum", "maximum", "separator", "items"),
    *("value_aliases", "required", "requires", "sensitive", "enforcement", "deprecated", "aliases"),
)


@st.composite
def strict_and_child(draw: DrawFn) -> tuple[PropertySchema, PropertySchema, dict[str, object]]:
    """A schema, one that says some fields of some properties otherwise, and a record aimed at either."""
    strict, other = draw(schemas()), draw(schemas())
    properties = dict(strict.properties)
    donors = list(other.properties.values())
    for name in some(draw, list(properties), 2):
        donor = pick(draw, donors)
        taken = {field: getattr(donor, field) for field in some(draw, _TAKEN, 4)}
        properties[name] = replace(properties[name], **taken)
    names = ("unknown_properties", "naming", "header_separator", "limits")
    fields = {name: getattr(other, name) for name in some(draw, names, 1)}
    child = replace(strict, properties=properties, **fields)
    return strict, child, draw(records(pick(draw, (strict, child))))


def draft_of(strict: PropertySchema, child: PropertySchema) -> SchemaDraft:
    written = frozenset(_TAKEN)
    drafts = tuple(PropertyDraft(declared, written) for declared in child.properties.values())
    return SchemaDraft(child, drafts, frozenset(child.properties), TODAY, (strict,))


def is_sound(declared: Property) -> bool:
    """Whether the fields of a property that was put together at random go together at all."""
    wrong_numbers = declared.type not in {"integer", "number"} and (declared.minimum, declared.maximum) != (None, None)
    return not wrong_numbers and not (declared.type == "list") ^ (declared.items is not None)


@MANY
@given(strict_and_child())
def test_what_a_strict_schema_refuses_is_refused(case: tuple[PropertySchema, PropertySchema, dict[str, str]]) -> None:
    """But for payment cards, of which a number can always be one, and the spelling of keys that nobody declared."""
    strict, child, record = case
    assume(all(map(is_sound, child.properties.values())))
    assume(not list(schema_loosened.find(draft_of(strict, child))))
    for door in ("api", "header"):
        there, here = Checker(strict, today=TODAY), Checker(child, today=TODAY)
        for key, value in record.items():
            refused = {each.rule for each in there.check(key, value, door=door) if each.severity is Severity.ERROR}
            accepted = all(each.severity is not Severity.ERROR for each in here.check(key, value, door=door))
            assert not (refused - {"value-sensitive"} and accepted), (door, key, value, refused)
