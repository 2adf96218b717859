"""JSON text from a stranger, read within bounds."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn

from propguard.errors import UsageError
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_HALF_PAIR = re.compile("[\ud800-\udfff]")

_LONGEST_NUMBER = 300

DEEPEST = 100
"""Collections inside each other; no schema of records comes near it."""


def read_json(text: str, path: str) -> dict[str, Any]:
    """The object that `text`, the content of `path`, holds.

    Raises UsageError for what is no JSON object, is nested too deeply, or says one thing twice.
    """
    try:
        document = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole, parse_float=_number
        )
    except RecursionError:
        raise _too_deep(path) from None
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {visible(str(error))}; is it the right file?") from None
    if not isinstance(document, dict):
        raise UsageError(f"{path} holds no JSON object, so it is no JSON Schema of records; is it the right file?")
    _bounded(document, path)
    return document


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # what is new is put in and not taken
        raise ValueError(f"the member `{excerpt(twice)}` stands twice in one object")
    return members


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)


def _number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(excerpt(text))


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number that can be held")


def _bounded(document: object, path: str) -> None:
    level: list[object] = [document]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for outer in level:
            if isinstance(outer, dict):
                inner += (*outer, *outer.values())
            elif isinstance(outer, list):
                inner += outer
        if any(isinstance(each, str) and _HALF_PAIR.search(each) for each in inner):
            raise UsageError(f"{path} holds half of a surrogate pair, which is no text; mend it")
        level = [each for each in inner if isinstance(each, dict | list)]
        if not level:
            return
    raise _too_deep(path)


def _too_deep(path: str) -> UsageError:
    return UsageError(
        f"{path} is nested more than {DEEPEST} levels deep, which is no schema of records; is it the right file?"
    )
