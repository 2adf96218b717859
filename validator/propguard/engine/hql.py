"""Helicone's own SQL endpoint: its cluster does the work, within its restrictions."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from propguard.compilers.corrections import BLANKED
from propguard.engine.matching import matching
from propguard.engine.unread import NOTHING_UNREAD, UnreadRows
from propguard.engine.windows import Window
from propguard.helicone.flow import Clock, Wait, drive
from propguard.helicone.protocol import MOST_ROWS_OF_SQL, SQL_QUERIES_PER_MINUTE, read_sql, sql_query
from propguard.helicone.retries import asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from propguard.helicone.filters import Filter
    from propguard.helicone.flow import Flow
    from propguard.helicone.session import Session

_MINUTE = 60.0
_LONGEST_STATEMENT = 200_000  # a server that was told nothing else reads 262,144 bytes, and quotes make a text longer


class HqlEngine:
    """The requests of the organisation that the API key of `session` belongs to: those of `window` for which `where` holds.

    Versions are merged by argMax, as `FINAL` does not survive the platform's parser. Raises FeatureOff where the endpoint is
    switched off, and what else it says to a first query.
    """

    name = "hql"

    def __init__(
        self,
        session: Session,
        *,
        window: Window = Window(),  # noqa: B008  # it cannot be changed
        where: Filter | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._session = session
        self._clock = clock or Clock()
        self._pace = _Pace()
        self.window = window
        self._where = where
        self.query("SELECT 1 AS one FROM request_response_rmt ORDER BY one")

    @property
    def shown(self) -> str:
        """What to call the source."""
        return f"hql {self._session.base_url}"

    @property
    def longest_statement(self) -> int:
        """Bytes of the longest statement that is sure to be taken."""
        return _LONGEST_STATEMENT

    @property
    def source(self) -> str:
        return matching(self._requests(self.window), self._where)

    @property
    def everything(self) -> str:
        return self._requests(Window())

    @staticmethod
    def _requests(window: Window) -> str:
        where = " AND ".join(window.conditions("request_created_at"))
        blanked = "".join(f", argMax({column}, updated_at) AS latest_{column}" for column in BLANKED)
        requests = f"""SELECT request_id AS id, toDateTime64(min(request_created_at), 3, 'UTC') AS made_at, argMax(properties, updated_at) AS latest{blanked}
FROM request_response_rmt{f" WHERE {where}" if where else ""} GROUP BY request_id"""
        renamed = "".join(f", latest_{column} AS {column}" for column in BLANKED)
        return f"SELECT toString(id) AS request_id, made_at AS request_created_at, latest AS properties{renamed} FROM ({requests}) AS requests"

    def within(self, window: Window) -> HqlEngine:
        """The requests of `window`, asked for in turn with this engine's."""
        engine = object.__new__(HqlEngine)
        engine._session, engine._clock, engine._pace = self._session, self._clock, self._pace
        engine.window, engine._where = window, self._where
        return engine

    def query(self, sql: str) -> list[dict[str, object]]:
        """Every row, asked for page by page.

        Raises TooMuchAsked, EngineFailed, or a HeliconeError.
        """
        return list(self.rows(sql))

    def rows(self, sql: str) -> Iterator[dict[str, object]]:
        """The same, a page at a time. Raises as `query` does, also in the middle."""
        read = 0
        while True:
            page = drive(self._page(sql, read), self._session, self._clock)
            yield from page
            read += len(page)
            if len(page) < MOST_ROWS_OF_SQL:
                return

    def view(self, select: str, _columns: str) -> str:
        """The SELECT itself, as the endpoint only reads."""
        return select

    def unread(self) -> UnreadRows:
        """None: the platform stores maps of texts only."""
        return NOTHING_UNREAD

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _page(self, sql: str, offset: int) -> Flow[list[dict[str, object]]]:
        yield Wait(self._pace.wait(self._clock.monotonic()))
        self._pace.begin(self._clock.monotonic())
        call = sql_query(f"{sql} LIMIT {MOST_ROWS_OF_SQL} OFFSET {offset}")
        return (yield from asked(call, read_sql, self._clock))


class _Pace:
    """No more calls in a minute than the platform takes."""

    def __init__(self) -> None:
        self._begun: deque[float] = deque(maxlen=SQL_QUERIES_PER_MINUTE - 5)  # others ask, too

    def wait(self, now: float) -> float:
        """The seconds until a call may begin."""
        if len(self._begun) < (self._begun.maxlen or 0):
            return 0.0
        return max(0.0, self._begun[0] + _MINUTE - now)

    def begin(self, now: float) -> None:
        """A call begins."""
        self._begun.append(now)
