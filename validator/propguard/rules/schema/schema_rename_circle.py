"""schema-rename-circle: renames that lead back to where they began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.names import Names
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    renamed_to = _renames(draft)
    told: set[str] = set()
    for entry in draft.properties:
        chain = [entry.declared.name]
        while chain[-1] in renamed_to and renamed_to[chain[-1]] not in chain:
            chain.append(renamed_to[chain[-1]])
        if renamed_to.get(chain[-1]) != chain[0] or chain[0] in told:
            continue
        told.update(chain)
        shown = " → ".join([*chain, chain[0]]) if len(chain) < 8 else f"{len(chain)} properties"
        message = (
            f"`{chain[0]}` is renamed to itself; name the property that replaces it"
            if len(chain) == 1
            else f"the renames lead back to where they began ({shown}); end them at the property that stays"
        )
        yield Spotted((*entry.path, "deprecated", "renamed_to"), Found(message, context={"chain": chain}))


def _renames(draft: SchemaDraft) -> dict[str, str]:
    """From the name of each renamed property to the name of the property that its new name is."""
    names = Names(draft.schema, "api")
    renames = {}
    for entry in draft.properties:
        deprecation = entry.declared.deprecated
        if deprecation is not None and deprecation.renamed_to is not None and entry.knows("deprecated"):
            target = names.declared(deprecation.renamed_to)
            if target is not None:
                renames[entry.declared.name] = target.name
    return renames


RULE = SchemaRule(
    id="schema-rename-circle",
    summary="A property is renamed to itself, or renames lead back to where they began.",
    why="No name would be the right one, and a fix would go round for ever.",
    example=schema_example(
        "properties:\n  tier: {deprecated: {reason: renamed, renamed_to: plan}}\n  plan: {deprecated: {reason: renamed, renamed_to: tier}}\n",
        "properties:\n  tier: {enum: [free, pro]}\n  plan: {deprecated: {reason: renamed, renamed_to: tier}}\n",
    ),
)
