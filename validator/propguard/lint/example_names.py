"""Names by which documentation says what is to be put in their place: `Helicone-Property-<Name>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.model.usage import Usage

_EXAMPLE = re.compile(r"<[^<>]+>|\[[^\[\]]+\]")
_IN_PROSE = re.compile(r"\{[^{}]+\}")
"""In a program a name in braces may have been meant to be filled in, and was not: that is worth a finding."""


def is_example(usage: Usage, language: str) -> bool:
    """Whether the key of a header that stands in a file of `language` is no name, but says what to put there."""
    if usage.door != "header" or usage.written_key is None:
        return False
    is_prose = language == "markdown" and _IN_PROSE.search(usage.written_key) is not None
    return is_prose or _EXAMPLE.search(usage.written_key) is not None
