"""The few colours of a terminal."""

from __future__ import annotations

_CODES = {"error": "1;31", "warning": "1;33", "info": "1;36", "strong": "1", "faint": "2", "help": "32"}


class Style:
    """Paints words, or leaves them as they are where there is no terminal to see it."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def paint(self, text: str, manner: str) -> str:
        return f"\x1b[{_CODES[manner]}m{text}\x1b[0m" if self._colour and text else text
