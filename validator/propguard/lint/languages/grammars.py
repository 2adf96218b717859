"""Grammars by the name of their language, and by what people write behind the ticks of a Markdown fence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.lint.grammar import Grammar

FENCES: dict[str, str] = {
    "python": "python",
    "py": "python",
    "python3": "python",
    "pycon": "python",
    "ipython": "python",
    "python-repl": "python",
    "javascript": "javascript",
    "js": "javascript",
    "jsx": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "node": "javascript",
    "javascriptreact": "javascript",
    "typescript": "typescript",
    "ts": "typescript",
    "mts": "typescript",
    "cts": "typescript",
    "tsx": "tsx",
    "typescriptreact": "tsx",
    "go": "go",
    "golang": "go",
    "kotlin": "kotlin",
    "kt": "kotlin",
    "kts": "kotlin",
    "rust": "rust",
    "rs": "rust",
    "bash": "shell",
    "sh": "shell",
    "shell": "shell",
    "zsh": "shell",
    "console": "shell",
    "shellscript": "shell",
    "shell-session": "shell",
    "sh-session": "shell",
    "terminal": "shell",
    "curl": "shell",
    "elixir": "elixir",
    "ex": "elixir",
    "exs": "elixir",
    "iex": "elixir",
    "irb": "ruby",
    "php": "php",
    "rb": "ruby",
    "ruby": "ruby",
}


def grammar_of(language: str) -> Grammar:
    """The grammar of one of the languages that are read as a whole."""
    if language == "python":
        from propguard.lint.languages.python import PYTHON

        return PYTHON
    if language == "shell":
        from propguard.lint.languages.shell import SHELL

        return SHELL
    if language == "go":
        from propguard.lint.languages.go import GO

        return GO
    if language == "kotlin":
        from propguard.lint.languages.kotlin import KOTLIN

        return KOTLIN
    if language == "rust":
        from propguard.lint.languages.rust import RUST

        return RUST
    if language == "elixir":
        from propguard.lint.languages.elixir import ELIXIR

        return ELIXIR
    if language == "php":
        from propguard.lint.languages.php import PHP

        return PHP
    if language == "ruby":
        from propguard.lint.languages.ruby import RUBY

        return RUBY
    from propguard.lint.languages import javascript

    return {"javascript": javascript.JAVASCRIPT, "typescript": javascript.TYPESCRIPT, "tsx": javascript.TSX}[language]
