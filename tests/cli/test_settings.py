"""The project's settings: what counts for which file, and what is no setting."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from propguard.cli.settings import SettingsSource
from propguard.model.wrapper import DeclaredWrapper
from tests.cli.shop import BAD, GOOD, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.cli.shop import Call, Write

TWO = 'headers = {"Helicone-Property-Env": "prod", "Helicone-Property-Nope": "x"}\n'


def found(call: Call, *arguments: str) -> set[tuple[str, str]]:
    """Where which rule is broken."""
    answer = call("lint", "--format", "json", *arguments)
    assert answer.code in {0, 1}, answer.err
    return {(finding["path"], finding["rule"]) for finding in json.loads(answer.out)["findings"]}


ALIAS, UNKNOWN = ("app.py", "key-alias"), ("app.py", "unknown-property")


@pytest.mark.parametrize(
    ("settings", "flags", "expected"),
    [
        ("", (), {ALIAS, UNKNOWN}),
        ('select = ["key-alias"]', (), {ALIAS}),
        ('select = ["key-alias, unknown-property"]', (), {ALIAS, UNKNOWN}),
        ('ignore = ["key-alias"]', (), {UNKNOWN}),
        ('select = ["key-alias"]\nignore = ["key-alias"]', (), set()),
        # A trailing star names a group.
        ('select = ["key-*"]', (), {ALIAS}),
        ('ignore = ["unknown-*, value-*"]', (), {ALIAS}),
        ("", ("--select", "key-*,unknown-property"), {ALIAS, UNKNOWN}),
        # What the command line says replaces the setting of the same name.
        ('select = ["key-alias"]', ("--select", "unknown-property"), {UNKNOWN}),
        ('ignore = ["key-alias"]', ("--ignore", "unknown-property"), {ALIAS}),
        ('select = ["key-alias"]', ("--ignore", "unknown-property"), {ALIAS}),
        # A rule can always be asked for, but for the paths where it is put aside.
        ('ignore = ["key-alias"]', ("--select", "key-alias"), {ALIAS}),
        ('per-path."*.py".ignore = ["key-alias"]', ("--select", "key-alias"), set()),
        ('per-path."*.py".ignore = ["key-alias"]', (), {UNKNOWN}),
        ('per-path."*.ts".ignore = ["key-alias"]', (), {ALIAS, UNKNOWN}),
        ('per-path."app.py".select = ["key-alias"]', (), {ALIAS}),
        ('select = ["key-alias"]\nper-path."app.py".select = ["unknown-property"]', (), {UNKNOWN}),
        ('per-path."*.py".ignore = ["key-alias"]\nper-path."a*".ignore = ["unknown-property"]', (), set()),
        ('exclude = ["app.py"]', (), set()),
        ('exclude = ["*.ts"]', (), {ALIAS, UNKNOWN}),
        # The last pattern that matches decides, as in an ignore file.
        ('exclude = ["*.py", "!app.py"]', (), {ALIAS, UNKNOWN}),
        ('exclude = ["!app.py", "*.py"]', (), set()),
    ],
)
def test_settings_say_which_rules_count(
    settings: str, flags: tuple[str, ...], expected: set[tuple[str, str]], call: Call, write: Write
) -> None:
    """For all files, or for the paths that a pattern matches; the command line wins."""
    write({"propguard.toml": settings, "app.py": TWO})
    assert found(call, *flags) == expected


def test_the_nearest_settings_of_each_file_count(call: Call, write: Write) -> None:
    """In a monorepo every package has its own, with patterns from its own folder, from wherever the run is started."""
    write(
        {
            "pyproject.toml": '[tool.propguard]\nignore = ["key-alias"]\n[tool.propguard.per-path."legacy/**"]\nignore = ["unknown-property"]\n',
            "app.py": TWO,
            "legacy/app.py": TWO,
            "a/propguard.toml": 'exclude = ["legacy"]\n',
            "a/app.py": TWO,
            "a/legacy/app.py": TWO,
            "b/pyproject.toml": "[project]\nname = 'b'\n",
            "b/app.py": TWO,
        }
    )
    expected = {
        ("app.py", "unknown-property"),
        ("a/app.py", "key-alias"),
        ("a/app.py", "unknown-property"),
        ("b/app.py", "unknown-property"),
    }
    assert found(call) == expected
    assert found(call, "a") == {place for place in expected if place[0].startswith("a/")}


def test_patterns_are_about_the_place_of_the_settings(
    call: Call, write: Write, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a run is started above them or below, and however its path is written."""
    write(
        {"pyproject.toml": '[tool.propguard]\nexclude = ["/src/legacy"]\n', "src/legacy/app.py": BAD, "src/app.py": BAD}
    )
    for arguments in ((), (".",), (str(project),), ("src",), ("src/../src",)):
        assert len(found(call, *arguments)) == 1, arguments
    monkeypatch.chdir(project / "src")
    for arguments in ((), ("..",), (".",)):
        assert len(found(call, *arguments)) == 1, arguments


