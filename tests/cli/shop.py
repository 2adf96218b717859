"""What the tests of the command line share: a small schema, code that keeps to it and code that does not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCHEMA = """\
file_format: property-schema/1
name: shop
version: 1.0.0
properties:
  environment: {enum: [production, staging], aliases: [env], value_aliases: {prod: production}}
  app: {max_length: 20}
"""
BAD = 'headers = {"Helicone-Property-Env": "production"}\n'
GOOD = 'headers = {"Helicone-Property-Environment": "production"}\n'
WARNED = 'headers = {"Helicone-Property-App": "TODO"}\n'


# As `propguard` on the command line, with a warning being a fault.
PROGRAM = (sys.executable, "-W", "error", "-m", "propguard")


class Answer(NamedTuple):
    """What became of a command."""

    code: int
    out: str
    err: str


if TYPE_CHECKING:
    Call = Callable[..., Answer]
    Write = Callable[[Mapping[str, str | bytes]], None]
