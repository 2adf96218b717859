"""TOML."""

from __future__ import annotations

from propguard.lint.configuration import strings
from propguard.lint.grammar import NONE, Grammar
from propguard.lint.languages.loading import grammar

TOML = Grammar(
    name="toml",
    load=lambda: grammar("tree_sitter_toml"),
    comments=frozenset({"comment"}),
    plain=NONE,
    content=NONE,
    scopes=NONE,
    names=NONE,
    calls={},
    arguments=NONE,
    strings={
        "bare_key": strings.as_it_is,
        "quoted_key": strings.toml_string,
        "string": strings.toml_string,
        "local_date": strings.as_it_is,
        "local_time": strings.as_it_is,
        "local_date_time": strings.as_it_is,
        "offset_date_time": strings.as_it_is,
    },
    scalars={"boolean": "boolean", "integer": "number", "float": "number"},
    maps=frozenset({"document", "table", "table_array_element", "inline_table"}),
    pairs={"pair": ("", "")},
    sequences=frozenset({"array"}),
)
