"""Patterns as automata, and the shortest word that some of them take and others do not.

The automata are made deterministic only as far as a search walks through them, and every step of it is counted: what
can be told is the same on every machine, and nothing hangs. (Libraries for regular languages determinise a pattern as a
whole first; two of them did not come to an end within twenty seconds on `^[a-z_]{1,200}$`.)
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]  # the words in which `shared_parts` speaks
from typing import TYPE_CHECKING, Any

from propguard.rules.linear_pattern import shared_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Ranges = tuple[tuple[int, int], ...]
"""Code points, as disjoint ranges in their order, both ends in."""

_LAST = 0x10FFFF
_EVERYTHING: Ranges = ((0, _LAST),)
_NO_TEXT = (0xD800, 0xDFFF)
_MOST_STATES = 20_000
_ONLY_RE2 = "a pattern uses words that only RE2 reads"
_LIKED = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_-.:/@+,;|~ !#$%&'()*<=>?[]^{}\"`\\"
_CATEGORIES: dict[Any, Ranges] = {
    op.CATEGORY_DIGIT: ((48, 57),),
    op.CATEGORY_WORD: ((48, 57), (65, 90), (95, 95), (97, 122)),
    op.CATEGORY_SPACE: ((9, 10), (12, 13), (32, 32)),
}
_OPPOSITES = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
}


class CannotTell(Exception):
    """The question is too hard, or is about a pattern that only RE2 reads; the message says which."""


class Work:
    """The steps that may still be taken; raises CannotTell when they are used up."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def take(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise CannotTell("the search became too long")


class Automaton:
    """A nondeterministic automaton of whole values: state 0 begins, `final` accepts, `sink` accepts whatever follows."""

    def __init__(self) -> None:
        self.arcs: list[list[tuple[Ranges, int]]] = []
        self.free: list[list[int]] = []
        self.at_begin: list[list[int]] = []
        self.at_end: list[list[int]] = []
        self.new_state()
        self.final = 0
        self.sink: int | None = None
        self._useful: frozenset[int] | None = None

    def useful(self) -> frozenset[int]:
        """The states that lead to acceptance once something has been read, so that `^` holds no more."""
        if self._useful is None:
            leading: dict[int, list[int]] = {}
            for edges in (self.free, self.at_end, [[target for _, target in arcs] for arcs in self.arcs]):
                for state, targets in enumerate(edges):
                    for target in targets:
                        leading.setdefault(target, []).append(state)
            found, open_ = {self.final}, [self.final]
            while open_:
                for state in leading.get(open_.pop(), ()):
                    if state not in found:
                        found.add(state)
                        open_.append(state)
            self._useful = frozenset(found)
        return self._useful

    def new_state(self) -> int:
        if len(self.arcs) >= _MOST_STATES:
            raise CannotTell("a pattern stands for too large an automaton")
        for edges in (self.free, self.at_begin, self.at_end):
            edges.append([])
        self.arcs.append([])
        return len(self.arcs) - 1

    def step(self, start: int, characters: Ranges) -> int:
        end = self.new_state()
        self.arcs[start].append((characters, end))
        return end

    def sequence(self, parts: Any, start: int) -> int:
        for part in parts:
            start = self._part(part, start)
        return start

    def _part(self, part: tuple[Any, Any], start: int) -> int:
        kind, value = part
        if kind is op.SUBPATTERN:
            return self.sequence(value[3], start)
        if kind is op.BRANCH:
            ends = [self.sequence(branch, start) for branch in value[1]]
            return self._joined(ends)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, inside = value
            return self._repeated(least, most, inside, start)
        if kind is op.AT:
            end = self.new_state()
            edges = {op.AT_BEGINNING: self.at_begin, op.AT_BEGINNING_STRING: self.at_begin, op.AT_END: self.at_end}
            if value not in edges:
                raise CannotTell("a pattern looks at the borders of words")
            edges[value][start].append(end)
            return end
        return self.step(start, _characters(kind, value))

    def _joined(self, ends: Iterable[int]) -> int:
        joined = self.new_state()
        for end in ends:
            self.free[end].append(joined)
        return joined

    def _repeated(self, least: int, most: Any, parts: Any, start: int) -> int:
        for _ in range(least):
            start = self.sequence(parts, start)
        if most is op.MAXREPEAT:
            loop = self._joined([start])
            self.free[self.sequence(parts, loop)].append(loop)
            return self._joined([loop])
        ends = [start]
        for _ in range(int(most) - least):
            ends.append(self.sequence(parts, ends[-1]))
        return self._joined(ends)


