"""What an audit needs of a database."""

from __future__ import annotations

from typing import Protocol


class Engine(Protocol):
    """A database that holds stored properties.

    `name` is what reports call it; `source` the SELECT, or the table, that gives each request once, with the columns
    `request_id`, `request_created_at` (DateTime64(3)) and `properties` (Map(String, String)).
    """

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...

    def query(self, sql: str) -> list[dict[str, object]]:
        """Every row of the answer to one SELECT that is ordered and has no LIMIT of its own at its end.

        Raises PropguardError where it has none. KeyboardInterrupt stops it, and the database stops working on it.
        """
        ...

    def close(self) -> None: ...
