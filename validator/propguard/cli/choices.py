"""Choices between names, of commands and of values: what is none of them is answered with the nearest, or with all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


class Group(click.Group):
    """A group of commands whose help cuts no description."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise click.UsageError(
                f"there is no command `{args[0]}`{_did_you_mean(args[0], self.list_commands(ctx))}", ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.summary(ctx, name)) for name in self.list_commands(ctx)])

    def summary(self, ctx: click.Context, name: str) -> str:
        """The first sentence about a command."""
        command = self.get_command(ctx, name)
        assert command is not None
        return command.get_short_help_str(limit=1000)


class Choice(click.Choice[str]):
    """One of a few words."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(list(words))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        words = [str(word) for word in self.choices]
        if value not in words:
            self.fail(
                f"`{value}` is none of {', '.join(words)}{_did_you_mean(str(value), words)}",
                param,
                ctx,
            )
        return str(value)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return f"It is one of {', '.join(map(str, self.choices))}"


def _did_you_mean(word: str, names: Iterable[str]) -> str:
    from propguard.rules.near import nearest

    near = nearest(word, names)
    return f"; did you mean `{near}`?" if near else ""
