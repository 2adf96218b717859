"""Comments that suppress findings in texts that stand within others: cells, scripts in configuration, fences, `.env` files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from propguard.lint.edits import edited
from propguard.lint.source import Source
from tests.lint.documents import safe_fixes
from tests.lint.test_suppression import H, found, judged

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = "# propguard: ignore[key-alias] -- the old dashboard"
CURL = "curl -H 'Helicone-Property-Env: staging' https://example.com"
HEADERS = "X_HEADERS='Helicone-Property-Env: staging'"


def notebook(*cells: str, kind: str = "code", language: str = "python", lines: bool = True) -> str:
    sources: Sequence[str | list[str]] = [cell.splitlines(keepends=True) if lines else cell for cell in cells]
    whole: list[dict[str, object]] = [{"cell_type": kind, "metadata": {}, "source": source} for source in sources]
    return json.dumps({"cells": whole, "metadata": {"language_info": {"name": language}}, "nbformat": 4}, indent=1)


def in_workflow(script: str) -> str:
    lines = "".join(f"          {line}\n" if line else "\n" for line in script.splitlines())
    return f"on: push\njobs:\n  a:\n    steps:\n      - run: |\n{lines}      - name: last\n"


def in_toml(script: str) -> str:
    return f'[tasks.ask]\nscript = """\n{script}\n"""\n'


SUPPRESSED = [
    # A cell's own comment: on the line, before it, for the whole file.
    ("a.ipynb", notebook(f"{H}  {MARK}")),
    ("a.ipynb", notebook(f"x = 1\n{MARK}\n{H}\n", lines=False)),
    ("a.ipynb", notebook("# propguard: ignore-file[key-alias]", H)),
    ("a.ipynb", notebook(H, "%%bash\n# propguard: ignore-file", f"!{CURL}")),
    ("a.ipynb", notebook(f"%%bash\n{MARK}\n{CURL}")),
    ("a.ipynb", notebook(f"```py\n{H}  {MARK}\n```\n", kind="markdown")),
    ("a.ipynb", notebook(f"<!-- propguard: ignore[key-alias] -->\n```py\n{H}\n```\n", kind="markdown")),
    # Scripts in configuration.
    ("a.yml", in_workflow(f"{MARK}\n{CURL}")),
    ("a.yml", in_workflow(f"echo\n\n{CURL} {MARK}\necho")),
    ("a.yml", in_workflow(f"{MARK}\ncurl x \\\n  -H 'Helicone-Property-Env: staging'")),
    ("a.yml", in_workflow(f"# propguard: ignore-file\n{CURL}")),
    ("a.yml", f'scripts:\n  ask: "{CURL}" {MARK}\n'),
    ("a.yml", f'x_headers: >-\n  {{"Helicone-Property-Env": "staging"}}\n{MARK.replace("ignore", "ignore-file")}\n'),
    ("a.yml", f"{{{{ if x }}}}\nheaders:\n  Helicone-Property-Env: {{{{ y }}}} {MARK}\n"),
    ("compose.yaml", f"services:\n  a:\n    environment:\n      {MARK}\n      - 'X_HEADERS=Helicone-Property-Env: x'\n"),
    ("a.toml", in_toml(f"{MARK}\n{CURL}")),
    ("a.toml", in_toml(f"{CURL} {MARK}")),
    ("a.json", json.dumps({"scripts": {"ask": f"{MARK}\n{CURL}"}})),
    ("a.json", '{\n  // propguard: ignore[key-alias]\n  "headers": {"Helicone-Property-Env": "x"}\n}'),
    ("a.jsonc", f'{{"scripts": {{\n  "ask": "{CURL}" // propguard: ignore[key-alias]\n}}}}'),
    ("a.json5", "// propguard: ignore[key-alias]\n{headers: {'Helicone-Property-Env': 'x'}}\n"),
    ("a.json5", "{headers: {'Helicone-Property-Env': 'x'}} // propguard: ignore[key-alias]\n"),
    # Variables.
    (".env", f"{MARK}\n{HEADERS}\n"),
    (".env", f"A=1\n{HEADERS} {MARK}\nB=2\n"),
    (".env", f"# propguard: ignore-file\nA=1\n{HEADERS}"),
    (".env", f"{MARK}\nexport X_HEADERS=\"A: b\nHelicone-Property-Env: staging\"\n"),
    (".env", f'X_HEADERS="Helicone-Property-Env: staging\nA: b" {MARK}\n'),
    # Fences.
    ("a.md", f"```yaml\n{MARK}\nheaders: {{Helicone-Property-Env: x}}\n```\n"),
    ("a.md", f"> ```yaml\n> headers:\n>   Helicone-Property-Env: x {MARK}\n> ```\n"),
    ("a.md", f"```yaml\n{in_workflow(f'{MARK}{chr(10)}{CURL}')}```\n"),
    ("a.md", f"```dotenv\n{HEADERS} {MARK}\n```\n"),
    # Languages that are not read.
    ("a.java", '// propguard: ignore-file[unparsed-file] -- tested there\nString h = "Helicone-Property-Env";'),
    ("Makefile", "# propguard: ignore-file\nask:\n\tcurl -H 'Helicone-Property-Env: x' y\n"),
    ("a.vue", "<!-- propguard: ignore[unparsed-file] -->\n<script>h = {'Helicone-Property-Env': x}</script>"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text"), SUPPRESSED)
def test_a_comment_suppresses_where_its_text_stands(path: str, text: str) -> None:
    """And it is not called unused."""
    assert found(path, text.replace("propguard:", "proguard:")) != []
    assert found(path, text) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        # Not about the next cell, nor about another one.
        ("a.ipynb", notebook(MARK, H), ["unused-suppression", "key-alias"]),
        ("a.ipynb", notebook(f"x = 1  {MARK}", H), ["unused-suppression", "key-alias"]),
        ("a.ipynb", notebook(f"s = '{MARK}'\n{H}"), ["key-alias"]),
        ("a.ipynb", notebook(f"{MARK}\n\n{H}", kind="markdown"), []),
        ("a.yml", in_workflow(f"{MARK}\necho\n{CURL}"), ["unused-suppression", "key-alias"]),
        ("a.yml", f"description: '{MARK}'\nheaders: {{Helicone-Property-Env: x}}\n", ["key-alias"]),
        (".env", f"A=1 {MARK}\n{HEADERS}\n", ["unused-suppression", "key-alias"]),
        (".env", f"A='{MARK}'\n{HEADERS}\n", ["key-alias"]),
        ("a.java", 'String s = "propguard: ignore-file Helicone-Property-Env";', ["unparsed-file"]),
    ],
)
def test_a_comment_suppresses_nothing_else(path: str, text: str, expected: list[str]) -> None:
    """Neither is text a comment."""
    assert found(path, text) == expected


IDLE = "# propguard: ignore[key-case] -- why"


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.ipynb", notebook(f"x = 1  {IDLE}\ny = 2"), notebook("x = 1\ny = 2")),
        ("a.ipynb", notebook(f"{IDLE}\ny = 'é'", lines=False), notebook("y = 'é'", lines=False)),
        ("a.yml", in_workflow(f"a\n{IDLE}\nb"), in_workflow("a\nb")),
        ("a.yml", in_workflow(f"a {IDLE}\nb"), in_workflow("a\nb")),
        ("a.yml", f"{{{{ x }}}}\n{IDLE}\na: 1\n", "{{ x }}\na: 1\n"),
        ("a.toml", in_toml(f"a\n{IDLE}\nb"), in_toml("a\nb")),
        ("a.json5", "// propguard: ignore\n{a: 1}\n", "{a: 1}\n"),
        (".env", f"A=1\n{IDLE}\nB=2 {IDLE}\n", "A=1\nB=2\n"),
        ("a.md", f"> ```yaml\n> {IDLE}\n> a: 1\n> ```\n", "> ```yaml\n> a: 1\n> ```\n"),
        (
            ".env",
            f"{HEADERS} # propguard: ignore[key-case, key-alias]\n",
            f"{HEADERS} # propguard: ignore[key-alias]\n",
        ),
    ],
)
def test_an_unused_comment_is_taken_out_of_the_text_around_it(path: str, before: str, after: str) -> None:
    """With its line, and the indentation that the text around it has."""
    findings = judged(path, before)
    assert {finding.violation.rule for finding in findings} == {"unused-suppression"}
    fixed, _ = edited(Source(path, before.encode()), safe_fixes(findings))
    assert json.loads(fixed) == json.loads(after) if path.endswith("ipynb") else fixed.decode() == after
