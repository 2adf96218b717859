"""schema-extends-cycle: schemas that extend each other in a circle, or too many of them."""

from __future__ import annotations

from propguard.model.text import one_of, visible
from propguard.rules.rule import Example, Found, SchemaRule


def circle(reference: str, chain: list[str]) -> Found:
    """`chain` are the names of the files from the one that is met again to itself."""
    shown = visible(" → ".join(chain) if len(chain) < 8 else one_of(chain))
    return Found(
        f"`extends` leads back to where it began with `{visible(reference)}` ({shown}); remove one of these steps",
        context={"reference": reference, "chain": chain},
    )


def too_far(depth: int, files: int) -> Found:
    return Found(
        f"`extends` goes on for more than {depth} steps or {files} files; let this file extend what it needs by itself",
        context={"depth": depth, "files": files},
    )


RULE = SchemaRule(
    id="schema-extends-cycle",
    summary="Schemas extend each other in a circle, or too many extend one another.",
    why="In a circle no file is the last one, so nobody can say which of two statements holds.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nextends: [properties.yaml]\nproperties: {}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nextends: [standard]\nproperties: {}\n",
        language="yaml",
    ),
)
