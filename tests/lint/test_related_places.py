"""A key or a value that comes from elsewhere: the finding names the place where it is written, and a fix is offered there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from propguard.cli import run

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """
file_format: property-schema/1
name: places
version: 1.0.0
properties:
  environment: {enum: [production, staging], aliases: [env], value_aliases: {prod: production}}
  tier: {enum: [free, gold]}
  billable: {type: boolean}
"""


def write(folder: Path, files: dict[str, str]) -> None:
    (folder / ".git").mkdir()
    for name, text in {"properties.yaml": SCHEMA, **files}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def linted(capsys: pytest.CaptureFixture[str], *arguments: str, output: str = "json") -> Any:
    capsys.readouterr()
    code = run(["lint", *arguments, "--format", output])
    printed = capsys.readouterr()
    assert code in {0, 1}, printed.err
    return json.loads(printed.out) if output in {"json", "sarif"} else printed.out


def place(related: dict[str, Any]) -> str:
    return f"{related['path']}:{related['line']}:{related['column']}-{related['end_column']} {related['message']}"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


NAMES_PY = """PREFIX = "Helicone-Property-"
HEADER = "Helicone-Property-Env"
BARE = "env"
TIER = "golden"
PAID = True
WHOLE = {"Helicone-Property-Tier": "silver"}


class Tier:
    TOP = "platin"


def tag(headers, name, value="plus"):
    headers[f"Helicone-Property-{name}"] = value


def chosen():
    return "bronze"


SPELLED = "bron\\x7ae"
"""
NAMES_TS = """export const HEADER = "Helicone-Property-Env";
export const TIER = "golden";
export const tiers = { top: "platin" } as const;
export enum Tier { Top = "platinum" }
export function tag(h: Headers, name: string, value = "plus") {
  h.set(`Helicone-Property-${name}`, value);
}
"""


@pytest.mark.parametrize(
    ("line", "rule", "related", "text"),
    [
        ('x = {n.HEADER: "staging"}', "key-alias", "names.py:2:29-32 the key `Env` is written here", "Environment"),
        (
            'x = {n.PREFIX + n.BARE: "staging"}',
            "key-alias",
            "names.py:3:9-12 the key `env` is written here",
            "environment",
        ),
        (
            'x = {f"{n.PREFIX}{n.BARE}": "staging"}',
            "key-alias",
            "names.py:3:9-12 the key `env` is written here",
            "environment",
        ),
        (
            'x = {"Helicone-Property-Tier": n.TIER}',
            "value-not-allowed",
            "names.py:4:9-15 the value `golden` is written here",
            "gold",
        ),
        (
            'x = {"Helicone-Property-Tier": n.Tier.TOP}',
            "value-not-allowed",
            "names.py:10:12-18 the value `platin` is written here",
            None,
        ),
        (  # what is no text
            'x = {"Helicone-Property-Billable": n.PAID}',
            "value-not-string",
            "names.py:5:8-12 the value `true` is written here",
            '"true"',
        ),
        (  # the default of a wrapper of another module
            'n.tag({}, "tier")',
            "value-not-allowed",
            "names.py:13:31-35 the value `plus` is written here",
            None,
        ),
        (
            'x = {"Helicone-Property-Tier": n.chosen()}',
            "value-not-allowed",
            "names.py:18:13-19 the value `bronze` is written here",
            None,
        ),
        (  # what is made of it here: nothing there can be replaced
            'x = {"Helicone-Property-Tier": n.TIER.upper()}',
            "value-not-allowed",
            "names.py:4:9-15 the value `GOLDEN` is written here",
            None,
        ),
        (  # spelled otherwise than it reads
            'x = {"Helicone-Property-Tier": n.SPELLED}',
            "value-not-allowed",
            "names.py:21:11-22 the value `bronze` is written here",
            None,
        ),
    ],
)
def test_what_comes_from_another_module_of_python_names_its_place(
    line: str, rule: str, related: str, text: str | None, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And an unsafe fix is offered there, where a literal holds all of it."""
    write(here, {"names.py": NAMES_PY, "app.py": f"import names as n\n{line}\n"})
    (found,) = (one for one in linted(capsys, "app.py")["findings"] if one["rule"] == rule)
    assert (found["path"], found["line"], list(map(place, found["related"]))) == ("app.py", 2, [related])
    edits = [] if found["fix"] is None else found["fix"]["edits"]
    assert [(edit["path"], edit["text"]) for edit in edits] == ([] if text is None else [("names.py", text)])
    assert found["fix"] is None or not found["fix"]["safe"]