@lru_cache(maxsize=4096)
def of_pattern(pattern: str) -> Automaton:
    """The values in which `pattern` finds something. Raises CannotTell where only RE2 reads it."""
    parts = shared_parts(pattern)
    if parts is None:
        raise CannotTell(_ONLY_RE2)
    automaton = Automaton()
    loop = automaton.new_state()  # apart from the beginning, as `^` holds there alone
    automaton.free[0].append(loop)
    automaton.arcs[loop].append((_EVERYTHING, loop))
    end = automaton.sequence(parts, loop)
    automaton.final = automaton.sink = automaton.new_state()
    automaton.free[end].append(automaton.sink)
    automaton.arcs[automaton.sink].append((_EVERYTHING, automaton.sink))
    return automaton


def of_texts(texts: Iterable[str]) -> Automaton:
    """Exactly these values."""
    automaton = Automaton()
    final = automaton.final = automaton.new_state()
    ways: dict[str, int] = {"": 0}
    for text in texts:
        for length in range(1, len(text) + 1):
            if text[:length] not in ways:
                code = ord(text[length - 1])
                ways[text[:length]] = automaton.step(ways[text[: length - 1]], ((code, code),))
        automaton.free[ways[text]].append(final)
    return automaton


def _characters(kind: Any, value: Any) -> Ranges:
    """What a part that takes a single character takes."""
    if kind is op.LITERAL:
        return ((value, value),)
    if kind is op.NOT_LITERAL:
        return _complement([(value, value)])
    if kind is op.ANY:
        return _complement([(10, 10)])
    if kind is not op.IN:
        raise CannotTell(_ONLY_RE2)
    is_negated = value[0][0] is op.NEGATE
    ranges = [one for member_kind, member in value[is_negated:] for one in _member(member_kind, member)]
    return _complement(ranges) if is_negated else _merged(ranges)


def _member(kind: Any, member: Any) -> Ranges:
    if kind is op.LITERAL:
        return ((member, member),)
    if kind is op.RANGE:
        return (member,)
    if member in _CATEGORIES:
        return _CATEGORIES[member]
    if member in _OPPOSITES:
        return _complement(list(_CATEGORIES[_OPPOSITES[member]]))
    raise CannotTell(_ONLY_RE2)


