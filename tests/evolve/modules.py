"""Generated modules, ready to be used in a test, and schemas to show to formatters and compilers."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from propguard import load_schema
from propguard.evolve.codegen import LANGUAGES
from propguard.model.schema import Deprecation, Property, PropertySchema
from propguard.schemafile import standard_schema_path
from tests.strategies import TODAY
from tests.subjects import schema_of


def python_of(schema: PropertySchema) -> Any:
    """The generated Python module of a schema, as if it had been imported."""
    module = ModuleType("generated")
    exec(compile(LANGUAGES["python"](schema), "generated.py", "exec"), module.__dict__)
    return module


def many() -> PropertySchema:
    """A schema with something of everything, to be shown to formatters and compilers."""
    return schema_of(
        Property("region", enum=("eu", "us", "ap"), deprecated_values={"us": "moved", "ap": "closed"}),
        Property("tier", enum=("a",), deprecated=Deprecation("renamed", "user_tier", sunset=TODAY)),
        Property("user_tier", enum=("free", "pro"), required=True),
        Property("old", enum=("x", "y"), deprecated_values={"x": "gone", "y": "gone"}),
        Property("quotes", enum=('say "hi"', "it's", "back\\slash", "tab\t", "日本語", "\x1b", "__proto__")),
        Property("huge", enum=tuple(f"value_{number}" for number in range(1000))),
        Property("count", type="integer", minimum=0),
        Property("score", type="number"),
        Property("billable", type="boolean"),
        Property("day", format="date"),
        Property("at", format="date-time"),
        Property("trace", format="uuid"),
        Property("tags", type="list"),
        Property("sizes", type="list", items=Property("", type="integer")),
        Property("levels", type="list", separator="|", items=Property("", enum=("low", "high"))),
        Property("feature_*", enum=("enabled", "disabled"), deprecated_values={"disabled": "leave it out"}),
        Property("feature", description='A "quoted" one.\n\nWith two paragraphs.\\'),
        Property("count_*", type="integer"),
        Property("tags_*", type="list", items=Property("", enum=("p", "q"))),
        Property("class", description="x" * 200),
        Property("date", enum=("today",)),
        Property("keys", enum=("k", "l"), deprecated_values={"k": "gone"}),
        Property("1st"),
        Property("cost-center"),
        Property("costCenter"),
        Property("__proto__"),
        Property("toString", type="boolean"),
        Property("a" * 99, type="boolean"),
        naming="any",
        description="What a compiler is shown.",
    )


def everything() -> dict[str, PropertySchema]:
    return {
        "standard": load_schema(standard_schema_path()),
        "many": many(),
        "one": schema_of(Property("app")),
        "none": schema_of(),
        "lists": schema_of(Property("tags", type="list"), Property("id", format="uuid")),
        "dashes": schema_of(Property("user_id", deprecated=Deprecation("obsolete")), header_separator="-"),
    }
