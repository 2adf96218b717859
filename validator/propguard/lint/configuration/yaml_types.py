"""What plain scalars are in YAML 1.1, where more of them are no text than in YAML 1.2: `on`, `yes`, `12:30`, `2026-05-01`.

Most readers are of 1.1: PyYAML (LiteLLM, Ansible), Psych (Rails, GitLab), SnakeYAML (Spring), yaml-cpp (Envoy). Those of
JavaScript, and the platforms that have their own, are of 1.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.lint.text import JsonType

_OF_1_2 = re.compile(
    r"""(?ix)(?:^|[/\\])(?:
        \.(?:github|gitea|forgejo)[/\\].*
      | (?:action|azure-pipelines|compose|docker-compose|pnpm-workspace|pubspec)[\w.-]*\.ya?ml
      | (?:promptfooconfig|stepci|serverless|opencode|workflow)[\w.-]*\.ya?ml
      | [\w.-]*\.(?:stepci|promptfoo)\.ya?ml
      | \.?stepci[/\\].*
    )\Z"""
)
"""Files whose readers are known to be of YAML 1.2."""

_DIRECTIVE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:#[^\n]*\n|\s)*%YAML[ \t]+1\.2\b")

_TYPES: tuple[tuple[JsonType, re.Pattern[str]], ...] = (
    ("boolean", re.compile(r"(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)\Z")),
    ("integer", re.compile(r"[-+]?(?:0b[01_]+|0[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])*)\Z")),
    (
        "number",
        re.compile(r"[-+]?(?:[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?)\Z"),
    ),
    (
        "date",
        re.compile(
            r"\d{4}-\d\d-\d\d\Z"
            r"|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?\Z"
        ),
    ),
)
"""As PyYAML and libyaml resolve them; what YAML 1.2 has as well is found by the grammar."""


def is_read_by_yaml_1_1(path: str, data: bytes) -> bool:
    """Whether the reader of the file at `path` is not known to be of YAML 1.2."""
    return not _OF_1_2.search(path) and not _DIRECTIVE.match(data)


def type_of(scalar: str) -> JsonType | None:
    """The type of a plain scalar, None for text."""
    return next((json_type for json_type, pattern in _TYPES if pattern.match(scalar)), None)
