"""What an audit needs of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.engine.unread import UnreadRows


class Engine(Protocol):
    """A database that holds stored properties.

    `name` is what reports call it; `source` the SELECT, or the table, that gives each request once, with the columns
    `request_id`, `request_created_at` (DateTime64(3)), `properties` (Map(String, String)), and `prompt_id`, `prompt_version`
    and `request_referrer`: what every write of a property blanks, as text, empty where there is nothing to lose, null where
    that cannot be known. `everything` is the same of all requests, whatever a window of time or a filter leaves out of `source`.
    """

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def everything(self) -> str: ...

    def query(self, sql: str) -> list[dict[str, object]]:
        """Every row of the answer to one SELECT that is ordered and has no LIMIT of its own at its end.

        Raises PropguardError where it has none. KeyboardInterrupt stops it, and the database stops working on it.
        """
        ...

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """The rows of the answer to one SELECT, ordered by a column of its own, in memory that does not grow with them.

        Raises PropguardError where it has none, also in the middle.
        """
        ...

    def view(self, select: str, columns: str, /) -> str:
        """What statements may read in the place of a SELECT with these columns and types: the SELECT itself, or the name of a view.

        A database takes a name apart once, and a SELECT as often as others are around it. Raises PropguardError.
        """
        ...

    def unread(self) -> UnreadRows:
        """The rows that cannot be read as requests with properties, none of which `source` gives.

        Raises PropguardError where that cannot be known.
        """
        ...

    def close(self) -> None: ...