def test_a_named_file_that_is_excluded_is_not_passed_over_in_silence(call: Call, write: Write) -> None:
    """Hooks name the files that changed, so the setting holds for them, too; and that it did is said."""
    write({"propguard.toml": 'exclude = ["legacy/"]\n', "legacy/app.py": BAD, "app.py": GOOD})
    answer = call("lint", "legacy/app.py", "app.py")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("legacy/app.py is not read, as propguard.toml excludes it\n")
    assert "1 file" in answer.err
    assert call("usages", "legacy").out == ""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("selekt = []", "no setting `selekt` of propguard, but propguard.toml has it; did you mean `select`?"),
        ("colour = true", "there are schema, select, ignore"),
        ("select = 'key-alias'", "`select` of propguard's settings in propguard.toml must be a list of rules"),
        ("ignore = [1]", "`ignore` of propguard's settings in propguard.toml must be a list of rules"),
        ("ignore = ['key-alais']", "did you mean `key-alias`?"),
        ("exclude = 'a'", "`exclude` of propguard's settings in propguard.toml must be a list of paths"),
        ("exclude = ['[z-a]']", "which `[z-a]` is not"),
        ("exclude = ['']", "must be a list of paths"),
        ("baseline = 1", "`baseline` of propguard's settings in propguard.toml must be the path of a baseline"),
        ("schema = ''", "must be the path of a property schema"),
        ('schema = "a\\u0000b"', "must be the path of a property schema"),
        ("per-path = []", "must be tables, such as"),
        ("per-path.x = 1", "must be tables, such as"),
        ("per-path.x.ignor = []", "no setting `per-path.x.ignor`"),
        ("per-path.x.ignore = 1", "`per-path.x.ignore` of propguard's settings"),
        ('per-path."".ignore = []', "must be patterns of paths"),
        ("wrappers = 1", "must be tables, such as [[tool.propguard.wrappers]]"),
        ("wrappers = {}", "must be tables with `properties`, or with `call` and `key`"),
        ("wrappers = {call = 'track'}", "must be tables with `properties`, or with `call` and `key`"),
        ("wrappers = {key = 0}", "must be tables with `properties`, or with `call` and `key`"),
        ("wrappers = {call = 'f', key = 0, properties = 1}", "not with both"),
        ("wrappers = {properties = 1}", "the name of an argument where no `call` is named"),
        ("wrappers = {call = 'a b', key = 0}", "the name or the dotted path of a function"),
        ("wrappers = {call = 'f', key = -1}", "the name of an argument or its position, from 0"),
        ("wrappers = {call = 'f', key = true}", "the name of an argument or its position, from 0"),
        ("wrappers = {call = 'f', key = 0, value = []}", "the name of an argument or its position, from 0"),
        ("wrappers = {call = 'f', key = 0, door = 'put'}", "`wrappers.door` of propguard's settings"),
        ("wrappers = {call = 'f', key = 0, door = []}", "`wrappers.door` of propguard's settings"),
        ("wrappers = {cal = 'f', key = 0}", "did you mean `call`?"),
        ("tool.propguard = 1", "`tool.propguard` in propguard.toml must be a table"),
        ("select = [", "propguard.toml is not valid TOML"),
        ("x = " + "[" * 100_000, "propguard.toml"),
        ("exclude = " + "9" * 9000, "propguard.toml is not valid TOML: it holds a number of too many digits"),
        ("a." * 50_000 + "a = 1", "propguard.toml has a key of more than 100 parts"),
        ("x = {" + "'a' . " * 50_000 + "a = 1}", "propguard.toml has a key of more than 100 parts"),
        ("[" + "a." * 50_000 + "a]", "propguard.toml has a key of more than 100 parts"),
        ("a" * 100_000 + " = 1", "there is no setting `aaa"),
        ("exclude = ['" + "x" * 100_000 + "']", "must be patterns of paths"),
        ("#" * (1 << 20) + "#", "propguard.toml is larger than 1,048,576 bytes"),
        ('per-path."!a".ignore = []', "must be patterns of paths"),
        ('"\\u001b[31m" = 1', "`\\x1b[31m`"),
    ],
)
def test_what_is_no_setting_is_told_in_a_sentence(settings: str, told: str, call: Call, write: Write) -> None:
    """Which file, which setting, what it must be; nothing is judged."""
    write({"propguard.toml": settings, "app.py": BAD})
    answer = call("lint")
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert answer.err.count("\n") == 1
    assert len(answer.err) < 400


@pytest.mark.parametrize(
    ("table", "wrapper"),
    [
        ("{call = 'track', key = 0, value = 1}", DeclaredWrapper("track", 0, 1, None)),
        (
            "{call = 'app.metrics.track', key = 'name', door = 'api'}",
            DeclaredWrapper("app.metrics.track", "name", None, None, "api"),
        ),
        ("{call = 'run', properties = 1}", DeclaredWrapper("run", None, None, 1)),
        ("{properties = 'custom_properties', door = 'header'}", DeclaredWrapper(None, None, None, "custom_properties")),
    ],
)
def test_wrappers_are_declared_in_tables(table: str, wrapper: DeclaredWrapper, write: Write, project: Path) -> None:
    """One table, or a list of them."""
    write({"propguard.toml": f"wrappers = [{table}, {table}]\n", "inner/propguard.toml": f"wrappers = {table}\n"})
    source = SettingsSource()
    assert source.of_folder(str(project)).wrappers == (wrapper, wrapper)
    assert source.of_folder(str(project / "inner" / "deeper")).wrappers == (wrapper,)


