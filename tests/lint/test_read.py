"""One file to its usages: nothing that a file may hold stops the linter, and what it could not judge it says."""

from __future__ import annotations

import json
import time

import pytest

from propguard.lint.budget import MOST_HITS, Budget, TooExpensive
from propguard.lint.read import LARGEST, Reading, read
from propguard.lint.source import Source

USAGE = 'h["Helicone-Property-App"] = "x"'
GENEROUS = 15.0
"""Seconds of the processor, on a slow machine; the budget of a file is some two."""


def read_in_time(path: str, data: bytes) -> Reading:
    start = time.process_time()
    reading = read(Source(path, data))
    assert time.process_time() - start < GENEROUS
    return reading


@pytest.mark.parametrize(
    ("path", "data", "problem"),
    [
        ("a.py", b"\x00" + USAGE.encode(), "it is not text"),
        ("a.pl", USAGE.encode(), "its language is not one that is read"),
        ("a.py", USAGE.encode() + b"#" * LARGEST, "the file has 10 MB, and only files of up to 10 MB are read"),
        ("a.py", USAGE.encode() + b"\n#" * (25 << 20), "the file has 50 MB, and only files of up to 10 MB are read"),
        ("a.py", f"{USAGE}\n".encode() * (MOST_HITS + 1), "it holds more than 10000 header names or addresses"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told(path: str, data: bytes, problem: str) -> None:
    """In a clause that says why."""
    assert read_in_time(path, data) == Reading(problem=problem)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe" + USAGE.encode("utf-16-le"),
        USAGE.encode("utf-16"),
        b"\xef\xbb\xbf" + USAGE.encode(),
        USAGE.encode() + b"\xff",
        b"# caf\xe9\r\n" + USAGE.encode() + b"\r\n",
        USAGE.encode() + b"\x1a",
        b"\r".join([b"x = 1"] * 10) + b"\r" + USAGE.encode(),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        *("a.py", "a.js", "a.ts", "a.tsx", "a.sh", "a.md", "a.ex", "a.php", "a.rb"),
        *("a.yml", "a.json", "a.toml", ".env", "a.ipynb"),
    ],
)
def test_every_encoding_is_survived(path: str, data: bytes) -> None:
    """Bytes are bytes."""
    read_in_time(path, data)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"\xef\xbb\xbf" + USAGE.encode(), 1),
        (b"x = '\xff\xfe'\n" + USAGE.encode(), 1),
        (USAGE.encode() + b"\r\n" + USAGE.replace("App", "B").encode() + b"\r\n", 2),
        (b"x = 1; " * 150_000 + USAGE.encode(), 1),
        (("; ".join(USAGE.replace("App", f"App{number}") for number in range(5000))).encode(), 5000),
    ],
)
def test_usages_are_found_between_all_that(data: bytes, count: int) -> None:
    """A byte order mark, bytes that are no UTF-8, CRLF, a line of a megabyte."""
    assert len(read_in_time("a.py", data).usages) == count


DEEP = 20_000


def nested_in_strings(depth: int) -> str:
    """A map in JSON in a string in JSON, and so on."""
    text = '{"Helicone-Property-App": "x"}'
    for _ in range(depth):
        text = json.dumps({"config": text})
    return text


FAULTS_IN_KOTLIN = """\
fun read(request: Request, headers: Map<String, String>): String? {
    if ("Helicone-Property-Nope" Helicone headers || headers.containsKey("Helicone-Property-Nope")) return value
    if (headers["Helicone-Property-Nope"] == "x") return other
    ```assistant
        if (name.startsWith("Helicone-Property-") || name.equals("Helicone-Property-Nope", ignoreCase = true)) continue
        when (name) {
            "Helicone-Property-Nope" -> continue
        }
    }
    logger.info("Helicone-Property-Nope {}", value)
    headers.minus("Helicone-Property-Nope")
    builder.removeHeader("Helicone-Property-Nope")
    val pattern = Regex("Helicone-Property-(.*)")
    val token = System.getenv("HELICONE_PROPERTY_NOPE")
    throw IllegalStateException("Helicone-Property-Nope is missing")
"""
"""Less than a kilobyte, for which the grammar's recovery from faults takes more than a minute."""

