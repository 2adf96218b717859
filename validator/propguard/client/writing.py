"""Writing properties of one request: in sequence, spaced, asked again where it helps, and read back on demand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.client.flow import Wait
from propguard.client.retries import Retries, asked
from propguard.client.turns import SPACING
from propguard.errors import HeliconeError, RequestNotFound, Unreachable, WriteRefused
from propguard.helicone.protocol import is_uuid, property_write, read_requests, read_write, request_query
from propguard.helicone.times import floor, platform_time
from propguard.model.text import excerpt, one_of, visible
from propguard.model.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from propguard.client.flow import Clock, Flow
    from propguard.client.turns import Turn
    from propguard.helicone.stored_request import StoredRequest

_ROUNDS = 3
_READS = 3
_VERSIONS = 100
_AGES = (timedelta(days=1), timedelta(days=90), None)  # a query by id alone goes through everything ever stored


class Writing(NamedTuple):
    """How properties are written: how long a request may take to be stored, and whether they are read back."""

    clock: Clock
    ingestion_timeout: float
    verify: bool

    def properties(
        self, turn: Turn[Any], request_id: str, wanted: Mapping[str, str], sent: Callable[[], None]
    ) -> Flow[tuple[Written, ...]]:
        """All of `wanted` written, in its order; `sent` is called after each.

        A HeliconeError says in `written`, and in its message, what was written before it.
        """
        written: list[Written] = []
        for key, value in wanted.items():  # so that nothing is sent where a later one could not be
            property_write(request_id, key, value)
        try:
            for key, value in wanted.items():
                yield from self._property(turn, request_id, key, value)
                sent()
                written.append(Written(request_id, key, value))
            if self.verify and written:
                yield from self._verified(turn, request_id, wanted)
        except HeliconeError as error:
            error.written = tuple(written)
            if 0 < len(written) < len(wanted):
                keys = one_of([visible(excerpt(done.key)) for done in written])
                error.args = (f"{error} (of {len(wanted)} properties, {len(written)} were written before: {keys})",)
            raise
        return tuple(done._replace(verified=self.verify) for done in written)

    def _property(self, turn: Turn[Any], request_id: str, key: str, value: str) -> Flow[None]:
        """One property written, when it is its turn."""
        clock = self.clock
        call = property_write(request_id, key, value)
        retries = Retries(clock)
        yield from self._until_free(turn)
        while True:
            try:
                try:
                    answer = yield call
                finally:  # also where nobody waits for the answer any more: it may be written all the same
                    turn.free_at = clock.monotonic() + SPACING
                assert answer is not None
                return read_write(answer, request_id)
            except RequestNotFound as error:
                if not is_uuid(request_id):
                    raise
                turn.free_at = clock.monotonic()  # nothing was written
                error.args = (f"{error}; waited for it {self.ingestion_timeout:g} s",)
                delay = retries.until_stored(error, self.ingestion_timeout)
            except HeliconeError as error:
                delay = retries.after(error)
            yield Wait(delay)
            yield from self._until_free(turn)

    def _until_free(self, turn: Turn[Any]) -> Flow[None]:
        left = turn.free_at - self.clock.monotonic()
        if left > 0:
            yield Wait(left)

    def _verified(self, turn: Turn[Any], request_id: str, wanted: Mapping[str, str]) -> Flow[None]:
        """Everything of `wanted` read back; what another writer's version has lost is written again.

        Raises WriteRefused for what is lost again and again, Unreachable where the request cannot be read.
        """
        lost: list[str] = []
        for _ in range(_ROUNDS):
            for key in lost:
                yield from self._property(turn, request_id, key, wanted[key])
            for _ in range(2):  # a copy of the database that lags behind is not a loss
                yield Wait(SPACING)  # versions of this second are all there then
                newest = yield from self._newest(request_id)
                lost = [key for key, value in wanted.items() if any(_read(found, key) != value for found in newest)]
                if not lost:
                    return
        keys = one_of([visible(excerpt(key)) for key in lost])
        raise WriteRefused(
            f"{keys} of request {request_id} was written {_ROUNDS} times and lost each time; does another program write to this request, too?"
        )

    def _newest(self, request_id: str) -> Flow[list[StoredRequest]]:
        """The newest versions of a request; of those that tie, any may win."""
        for attempt in range(_READS):
            for age in _AGES:
                rows = yield from asked(self._query(request_id, age), read_requests, self.clock)
                found = [row for row in rows if row.request_id.lower() == request_id.lower()]
                if found:
                    newest = max(row.updated_at for row in found)
                    return [row for row in found if row.updated_at == newest]
            yield Wait(SPACING * (attempt + 1))
        raise Unreachable(
            f"request {request_id} was written, but cannot be read back: the platform answers as if it had none"
        )

    def _query(self, request_id: str, age: timedelta | None) -> Any:
        by_id = {"request_response_rmt": {"request_id": {"equals": request_id}}}
        if age is None:
            return request_query(by_id, offset=0, limit=_VERSIONS, newest_first=True)
        start = platform_time(floor(self.clock.now() - age))
        recent = {"request_response_rmt": {"request_created_at": {"gte": start}}}
        node = {"left": recent, "operator": "and", "right": by_id}
        return request_query(node, offset=0, limit=_VERSIONS, newest_first=True)


def _read(request: StoredRequest, key: str) -> str:
    """What is stored; the empty text and nothing are the same to the platform."""
    return request.properties.get(key, request.system_properties.get(key, ""))
