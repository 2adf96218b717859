"""The languages that the linter reads, by file name. A grammar is loaded when the first file of its language needs it."""

from __future__ import annotations

import os
import re

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

_SHEBANG = re.compile(
    rb"#!\s*\S*?(?:/env\s+(?:-\S+\s+)*)?(?:\S*/)?(python|node|deno|bun|elixir|php|ruby|bash|zsh|ksh|dash|sh)[0-9.]*\b"
)
_INTERPRETERS = {
    b"python": "python",
    b"node": "javascript",
    b"deno": "typescript",
    b"bun": "typescript",
    b"elixir": "elixir",
    b"php": "php",
    b"ruby": "ruby",
}
_NAMES = {"Gemfile": "ruby", "Rakefile": "ruby"}
"""Files that their name alone tells."""


def language_of(path: str, head: bytes) -> str | None:
    """The language of a file by its suffix, or where it has none by its first line or its name; null for one that is not read."""
    name = os.path.basename(path)
    suffix = os.path.splitext(name)[1].lower()
    if name == ".env" or name.startswith(".env."):
        return SUFFIXES.get(suffix, "dotenv")
    if suffix:
        return SUFFIXES.get(suffix)
    match = _SHEBANG.match(head)
    if match:
        return _INTERPRETERS.get(match[1], "shell")
    return _NAMES.get(os.path.basename(path))


def may_be_read(path: str) -> bool:
    """Whether a file of this name is worth opening: its suffix is known, or it has none and may be a script."""
    if path[path.rfind(".") :].lower() in SUFFIXES:
        return True
    name = path[path.rfind("/") + 1 :]
    return "." not in name or name.startswith(".env.")
