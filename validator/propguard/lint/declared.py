"""Wrappers that the settings declare, as the linter looks for their calls: like those that it finds itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.functions import Parameter
from propguard.lint.origin import Origin
from propguard.lint.text import HOLE, Piece, Text
from propguard.lint.wrappers import ELSEWHERE, Template, Wrapper

if TYPE_CHECKING:
    from propguard.model.wrapper import DeclaredWrapper


def wrapper_of(declared: DeclaredWrapper) -> Wrapper:
    """The wrapper that `declared` says there is; of no file, as it may be anybody's."""
    owner, _, name = (declared.call or "").rpartition(".")
    parameters: tuple[Parameter, ...]
    if declared.properties is not None:
        whole = Origin(ELSEWHERE, "properties")
        parameters = (_parameter("properties", declared.properties),)
        template = Template(declared.door, "wrapper", _hole(whole.entry("key")), (_hole(whole.entry("value")),))
    else:
        parameters = (_parameter("key", declared.key),)
        values: tuple[Text, ...] = (HOLE,)
        if declared.value is not None:
            parameters = (*parameters, _parameter("value", declared.value))
            values = (_hole(Origin(ELSEWHERE, "value")),)
        template = Template(declared.door, "wrapper", _hole(Origin(ELSEWHERE, "key")), values)
    if not name:
        return Wrapper("", str(declared.properties), "option", "", parameters, template, 0, 0)
    return Wrapper("", name, "declared", owner, parameters, template, 0, 0)


def _parameter(name: str, argument: int | str | None) -> Parameter:
    """The parameter `name` of a template, given as the argument at a place or of a name."""
    if isinstance(argument, int):
        return Parameter(name, argument)
    return Parameter(name, -1, option=argument or name)


def _hole(origin: Origin | None) -> Text:
    return HOLE if origin is None else Text((Piece(None, origin=origin),))
