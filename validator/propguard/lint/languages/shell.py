"""Shell: bash's grammar, which reads sh, zsh and ksh as far as commands go."""

from __future__ import annotations

from tree_sitter import Language

from propguard.lint.grammar import Grammar


def _load() -> Language:
    import tree_sitter_bash

    return Language(tree_sitter_bash.language())


SHELL = Grammar(
    name="shell",
    load=_load,
    comments=frozenset({"comment"}),
    plain=frozenset({"string"}),
    verbatim=frozenset({"raw_string"}),
    bare_words=frozenset({"word"}),
    content=frozenset({"string_content"}),
    expansions=frozenset({"simple_expansion", "expansion"}),
    adjacent=frozenset({"concatenation"}),
    names=frozenset({"variable_name"}),
    scopes=frozenset({"program"}),
    declarations={"variable_assignment": ("name", "value")},
    opaque=frozenset({"for_statement", "unset_command"}),
    sequences=frozenset({"array"}),
    calls={},
    arguments=frozenset(),
    commands=frozenset({"command"}),
    statements=frozenset({"program"}),
)
