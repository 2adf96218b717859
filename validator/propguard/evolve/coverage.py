"""Schema × code × data: which declared properties are in use, where, and which keys are met that nobody declared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.names import Names
from propguard.model.profile import NEVER_SEEN, earliest_and_latest
from propguard.model.stored_key import is_system_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from propguard.model.finding import Door
    from propguard.model.profile import KeysMet, Seen
    from propguard.model.schema import Property, PropertySchema
    from propguard.model.usage import Usage

Manner = Literal["name", "namespace", "alias", "spelling", "undeclared"]
"""How a key is the property that it counts for: by its name, as one of its namespace, by a declared alias, but for case and
separators; or not at all."""


Scope = Literal["owner", "namespace"]
"""What declared properties have in common: whoever owns them, or the declared namespace that their names lie in."""


class State(Enum):
    """What became of a key, what needs a decision first."""

    DEAD = "dead"
    POSSIBLE = "possible"
    UNDECLARED = "undeclared"
    UNWRITTEN = "unwritten"
    UNSEEN = "unseen"
    USED = "used"


class Spelling(NamedTuple):
    """One stored key that was met: how it counts for its property, where code writes it, and how many requests have it."""

    key: str
    manner: Manner
    usages: tuple[Usage, ...] = ()
    requests: int = 0
    seen: Seen = NEVER_SEEN


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the matrix: a declared property, or a stored key that is none.

    `spellings` are the keys that count for it. `computed` is how many usages have a key that code computes and that may come
    out as this one; they are not among the spellings, as nobody knows. `is_asked` tells whether the share is about it.
    """

    key: str
    declared: Property | None
    namespace: str | None
    spellings: tuple[Spelling, ...]
    computed: int
    has_data: bool
    is_asked: bool = True

    @property
    def usages(self) -> tuple[Usage, ...]:
        return tuple(usage for spelling in self.spellings for usage in spelling.usages)

    @property
    def requests(self) -> int:
        return sum(spelling.requests for spelling in self.spellings)

    @property
    def seen(self) -> Seen:
        return earliest_and_latest(spelling.seen for spelling in self.spellings)

    @property
    def is_in_use(self) -> bool:
        return bool(self.spellings)

    @property
    def counts(self) -> bool:
        """Whether it should be in use: it is declared, the share is about it, and it is not on its way out."""
        return self.declared is not None and self.is_asked and self.declared.deprecated is None

    @property
    def state(self) -> State:
        if self.declared is None:
            return State.UNDECLARED
        if not self.spellings:
            return State.POSSIBLE if self.computed else State.DEAD
        if not self.has_data or (self.usages and self.requests):
            return State.USED
        return State.UNSEEN if self.usages else State.UNWRITTEN


