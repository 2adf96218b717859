"""JSON, JSON with comments, JSON5, and the files of environment variables, which are read as a map in JSON."""

from __future__ import annotations

from propguard.lint.configuration import strings
from propguard.lint.grammar import NONE, Grammar
from propguard.lint.languages.javascript import JAVASCRIPT
from propguard.lint.languages.loading import grammar

JSON = Grammar(
    name="json",
    load=lambda: grammar("tree_sitter_json"),
    comments=frozenset({"comment"}),
    plain=NONE,
    content=NONE,
    scopes=NONE,
    names=NONE,
    calls={},
    arguments=NONE,
    strings={"string": strings.json_string},
    scalars={"true": "boolean", "false": "boolean", "number": "number", "null": "null"},
    maps=frozenset({"object"}),
    pairs={"pair": ("key", "value")},
    sequences=frozenset({"array"}),
)
JSON5 = JSON._replace(
    name="json5",
    load=JAVASCRIPT.load,
    strings={"string": strings.json_string, "property_identifier": strings.as_it_is},
)
DOTENV = JSON._replace(name="dotenv")
