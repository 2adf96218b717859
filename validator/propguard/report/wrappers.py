"""The wrappers that were found, and why each is one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from propguard.model.text import visible
from propguard.report.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.model.wrapper import FoundWrapper


def render_wrappers(wrappers: Sequence[FoundWrapper], out: TextIO, *, colour: bool = False) -> None:
    """Write one line per wrapper and parameter."""
    style = Style(colour=colour)
    for wrapper in wrappers:
        place = style.paint(visible(f"{wrapper.path}:{wrapper.line}:"), "strong")
        out.write(f"{place} {visible(wrapper.name)}  {visible(_why(wrapper))}\n")


def render_wrappers_as_json(wrappers: Sequence[FoundWrapper], out: TextIO) -> None:
    """Write the same for other programs."""
    listed = [{**wrapper._asdict(), "why": _why(wrapper)} for wrapper in wrappers]
    json.dump({"version": 1, "wrappers": listed}, out, indent=2)
    out.write("\n")


def _why(wrapper: FoundWrapper) -> str:
    door = "a header" if wrapper.door == "header" else "a PUT"
    through = f", through {wrapper.hops} more" if wrapper.hops else ""
    if wrapper.gives == "map":
        named = "" if wrapper.key is None else f" `{wrapper.key}`"
        return f"each entry of `{wrapper.parameter}` becomes a property{named}, by {door}{through}"
    if wrapper.gives == "key":
        named = "" if wrapper.key is None else f", `{wrapper.key}`"
        return f"`{wrapper.parameter}` is the key of a property{named}, by {door}{through}"
    return f"`{wrapper.parameter}` is the value of `{wrapper.key}`, by {door}{through}"
