"""What was read of a project as JSON, and back: plain values, from which nothing but these types is ever made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from propguard.lint.functions import Parameter
from propguard.lint.origin import Origin
from propguard.lint.read import Reading
from propguard.lint.text import Piece, Text
from propguard.lint.wrappers import Constant, Template, Wrapper
from propguard.model.finding import Span
from propguard.model.usage import Elsewhere, SourceLiteral, Usage

if TYPE_CHECKING:
    from collections.abc import Callable


def reading_of(value: Any) -> Reading:
    """The reading that was written as `value`; raises what Python raises where it is none."""
    usages, problem, wrappers, constants, called, is_cut_short, _ = value
    return Reading(
        tuple(map(_usage, usages)),
        problem,
        tuple(map(wrapper_of, wrappers)),
        tuple(map(constant_of, constants)),
        tuple((str(path), int(start)) for path, start in called),
        bool(is_cut_short),
    )


def wrapper_of(value: Any) -> Wrapper:
    path, name, kind, owner, parameters, (door, shape, key, values), *rest = value
    template = Template(door, shape, _text(key), tuple(map(_text, values)))
    return Wrapper(path, name, kind, owner, tuple(map(_parameter, parameters)), template, *rest)


def constant_of(value: Any) -> Constant:
    return Constant(*value)


def _usage(value: Any) -> Usage:
    usage = Usage(*value)
    return usage._replace(
        span=Span(*usage.span),
        key_edit=_or_null(_span, usage.key_edit),
        values=tuple(map(_literal, usage.values)),
        not_texts=tuple(map(_literal, usage.not_texts)),
        key_elsewhere=_or_null(_elsewhere, usage.key_elsewhere),
    )


def _literal(value: Any) -> SourceLiteral:
    text, json_type, span, shared, elsewhere = value
    return SourceLiteral(text, json_type, _or_null(_span, span), shared, _or_null(_elsewhere, elsewhere))


def _elsewhere(value: Any) -> Elsewhere:
    path, span, is_literal = value
    return Elsewhere(path, Span(*span), is_literal)


def _span(value: Any) -> Span:
    return Span(*value)


def _parameter(value: Any) -> Parameter:
    name, position, path, gathers, taken, option = value
    return Parameter(name, position, tuple(path), gathers, tuple(taken), option)


def _text(value: Any) -> Text:
    pieces, json_type, token = value
    return Text(tuple(map(_piece, pieces)), json_type, _or_null(tuple, token))


def _piece(value: Any) -> Piece:
    text, start, named, origin, elsewhere = value
    return Piece(text, start, named, _or_null(_origin, origin), _or_null(_elsewhere, elsewhere))


def _origin(value: Any) -> Origin:
    owner, name, path, part, changes, closed = value
    return Origin(owner, name, tuple(path), part, tuple(map(tuple, changes)), closed)


def _or_null(make: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else make(value)
