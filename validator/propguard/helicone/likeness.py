r"""SQL's LIKE as the platform's database understands it: `%` any text, `_` one character, `\` takes their meaning away.

Source: ClickHouse's likePatternToRegexp; a backslash before any other character is a backslash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY, _ONE = None, ""


def escaped(text: str) -> str:
    """The pattern that is like `text` and nothing else."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def contains_pattern(value: str) -> str:
    """What the platform makes of the value of `contains`, in which `%` and `_` keep their meaning."""
    return f"%{value}%"


def is_like(text: str, pattern: str, *, ignore_case: bool = False) -> bool:
    """Whether `text` is like `pattern`, in time proportional to the product of their lengths at most."""
    tokens = _tokens(pattern)
    characters: Sequence[str] = text
    if ignore_case:
        tokens = [token if token is _ANY else _folded(token) for token in tokens]
        characters = [_folded(character) for character in text]
    at = token_at = 0
    star, resume = -1, 0  # the last `%` met, and where the text that it does not cover begins
    while at < len(characters):
        token = tokens[token_at] if token_at < len(tokens) else -1
        if token is _ANY:
            star, resume = token_at, at
            token_at += 1
        elif token in {_ONE, characters[at]}:
            token_at += 1
            at += 1
        elif star >= 0:
            resume += 1
            token_at, at = star + 1, resume
        else:
            return False
    return all(token is _ANY for token in tokens[token_at:])


def _tokens(pattern: str) -> list[str | None]:
    tokens: list[str | None] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        following = pattern[at + 1 : at + 2]
        if character == "\\" and following and following in "%_\\":
            tokens.append(following)
            at += 1
        else:
            tokens.append(_ANY if character == "%" else _ONE if character == "_" else character)
        at += 1
    return tokens


def _folded(character: str) -> str:
    folded = character.casefold()
    return folded if len(folded) == 1 else character
