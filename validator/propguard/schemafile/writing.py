"""A document as YAML text that reads back as the same document."""

from __future__ import annotations

from typing import Any

import yaml

from propguard.model.text import visible
from propguard.schemafile.scalars import resolve


class _Dumper(yaml.SafeDumper):
    """Writes in quotes what YAML 1.2 would otherwise take for something else than text; PyYAML knows YAML 1.1 only."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(resolve(text), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(document: dict[str, Any]) -> str:
    """`document` as YAML text, its fields in their order; characters that do not show are written as escapes."""
    dumped = _dumped(document, allow_unicode=True)
    shows = all(visible(line) == line for line in dumped.split("\n"))
    return dumped if shows else _dumped(document, allow_unicode=False)


def _dumped(document: dict[str, Any], *, allow_unicode: bool) -> str:
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=allow_unicode, width=120)
    return text
