"""`usages`, `schema`, `rules`, `rule`: what they show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from propguard.cli.commands import root
from propguard.rules.book import RULES
from propguard.version import VERSION
from tests.cli.shop import BAD, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.shop import Call, Write

pytestmark = [pytest.mark.smoke, pytest.mark.usefixtures("project")]


def test_usages_are_a_line_each(call: Call, write: Write) -> None:
    """Place, key, values, door and shape; what is not known is an ellipsis, a computed key is called so."""
    write(
        {
            "app.py": 'h = {"Helicone-Property-Env": env or "dev", "Helicone-Property-App": ""}\nh[f"Helicone-Property-{k}"] = v\n'
            'httpx.put(f"/v1/request/{i}/property", json={"key": "Tier", "value": "a" if x else "b"})\n'
        }
    )
    answer = call("usages")
    assert answer.out.splitlines() == [
        "app.py:1:25: env = dev | …  header, map",
        'app.py:1:64: app = ""  header, map',
        "app.py:2:3: (computed) = …  header, assignment",
        "app.py:3:54: Tier = a | b  api, put",
    ]
    assert answer.err == "4 usages in 2 files\n"
    assert answer.code == 0


def test_what_could_not_be_read_is_told_by_usages_too(call: Call, write: Write) -> None:
    """On standard error, so that the inventory stays an inventory."""
    write({"large.py": BAD + "#" * (11 << 20), "app.py": BAD})
    answer = call("usages")
    assert answer.out.count("\n") == 1
    assert answer.err.startswith("propguard: large.py:1:1: the file has 11 MB")


def test_schema_check_shows_faults_with_carets(call: Call, write: Write) -> None:
    """A fault is shown like any finding, and a good file is passed in silence."""
    write({"bad.yaml": SCHEMA.replace("enum", "enmu"), "good.yaml": SCHEMA})
    answer = call("schema", "check", "good.yaml", "bad.yaml")
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert lines[0].startswith("bad.yaml:5:17: error[schema-unknown-field]")
    assert lines[1][lines[2].index("^") : lines[2].rindex("^") + 1] == "enmu"
    assert call("schema", "check", "good.yaml") == (0, "", "nothing to report in 1 file\n")
    assert call("schema", "check").code == 0


def test_schema_show_is_a_schema_file(call: Call, write: Write) -> None:
    """What it writes can be read back, and shows the same."""
    write({"child.yaml": SCHEMA.replace("name: shop", "name: child\nextends: [standard]")})
    shown = call("schema", "show", "child.yaml")
    assert shown.code == 0
    assert "user_tier" in yaml.safe_load(shown.out)["properties"]
    write({"resolved.yaml": shown.out})
    assert call("schema", "show", "resolved.yaml").out == shown.out


def test_the_rule_book_has_a_line_per_rule(call: Call) -> None:
    """And each of them can be explained."""
    lines = call("rules").out.splitlines()
    assert len(lines) == len(RULES)
    for rule, line in zip(RULES, lines, strict=True):
        assert rule.id in line.split()
        assert rule.summary in line


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_explained_with_its_example(rule: object, call: Call) -> None:
    """What it is, why, and both sides of it."""
    rule_id, example = rule.id, rule.example  # type: ignore[attr-defined]  # pytest knows no type of a parameter
    answer = call("rule", rule_id)
    assert answer.code == 0
    assert answer.out.startswith(f"{rule_id} (")
    for text in (example.bad, example.good):
        assert all(line.strip() in answer.out for line in text.strip().splitlines())


def test_the_version_is_the_package_s(call: Call, start: Call) -> None:
    """In this process, and as the program."""
    assert call("--version") == (0, f"propguard {VERSION}\n", "")
    assert start("--version") == (0, f"propguard {VERSION}\n", "")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names that lead to each command below `group`."""
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


def test_no_help_is_cut(call: Call) -> None:
    """On a terminal of 80 columns the help of every command fits, with its descriptions whole."""
    paths = list(commands(root))
    assert len(paths) > 20
    for path in paths:
        told = call(*path, "--help").out.partition("\n\n")[2]  # without the line of usage, whose dots mean "and more"
        assert max(map(len, told.splitlines())) <= 80, path
        assert not re.search(r"(\.\.\.|…)$", told, re.MULTILINE), path


@pytest.mark.parametrize(
    "arguments", [("-h",), ("--help",), ("lint", "--help"), ("schema", "--help"), ("schema", "show", "-h")]
)
def test_help_is_on_standard_output(arguments: tuple[str, ...], call: Call) -> None:
    """It was asked for."""
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: propguard")
