"""Writing properties of one request: in sequence, spaced, asked again where it helps, and read back on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.client.turns import SPACING
from propguard.client.versions import AGES, keep_newest, stored_value, versions_query
from propguard.errors import HeliconeError, RequestNotFound, Unreachable, WriteRefused
from propguard.helicone.flow import Wait
from propguard.helicone.protocol import is_uuid, property_write, read_requests, read_write
from propguard.helicone.retries import Retries, asked
from propguard.model.text import excerpt, one_of, visible
from propguard.model.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from propguard.client.turns import Turn
    from propguard.helicone.flow import Clock, Flow
    from propguard.helicone.stored_request import StoredRequest

_ROUNDS = 3
_READS = 3
_VERSIONS = 100


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
        lost: list[str] = []
        for key, value in wanted.items():  # so that nothing is sent where a later one could not be
            property_write(request_id, key, value)
        try:
            for key, value in wanted.items():
                yield from self._property(turn, request_id, key, value)
                sent()
                written.append(Written(request_id, key, value))
            if self.verify and written:
                lost = yield from self._lost(turn, request_id, wanted)
        except HeliconeError as error:
            error.written = tuple(written)
            if len(written) == len(wanted):
                error.args = (f"{error} (everything was written, but could not be read back)",)
            elif written:
                error.args = (
                    f"{error} (of {len(wanted)} properties, {len(written)} were written before: {_named(done.key for done in written)})",
                )
            raise
        kept = tuple(done._replace(verified=self.verify) for done in written if done.key not in lost)
        if lost:
            refusal = WriteRefused(
                f"{_named(lost)} of request {request_id} was written {_ROUNDS} times and lost each time; does another program write to this request, too?"
            )
            refusal.written = kept
            raise refusal
        return kept

    def _property(self, turn: Turn[Any], request_id: str, key: str, value: str) -> Flow[None]:
        """One property written, when it is its turn.

        A request that was not found at first has been stored within this second, perhaps. Then its first version and the
        one written here tie, and either may win; so it is written once more.
        """
        clock = self.clock
        missed = False
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
                read_write(answer, request_id)
                if not missed:
                    return
                missed, delay = False, SPACING
            except RequestNotFound as error:
                if not is_uuid(request_id):
                    raise
                missed = True
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

    def _lost(self, turn: Turn[Any], request_id: str, wanted: Mapping[str, str]) -> Flow[list[str]]:
        """Everything of `wanted` read back, and written again where another writer's version has lost it; the keys of what
        is lost each time.

        Raises Unreachable where the request cannot be read.
        """
        lost: list[str] = []
        for _ in range(_ROUNDS):
            for key in lost:
                yield from self._property(turn, request_id, key, wanted[key])
            for _ in range(2):  # a copy of the database that lags behind is not a loss
                yield Wait(SPACING)  # versions of this second are all there then
                newest = yield from self._newest(request_id)
                lost = [
                    key for key, value in wanted.items() if any(stored_value(found, key) != value for found in newest)
                ]
                if not lost:
                    return []
        return lost

    def _newest(self, request_id: str) -> Flow[list[StoredRequest]]:
        """The newest versions of a request; of those that tie, any may win."""
        for attempt in range(_READS):
            for age in AGES:
                query = versions_query([request_id], self.clock.now(), age, limit=_VERSIONS)
                newest: list[StoredRequest] = []
                for row in (yield from asked(query, read_requests, self.clock)):
                    if row.request_id.lower() == request_id.lower():
                        keep_newest(newest, row)
                if newest:
                    return newest
            yield Wait(SPACING * (attempt + 1))
        raise Unreachable(f"the platform answers as if it had no request {request_id}")


def _named(keys: Iterable[str]) -> str:
    return one_of([visible(excerpt(key)) for key in keys])