def test_settings_that_name_no_schema_leave_that_to_those_above(call: Call, write: Write) -> None:
    """So that a package can ignore a rule and still be judged by the schema of the whole."""
    files: Mapping[str, str] = {
        "conf/one.yaml": SCHEMA.replace("name: shop", "name: one"),
        "propguard.toml": 'schema = "conf/one.yaml"\n',
        "src/propguard.toml": 'ignore = ["value-empty"]\n',
        "src/app.py": BAD,
    }
    write(files)
    answer = call("lint", "--format", "json")
    assert {finding["schema"] for finding in json.loads(answer.out)["findings"]} == {"conf/one.yaml"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")
@pytest.mark.parametrize("name", ["propguard.toml", "pyproject.toml"])
def test_a_pipe_in_the_place_of_settings_is_refused(name: str, call: Call, write: Write, project: Path) -> None:
    """It would be waited for for ever; a folder of that name is none of ours."""
    write({"app.py": BAD})
    (project / name).mkdir()
    assert call("lint").code == 1
    (project / name).rmdir()
    os.mkfifo(project / name)
    answer = call("lint")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"propguard: the settings in {name} cannot be read: it is a pipe, not a file\n"


def test_long_lines_with_dots_are_no_long_keys(call: Call, write: Write) -> None:
    """Versions and numbers in lists, as pyproject.toml has them."""
    versions = ", ".join(f'"some-package>={number}.{number}.0"' for number in range(300))
    numbers = ", ".join(f"{number}.5" for number in range(300))
    write({"pyproject.toml": f"[tool.propguard]\n[project]\ndependencies = [{versions}]\nx = [{numbers}]\n"})
    assert call("lint").code == 0


def test_the_standard_schema_can_be_set_by_name(call: Call, write: Write, project: Path) -> None:
    """As on the command line, unless a file of that name lies there."""
    (project / "properties.yaml").unlink()
    write({"propguard.toml": 'schema = "standard"\n', "app.py": 'h = {"Helicone-Property-Environment": "prod"}\n'})
    assert "value-alias" in call("lint").out
    write({"standard": SCHEMA.replace("prod: production", "prod: staging")})
    assert "staging" in call("lint").out


def test_messages_name_the_folder_that_the_user_stands_in(call: Call, project: Path) -> None:
    """Not a dot."""
    (project / "properties.yaml").unlink()
    assert f"no property schema found in {project} or above it" in call("lint").err


def severities(call: Call, *arguments: str) -> tuple[int, dict[str, str]]:
    """The exit code, and the severity of each rule that is broken."""
    answer = call("lint", "--format", "json", *arguments)
    return answer.code, {one["rule"]: one["severity"] for one in json.loads(answer.out)["findings"]}


@pytest.mark.parametrize(
    ("settings", "flags", "code", "expected"),
    [
        ("", (), 1, {"key-alias": "error", "unknown-property": "error"}),
        ('severity = {key-alias = "warning"}', (), 1, {"key-alias": "warning", "unknown-property": "error"}),
        ('severity = {"*" = "warning"}', (), 0, {"key-alias": "warning", "unknown-property": "warning"}),
        # One rule outweighs a group, wherever it stands.
        (
            'severity = {key-alias = "error", "key-*" = "info", unknown-property = "info"}',
            (),
            1,
            {"key-alias": "error", "unknown-property": "info"},
        ),
        (
            'fail_on = "warning"\nseverity = {"*" = "warning"}',
            (),
            1,
            {"key-alias": "warning", "unknown-property": "warning"},
        ),
        # The command line outweighs the settings.
        (
            'fail_on = "warning"\nseverity = {"*" = "warning"}',
            ("--fail-on", "error"),
            0,
            {"key-alias": "warning", "unknown-property": "warning"},
        ),
    ],
)
def test_severities_and_what_fails(
    call: Call, write: Write, settings: str, flags: tuple[str, ...], code: int, expected: dict[str, str]
) -> None:
    """A project says how much a rule weighs, and which weight fails a run."""
    write({"propguard.toml": settings, "app.py": TWO})
    found = severities(call, *flags)
    assert found == (code, expected)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ('severity = {key-alias = "fatal"}', "must be `error` or `warning` or `info`"),
        ('severity = {key-alia = "info"}', "there is no rule `key-alia`; did you mean `key-alias`?"),
        ('severity = "info"', "must be a table of rules"),
        ('fail_on = "info"', "must be `error` or `warning`"),
        ("fail_on = [1]", "must be `error` or `warning`"),
        ('select = ["nothing-*"]', "no rule begins with `nothing-`"),
    ],
)
def test_faulty_severities_are_a_sentence(call: Call, write: Write, settings: str, sentence: str) -> None:
    write({"propguard.toml": settings, "app.py": TWO})
    answer = call("lint")
    assert answer.code == 2
    assert sentence in answer.err
