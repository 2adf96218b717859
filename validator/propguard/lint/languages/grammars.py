"""Grammars by the name of their language, and by what people write behind the ticks of a Markdown fence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    "yaml": "yaml",
    "yml": "yaml",
    "json": "json",
    "jsonc": "json",
    "json5": "json5",
    "toml": "toml",
    "dotenv": "dotenv",
    "env": "dotenv",
    "elixir": "elixir",
    "ex": "elixir",
    "exs": "elixir",
    "iex": "elixir",
    "irb": "ruby",
    "php": "php",
    "rb": "ruby",
    "ruby": "ruby",
}


_TABLES: dict[str, tuple[str, str]] = {
    "dotenv": ("json", "DOTENV"),
    "elixir": ("elixir", "ELIXIR"),
    "go": ("go", "GO"),
    "javascript": ("javascript", "JAVASCRIPT"),
    "json": ("json", "JSON"),
    "json5": ("json", "JSON5"),
    "kotlin": ("kotlin", "KOTLIN"),
    "php": ("php", "PHP"),
    "python": ("python", "PYTHON"),
    "ruby": ("ruby", "RUBY"),
    "rust": ("rust", "RUST"),
    "shell": ("shell", "SHELL"),
    "toml": ("toml", "TOML"),
    "tsx": ("javascript", "TSX"),
    "typescript": ("javascript", "TYPESCRIPT"),
    "yaml": ("yaml", "YAML"),
}
"""The module and the name in it of each table; imported when the first file of its language is read."""


def grammar_of(language: str) -> Grammar:
    """The grammar of one of the languages that are read as a whole."""
    module, name = _TABLES[language]
    found: Grammar = getattr(import_module(f"propguard.lint.languages.{module}"), name)
    return found


def ready(languages: Iterable[str]) -> None:
    """Import the tables of these languages, and load their parsers."""
    from propguard.lint.parse import loaded

    for language in _TABLES.keys() & set(languages):
        loaded(grammar_of(language).load)
