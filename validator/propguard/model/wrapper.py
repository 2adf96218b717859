"""Wrappers: functions of a project's own that write properties without the prefix standing at the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from propguard.model.finding import Door


class DeclaredWrapper(NamedTuple):
    """What the settings say of one wrapper; an argument is a position from 0, or the name of a parameter or option.

    `call` is the name or the dotted path of what is called, null for any call that has a `properties` argument. Either
    `key` and perhaps `value` are given, one property a call, or `properties`, the argument that holds a map of them.
    """

    call: str | None
    key: int | str | None
    value: int | str | None
    properties: int | str | None
    door: Door = "header"


class FoundWrapper(NamedTuple):
    """A wrapper that was found in source code, and why it is one.

    Its parameter `parameter` `gives` a map of properties, the key of one, or the value of the property `key`. `hops` counts
    the other wrappers that it hands over to before the header or the call itself.
    """

    path: str
    line: int
    name: str
    door: Door
    gives: Literal["map", "key", "value"]
    parameter: str
    key: str | None
    hops: int
