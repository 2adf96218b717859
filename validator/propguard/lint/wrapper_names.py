"""How much the name of a function or an option says by itself."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def is_distinctive(name: str) -> bool:
    """Whether a name says enough by itself: nobody else's function or option is likely to have it."""
    return "helicone" in name.lower() or (len(name) >= 9 and len(_WORDS.findall(name)) > 1)
