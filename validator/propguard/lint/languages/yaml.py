"""YAML."""

from __future__ import annotations

from propguard.lint.configuration import strings
from propguard.lint.grammar import NONE, Grammar
from propguard.lint.languages.loading import grammar

YAML = Grammar(
    name="yaml",
    load=lambda: grammar("tree_sitter_yaml"),
    comments=frozenset({"comment"}),
    plain=NONE,
    content=NONE,
    scopes=NONE,
    names=NONE,
    calls={},
    arguments=NONE,
    strings={
        "string_scalar": strings.yaml_plain,
        "timestamp_scalar": strings.yaml_plain,
        "single_quote_scalar": strings.yaml_single,
        "double_quote_scalar": strings.yaml_double,
        "block_scalar": strings.yaml_block,
    },
    transparent=frozenset({"block_node", "flow_node", "plain_scalar", "block_sequence_item"}),
    scalars={
        "boolean_scalar": "boolean",
        "integer_scalar": "number",
        "float_scalar": "number",
        "null_scalar": "null",
    },
    maps=frozenset({"block_mapping", "flow_mapping"}),
    pairs={"block_mapping_pair": ("key", "value"), "flow_pair": ("key", "value")},
    sequences=frozenset({"block_sequence", "flow_sequence"}),
)
