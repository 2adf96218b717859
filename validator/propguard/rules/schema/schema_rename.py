"""schema-rename: a deprecation that does not say, or says wrongly, what replaces the property."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.names import Names
from propguard.model.text import excerpt, visible
from propguard.rules.near import nearest
from propguard.rules.rule import Found, SchemaRule
from propguard.rules.schema_draft import Spotted, schema_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.schema import Deprecation
    from propguard.rules.schema_draft import SchemaDraft


def find(draft: SchemaDraft) -> Iterator[Spotted]:
    names = Names(draft.schema, "api")
    for entry in draft.properties:
        deprecation = entry.declared.deprecated
        if deprecation is None or not entry.knows("deprecated"):
            continue
        path = (*entry.path, "deprecated")
        found = _wrong(entry.declared.name, deprecation, names, draft)
        if found is not None:
            yield Spotted((*path, "renamed_to") if deprecation.renamed_to is not None else (*path, "reason"), found)


def _wrong(name: str, deprecation: Deprecation, names: Names, draft: SchemaDraft) -> Found | None:
    target = deprecation.renamed_to
    context = {"property": name, "reason": deprecation.reason, "renamed_to": target}
    if target is None:
        if deprecation.reason == "obsolete":
            return None
        return Found(
            f"`{name}` is renamed, and nothing says to what; add `renamed_to`, or write `reason: obsolete`",
            context=context,
        )
    shown = visible(excerpt(target))
    if deprecation.reason == "obsolete":
        return Found(
            f"`{name}` is obsolete and renamed to `{shown}`; write `reason: renamed`, or remove `renamed_to`",
            context=context,
        )
    if target.endswith("*"):
        return Found(
            f"`{name}` is renamed to `{shown}`, which is a namespace and no key; name one key", context=context
        )
    if names.declared(target) is None:
        near = nearest(target, [other for other in draft.schema.properties if other != name])
        advice = f"; did you mean `{near}`?" if near else "; declare it, or name a declared one"
        return Found(
            f"`{name}` is renamed to `{shown}`, which is not declared{advice}", suggestion=near, context=context
        )
    return None


RULE = SchemaRule(
    id="schema-rename",
    summary="A property is renamed to nothing that is declared.",
    why="The fix for a renamed property writes its new name without asking, so that name must be right.",
    example=schema_example(
        "properties: {user_tier: {enum: [pro]}, customer_tier: {deprecated: {reason: renamed, renamed_to: user_teir}}}\n",
        "properties: {user_tier: {enum: [pro]}, customer_tier: {deprecated: {reason: renamed, renamed_to: user_tier}}}\n",
    ),
)
