"""Environment variables that a script of a shell sets for the programs it starts, and the files and scripts that it holds.

`export ANTHROPIC_CUSTOM_HEADERS="Helicone-Property-App: chat"` is read as the same line of a `.env` file is: the variables
become a map in JSON whose places are those of the script. What a here-document writes to a file, or hands to an
interpreter, is read in the language of that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.budget import MOST_HITS
from propguard.lint.configuration.dotenv import as_json_string
from propguard.lint.configuration.reader import ConfigurationReader
from propguard.lint.configuration.templates import MARK
from propguard.lint.derived import Derived, Run
from propguard.lint.languages import language_of
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.languages.shebang import language_of_shebang
from propguard.lint.parse import parse
from propguard.lint.prefilter import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document
    from propguard.lint.source import Source
    from propguard.model.usage import Usage

_IN_QUOTES = re.compile(rb"\\(?:[\"\\$`]|\r?\n)")
_IN_WORD = re.compile(rb"\\[^\w\s]")
_ANSI = re.compile(rb"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[0-7]{1,3}|[^\n])")
_ARGUMENT = re.compile(rb"[\"']?(?P<name>[A-Z][A-Z0-9_]*)=")
"""How an argument begins that sets a variable, as those of `env` and `docker run -e` do."""

_EXPORTED = re.compile(rb"export\b|(?:declare|typeset|local)\b(?=.*\s-\w*x)", re.DOTALL)
_UPPER = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_PRINTING = frozenset({"echo", "printf"})


def usages_in_variables(document: Document) -> Iterator[Usage]:
    """The usages in the variables that a script sets, and in the texts of its here-documents. Raises Unreadable."""
    seen: set[int] = set()
    runs: list[Run] = [Run(b"{", 0, 0)]
    for hit in hits(document.source.data)[:MOST_HITS]:
        document.budget.check()
        node = document.node_at(hit, hit + 1)
        below = node
        for around in () if node is None else document.lineage(node):
            if around.id in seen:
                break
            if around.type == "heredoc_redirect" and not _is_substituted(around):
                seen.add(around.id)
                yield from _of_heredoc(document, around)
                break
            variable = None if below is None or below.id in seen else _variable(document, around, below)
            if variable is not None and below is not None:
                seen.add(below.id)
                runs += variable
            if variable is not None or around.type in {"variable_assignment", "command"}:
                break
            below = around
    if len(runs) > 1:
        end = runs[-1].end
        source = Derived(document.source, [*runs, Run(b'"":0}', end, end)])
        for usage in ConfigurationReader(parse(source, grammar_of("dotenv"), document.budget)).usages():
            yield usage._replace(language=document.grammar.name)


def _variable(document: Document, node: Node, argument: Node) -> list[Run] | None:
    """The name of a variable that `node` sets, or a command by an `argument`, and its value, as an entry of a map in JSON.

    None where none is set.
    """
    data = document.source.data
    if node.type == "variable_assignment":
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None or not _is_for_others(document, node, document.text(name)):
            return None
        return _entry((name.start_byte, name.end_byte), data, _value(document, value))
    if node.type != "command":
        return None
    sets = _ARGUMENT.match(data, argument.start_byte, argument.end_byte)
    if sets is None or (_prints(document, node) and not _is_redirected(node)):
        return None
    value_runs = list(_value(document, argument))
    return _entry(sets.span("name"), data, _behind(value_runs, sets.end()))


def _entry(name: tuple[int, int], data: bytes, value: Iterator[Run]) -> list[Run]:
    start, end = name
    runs = [Run(b'"', start, start), Run(data[start:end], start, end), Run(b'":"', end, end), *value]
    return [*runs, Run(b'",', runs[-1].end, runs[-1].end)]


def _behind(runs: list[Run], offset: int) -> Iterator[Run]:
    """What stands in `runs` behind a byte of the script."""
    for run in runs:
        if run.start >= offset:
            yield run
        elif run.end > offset and len(run.data) == run.end - run.start:
            yield Run(run.data[offset - run.start :], offset, run.end)


def _is_for_others(document: Document, assignment: Node, name: str) -> bool:
    """Whether programs that the script starts may see the variable."""
    around = assignment.parent
    if _UPPER.match(name) or (around is not None and around.type == "command"):
        return True
    is_declared = around is not None and around.type == "declaration_command"
    exported = None if around is None else _EXPORTED.match(document.source.data, around.start_byte, around.end_byte)
    return is_declared and exported is not None


def _prints(document: Document, command: Node) -> bool:
    name = command.child_by_field_name("name")
    return name is not None and document.text(name) in _PRINTING


def _is_redirected(command: Node) -> bool:
    return command.parent is not None and command.parent.type in {"redirected_statement", "pipeline"}


def _value(document: Document, node: Node) -> Iterator[Run]:
    """What a word of a shell stands for, as the inside of a string in JSON, a mark for what is not known."""
    data, start, end = document.source.data, node.start_byte, node.end_byte
    if node.type in {"string", "concatenation", "translated_string"}:
        at, last = (start + 1, end - 1) if node.type == "string" else (start, end)
        for child in node.named_children:
            if child.type != "string_content":
                yield from as_json_string(data, at, child.start_byte, _IN_QUOTES) if node.type == "string" else ()
                yield from _value(document, child)
                at = child.end_byte
        if node.type == "string":
            yield from as_json_string(data, at, last, _IN_QUOTES)
    elif node.type == "raw_string":
        yield from as_json_string(data, start + 1, end - 1)
    elif node.type == "ansi_c_string":
        yield from as_json_string(data, start + 2, end - 1, _ANSI)
    elif node.type == "command_substitution":
        body = _printed_heredoc(document, node)
        yield from [Run(MARK.encode(), start, end)] if body is None else as_json_string(data, *body)
    else:
        yield from as_json_string(data, start, end, _IN_WORD if node.type == "word" else None)


def _printed_heredoc(document: Document, substitution: Node) -> tuple[int, int] | None:
    """The bytes of the here-document in `$(cat <<EOF …)`, None for another command."""
    for statement in substitution.named_children:
        command = statement.child_by_field_name("body")
        if command is not None and document.text(command) == "cat":
            body = _body(statement)
            return None if body is None else (body.start_byte, body.end_byte)
    return None


def _body(node: Node) -> Node | None:
    """The here-document of a statement or a redirection."""
    inner = [node, *node.named_children, *(each for child in node.named_children for each in child.named_children)]
    return next((each for each in inner if each.type == "heredoc_body"), None)


def _is_substituted(redirect: Node) -> bool:
    """Whether the here-document is what a command gives as a value."""
    statement = redirect.parent
    return statement is not None and statement.parent is not None and statement.parent.type == "command_substitution"


def _of_heredoc(document: Document, redirect: Node) -> Iterator[Usage]:
    from propguard.lint.parts import usages_in_part
    from propguard.lint.usages import Look

    body, language = _body(redirect), _language_of_heredoc(document, redirect)
    if body is None or language is None:
        return
    start, end = body.start_byte, body.end_byte
    source: Source = Derived(document.source, [Run(document.source.data[start:end], start, end)])
    yield from usages_in_part(source, language, document.budget, Look())


def _language_of_heredoc(document: Document, redirect: Node) -> str | None:
    """That of the file which the text is written to, or of the program that reads it."""
    statement = redirect.parent
    if statement is None:
        return None
    files = [node for node in (*redirect.named_children, *statement.named_children) if node.type == "file_redirect"]
    for file in files:
        destination = file.child_by_field_name("destination")
        if destination is not None:
            return language_of(document.text(destination).strip("\"'"), b"")
    command = statement.child_by_field_name("body")
    return None if command is None else language_of_shebang(b"#!" + document.text(command).encode())
