"""Pieces of source as the readers of the linter see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.compilers import Checker
from propguard.lint.analysis import Analysis
from propguard.lint.budget import Budget
from propguard.lint.judge import findings_in
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.parse import parse
from propguard.lint.read import read
from propguard.lint.source import Source
from propguard.model.schema import Property, PropertySchema

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.bindings import Bindings
    from propguard.lint.document import Document
    from propguard.lint.evaluate import Evaluator
    from propguard.lint.text import Text
    from propguard.model.finding import Finding, Fix
    from propguard.model.usage import Usage

SCHEMA = PropertySchema(
    name="test",
    version="1.0.0",
    properties={
        "environment": Property(
            "environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}
        ),
        "app": Property("app"),
        "billable": Property("billable", type="boolean"),
    },
)


class Parsed(NamedTuple):
    document: Document
    evaluator: Evaluator
    bindings: Bindings

    def node(self, text: str) -> Node:
        """The innermost node that is exactly the last occurrence of `text`."""
        data = self.document.source.data
        start = data.rindex(text.encode())
        node = self.document.node_at(start, start + len(text.encode()))
        assert node is not None
        assert self.document.text(node) == text
        return node


def parsed(code: str, language: str = "python") -> Parsed:
    document = parse(Source("code", code.encode()), grammar_of(language), Budget())
    analysis = Analysis(document)
    return Parsed(document, analysis.evaluator, analysis.bindings)


def shown(ways: list[Text]) -> list[str]:
    """The ways in which an expression comes out, a star for each hole."""
    return [way.starred() if way.json_type == "string" else f"{way.json_type} {way.starred()}" for way in ways]


def judged(path: str, data: bytes, schema: PropertySchema = SCHEMA) -> list[Finding]:
    """The findings in a file with this content, without what could not be read."""
    source = Source(path, data)
    return findings_in(source, read(source).usages, Checker(schema), "test")


def safe_fixes(findings: list[Finding]) -> list[Fix]:
    return [finding.fix for finding in findings if finding.fix is not None and finding.fix.safe]


def told(path: str, code: str) -> list[str]:
    """The usages in a file by itself, as `line key = value | value`, a star for what is not known."""
    return [shown_usage(usage) for usage in read(Source(path, code.encode())).usages]


def shown_usage(usage: Usage) -> str:
    values = [value.text for value in usage.values] or ["*"]
    return f"{usage.span.line} {usage.stored_key or '*'} = {' | '.join(values)}"
