"""A property schema in the words of other tools, and what those have no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from propguard.evolve.export.json_schema import as_json_schema
from propguard.evolve.export.portkey import as_portkey
from propguard.evolve.export.weaver import as_weaver

if TYPE_CHECKING:
    from datetime import date

    from propguard.compilers.json_schema import Draft
    from propguard.evolve.losses import Loss
    from propguard.model.schema import PropertySchema

__all__ = ["TARGETS", "Exported", "Target", "export_schema"]

Target = Literal["json-schema", "weaver", "portkey"]
TARGETS: tuple[Target, ...] = get_args(Target)


class Exported(NamedTuple):
    """The text of a file of the target's, and what of the schema is not in it."""

    text: str
    losses: tuple[Loss, ...]


def export_schema(
    schema: PropertySchema, target: Target, *, draft: Draft = "2020-12", today: date | None = None
) -> Exported:
    """`schema` as a file of `target`, judged by the day `today` (UTC; null for the present one).

    `draft` is that of JSON Schema, and makes no difference to the other targets.
    """
    if target == "weaver":
        return Exported(*as_weaver(schema))
    if target == "portkey":
        return Exported(*as_portkey(schema, today))
    return Exported(*as_json_schema(schema, draft, today))