MONSTERS = {
    "brackets.py": "[" * DEEP + USAGE,
    "faults.kt": FAULTS_IN_KOTLIN,
    "braces.js": "{" * DEEP + USAGE,
    "parentheses.py": "h = {" + "(" * DEEP + '"Helicone-Property-App"' + ")" * DEEP + ": 1}",
    "maps.ts": "x = " + '{"a":' * DEEP + '{"Helicone-Property-App": "x"}' + "}" * DEEP,
    "calls.py": "f(" * DEEP + '{"Helicone-Property-App": "x"}' + ")" * DEEP,
    "functions.js": "function f(){" * DEEP + 'h={[P+"a"]:x};const P="Helicone-Property-";' + "}" * DEEP,
    "sums.py": 'h = {"Helicone-Property-A"' + '+"a"' * DEEP + ': "x"}',
    "branches.js": 'h = {"Helicone-Property-A": ' + 'a?"b":' * DEEP + '"c"}',
    "templates.js": "h = {[`Helicone-Property-" + "${`" * 3000 + "x" + "`}" * 3000 + '`]: "x"}',
    "elements.tsx": "<a>" * DEEP + '{h = {"Helicone-Property-A": "x"}}' + "</a>" * DEEP,
    "substitutions.sh": 'curl -H "' + "$(" * 3000 + "Helicone-Property-A: b" + ")" * 3000 + '"',
    "quotations.md": "> " * DEEP + "```py\n" + USAGE,
    "lists.md": "".join("  " * depth + "- a\n" for depth in range(500)) + "```py\n" + USAGE,
    "ticks.md": "`" * DEEP + "py\n" + USAGE,
    "json.py": 'httpx.put(f"/v1/request/{i}/property", data=\'' + '{"a":' * DEEP + "')",
    "maps.json": '{"a":' * DEEP + '{"Helicone-Property-App": "x"}' + "}" * DEEP,
    "maps.yaml": "{a: " * DEEP + '{"Helicone-Property-App": "x"}' + "}" * DEEP,
    "indented.yaml": "".join(f"{' ' * depth}a:\n" for depth in range(1500)) + " " * 1500 + "Helicone-Property-App: x",
    "dashes.yaml": "- " * DEEP + "Helicone-Property-App: x",
    "questions.yaml": "? " * DEEP + "Helicone-Property-App: x",
    "unclosed.yaml": "[" * DEEP + "Helicone-Property-App: x",
    "aliases.yaml": "".join(f"a{n}: &a *a\n" for n in range(2000)) + "Helicone-Property-App: *a\n" * 2000,
    "anchors.yaml": "a: &a x\n" * 5000 + "- Helicone-Property-App: *a\n" * 5000,
    "names.yaml": "- {" + "name: Helicone-Property-App, " * 500 + "value: x}",
    "block.yaml": "run: |\n" + "  a\n" * 200_000 + "  curl -H 'Helicone-Property-App: x'\n",
    "folded.yaml": "run: >\n" + "  a\n\n" * 100_000 + "  curl -H 'Helicone-Property-App: x'\n",
    "templates.yaml": "{{" * DEEP + "\n" + "a: {{ x }}\n" * DEEP + "Helicone-Property-App: x",
    "strings.json": json.dumps({"config": nested_in_strings(12)}),
    "escapes.json": '{"run": "' + "\\n" * 50_000 + "curl -H 'Helicone-Property-App: x'\"}",
    "words.json": json.dumps({"args": ["'"] * 20_000 + ["-H", "Helicone-Property-App: x"]}),
    "tables.toml": "".join(f"[a{'.a' * (n % 50)}]\n" for n in range(DEEP)) + '"Helicone-Property-App" = "x"',
    "dots.toml": "a." * DEEP + '"Helicone-Property-App" = "x"',
    "arrays.toml": "a = " + "[" * DEEP + '{"Helicone-Property-App" = "x"}' + "]" * DEEP,
    "quotes.env": 'A="x\n' * DEEP + "X_HEADERS='Helicone-Property-App: x'\n" + "B='" + "x " * DEEP,
    "spaces.env": "A=x" + " " * 100_000 + "#\nX_HEADERS='Helicone-Property-App: x'\n",
    "cells.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": ["%x\n"] * 2, "a": USAGE}] * 9_000}),
    "errors.py": 'h = {"Helicone-Property-A" ) ( ] "' * 1000,
    "errors.ts": 'h = {"Helicone-Property-A" ' * 1000,
    "unclosed.py": f'x = """{USAGE}',
    "unclosed.js": f"x = `{USAGE}",
    "unclosed.sh": f"cat <<E\n{USAGE}",
    "brackets.rb": "[" * DEEP + USAGE,
    "calls.rb": "f(" * DEEP + '{"Helicone-Property-App" => "x"}' + ")" * DEEP,
    "chain.rb": 'h = {"Helicone-Property-A" => x' + ".a(1)" * DEEP + "}",
    "branches.rb": 'h = {"Helicone-Property-A" => if a then "b"' + ' elsif a then "b"' * DEEP + " end}",
    "heredocs.rb": 'x.put("/v1/request/#{i}/property", <<~A)\n{}\nA\n' * 2000,
    "scopes.rb": "h[" + "A::" * DEEP + 'B] = "Helicone-Property-A"',
    "sums.php": '<?php $h["Helicone-Property-A"' + '."a"' * DEEP + '] = "x";',
    "arrays.php": "<?php $x = " + "['a' => " * DEEP + '["Helicone-Property-App" => "x"]' + "]" * DEEP + ";",
    "lines.php": "<?php $x = [" + '"Helicone-Property-App: x",' * 2000 + "];",
    "matches.php": '<?php $h["Helicone-Property-A"] = ' + "match ($a) { 1 => " * 2000 + "'x'" + "}" * 2000 + ";",
    "pipes.ex": '[{"Helicone-Property-A", "x"}]' + " |> f()" * DEEP,
    "joins.ex": 'h = %{"Helicone-Property-A" => "x"' + ' <> "a"' * DEEP + "}",
    "lists.ex": "x = [" * DEEP + '{"Helicone-Property-A", "x"}' + " | y]" * DEEP,
    "patterns.ex": "{" * DEEP + "a" + "}" * DEEP + ' = [{"Helicone-Property-A", "x"}]',
    "blocks.ex": "if a do\n" * DEEP + '[{"Helicone-Property-A", "x"}]\n' + "end\n" * DEEP,
    "echoes.py": 'P = "Helicone-Property-"\nh[P + "a"] = 1\n' * 500,
    "family.py": "\n".join(f'a{n + 1} = f"{f"{{a{n}}}" * 30}"' for n in range(4)) + f'\na0 = "x"\n{USAGE[:-3]}a4',
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_costs_bounded_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However deep it is nested, however often it repeats itself, and whatever is broken in it."""
    monkeypatch.setattr("propguard.lint.budget.SECONDS", 0.3)  # a fifth of the usual, as there are so many of them
    read_in_time(name, MONSTERS[name].encode())


def test_a_budget_that_is_spent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is given up rather than waited for, and none of it is passed for judged."""
    monkeypatch.setattr("propguard.lint.budget.SECONDS", 0.0)
    budget = Budget()
    while not budget.is_spent():
        hash("this takes time")
    with pytest.raises(TooExpensive, match="reasonable time"):
        budget.check()
    monkeypatch.setattr("propguard.lint.budget.Budget.is_spent", lambda *_: True)
    assert read(Source("a.py", USAGE.encode())).problem == "its syntax could not be read in reasonable time"
