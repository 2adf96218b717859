"""schema-extends-missing: a schema that `extends` names cannot be read."""

from __future__ import annotations

from propguard.model.text import visible
from propguard.rules.near import nearest
from propguard.rules.rule import Example, Found, SchemaRule

_BUNDLED = "standard"


def no_file(reference: str, path: str) -> Found:
    bare = reference.removesuffix(".yaml").removesuffix(".yml")
    near = nearest(bare, [_BUNDLED]) if "/" not in reference else None
    advice = f"did you mean `{near}`?" if near else "correct the path, which is relative to this file"
    return Found(
        f"`extends` names `{visible(reference)}`, and there is no readable file at {visible(path)}; {advice}",
        suggestion=near,
        context={"reference": reference, "path": path},
    )


def outside(reference: str, root: str) -> Found:
    return Found(
        f"`extends` names `{visible(reference)}`, which leads out of the project {visible(root)}; "
        "move it in there, or install it as a package",
        context={"reference": reference, "root": root},
    )


def no_package(reference: str) -> Found:
    package = reference.partition(":")[0]
    return Found(
        f"`extends` names `{visible(reference)}`, and there is no file of that name in an installed package `{visible(package)}`; "
        "install it, or write `package:module/path.yaml`",
        context={"reference": reference, "package": package},
    )


RULE = SchemaRule(
    id="schema-extends-missing",
    summary="A schema that `extends` names is not there.",
    why="Half of the rules would be gone, and everything would look clean.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nextends: [../gone/properties.yaml]\nproperties: {}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nextends: [standard]\nproperties: {}\n",
        language="yaml",
    ),
)
