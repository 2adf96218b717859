"""The first line of a script, such as `#!/usr/bin/env -S uv run --script`, and the language of the program that it starts."""

from __future__ import annotations

import re

_LINE = re.compile(rb"#![ \t]*([^\r\n]*)")
_VERSION = re.compile(r"[\d.]+\Z")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")

_INTERPRETERS = {
    **dict.fromkeys(("python", "pypy", "ipython"), "python"),
    **dict.fromkeys(("node", "nodejs", "qjs"), "javascript"),
    **dict.fromkeys(
        ("bun", "deno", "esno", "jiti", "swc-node", "ts-node", "ts-node-esm", "tsx", "vite-node", "zx"), "typescript"
    ),
    **dict.fromkeys(("bash", "dash", "ksh", "sh", "zsh"), "shell"),
    "elixir": "elixir",
    "iex": "elixir",
    "irb": "ruby",
    "php": "php",
    "ruby": "ruby",
}

_RUNNERS: dict[str, str | None] = {
    **dict.fromkeys(("hatch", "pdm", "pipenv", "pipx", "poetry", "rye", "uv", "uvx"), "python"),
    **dict.fromkeys(("bunx", "conda", "mise", "npm", "npx", "pixi", "pnpm", "yarn"), None),
    "bundle": "ruby",
}
"""Programs that start another one, named in the rest of the line, and the language where none is named there."""

_TYPED = re.compile(r"tsx|ts-node|(?:experimental-)?(?:strip|transform)-types")
"""What tells Node.js to read types."""


def language_of_shebang(head: bytes) -> str | None:
    """The language of a script that begins with `head`; None where its first line names no program of a known one."""
    line = _LINE.match(head)
    words = [] if line is None else line[1].decode("utf-8", "replace").split()
    if words and _program(words[0]) == "env":
        words = words[1:]
        while words and (words[0].startswith("-") or _ASSIGNMENT.match(words[0])):
            attached = words[0][2:] if words[0].startswith("-S") else ""
            words = [attached, *words[1:]] if attached else words[1:]
    if not words:
        return None
    program, rest = _program(words[0]), words[1:]
    if program in _RUNNERS:
        started = (_INTERPRETERS.get(_program(word)) for word in rest)
        return next(filter(None, started), _RUNNERS[program])
    if program in {"node", "nodejs"} and any(_TYPED.search(word) for word in rest):
        return "typescript"
    return _INTERPRETERS.get(program)


def _program(word: str) -> str:
    """The name of the program that a word of a command line stands for, without its folder and version."""
    name = word.strip("\"'").rpartition("/")[2]
    return _VERSION.sub("", name) or name