class Group(NamedTuple):
    """Some declared properties together: how many there are but for deprecated ones, how many of them are in use, and how
    many more may be, as code computes keys. `name` is null where they have none in common."""

    name: str | None
    declared: int
    in_use: int
    possible: int

    @property
    def share(self) -> float:
        """Of what is declared, what is in use: from 0 to 1, and 1 where nothing is declared."""
        return self.in_use / self.declared if self.declared else 1.0

    @property
    def share_at_most(self) -> float:
        """What it would be if code computed every key that it may."""
        return (self.in_use + self.possible) / self.declared if self.declared else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole matrix. `computed` are the usages whose key code
    computes, so that it may be one of several properties; `has_data` whether stored data was looked at;
    `are_all_keys` whether all of its keys are known."""

    schema: str
    rows: tuple[Row, ...]
    computed: tuple[Usage, ...]
    has_data: bool
    are_all_keys: bool

    @property
    def whole(self) -> Group:
        return _group(None, self.rows)

    def by(self, scope: Scope) -> tuple[Group, ...]:
        """The properties that count by what they have in common; those with the smallest share first, the rest last."""
        named: dict[str | None, list[Row]] = {}
        for row in self.rows:
            if row.declared is not None and row.counts:
                named.setdefault(row.declared.owner if scope == "owner" else row.namespace, []).append(row)
        groups = (_group(name, rows) for name, rows in named.items())
        return tuple(sorted(groups, key=lambda group: (group.name is None, group.share, group.name or "")))

    def in_state(self, state: State) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.state is state)


def coverage(
    schema: PropertySchema,
    usages: Iterable[Usage],
    data: Sequence[KeysMet],
    about: Collection[str] | None = None,
) -> Coverage:
    """The matrix of `schema`, of what code writes, and of the keys of stored data, in as many answers as there are.

    Answers may tell of the same requests: of what several say of a key, the greatest number counts. The platform's own keys
    are nobody's, and a usage whose key is handed to a wrapper is met where the wrapper is called. With `about`, the share is
    about the declared properties of these names, and of the others only those that are in use have a row.
    """
    matrix = _Matrix(schema)
    for usage in usages:
        matrix.add_usage(usage)
    for answer in data:
        for met in answer.keys:
            matrix.add_stored(met.key, met.requests, met.seen)
    are_all_keys = all(answer.are_all for answer in data)
    rows = sorted(matrix.rows(about, has_data=bool(data)), key=_order)
    return Coverage(schema.name, tuple(rows), tuple(matrix.computed), bool(data), are_all_keys)


class _Matrix:
    """Takes keys up one by one, under the names that they count for."""

    def __init__(self, schema: PropertySchema) -> None:
        self.computed: list[Usage] = []
        self._schema = schema
        self._names: dict[Door, Names] = {door: Names(schema, door) for door in ("api", "header", "data")}
        self._written: dict[tuple[str, Manner, str], list[Usage]] = {}
        self._stored: dict[tuple[str, Manner, str], tuple[int, Seen]] = {}
        self._computed: Counter[str] = Counter()
        """How many usages with a computed key may write each declared property."""
        self._reached: dict[tuple[Door, str], tuple[Property | None, tuple[Property, ...]]] = {}

    def add_usage(self, usage: Usage) -> None:
        key = usage.stored_key
        if usage.handed:
            return
        if key is not None and usage.key_kind in {"literal", "constant"}:
            self._write(*self._place(key, usage.door), key, usage)
            return
        beginning = (key or "").partition("*")[0]
        space, others = self._reachable(usage.door, beginning)
        if space is not None:
            self._write(space.name, "namespace", key or "", usage)
        elif key is not None and not others:
            self._write(key, "undeclared", key, usage)
        if others:
            self.computed.append(usage)
            self._computed.update(declared.name for declared in others)

    def add_stored(self, key: str, requests: int, seen: Seen) -> None:
        if is_system_key(key):
            return
        place = (*self._place(key, "data"), key)
        before, times = self._stored.get(place, (0, NEVER_SEEN))
        self._stored[place] = max(before, requests), earliest_and_latest((times, seen))

    def rows(self, about: Collection[str] | None, *, has_data: bool) -> Iterable[Row]:
        """One for each declared property, then one for each key that is none."""
        spellings: dict[str, list[Spelling]] = {name: [] for name in self._schema.properties}
        for place in dict.fromkeys((*self._written, *self._stored)):
            name, manner, key = place
            requests, seen = self._stored.get(place, (0, NEVER_SEEN))
            met = Spelling(key, manner, tuple(self._written.get(place, ())), requests, seen)
            spellings.setdefault(name, []).append(met)
        prefixes = sorted((name[:-1] for name in self._schema.properties if name.endswith("*")), key=len, reverse=True)
        for name, met_as in spellings.items():
            is_asked = about is None or name in about
            if not is_asked and not met_as:
                continue
            declared = self._schema.properties.get(name)
            prefix = next((one for one in prefixes if declared is not None and name.startswith(one)), None)
            namespace = None if prefix is None else f"{prefix}*"
            in_order = tuple(sorted(met_as, key=_spelling_order))
            yield Row(name, declared, namespace, in_order, self._computed[name], has_data, is_asked)

    def _write(self, name: str, manner: Manner, key: str, usage: Usage) -> None:
        if not is_system_key(key):
            self._written.setdefault((name, manner, key), []).append(usage)

    def _place(self, key: str, door: Door) -> tuple[str, Manner]:
        """The name that a stored key counts for, and how; the order is that of the rules about keys."""
        names = self._names[door]
        if key in names.aliases:
            return names.aliases[key].name, "alias"
        declared = names.declared(key)
        if declared is not None:
            return declared.name, "name" if names.is_exact(key) else "namespace"
        folded = names.folded(key)
        return (key, "undeclared") if folded is None else (folded, "spelling")

    def _reachable(self, door: Door, beginning: str) -> tuple[Property | None, tuple[Property, ...]]:
        """The namespace that a key with this beginning lies in whatever follows, and the other properties that it may be."""
        known = self._reached.get((door, beginning))
        if known is None:
            names = self._names[door]
            start = names.canonical(beginning)
            of_aliases = (declared for alias, declared in names.aliases.items() if alias.startswith(beginning))
            found = {declared.name: declared for declared in (*names.reachable(start), *of_aliases)}
            inside = (
                one for one in found.values() if one.is_namespace and start.startswith(names.met_as(one.name[:-1]))
            )
            space = next(inside, None)
            known = space, tuple(declared for declared in found.values() if declared is not space)
            self._reached[door, beginning] = known
        return known


def _group(name: str | None, rows: Iterable[Row]) -> Group:
    counted = [row for row in rows if row.counts]
    possible = sum(row.state is State.POSSIBLE for row in counted)
    return Group(name, len(counted), sum(row.is_in_use for row in counted), possible)


_STATES = {state: place for place, state in enumerate(State)}
_MANNERS: dict[Manner, int] = {"name": 0, "namespace": 1, "alias": 2, "spelling": 3, "undeclared": 4}


def _order(row: Row) -> tuple[int, bool, int, int, str]:
    """What needs a decision first; what is on its way out anyway after what is not; then what is used most."""
    return _STATES[row.state], not row.counts, -row.requests, -len(row.usages), row.key


def _spelling_order(spelling: Spelling) -> tuple[int, int, int, str]:
    return _MANNERS[spelling.manner], -spelling.requests, -len(spelling.usages), spelling.key
