"""The languages that the linter reads, by file name. A grammar is loaded when the first file of its language needs it."""

from __future__ import annotations

import os

from propguard.lint.languages.passed_over import PASSED_OVER
from propguard.lint.languages.shebang import language_of_shebang

SUFFIXES: dict[str, str] = {
    ".py": "python",
    ".pyi": "python",
    ".pyw": "python",
    ".js": "javascript",
    ".jsx": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".sh": "shell",
    ".bash": "shell",
    ".zsh": "shell",
    ".ksh": "shell",
    ".go": "go",
    ".kt": "kotlin",
    ".kts": "kotlin",
    ".rs": "rust",
    ".ex": "elixir",
    ".exs": "elixir",
    ".php": "php",
    ".phtml": "php",
    ".rake": "ruby",
    ".rb": "ruby",
    ".ru": "ruby",
    ".md": "markdown",
    ".mdx": "markdown",
    ".markdown": "markdown",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonc": "json",
    ".json5": "json5",
    ".toml": "toml",
    ".env": "dotenv",
    ".ipynb": "notebook",
}

_NAMES = {
    "Gemfile": "ruby",
    "Rakefile": "ruby",
    **dict.fromkeys((".bash_profile", ".bashrc", ".envrc", ".profile", ".zprofile", ".zshenv", ".zshrc"), "shell"),
}
"""Files that their name alone tells."""


def language_of(path: str, head: bytes) -> str | None:
    """The language of a file by its suffix, or else by its first line or its name; None for one that is not read."""
    name = os.path.basename(path)
    suffix = os.path.splitext(name)[1].lower()
    if name == ".env" or name.startswith(".env."):
        return SUFFIXES.get(suffix, "dotenv")
    known = SUFFIXES.get(suffix)
    if known is not None or suffix in PASSED_OVER:
        return known
    return language_of_shebang(head) if head.startswith(b"#!") else _NAMES.get(name)


def may_be_read(path: str) -> bool:
    """Whether a file of this name is worth opening: it may be code or configuration, in whatever language."""
    return path[path.rfind(".") :].lower() not in PASSED_OVER
