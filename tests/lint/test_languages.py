"""Which language a file is in, and which parts of a Markdown file are code."""

from __future__ import annotations

import pytest

from propguard.lint.languages import SUFFIXES, language_of, may_be_read
from propguard.lint.languages.grammars import FENCES, grammar_of
from propguard.lint.read import read
from propguard.lint.source import Source


@pytest.mark.parametrize(
    ("path", "head", "language"),
    [
        ("a.pl", b"", None),
        ("a.txt", b"#!/bin/sh\n", None),
        ("Makefile", b"", None),
        ("LICENSE", b"python", None),
        ("x", b"#!/usr/bin/perl\n", None),
        (".py", b"", None),
        ("a.py", b"", "python"),
        ("a.PY", b"", "python"),
        ("a.b.tsx", b"", "tsx"),
        ("dir.py/a.d.ts", b"", "typescript"),
        (".env.ts", b"", "typescript"),
        ("a.envrc", b"", None),
        ("a.yml", b"", "yaml"),
        ("a.jsonc", b"", "json"),
        ("a.ipynb", b"", "notebook"),
        ("web/.env", b"", "dotenv"),
        ("web/.env.production", b"", "dotenv"),
        ("prod.env", b"", "dotenv"),
        ("a.go", b"", "go"),
        ("a.kt", b"", "kotlin"),
        ("build.gradle.kts", b"", "kotlin"),
        ("a.rs", b"", "rust"),
        ("x", b"#!/usr/bin/env python3\n", "python"),
        ("x", b"#!/usr/bin/env -S python3.12 -u\n", "python"),
        ("x", b"#! /usr/local/bin/python3.11\n", "python"),
        ("x", b"#!/usr/bin/env node\n", "javascript"),
        ("x", b"#!/usr/bin/env -S deno run\n", "typescript"),
        ("x", b"#!/bin/sh -e\n", "shell"),
        ("x", b"#!/usr/bin/env bash\r\n", "shell"),
        (".husky/pre-commit", b"#!/bin/sh\n", "shell"),
        ("a.rb", b"", "ruby"),
        ("tasks/a.rake", b"", "ruby"),
        ("config.ru", b"", "ruby"),
        ("Rakefile", b"require 'rake'\n", "ruby"),
        ("x", b"#!/usr/bin/env ruby\n", "ruby"),
        ("views/a.phtml", b"", "php"),
        ("artisan", b"#!/usr/bin/env php\n", "php"),
        ("a.exs", b"", "elixir"),
        (".envrc", b"", "shell"),
        ("home/.bashrc", b"", "shell"),
        ("x", b"#!/usr/bin/env -S uv run --script\n", "python"),
        ("x", b"#!/usr/bin/env -S uv run --with httpx --python 3.12\n", "python"),
        ("x", b"#!/usr/bin/env -S uv run --env-file .env bash\n", "shell"),
        ("x", b"#!/usr/bin/env -Suv run -s\n", "python"),
        ("x", b"#!/usr/bin/env -S pipx run\n", "python"),
        ("x", b"#!/usr/bin/env tsx\n", "typescript"),
        ("x", b"#!/usr/bin/env zx\n", "typescript"),
        ("x", b"#!/usr/bin/env bun\n", "typescript"),
        ("x", b"#!/usr/bin/env -S ts-node --esm\n", "typescript"),
        ("x", b"#!/usr/bin/env -S npx -y tsx\n", "typescript"),
        ("x", b"#!/usr/bin/env -S node --import tsx\n", "typescript"),
        ("x", b"#!/usr/bin/env -S node --experimental-strip-types\n", "typescript"),
        ("x", b"#!/usr/bin/env -S NODE_ENV=test node --no-warnings\n", "javascript"),
        ("x", b"#!/usr/bin/env -i FOO=1 bash\n", "shell"),
        ("x", b"#!/usr/bin/env -S perl -w bash\n", None),
        ("x", b"#!/usr/bin/env\n", None),
        ("tool.in", b"#!/bin/bash\n", "shell"),
        ("x", b"#!/usr/bin/env -S elixir --no-halt\n", "elixir"),
    ],
)
def test_the_suffix_tells_and_else_the_first_line(path: str, head: bytes, language: str | None) -> None:
    """A suffix that is not known is an answer, too."""
    assert language_of(path, head) == language
    assert language is None or may_be_read(path)


def test_every_language_has_a_grammar() -> None:
    """That of a suffix, and that of a fence."""
    for language in {*SUFFIXES.values(), *FENCES.values()} - {"markdown", "notebook"}:
        assert grammar_of(language).name == language


def keys(markdown: str) -> list[str | None]:
    """The keys that are written in the fences of a text."""
    return [usage.stored_key for usage in read(Source("a.md", markdown.encode())).usages]


CODE = 'h["Helicone-Property-App"] = "x"'


