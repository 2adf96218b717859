"""A document as YAML text that reads back as the same document."""

from __future__ import annotations

from typing import Any

import yaml

from propguard.schemafile.scalars import resolve


class _Dumper(yaml.SafeDumper):
    """Writes in quotes what YAML 1.2 would otherwise take for something else than text; PyYAML knows YAML 1.1 only."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(resolve(text), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(document: dict[str, Any]) -> str:
    """`document` as YAML text, its fields in their order."""
    dumped: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return dumped
