"""What an expression comes out as, as far as the source says: known pieces of text, and holes between them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.usage import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.origin import Origin
    from propguard.lint.source import Source
    from propguard.model.usage import Kind

JsonType = Literal["string", "integer", "number", "boolean", "null", "list", "map", "date"]

_MOST_WAYS = 32
_MOST_PIECES = 1000


class Piece(NamedTuple):
    """A piece of text; `text` is null for a hole.

    `start` is the byte at which the text stands in the source letter by letter, negative where it does not.
    `named` tells that it was reached through a name. `origin` says of a hole what fills it, where that is known.
    `elsewhere` is where it is written where that is in another file or function; then `start` is negative.
    """

    text: str | None
    start: int = -1
    named: bool = False
    origin: Origin | None = None
    elsewhere: Elsewhere | None = None

    def after(self, count: int) -> Piece:
        """The piece without its first `count` characters."""
        assert self.text is not None
        first, rest = self.text[:count], self.text[count:]
        start = self.start + len(first.encode()) if self.start >= 0 else -1
        elsewhere = None if self.elsewhere is None else self.elsewhere.without(first, rest)
        return self._replace(text=rest, start=start, elsewhere=elsewhere)

    def before(self, count: int) -> Piece:
        assert self.text is not None
        first = self.text[:count]
        return self._replace(text=first, elsewhere=None if self.elsewhere is None else self.elsewhere.only(first))

    def abroad(self, source: Source, path: str) -> Piece:
        """The piece as another file or function may use it: its place is one in `source`, the file at `path`."""
        elsewhere = self.elsewhere
        if elsewhere is None and self.text is not None and self.start >= 0:
            elsewhere = _written_in(source, path, self.start, self.start + len(self.text.encode()))
        return self._replace(start=-1, named=True, elsewhere=elsewhere)

    def rewritten(self, text: str | None) -> Piece:
        """What is made of it by a rewriting: nothing to replace by itself, but it still comes from where it is written."""
        elsewhere = None if self.elsewhere is None else self.elsewhere._replace(is_literal=False)
        return Piece(text, named=self.named, elsewhere=elsewhere)


class Text(NamedTuple):
    """One way in which an expression comes out. `token` is the span in bytes of a literal that is no string."""

    pieces: tuple[Piece, ...]
    json_type: JsonType = "string"
    token: tuple[int, int] | None = None

    @property
    def known(self) -> str | None:
        """The whole text, null where it has a hole."""
        if len(self.pieces) == 1:
            return self.pieces[0].text
        texts = [piece.text for piece in self.pieces]
        return None if None in texts else "".join(text for text in texts if text is not None)

    @property
    def is_text_or_literal(self) -> bool:
        """Whether it is more than a value of which nothing is known but that it is no text."""
        return self.json_type == "string" or self.known is not None

    @property
    def is_hole(self) -> bool:
        return not any(piece.text for piece in self.pieces) and any(piece.text is None for piece in self.pieces)

    def starred(self, star: str = "*") -> str:
        """The text with a star for each hole."""
        joined = "".join(star if piece.text is None else piece.text for piece in self.pieces)
        while star * 2 in joined:
            joined = joined.replace(star * 2, star)
        return joined

    def without_prefix(self, prefix: str) -> Text | None:
        """What follows `prefix`, compared without case, where that is how the text begins."""
        left = len(prefix)
        position = 0
        for number, piece in enumerate(self.pieces):
            if piece.text is None:
                return None
            taken = min(left, len(piece.text))
            if piece.text[:taken].lower() != prefix[position : position + taken].lower():
                return None
            left -= taken
            position += taken
            if left == 0:
                return self._replace(pieces=(piece.after(taken), *self.pieces[number + 1 :]))
        return None

    def split(self, separator: str) -> tuple[Text, Text] | None:
        """The text before and after the first `separator` that stands in a known piece."""
        for number, piece in enumerate(self.pieces):
            at = -1 if piece.text is None else piece.text.find(separator)
            if at >= 0:
                before = self._replace(pieces=(*self.pieces[:number], piece.before(at)))
                after = self._replace(pieces=(piece.after(at + len(separator)), *self.pieces[number + 1 :]))
                return before, after
        return None

    def left_stripped(self) -> Text:
        first = self.pieces[0] if self.pieces else None
        if first is None or not first.text:
            return self
        blanks = len(first.text) - len(first.text.lstrip(" \t"))
        return self._replace(pieces=(first.after(blanks), *self.pieces[1:]))

    def renamed(self) -> Text:
        """The same, reached through a name."""
        return self._replace(pieces=tuple(piece._replace(named=True) for piece in self.pieces), token=None)

    def abroad(self, source: Source, path: str, node: Node | None = None) -> Text:
        """The same as another file or function may use it: where it is written is a place in `source`, the file at `path`.

        It is the expression `node` where it stands nowhere letter by letter.
        """
        pieces = [piece.abroad(source, path) for piece in self.pieces]
        if self.token is not None:
            pieces = [piece._replace(elsewhere=_written_in(source, path, *self.token)) for piece in pieces]
        if node is not None and all(piece.elsewhere is None for piece in pieces):
            span = source.span(node.start_byte, node.end_byte)
            elsewhere = Elsewhere(path, span, is_literal=False)
            pieces = [piece if piece.text is None else piece._replace(elsewhere=elsewhere) for piece in pieces]
        return self._replace(pieces=tuple(pieces), token=None)

    def foreign(self, source: Source, path: str, node: Node | None = None) -> Text:
        """The same, read in another file, whose parameters stand for nothing here."""
        abroad = self.abroad(source, path, node)
        return abroad._replace(pieces=tuple(piece._replace(origin=None) for piece in abroad.pieces))

    def elsewhere(self) -> Elsewhere | None:
        """Where it is written where that is in another file or function; of more than one place the first."""
        solid = [piece for piece in self.pieces if piece.text != ""] or self.pieces[:1]
        first = next((piece.elsewhere for piece in solid if piece.elsewhere is not None), None)
        return first if first is None or len(solid) == 1 else first._replace(is_literal=False)

    def origins(self) -> Iterator[Origin]:
        """What is known to fill its holes."""
        return (piece.origin for piece in self.pieces if piece.origin is not None and piece.text is None)

    def by_default(self, origin: Origin, kind: str = "", *, given: bool = False) -> Text:
        """The same, as what a parameter is where nothing else is given; or, where a `kind` is named, where nothing of that
        kind is, be it only where something is `given`."""
        changes = (*origin.changes, *([("if", kind)] if kind else []), *([("given",)] if given else []))
        default = origin._replace(part="default", changes=changes)
        return self._replace(
            pieces=tuple(
                piece if piece.text is None else piece._replace(origin=piece.origin or default) for piece in self.pieces
            )
        )

    @property
    def is_of_parameter(self) -> bool:
        """Whether it is nothing but what fills a parameter, or is an entry of a map."""
        return len(self.pieces) == 1 and self.pieces[0].text is None and self.pieces[0].origin is not None

    def only_if(self, kind: str) -> Text:
        """The same where whatever fills the hole that it is must be of a kind."""
        change, piece = ("if", kind), self.pieces[0] if self.pieces else None
        if piece is None or piece.origin is None or not self.is_of_parameter or change in piece.origin.changes:
            return self
        return self._replace(pieces=(piece._replace(origin=piece.origin.changed(change)),))

    def defaults(self) -> Iterator[Origin]:
        """The parameters for which it, or a part of it, stands in where nothing is given."""
        return (piece.origin for piece in self.pieces if piece.origin is not None and piece.origin.part == "default")

    def with_defaults(self, change: Callable[[Origin], Origin]) -> Text:
        """The same, standing in for other parameters."""
        if not any(True for _ in self.defaults()):
            return self
        return self._replace(
            pieces=tuple(
                piece._replace(origin=change(piece.origin))
                if piece.origin is not None and piece.origin.part == "default"
                else piece
                for piece in self.pieces
            )
        )

    def single_literal(self) -> Piece | None:
        """The one piece that holds all the text and stands in the source letter by letter, if there is one."""
        pieces = self.pieces
        solid = pieces if len(pieces) == 1 else tuple(piece for piece in pieces if piece.text != "") or pieces[:1]
        return solid[0] if len(solid) == 1 and solid[0].text is not None and solid[0].start >= 0 else None


def _written_in(source: Source, path: str, start: int, end: int) -> Elsewhere:
    exact = source.verbatim(start, end)
    return Elsewhere(path, source.span(start, end) if exact is None else exact, exact is not None)


HOLE = Text((Piece(None),))


def hole_of(origin: Origin) -> Text:
    """A hole of which is known what fills it."""
    return Text((Piece(None, origin=origin),))


def unique(ways: Iterable[Text]) -> list[Text]:
    """`ways` without repetitions; one hole at most, last. Too many ways are as good as a hole."""
    distinct = list(dict.fromkeys(ways))
    if len(distinct) == 1:
        return distinct
    solid = [way for way in distinct if way != HOLE]
    if len(solid) > _MOST_WAYS:
        return [HOLE]
    return solid if len(solid) == len(distinct) else [*solid, HOLE]


def joined(parts: Sequence[Sequence[Text]]) -> list[Text]:
    """Every way in which parts that stand one after the other come out."""
    count, pieces = 1, 0
    for ways in parts:
        count *= len(ways)
        pieces += max((len(way.pieces) for way in ways), default=0)
    if count > _MOST_WAYS or pieces > _MOST_PIECES:
        return [HOLE]
    if len(parts) == 1:
        return list(parts[0])
    return unique(Text(tuple(piece for way in combination for piece in way.pieces)) for combination in product(*parts))


def kind_of(ways: Sequence[Text]) -> Kind:
    """How much is known of an expression that comes out in these ways."""
    if not ways or all(way.is_hole for way in ways):
        return "dynamic"
    if any(way.known is None for way in ways):
        return "partial"
    return "constant" if any(piece.named for way in ways for piece in way.pieces if piece.text) else "literal"
