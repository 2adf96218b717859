"""Trees that are shown in another shape: they hang together as those of the parser do, and say what the readers ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from propguard.lint.budget import Budget, TooExpensive
from propguard.lint.languages import SUFFIXES
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.parse import parse
from propguard.lint.source import Source
from tests.lint.documents import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

CASES = Path(__file__).parents[1] / "cases" / "lint"
SHAPED = {suffix for suffix, language in SUFFIXES.items() if language in {"elixir", "php", "ruby"}}
FILES = sorted(path for path in CASES.glob("*/*") if path.suffix in SHAPED)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def outline(node: Node) -> str:
    """A node as its type and, between brackets, its named parts."""
    inner = " ".join(outline(child) for child in node.named_children)
    return f"{node.type}({inner})" if inner else node.type


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_tree_hangs_together(path: Path) -> None:
    """Every node is a child of its parent, is found on the way down, and lies in no other place than the parser says."""
    document = parse(Source(path.name, path.read_bytes()), grammar_of(SUFFIXES[path.suffix]), Budget())
    for node in nodes(document.root):
        around = document.lineage(node)
        assert around[0] == node
        assert around[-1] == document.root
        for child in node.children:
            assert child.parent == node
        if node.is_named and node.end_byte > node.start_byte:
            found = document.node_at(node.start_byte, node.end_byte)
            assert found is not None
            assert found.start_byte <= node.start_byte
            assert found.end_byte >= node.end_byte


@pytest.mark.parametrize(
    ("language", "code", "shape"),
    [
        ("ruby", "a.b(1)", "program(call(member(identifier identifier) argument_list(integer)))"),
        ("ruby", "b(1)", "program(call(identifier argument_list(integer)))"),
        ("ruby", "return 1", "program(return(integer))"),
        ("ruby", "@a", "program(member(sign word))"),
        ("ruby", "A::B::C", "program(scope_resolution(constant constant))"),
        ("php", "<?php f(1, a: 2);", "call"),
        ("php", "<?php [1];", "list(integer)"),
        ("php", "<?php [1 => 2];", "array_creation_expression(array_pair(integer integer))"),
        ("php", "<?php $a->b(1);", "call(member(variable_name name) arguments(integer))"),
        ("php", "<?php new A(1);", "call(name arguments(integer))"),
        ("php", "<?php $a[] = 1;", "append(integer)"),
        ("php", '<?php "a$b";', "encapsed_string(string_content interpolation(variable_name))"),
        ("elixir", "a |> f(b)", "source(call(arguments(identifier identifier) identifier))"),
        ("elixir", "%{a => b}", "source(map(arrow_pair(identifier identifier)))"),
        ("elixir", "[a: b]", "source(keyword_list(pair(word identifier)))"),
        ("elixir", "@a 1", "source(attribute(dot(sign word) integer))"),
        ("elixir", "@a", "source(dot(sign word))"),
        ("elixir", "{a, [b]} = c", "source(match(pattern(identifier identifier) identifier))"),
        ("elixir", "if a, do: b", "source(choice(identifier identifier branch(keyword identifier)))"),
    ],
)
def test_a_node_is_shown_in_its_shape(language: str, code: str, shape: str) -> None:
    """Wrappers are gone, operators are what they mean, and what is called is in one place."""
    assert shape in outline(parsed(code, language).document.root)


def test_a_budget_holds_for_what_is_shown() -> None:
    """A tree that would take too long to be shown is given up."""
    document = parse(Source("a.rb", b"a.b(1)"), grammar_of("ruby"), Budget())
    document.budget._end = 0.0
    with pytest.raises(TooExpensive):
        assert document.root.children
