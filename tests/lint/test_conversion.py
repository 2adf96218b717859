"""Values that a wrapper turns into text: a number given to it is text where the platform is handed it."""

from __future__ import annotations

import pytest

from tests.lint.documents import judged, told

_PYTHON = """\
def send(text, tags):
    return post(headers={{f"Helicone-Property-{{name}}": {value} for name, value in tags.items()}})
send("hi", {{"app": 7, "billable": False}})
"""
_TYPESCRIPT = """\
function send(text, tags) {{
  const headers = {{}};
  for (const [name, value] of Object.entries(tags)) headers[`Helicone-Property-${{name}}`] = {value};
  return fetch(url, {{ headers }});
}}
send("hi", {{ app: 7, billable: false }});
"""
_GO = """\
package a
func Send(app any) {{ request.Header.Set("Helicone-Property-App", {value}) }}
func main() {{ Send(7) }}
"""
_PHP = """\
<?php
function send($app) {{ return post(['headers' => ['Helicone-Property-App' => {value}]]); }}
send(true);
"""
_RUBY = """\
def send_it(app)
  post(headers: {{ "Helicone-Property-App" => {value} }})
end
send_it(nil)
"""
_KOTLIN = """\
fun send(app: Any) {{ request.header("Helicone-Property-App", {value}) }}
fun main() {{ send(7) }}
"""


def values(path: str, code: str, line: int) -> list[str]:
    return [usage.partition(" = ")[2] for usage in told(path, code) if usage.startswith(f"{line} ")]


@pytest.mark.parametrize(
    ("path", "code", "value", "line", "expected"),
    [
        ("a.py", _PYTHON, "str(value)", 3, ["7", "False"]),
        ("a.py", _PYTHON, 'f"{value}"', 3, ["7", "False"]),
        ("a.py", _PYTHON, '"{}".format(value)', 3, ["7", "False"]),
        ("a.py", _PYTHON, '"%s" % value', 3, ["7", "False"]),
        ("a.py", _PYTHON, "str(value).lower()", 3, ["7", "false"]),
        ("a.ts", _TYPESCRIPT, "String(value)", 6, ["7", "false"]),
        ("a.ts", _TYPESCRIPT, "`${value}`", 6, ["7", "false"]),
        ("a.ts", _TYPESCRIPT, "value.toString()", 6, ["7", "false"]),
        ("a.ts", _TYPESCRIPT, '"" + value', 6, ["7", "false"]),
        ("a.go", _GO, "fmt.Sprint(app)", 3, ["7"]),
        ("a.go", _GO, 'fmt.Sprintf("%v", app)', 3, ["7"]),
        ("a.go", _GO, "strconv.Itoa(app)", 3, ["7"]),
        ("a.php", _PHP, "(string) $app", 3, ["1"]),
        ("a.php", _PHP, "strval($app)", 3, ["1"]),
        ("a.php", _PHP, '"$app"', 3, ["1"]),
        ("a.rb", _RUBY, "app.to_s", 4, [""]),
        ("a.rb", _RUBY, '"#{app}"', 4, [""]),
        ("a.kt", _KOTLIN, "app.toString()", 2, ["7"]),
        ("a.kt", _KOTLIN, '"$app"', 2, ["7"]),
    ],
)
def test_what_a_wrapper_turns_into_text_is_text(
    path: str, code: str, value: str, line: int, expected: list[str]
) -> None:
    """As the language of the wrapper writes it."""
    source = code.format(value=value)
    assert values(path, source, line) == expected
    assert "value-not-string" not in {finding.violation.rule for finding in judged(path, source.encode())}


@pytest.mark.parametrize(("path", "code"), [("a.py", _PYTHON), ("a.ts", _TYPESCRIPT)])
def test_what_a_wrapper_hands_on_as_it_is_is_none(path: str, code: str) -> None:
    """It is reported where it is given."""
    source = code.format(value="value").replace("7", "[7]")
    assert [
        finding.violation.context["type"]
        for finding in judged(path, source.encode())
        if finding.violation.rule == "value-not-string"
    ] == ["a list", "a boolean"]
