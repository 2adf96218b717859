"""Case styles of keys: which style a key is in, and how it is spelled in another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.model.schema import Naming

STYLES: dict[str, re.Pattern[str]] = {
    "snake_case": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z"),
    "camelCase": re.compile(r"[a-z][a-zA-Z0-9]*\Z"),
    "PascalCase": re.compile(r"[A-Z][a-zA-Z0-9]*\Z"),
    "Train-Case": re.compile(r"[A-Z][a-zA-Z0-9]*(?:-[A-Z0-9][a-zA-Z0-9]*)*\Z"),
}
_LOWER_CASED_STYLES: dict[str, re.Pattern[str]] = {
    "snake_case": STYLES["snake_case"],
    "kebab-case": STYLES["kebab-case"],
    "camelCase": re.compile(r"[a-z][a-z0-9]*\Z"),
    "PascalCase": re.compile(r"[a-z][a-z0-9]*\Z"),
    "Train-Case": STYLES["kebab-case"],
}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+[a-z]*|[A-Z][0-9]*")
_SEPARATORS = re.compile(r"[-_.\s]+")


def is_in_style(key: str, naming: Naming, *, lower_cased: bool = False) -> bool:
    """Whether `key` is spelled in `naming`.

    With `lower_cased`, the capitals are already gone (a header took them), so that a key passes if
    some capitalisation of it would.
    """
    if naming == "any":
        return True
    styles = _LOWER_CASED_STYLES if lower_cased else STYLES
    return styles[naming].match(key) is not None


def style_pattern(naming: Naming, *, lower_cased: bool = False) -> str:
    """What `is_in_style` asks of a key, as one pattern that RE2 reads alike. Raises KeyError for `any`."""
    styles = _LOWER_CASED_STYLES if lower_cased else STYLES
    return "^" + styles[naming].pattern.replace("\\Z", "$")


def words(key: str) -> list[str]:
    """The words of a key in lower case, whatever its style: `UserID` → `user`, `id`."""
    return [
        word.lower()
        for part in _SEPARATORS.split(key)
        if part
        for word in (_WORD.findall(part) if part.isascii() else [part])
    ]


def in_style(key: str, naming: Naming) -> str:
    """`key` spelled in `naming`; unchanged for `any`."""
    parts = words(key)
    if naming == "any" or not parts:
        return key
    if naming == "snake_case":
        return "_".join(parts)
    if naming == "kebab-case":
        return "-".join(parts)
    if naming == "Train-Case":
        return "-".join(part.capitalize() for part in parts)
    capitalised = "".join(part.capitalize() for part in parts)
    return capitalised if naming == "PascalCase" else parts[0] + capitalised[len(parts[0]) :]


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """`key` without case and separators: what `UserId`, `user-id` and `user_id` have in common."""
    return key.lower().replace("_", "").replace("-", "").replace(".", "").replace(" ", "")
