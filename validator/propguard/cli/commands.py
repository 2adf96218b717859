"""The commands by name, with the module each lives in, so that `--help` costs no import and a call only its own."""

from __future__ import annotations

from importlib import import_module

import click

from propguard.cli.choices import Group
from propguard.version import VERSION

_COMMANDS = {
    "init": ("propguard.cli.init", "Write a property schema to start from."),
    "lint": ("propguard.cli.lint", "Find property usages in source code that break the schema."),
    "usages": ("propguard.cli.usages", "List every property usage in source code."),
    "check": ("propguard.cli.check", "Judge properties or whole records without touching anything."),
    "add": ("propguard.cli.add", "Write properties of one request, judged first."),
    "apply": ("propguard.cli.apply", "Write the rows of a file, journalled and resumable."),
    "audit": ("propguard.cli.audit", "Judge stored properties where they lie."),
    "repair": ("propguard.cli.repair", "Plan corrections of stored properties for `apply`."),
    "schema": ("propguard.cli.schema", "Check, show, compare, document and generate code from property schemas."),
    "coverage": ("propguard.cli.coverage", "Show which declared properties are in use, in code and in data."),
    "rules": ("propguard.cli.rules", "List the rules."),
    "rule": ("propguard.cli.rule", "Explain one rule, with an example of each side."),
    "sandbox": ("propguard.cli.sandbox", "Run a local Helicone-compatible platform, with its traps, for tests."),
    "demo": ("propguard.cli.demo", "Lint the bundled example application."),
}


class LazyGroup(Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def summary(self, ctx: click.Context, name: str) -> str:
        return _COMMANDS[name][1]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="propguard", message="%(prog)s %(version)s")
def root() -> None:
    """propguard keeps the custom properties of LLM requests consistent.

    One YAML property schema lists the allowed keys, value sets and limits; it is enforced in code, on the write and in
    stored data. Begin with `propguard init`, then `propguard lint`.
    """
