"""Edits put into a text: those of the surer fixes first, and never two that touch the same characters."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from propguard.lint.source import Source
    from propguard.model.finding import Edit, Fix


class _Stretch(NamedTuple):
    """The bytes from `start` up to `end`, and what takes their place."""

    start: int
    end: int
    text: bytes


def edited(source: Source, fixes: Iterable[Fix]) -> tuple[bytes, int]:
    """The text with all of `fixes` in it that go together, and how many those are.

    A fix is made with all of its edits or not at all. Where two are at odds the safe one is made, else the one that
    stands first; the other may be asked for again in the text that comes of it.
    """
    chosen: list[_Stretch] = []
    made = 0
    for _, stretches in sorted({(not fix.safe, _stretches(source, fix.edits)) for fix in fixes}):
        taken = list(chosen)
        if all(_takes(taken, stretch) for stretch in stretches):
            chosen = taken
            made += 1
    return _filled(source.exact, chosen), made


def _stretches(source: Source, edits: Sequence[Edit]) -> tuple[_Stretch, ...]:
    return tuple(sorted(_stretch(source, edit) for edit in edits))


def _stretch(source: Source, edit: Edit) -> _Stretch:
    return _Stretch(*source.edit_of(edit.span, edit.text))


def _takes(taken: list[_Stretch], new: _Stretch) -> bool:
    """Whether `new` touches none of `taken`, which are in order; it is one of them then."""
    at = bisect_left(taken, new)
    if any(_touch(new, neighbour) for neighbour in taken[max(0, at - 1) : at + 1]):
        return False
    insort(taken, new)
    return True


def _touch(one: _Stretch, other: _Stretch) -> bool:
    """Whether they share a character, or what is put in at one place would stand before or behind the other by chance."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _filled(data: bytes, stretches: Sequence[_Stretch]) -> bytes:
    parts, position = [], 0
    for stretch in stretches:
        parts += [data[position : stretch.start], stretch.text]
        position = stretch.end
    return b"".join([*parts, data[position:]])