def _merged(ranges: list[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def _complement(ranges: list[tuple[int, int]]) -> Ranges:
    gaps, position = [], 0
    for low, high in _merged(ranges):
        if low > position:
            gaps.append((position, low - 1))
        position = high + 1
    return (*gaps, (position, _LAST)) if position <= _LAST else tuple(gaps)


class _Alphabet:
    """The code points in classes that no automaton of one search tells apart, each with a member to show."""

    def __init__(self, automata: Sequence[Automaton]) -> None:
        self.sets = {ranges for automaton in automata for arcs in automaton.arcs for ranges, _ in arcs}
        edges = {0, _NO_TEXT[0], _NO_TEXT[1] + 1}
        for ranges in self.sets:
            for low, high in ranges:
                edges |= {low, high + 1}
        starts = sorted(edge for edge in edges if edge <= _LAST)
        holders: list[int] = [0] * len(starts)
        for bit, ranges in enumerate(self.sets):
            for low, high in ranges:
                for position in range(bisect_right(starts, low) - 1, bisect_right(starts, high)):
                    holders[position] |= 1 << bit
        shown: dict[int, str] = {}
        for character in _LIKED:
            shown.setdefault(holders[bisect_right(starts, ord(character)) - 1], character)
        for start, holder in zip(starts, holders, strict=True):
            if start != _NO_TEXT[0]:
                shown.setdefault(holder, chr(start))
        self.shown = list(shown.values())
        self.classes = {
            ranges: sum(1 << number for number, holder in enumerate(shown) if holder >> bit & 1)
            for bit, ranges in enumerate(self.sets)
        }


class _Run:
    """One automaton made deterministic as it is walked through; its states are numbers, 0 the beginning."""

    def __init__(self, automaton: Automaton, alphabet: _Alphabet) -> None:
        self._automaton = automaton
        self._arcs = [[(alphabet.classes[ranges], target) for ranges, target in arcs] for arcs in automaton.arcs]
        self._everything = (1 << len(alphabet.shown)) - 1
        beginning = self._closure([0], begin=True)
        self._subsets: list[frozenset[int]] = [beginning]
        self._numbers: dict[frozenset[int], int] = {}  # without the beginning, where other borders hold
        self.accepts = [automaton.final in self._closure(beginning, begin=True, end=True)]
        self.is_dead = [False]
        self.is_sure = [automaton.sink in beginning]
        self._moves: dict[int, list[tuple[int, int]]] = {}
        self._closed: dict[int, frozenset[int]] = {}

    def _closure_of(self, state: int) -> frozenset[int]:
        closed = self._closed.get(state)
        if closed is None:
            closed = self._closed[state] = self._closure([state]) & self._automaton.useful()
        return closed

    def _closure(self, states: Iterable[int], *, begin: bool = False, end: bool = False) -> frozenset[int]:
        automaton, open_, found = self._automaton, list(states), set(states)
        while open_:
            state = open_.pop()
            edges = automaton.free[state]
            if begin:
                edges = edges + automaton.at_begin[state]
            if end:
                edges = edges + automaton.at_end[state]
            for target in edges:
                if target not in found:
                    found.add(target)
                    open_.append(target)
        return frozenset(found)

    def moves(self, state: int, work: Work) -> list[tuple[int, int]]:
        """Where each character leads from `state`: classes of characters, a bit each, and the state that they lead to."""
        moves = self._moves.get(state)
        if moves is None:
            arcs = [arc for source in self._subsets[state] for arc in self._arcs[source]]
            blocks = [self._everything]
            for mask in {mask for mask, _ in arcs}:
                blocks = [part for block in blocks for part in (block & mask, block & ~mask) if part]
            work.take(len(blocks) * (len(arcs) + 1))
            moves = self._moves[state] = [
                (block, self._number({target for mask, target in arcs if mask & block}, work)) for block in blocks
            ]
        return moves

    def _number(self, targets: set[int], work: Work) -> int:
        """The state that stands for these and what follows from them freely."""
        reached = frozenset().union(*map(self._closure_of, targets))
        number = self._numbers.get(reached)
        if number is None:
            work.take(len(reached))
            number = self._numbers[reached] = len(self._subsets)
            self._subsets.append(reached)
            self.accepts.append(self._automaton.final in self._closure(reached, end=True))
            self.is_dead.append(not reached)
            self.is_sure.append(self._automaton.sink is not None and self._automaton.sink in reached)
        return number


def find_word(
    taken: Sequence[Automaton], refused: Sequence[Automaton], shortest: int, longest: int, work: Work
) -> str | None:
    """A shortest word of `shortest` to `longest` code points that all of `taken` and none of `refused` accept.

    Null where there is none. Raises CannotTell when `work` is used up.
    """
    alphabet = _Alphabet([*taken, *refused])
    runs = [_Run(automaton, alphabet) for automaton in (*taken, *refused)]
    wanted, everything = len(taken), (1 << len(alphabet.shown)) - 1
    start = (0,) * len(runs)
    met: set[tuple[int, tuple[int, ...]]] = {(0, start)}
    level: list[tuple[tuple[int, ...], tuple[Any, ...]]] = [(start, ())]
    for length in range(longest + 1):
        following: list[tuple[tuple[int, ...], tuple[Any, ...]]] = []
        for states, way in level:
            if length >= shortest and all(
                run.accepts[state] == (number < wanted)
                for number, (run, state) in enumerate(zip(runs, states, strict=True))
            ):
                return _spelled(way)
            ways_on: list[tuple[int, tuple[int, ...]]] = [(everything, ())]
            for run, state in zip(runs, states, strict=True):
                ways_on = [
                    (block & mask, (*reached, number))
                    for block, reached in ways_on
                    for mask, number in run.moves(state, work)
                    if block & mask
                ]
            work.take(len(ways_on))
            for block, reached in ways_on:
                entry = (min(length + 1, shortest), reached)
                if entry not in met and not _is_hopeless(runs, reached, wanted):
                    met.add(entry)
                    liked = (block & -block).bit_length() - 1
                    following.append((reached, (way, alphabet.shown[liked])))
        if not following:
            return None
        level = following
    return None


def _is_hopeless(runs: list[_Run], states: tuple[int, ...], wanted: int) -> bool:
    return any(
        run.is_dead[state] if number < wanted else run.is_sure[state]
        for number, (run, state) in enumerate(zip(runs, states, strict=True))
    )


def _spelled(way: tuple[Any, ...]) -> str:
    characters: list[str] = []
    while way:
        way, text = way
        characters.append(text)
    return "".join(reversed(characters))
