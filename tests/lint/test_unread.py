"""Files that are not read: code and configuration in other languages is reported, and everything else is passed over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from propguard.lint.project import Project, reading_of, survey

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Helicone-Property-Environment"
NOT_READ = "its language is not one that is read"

REPORTED = {
    "web/App.vue": f"<script>h = {{'{HEADER}': 'prod'}}</script>",
    "App.java": f'class App {{ String name = "{HEADER}"; }}',
    "Put.java": 'class Put { String path = "/v1/request/" + id + "/property"; }',
    "Formatted.cs": 'var path = string.Format("/v1/request/{0}/property", id);',
    "Makefile": f"ask:\n\tcurl -H '{HEADER}: prod' $(URL)\n",
    "Dockerfile": f'ENV HEADERS="{HEADER}: prod"\n',
    "requests/ask.http": f"POST https://example.com\n{HEADER}: prod\n",
    "ask.bru": f"headers {{\n  {HEADER}: prod\n}}\n",
    "proxy.conf": f"proxy_set_header {HEADER.lower()} prod;\n",
    "main.tf": f'headers = {{ "{HEADER}" = "prod" }}\n',
    "page.html": f"<script>fetch(u, {{headers: {{'{HEADER}': 'x'}}}})</script>",
    "form.html": f"""<form hx-headers='{{"{HEADER}": "x"}}'>""",
    "unknown.xyz": HEADER,
}

PASSED_OVER = {
    "notes.txt": f"Send {HEADER}.",
    "docs/headers.rst": f"``{HEADER}``",
    "app.log": f"{HEADER}: prod",
    "CHANGELOG": f"- {HEADER}",
    "rows.csv": HEADER,
    "rows.jsonl": f'{{"{HEADER}": "prod"}}',
    "traffic.har": f'{{"name": "{HEADER}"}}',
    "poetry.lock": HEADER,
    "docs/page.html": f"<p>Send <code>{HEADER}</code>.</p>",
    "docs/after.html": f"<script>x()</script><p>{HEADER}</p>",
    "locales/en.properties": f"help=Send {HEADER}",
    "app.bin": f"\0{HEADER}",
    "Urls.java": 'class Urls { String a = "/property"; String b = "/request"; }',
    "Other.java": "class Other { String platform = helicone; }",
}


def problem(folder: Path, name: str, content: str, *, named: bool = False) -> str | None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    reading = reading_of(str(path), named=named)
    return None if reading is None else reading.problem


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("name", REPORTED)
def test_code_in_a_language_that_is_not_read_is_reported(name: str, named: bool, tmp_path: Path) -> None:
    """Whether it was named or found."""
    assert problem(tmp_path, name, REPORTED[name], named=named) == NOT_READ


def test_text_for_people_is_passed_over_though_it_is_named(tmp_path: Path) -> None:
    """As a hook names whatever changes."""
    assert problem(tmp_path, "notes.txt", HEADER, named=True) is None


@pytest.mark.parametrize("name", PASSED_OVER)
def test_what_is_no_code_is_passed_over(name: str, tmp_path: Path) -> None:
    """Text for people, data, what pins or translates, and what is no text."""
    assert problem(tmp_path, name, PASSED_OVER[name]) is None


def problems(folder: Path, files: dict[str, str]) -> dict[str, str | None]:
    """By name what could not be read of a project that holds these files."""
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    found = survey(Project(str(folder), [str(folder / name) for name in files])).readings
    return {os.path.basename(path): reading.problem for path, reading in found.items() if reading.problem}


IN_TYPESCRIPT = "export function ask(key, value) { return { [`Helicone-Property-${key}`]: value }; }\n"
IN_KOTLIN = 'class Gateway { fun ask(key: String, value: String) { h["Helicone-Property-" + key] = value } }\n'
IN_RUBY = 'def ask_the_gateway(key, value)\n  headers["Helicone-Property-#{key}"] = value\nend\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"llm.ts": IN_TYPESCRIPT, "A.vue": "<script>import {ask} from './llm'; ask('app', 'x')</script>"}, {"A.vue"}),
        ({"llm.ts": IN_TYPESCRIPT, "A.svelte": "<script>ask('app', 'x')</script>"}, set()),
        ({"llm.ts": IN_TYPESCRIPT, "A.vue": "<script>import {other} from './llm'</script>"}, set()),
        ({"Gateway.kt": IN_KOTLIN, "A.java": 'new Gateway().ask("app", "x");'}, {"A.java"}),
        ({"Gateway.kt": IN_KOTLIN, "A.java": 'user.ask("app", "x");'}, set()),
        ({"llm.rb": IN_RUBY, "a.erb": "<% ask_the_gateway('app', 'x') %>"}, {"a.erb"}),
    ],
)
def test_calls_of_wrappers_in_languages_that_are_not_read_are_reported(
    files: dict[str, str], expected: set[str], tmp_path: Path
) -> None:
    """Where the file imports the wrapper, or names it and what it belongs to."""
    assert problems(tmp_path, files) == dict.fromkeys(expected, NOT_READ)


def test_a_file_that_is_too_large_and_calls_a_wrapper_is_reported(tmp_path: Path) -> None:
    """As one that writes a header is."""
    large = "import { ask } from './llm';\nask('app', 'x');\n" + "//\n" * (4 << 20)
    found = problems(tmp_path, {"llm.ts": IN_TYPESCRIPT, "large.ts": large})
    assert found == {"large.ts": "the file has 12 MB, and only files of up to 10 MB are read"}