@pytest.mark.parametrize(
    "markdown",
    [
        CODE,
        f"    {CODE}\n",
        f"`{CODE}`",
        f"```\n{CODE}\n```\n",
        f"```text\n{CODE}\n```\n",
        f"```diff\n+{CODE}\n```\n",
        f"``\n{CODE}\n``\n",
        f"```py\n```\n{CODE}\n",
        f"<!--\n```py\n{CODE}\n```\n-->\n",
        f"````\n```py\n{CODE}\n```\n````\n",
        f"```py\n# {CODE}\n```\n",
    ],
)
def test_what_is_no_fence_of_a_language_is_prose(markdown: str) -> None:
    """Nothing in it is a usage."""
    assert keys(markdown) == []


@pytest.mark.parametrize(
    "markdown",
    [
        f"```py\n{CODE}\n```\n",
        f"```py\r\n{CODE}\r\n```\r\n",
        f"~~~python\n{CODE}\n~~~\n",
        f"`````js\n```\n{CODE}\n`````\n",
        f"```PY title='x' {{1}}\n{CODE}\n```\n",
        f"```{{python}}\n{CODE}\n```\n",
        f"```{{.ts .x}}\n{CODE}\n```\n",
        f"```ts:app.ts\n{CODE}\n```\n",
        f"```py,ignore\n{CODE}\n```\n",
        f"- a\n\n  ```py\n  {CODE}\n  ```\n",
        f"1. ```py\n   {CODE}\n   ```\n",
        f"> ```py\n> {CODE}\n> ```\n",
        f"> - ```py\n>   {CODE}\n>   ```\n",
        f"> > ```py\n> > {CODE}\n> > ```\n",
        f"```py\n{CODE}",
        f"```py\n{CODE}\n",
        f"a\n```py\n{CODE}\n```\n```py\n```\n",
        f"```pycon\n>>> {CODE}\nNone\n```\n",
        "```console\n$ curl -H 'Helicone-Property-App: x' example.com\n200\n```\n",
        '```golang\nreq.Header.Set("Helicone-Property-App", "x")\n```\n',
        '```kotlin\nval h = mapOf("Helicone-Property-App" to "x")\n```\n',
        '> ```rust\n> let h = vec![\n>     ("Helicone-Property-App", "it\'s"),\n> ];\n> ```\n',
        "```bash\ncurl -H 'Helicone-Property-App: x' example.com\n```\n",
        "```ruby\nh['Helicone-Property-App'] = 'x'\n```\n",
        "```php\n$h['Helicone-Property-App'] = 'x';\n```\n",
        "```php\n<?php\n$h['Helicone-Property-App'] = 'x';\n```\n",
        '```elixir\n[{"Helicone-Property-App", "x"}]\n```\n',
        '```iex\niex> [{"Helicone-Property-App", "x"}]\n```\n',
        "```irb\n>> h['Helicone-Property-App'] = 'x'\n```\n",
    ],
)
def test_a_fence_is_read_wherever_it_stands(markdown: str) -> None:
    """In lists, in quotations, with attributes, unclosed, as a session."""
    assert keys(markdown) == ["app"]


def test_fences_do_not_know_each_other() -> None:
    """A name of one means nothing in the next."""
    assert keys(f'```py\nNAME = "Helicone-Property-App"\n```\n\n```py\nh[NAME] = 1\n{CODE}\n```\n') == ["app"]


IN_JSON = '{"headers": {"Helicone-Property-App": "x"}}'


@pytest.mark.parametrize(
    "markdown",
    [
        "```yaml\nheaders:\n  Helicone-Property-App: x\n```\n",
        "> ```yml\n> headers:\n>   Helicone-Property-App: x\n> ```\n",
        "- ```yaml\n  run: |\n    curl -H 'Helicone-Property-App: x' y\n  ```\n",
        f"```json\n{IN_JSON}\n```\n",
        f"```jsonc\n// c\n{IN_JSON}\n```\n",
        "```toml\nhttp_headers = { Helicone-Property-App = 'x' }\n```\n",
        f"```dotenv\nX_HEADERS='{IN_JSON}'\n```\n",
    ],
)
def test_a_fence_may_hold_configuration(markdown: str) -> None:
    """In any of its languages, at any indentation."""
    assert keys(markdown) == ["app"]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("package-lock.json", 0),
        ("web/pnpm-lock.yaml", 0),
        ("src/locales/en.json", 0),
        ("src/i18n/en/common.json", 0),
        ("_locales/en/messages.json", 0),
        ("lang.json", 1),
        ("i18n/app/src/deep/config.json", 1),
        ("src/locales.json", 1),
        ("lock.json", 1),
    ],
)
def test_files_that_pin_or_translate_are_no_configuration(path: str, count: int) -> None:
    """As their names tell."""
    assert len(read(Source(path, IN_JSON.encode())).usages) == count
