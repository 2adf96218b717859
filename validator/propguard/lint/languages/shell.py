"""Shell: bash's grammar, which reads sh, zsh and ksh as far as commands go."""

from __future__ import annotations

from propguard.lint import escapes
from propguard.lint.grammar import Grammar
from propguard.lint.languages.loading import grammar

SHELL = Grammar(
    name="shell",
    load=lambda: grammar("tree_sitter_bash"),
    comments=frozenset({"comment"}),
    plain=frozenset({"string"}),
    verbatim=frozenset({"ansi_c_string", "raw_string"}),
    bare_words=frozenset({"word"}),
    escapes=escapes.SHELL_QUOTED,
    quoting={"word": escapes.SHELL_WORD, "ansi_c_string": escapes.SHELL_ANSI},
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
