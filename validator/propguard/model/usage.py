"""A usage: a property met in source code, with all that the code says of its key and its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from propguard.model.finding import Door, Span

Kind = Literal["literal", "constant", "partial", "dynamic"]
"""How much is known: written on the spot, known through a name, known in part, unknown."""


class Elsewhere(NamedTuple):
    """Where a text is written that another file or function than the one that uses it holds.

    `is_literal` says that `span` covers this text alone, letter by letter, so that it can be replaced there.
    """

    path: str
    span: Span
    is_literal: bool

    def without(self, first: str, rest: str) -> Elsewhere:
        """The place of `rest`, which follows `first`."""
        return self._cut(len(first), len(first) + len(rest), first + rest)

    def only(self, first: str) -> Elsewhere:
        """The place of `first`, with which the text begins."""
        return self._cut(0, len(first), first)

    def _cut(self, start: int, end: int, text: str) -> Elsewhere:
        if not self.is_literal or "\n" in text:
            return self._replace(is_literal=False)
        line, column = self.span.line, self.span.column
        return self._replace(span=self.span._replace(column=column + start, end_line=line, end_column=column + end))


class SourceLiteral(NamedTuple):
    """A literal in source code: its text without quotes, the JSON type that it would be sent as, and where it is.

    `span` covers the text between the quotes, so that it can be replaced; null where escapes make the
    source differ from the text. `shared` tells that it was reached through a name, so that other code may rest on it.
    `elsewhere` is where it is written where that is in another file or function.
    """

    text: str
    json_type: Literal["string", "integer", "number", "boolean", "null", "list", "map", "date"]
    span: Span | None
    shared: bool = False
    elsewhere: Elsewhere | None = None


class Usage(NamedTuple):
    """One property of one write in one file.

    `written_key` is null for a dynamic key and has a star for each unknown part of a partial one; so has
    `stored_key`. `span` is the key's own characters, or those of the call where no key stands.
    `key_edit` is what to replace to rename the key; null where no single literal holds it. `key_shared` tells that other
    code may rest on that literal, `key_elsewhere` where the key is written where that is in another file or function. A key that is `handed` is a parameter of the wrapper whose body this is,
    and is said where that is called. `not_texts` are values of which nothing is known but their
    type, which is none of text. Where a wrapper fixes the key and this is a call of it, `fixed_in` is the file of the wrapper, in
    which the key is judged; `calls` counts such calls at the usage in its body. `caller_key` is what a call of a wrapper
    writes for the key where that is not the header's whole name. `complete` tells that nothing else goes into the map literal than what stands in it. Usages that stand in one map literal have the same `literal`, the byte it begins at.
    """

    path: str
    span: Span
    language: str
    door: Door
    shape: str
    written_key: str | None
    stored_key: str | None
    key_kind: Kind
    key_edit: Span | None
    values: tuple[SourceLiteral, ...]
    value_kind: Kind
    wrapper: str | None = None
    literal: int | None = None
    key_shared: bool = False
    handed: bool = False
    complete: bool = False
    not_texts: tuple[SourceLiteral, ...] = ()
    fixed_in: str | None = None
    calls: int = 0
    key_elsewhere: Elsewhere | None = None
    caller_key: str | None = None
