"""Looking a key up in a schema: exact name, header spelling, namespace, alias, folded spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import fold
from propguard.model.stored_key import is_system_key

if TYPE_CHECKING:
    from propguard.model.finding import Door
    from propguard.model.schema import Property, PropertySchema


class Names:
    """The names of one schema as they are met at one door, ready for look-ups by stored key."""

    __slots__ = ("_folded", "_schema", "aliases", "door", "exact", "namespaces", "reserved")

    def __init__(self, schema: PropertySchema, door: Door) -> None:
        self._schema = schema
        self.door = door
        self.exact: dict[str, Property] = {}
        self.aliases: dict[str, Property] = {}
        self.namespaces: list[tuple[str, Property]] = []
        """Their prefixes as they are met, longest first."""
        self._folded: dict[str, set[str]] | None = None
        self.reserved = frozenset(name.lower() for name in schema.reserved)
        for name, declared in schema.properties.items():
            for alias in declared.aliases:
                self.aliases.update(dict.fromkeys({self.met_as(alias), self._lowered(alias)}, declared))
            if declared.is_namespace:
                self.namespaces.extend((prefix, declared) for prefix in self.spellings(name[:-1]))
            else:
                self.exact.update((spelling, declared) for spelling in self.spellings(name))
        self.namespaces.sort(key=lambda entry: -len(entry[0]))
        for name in self.exact:
            self.aliases.pop(name, None)

    def met_as(self, name: str) -> str:
        return name.lower() if self.door == "header" else name

    def _lowered(self, name: str) -> str:
        """How a header would have stored `name`, where headers have a part in what is met here."""
        return name if self.door == "api" else name.lower()

    def spellings(self, name: str) -> set[str]:
        """The stored keys under which a declared name is accepted at this door."""
        lowered = self._lowered(name)
        return {self.met_as(name), lowered, lowered.replace("_", "-") if self.with_dashes else lowered}

    def is_ignored(self, stored: str) -> bool:
        """Whether nothing is asked of `stored`: in data the platform's own keys stand among the user's."""
        return self.door == "data" and is_system_key(stored)

    def is_headers(self, stored: str) -> bool:
        """Whether a header may have made `stored`: in data, only keys without capitals."""
        return self.door == "header" or (self.door == "data" and stored == stored.lower())

    @property
    def with_dashes(self) -> bool:
        """Whether headers of this schema spell the underscore of a snake_case key as a dash."""
        return self.door != "api" and self._schema.has_dashed_headers

    def canonical(self, stored: str) -> str:
        """The stored key as the schema would write it, were it declared."""
        return stored.replace("-", "_") if self.with_dashes else stored

    def header_spelling(self, name: str, written: str) -> str:
        """How a header writes the declared `name`: with dashes where the schema says so, and, where `written` begins with
        a capital and it changes nothing, with capitals."""
        spelling = name.replace("_", "-") if self._schema.has_dashed_headers else name
        if written[:1].isupper() and name.islower() and "_" not in spelling:
            return "-".join(word.capitalize() for word in spelling.split("-"))
        return spelling

    def declared(self, stored: str) -> Property | None:
        """The property that `stored` is, by exact name or else by the longest namespace that fits."""
        if self.is_ignored(stored):
            return None
        found = self.exact.get(stored)
        if found is not None:
            return found
        for prefix, declared in self.namespaces:
            if len(stored) > len(prefix) and stored.startswith(prefix):
                return declared
        return None

    def folded(self, stored: str) -> str | None:
        """The one declared name that equals `stored` but for case and separators, if there is exactly one."""
        if self._folded is None:
            self._folded = {}
            for name, declared in self._schema.properties.items():
                if not declared.is_namespace:
                    self._folded.setdefault(fold(name), set()).add(name)
        names = self._folded.get(fold(stored), set())
        return next(iter(names)) if len(names) == 1 else None

    def reachable(self, prefix: str) -> tuple[Property, ...]:
        """Every property that a key beginning with `prefix` could be: for keys of which only the start is known."""
        inside = [found for start, found in self.namespaces if prefix.startswith(start)][:1]
        beyond = [found for start, found in self.namespaces if start.startswith(prefix) and start != prefix]
        exact = [found for name, found in self.exact.items() if name.startswith(prefix)]
        return tuple({found.name: found for found in (*inside, *exact, *beyond)}.values())

    def is_exact(self, stored: str) -> bool:
        """Whether `stored` is a declared name itself, not merely inside a namespace."""
        return stored in self.exact
