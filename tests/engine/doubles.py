"""What engines of tests have in common, whatever they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from propguard.engine.clickhouse_settings import UNCOMPILED
from propguard.engine.unread import UnreadRows

if TYPE_CHECKING:
    from collections.abc import Iterator


class PlainEngine:
    """An engine without views, in which every row can be read."""

    def query(self, sql: str) -> list[dict[str, object]]:
        raise AssertionError(sql)

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        return iter(self.query(sql))

    def view(self, select: str, _columns: str) -> str:
        return select

    def unread(self) -> UnreadRows:
        return UnreadRows()

    def close(self) -> None: ...


def chdb_session() -> Any:
    """A database in this process, to be closed."""
    from chdb.session import Session

    opened: Any = Session  # chDB has no types
    session = opened()
    for name, value in {"session_timezone": "'UTC'", **UNCOMPILED}.items():
        session.query(f"SET {name} = {value}")
    return session
