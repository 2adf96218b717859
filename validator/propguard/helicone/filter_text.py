"""Filters as one line of text, for command lines: `environment = production and (region contains eu or vip exists)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn, cast

from propguard.errors import UsageError
from propguard.helicone.filters import Created, P, comparison
from propguard.helicone.likeness import escaped
from propguard.helicone.times import moment
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from propguard.helicone.filters import Filter, Operator, TimeOperator

_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[()]|==|!=|<>|>=|<=|[=<>])|'(?P<single>(?:[^']|'')*)'|\"(?P<double>(?:[^\"]|\"\")*)\"|(?P<word>[^\s()=!<>'\"]+))"
)
_LONGEST = 10_000
_DEEPEST = 50

_SIGNS: dict[str, Operator] = {"=": "equals", "==": "equals", "!=": "not-equals", "<>": "not-equals"}
_WORDS: dict[str, Operator] = {"contains": "contains", "like": "like", "ilike": "ilike"}
_ORDER: dict[str, TimeOperator] = {">=": "gte", ">": "gt", "<": "lt", "<=": "lte"}
_KNOWN = "=, !=, contains, like, ilike and exists"


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    def says(self, word: str) -> bool:
        return self.kind == "word" and self.text.lower() == word


def parse_where(text: str) -> Filter:
    """The filter that `text` says. Raises UsageError with the place where it cannot be understood.

    A comparison is `key = value`, `key != value`, `key contains value`, `key like pattern`, `key ilike pattern`,
    `key exists`, or `created_at >= time` (`>`, `<`, `<=`); they are joined by `and`, `or` and parentheses, where `and`
    binds more tightly. What holds spaces or signs stands in quotes; a quote within is doubled.
    """
    if len(text) > _LONGEST:
        raise UsageError(f"a filter of {len(text)} characters is too long; the most is {_LONGEST}")
    parser = _Parser(text)
    found = parser.either(0)
    parser.end()
    return found


class _Parser:
    """Goes through the tokens once, from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0

    @property
    def _token(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._token
        self._at += token.kind != "end"
        return token

    def _skip(self, word: str) -> bool:
        if self._token.says(word):
            self._at += 1
            return True
        return False

    def either(self, depth: int) -> Filter:
        found = self._both(depth)
        while self._skip("or"):
            found = found | self._both(depth)
        return found

    def end(self) -> None:
        token = self._token
        if token.kind != "end":
            self._complain(token, "`and` or `or` is expected")

    def _both(self, depth: int) -> Filter:
        found = self._term(depth)
        while self._skip("and"):
            found = found & self._term(depth)
        return found

    def _term(self, depth: int) -> Filter:
        token = self._next()
        if token.kind == "sign" and token.text == "(":
            if depth >= _DEEPEST:
                self._complain(token, "parentheses are nested too deep")
            found = self.either(depth + 1)
            closing = self._next()
            if (closing.kind, closing.text) != ("sign", ")"):
                self._complain(closing, "`)` is expected")
            return found
        if token.says("not"):
            self._complain(token, 'the platform has no "not"; write != instead of =')
        if token.kind not in {"word", "quoted"} or not token.text or token.says("and") or token.says("or"):
            self._complain(token, "the key of a property is expected")
        if token.says("created_at"):
            return self._created()
        return self._comparison(token.text)

    def _created(self) -> Filter:
        sign = self._next()
        if sign.kind != "sign" or sign.text not in _ORDER:
            self._complain(sign, "created_at is compared with >=, >, < or <=; a property of that name stands in quotes")
        at = moment(self._value(), "created_at")
        return Created(_ORDER[sign.text], at)

    def _comparison(self, key: str) -> Filter:
        token = self._next()
        if token.says("exists"):
            return P(key).exists()
        operator = _SIGNS.get(token.text) if token.kind == "sign" else None
        if token.kind == "word":
            operator = _WORDS.get(token.text.lower())
        if operator is None:
            if token.kind == "sign" and token.text in _ORDER:
                self._complain(token, f"properties are text and have no order; the platform knows {_KNOWN}")
            self._complain(token, f"one of {_KNOWN} is expected")
        value = self._value()
        return comparison(key, operator, escaped(value) if operator == "contains" else value)

    def _value(self) -> str:
        token = self._next()
        if token.kind not in {"word", "quoted"}:
            self._complain(token, "a value is expected; what holds spaces or signs stands in quotes")
        return token.text

    def _complain(self, token: _Token, what: str) -> NoReturn:
        where = "at its end" if token.kind == "end" else f"at `{excerpt(visible(token.text))}`"
        raise UsageError(
            f"the filter `{excerpt(visible(self._text), 80)}` is not understood {where} (character {token.start + 1}): {what}"
        )


def _tokens(text: str) -> list[_Token]:
    tokens = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            rest = text[at:].lstrip()
            raise UsageError(
                f"the filter `{excerpt(visible(text), 80)}` is not understood at `{excerpt(visible(rest), 20)}`: is a quote not closed, or `=` missing after `!`?"
            )
        kind = cast(str, match.lastgroup)
        content = match[kind]
        quote = {"single": "'", "double": '"'}.get(kind)
        start = match.start(kind) - (quote is not None)
        if quote is not None:
            kind, content = "quoted", content.replace(quote * 2, quote)
        tokens.append(_Token(kind, content, start))
        at = match.end()
    return [*tokens, _Token("end", "", end)]