@pytest.mark.parametrize(
    ("line", "rule", "related"),
    [
        ('const x = { [n.HEADER]: "staging" };', "key-alias", "names.ts:1:42-45 the key `Env` is written here"),
        (
            'const x = { "Helicone-Property-Tier": n.TIER };',
            "value-not-allowed",
            "names.ts:2:22-28 the value `golden` is written here",
        ),
        (
            'const x = { "Helicone-Property-Tier": n.tiers.top };',
            "value-not-allowed",
            "names.ts:3:30-36 the value `platin` is written here",
        ),
        (
            'const x = { "Helicone-Property-Tier": n.Tier.Top };',
            "value-not-allowed",
            "names.ts:4:27-35 the value `platinum` is written here",
        ),
        ('n.tag(h, "tier");', "value-not-allowed", "names.ts:5:56-60 the value `plus` is written here"),
    ],
)
@pytest.mark.parametrize("suffix", ["ts", "js"])
def test_what_comes_from_another_module_of_javascript_names_its_place(
    line: str, rule: str, related: str, suffix: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In TypeScript and in JavaScript, which may import the same file."""
    write(here, {"names.ts": NAMES_TS, f"app.{suffix}": f'import * as n from "./names";\n{line}\n'})
    (found,) = (one for one in linted(capsys, f"app.{suffix}")["findings"] if one["rule"] == rule)
    assert (found["line"], list(map(place, found["related"]))) == (2, [related])


@pytest.mark.parametrize(
    ("name", "code", "line", "related"),
    [
        ("a.py", 'T = "golden"\nx = {"Helicone-Property-Tier": T}\n', 1, "a.py:2:25"),
        ("a.ts", 'const t = "golden";\nconst x = { "Helicone-Property-Tier": t };\n', 1, "a.ts:2:32"),
        (
            "a.go",
            'package a\n\nconst tier = "golden"\n\nfunc f(h http.Header) {\n\th.Set("Helicone-Property-Tier", tier)\n}\n',
            3,
            "a.go:6:27",
        ),
        ("a.kt", 'const val TIER = "golden"\nfun f() { h.header("Helicone-Property-Tier", TIER) }\n', 1, "a.kt:2:39"),
        ("a.rb", 'TIER = "golden"\nx = { "Helicone-Property-Tier" => TIER }\n', 1, "a.rb:2:26"),
        ("a.php", "<?php\nconst TIER = 'golden';\n$x = ['Helicone-Property-Tier' => TIER];\n", 2, "a.php:3:26"),
    ],
)
def test_a_value_of_the_same_file_names_where_it_is_used(
    name: str, code: str, line: int, related: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding stands where the value is written, as that is what is wrong."""
    write(here, {name: code})
    (found,) = linted(capsys, name)["findings"]
    (other,) = found["related"]
    assert (found["line"], f"{other['path']}:{other['line']}:{other['column']}") == (line, related)
    assert other["message"] == "it is used as the value of `tier` here"


def test_a_key_of_the_same_file_names_where_it_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding stands where the key is used."""
    write(here, {"a.py": 'KEY = "env"\nx = {f"Helicone-Property-{KEY}": "staging"}\n'})
    (found,) = linted(capsys, "a.py")["findings"]
    assert (found["line"], place(found["related"][0])) == (2, "a.py:1:8-11 the key `env` is written here")


def test_a_constant_that_many_places_use_names_the_first_five(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One finding, and no list without end."""
    write(here, {"a.py": 'T = "golden"\n' + 'x = {"Helicone-Property-Tier": T}\n' * 9})
    (found,) = linted(capsys, "a.py")["findings"]
    assert [one["line"] for one in found["related"]] == [2, 3, 4, 5, 6]


def test_the_place_is_named_in_text_and_in_sarif(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a note, and as a related location with the fix of the other file."""
    write(here, {"names.py": NAMES_PY, "app.py": 'import names\nx = {names.HEADER: "staging"}\n'})
    text = linted(capsys, "app.py", output="text")
    assert "  note: names.py:2:29: the key `Env` is written here\n" in text
    assert "  help: --fix --unsafe-fixes writes `Environment` in names.py\n" in text
    (result,) = linted(capsys, "app.py", output="sarif")["runs"][0]["results"]
    (location,) = result["relatedLocations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "names.py"
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "names.py"


def test_the_place_is_known_from_the_index_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run over an unchanged project, which reads no file again, says the same."""
    more = {f"more_{number}.py": 'x = {"Helicone-Property-Tier": "free"}\n' for number in range(20)}
    write(here, {"names.py": NAMES_PY, "app.py": 'import names\nx = {names.HEADER: "staging"}\n', **more})
    assert linted(capsys, ".") == linted(capsys, ".")


def test_unsafe_fixes_change_the_place_that_a_key_comes_from(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """But only in a file of the run; no other is touched, and that is said."""
    write(here, {"names.py": NAMES_PY, "app.py": "import names\nx = {names.HEADER: names.TIER}\n"})
    assert run(["lint", "app.py", "--fix", "--unsafe-fixes"]) == 1
    assert "names.py is left as it was: it is not one of the files of this run" in capsys.readouterr().err
    assert (here / "names.py").read_text() == NAMES_PY
    run(["lint", ".", "--fix", "--unsafe-fixes"])
    assert (here / "names.py").read_text() == NAMES_PY.replace('Property-Env"', 'Property-Environment"')
    assert run(["lint", ".", "--fix"]) == 1  # a safe run changes none of it


def test_a_key_that_would_stand_in_its_map_twice_is_not_renamed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor where its name is written in another file."""
    code = 'import names\nx = {names.HEADER: "staging", "Helicone-Property-Environment": "staging"}\n'
    write(here, {"names.py": NAMES_PY, "app.py": code})
    (found,) = (one for one in linted(capsys, "app.py")["findings"] if one["rule"] == "key-alias")
    assert found["fix"] is None


def test_a_secret_is_masked_in_the_sentence_of_the_place(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As everywhere."""
    secret = "sk-" + "a1B2" * 12
    write(
        here,
        {"names.py": f'TIER = "{secret}"\n', "app.py": 'import names\nx = {"Helicone-Property-Tier": names.TIER}\n'},
    )
    for output in ("json", "text", "sarif"):
        assert secret not in str(linted(capsys, "app.py", output=output))
