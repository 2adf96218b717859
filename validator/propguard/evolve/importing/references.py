"""A JSON Schema taken apart into the plain schemas that all hold at once: `$ref` followed within the file, `allOf` opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from propguard.errors import UsageError
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_PARTS = 60_000
"""Schemas that all references of one file together may be opened to: what doubles with every step ends here."""

_OLD_DRAFTS = ("draft-03", "draft-04", "draft-06", "draft-07")
"""In which the neighbours of `$ref` say nothing."""


class References:
    """The places of one file, and what its references lead to."""

    def __init__(self, root: Mapping[str, Any], path: str) -> None:
        self._root = root
        self._path = path
        self._left = MOST_PARTS
        dialect = root.get("$schema")
        self._alone = isinstance(dialect, str) and any(draft in dialect for draft in _OLD_DRAFTS)

    def opened(self, schema: object, where: str, above: tuple[str, ...] = ()) -> Iterator[dict[str, Any] | str]:
        """The plain schemas that `schema` at `where` is made of, without `$ref` and `allOf`; for a reference that leads out of
        the file, the reference itself.

        A boolean comes as the object that says the same. Raises UsageError for what is no schema, a reference that leads
        nowhere or back to itself, and for more parts than anybody would write.
        """
        self._left -= 1
        if self._left < 0:
            raise UsageError(
                f"{self._path} stands, with all that it refers to, for more than {MOST_PARTS} schemas; write less of it"
            )
        if isinstance(schema, bool):
            yield {} if schema else {"not": {}}
            return
        if not isinstance(schema, dict):
            raise self.wrong(where, "an object or a boolean", schema)
        reference = schema.get("$ref")
        if reference is not None:
            yield from self._followed(reference, where, above)
            if self._alone:
                return
        plain = {word: value for word, value in schema.items() if word not in {"$ref", "allOf"}}
        if plain or reference is None:
            yield plain
        members = schema.get("allOf", [])
        if not isinstance(members, list):
            raise self.wrong(f"{where}/allOf", "a list", members)
        for position, member in enumerate(members):
            yield from self.opened(member, f"{where}/allOf/{position}", above)

    def _followed(self, reference: object, where: str, above: tuple[str, ...]) -> Iterator[dict[str, Any] | str]:
        if not isinstance(reference, str):
            raise self.wrong(f"{where}/$ref", "a text", reference)
        if not (reference == "#" or reference.startswith("#/")):
            yield reference
            return
        if reference in above:
            shown = visible(excerpt(reference))
            raise UsageError(
                f"{self._path}: the reference {shown} at {visible(where)} leads back to itself; remove one of the circle"
            )
        yield from self.opened(self._target(reference, where), reference, (*above, reference))

    def _target(self, reference: str, where: str) -> object:
        """What a JSON pointer (RFC 6901) in a fragment leads to."""
        node: object = self._root
        for step in unquote(reference[1:]).split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and name in node:
                node = node[name]
            elif (
                isinstance(node, list) and name.isascii() and name.isdigit() and len(name) < 9 and int(name) < len(node)
            ):
                node = node[int(name)]
            else:
                shown = visible(excerpt(reference))
                raise UsageError(
                    f"{self._path}: the reference {shown} at {visible(excerpt(where))} leads nowhere; mend it"
                )
        return node

    def wrong(self, where: str, wanted: str, found: object) -> UsageError:
        """That something else stands at `where` than JSON Schema takes there."""
        kinds = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", type(None): "null"}
        kind = kinds.get(type(found), "a number")
        return UsageError(
            f"{self._path}: {visible(excerpt(where, 100))} is {kind}, and JSON Schema takes {wanted} there; mend it"
        )
