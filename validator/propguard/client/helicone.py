"""Guarded access to the platform: what breaks the schema is not sent, and what is sent is written."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, Self, TypeVar

from propguard.client.policy import Policy, Stats
from propguard.client.turns import Turn, Turns
from propguard.client.writing import Writing
from propguard.errors import PropertyRejected, UsageError
from propguard.helicone import protocol
from propguard.helicone.filter_check import check_filter
from propguard.helicone.filter_shapes import translated
from propguard.helicone.flow import Clock, drive, drive_async
from propguard.helicone.reading import Walk
from propguard.helicone.retries import asked
from propguard.helicone.session import AsyncSession, Session
from propguard.helicone.times import moment
from propguard.model.finding import Severity
from propguard.model.stored_key import is_system_key
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterator
    from datetime import date, datetime

    from propguard.client.on_violation import OnViolation
    from propguard.client.policy import Event
    from propguard.helicone.filters import Filter
    from propguard.helicone.flow import Flow
    from propguard.helicone.session import AsyncTransport, Transport
    from propguard.helicone.stored_request import StoredRequest
    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema
    from propguard.model.written import Written

    Where = Filter | Mapping[str, Any] | str | None
    Moment = datetime | date | str | None
    Words = OnViolation | Mapping[str, OnViolation]


Result = TypeVar("Result")

_OF_A_DECLARED_KEY = frozenset({"prefixed-key", "key-alias", "key-case", "header-key-mismatch"})
"""Rules broken by keys that are, where they suggest a declared key, another spelling of it."""


class Helicone:
    """Writes and reads properties of requests, guarded by `schema`. May be shared between threads.

    `api_key` and `base_url` default to HELICONE_API_KEY and HELICONE_BASE_URL, then https://api.helicone.ai; Europe is at
    https://eu.api.helicone.ai. `on_violation` says what becomes of properties that break the schema, all or each
    (`Policy` tells how), and PROPGUARD_ON_VIOLATION overrides it; `listener` gets every Event. With `verify` everything
    that was written is read back, and what another writer's version has lost is written again. A request may take
    `ingestion_timeout` seconds to be stored; each call may take `timeout` seconds.

    Each write blanks `prompt_id`, `prompt_version` and `request_referrer` of its request: the platform does that.
    """

    def __init__(  # noqa: PLR0913  # options, each given by name
        self,
        schema: PropertySchema,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        on_violation: Words = "raise",
        verify: bool = False,
        ingestion_timeout: float = 10.0,
        timeout: float = 10.0,
        insecure: bool = False,
        listener: Callable[[Event], object] | None = None,
        today: date | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        policy = Policy(schema, on_violation, stats=Stats(), listener=listener, today=today)
        self._core = _Core(policy, Writing(clock or Clock(), ingestion_timeout, verify))
        self._turns = Turns(Lock, self._core.clock)
        self._session = Session(api_key, base_url, timeout=timeout, insecure=insecure, transport=transport)

    def __repr__(self) -> str:
        return f"Helicone({self._core.schema.name!r}, base_url={self._session.base_url!r})"

    @property
    def stats(self) -> Stats:
        """How many properties were sent, fixed, dropped, warned of and refused."""
        return self._core.policy.stats

    def add_property(self, request_id: str, key: str, value: str) -> Written | None:
        """Write one property; null where the policy dropped it.

        Raises PropertyRejected, UsageError, or a HeliconeError.
        """
        return next(iter(self.add_properties(request_id, {key: value})), None)

    def add_properties(
        self, request_id: str, properties: Mapping[str, str], *, unset: Collection[str] = ()
    ) -> tuple[Written, ...]:
        """Write several properties of one request, in their order and one by one, as the platform must be written to.

        All are judged before the first is sent: PropertyRejected holds every violation. What was written before a
        HeliconeError is in its `written`. Dropped properties are not among what is returned.

        The keys of `unset` then get the empty text, which is as near to removing a property as the platform comes: the
        key stays. Such a key may also be a misspelling of a declared one.
        """
        return self._write(request_id, self.judge(request_id, properties, unset=unset))

    def judge(
        self, request_id: str, properties: Mapping[str, str], *, unset: Collection[str] = ()
    ) -> Mapping[str, str]:
        """What `add_properties` would write, without writing it. Raises what it raises before the first is sent."""
        return self._core.judged(request_id, properties, unset)

    def requests(self, where: Where = None, since: Moment = None, until: Moment = None) -> Iterator[StoredRequest]:
        """Stored requests, newest first, each once, as they are stored now: from `since`, included, to `until`, excluded.

        `where` is a filter made with `P`, or one of the shapes of the platform's documentation; what could never match is
        refused with PropertyRejected, unless the policy says `warn`. Without `since` all are given, back to the first (2022 at most); times without a
        zone are UTC. Raises UsageError for a filter that cannot be asked, and while iterating a HeliconeError;
        Unreachable also where an empty answer cannot be told from a failed query.
        """
        return self._walked(self._core.walk(where, since, until))

    def properties(self) -> tuple[str, ...]:
        """Every key that is stored and not hidden, but the platform's own; its answer may be some days old."""
        return self._drive(self._core.property_names())

    def property_values(self, key: str) -> tuple[str, ...]:
        """At most 25 values of a property, which is what the platform gives."""
        return self._drive(self._core.property_values(key))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, request_id: str, properties: Mapping[str, str]) -> tuple[Written, ...]:
        with self._turns.of(request_id) as turn, turn.lock:
            return self._drive(self._core.write(turn, request_id, properties))

    def _walked(self, walk: Walk) -> Iterator[StoredRequest]:
        while (batch := self._drive(walk.batch())) is not None:
            yield from batch

    def _drive(self, flow: Flow[Result]) -> Result:
        return drive(flow, self._session, self._core.clock)


class AsyncHelicone:
    """As `Helicone`, for asyncio: different requests are written at once, with `asyncio.gather` or a TaskGroup.

    At most 8 calls are under way at once; further ones wait their turn.
    """

    def __init__(  # noqa: PLR0913  # options, each given by name
        self,
        schema: PropertySchema,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        on_violation: Words = "raise",
        verify: bool = False,
        ingestion_timeout: float = 10.0,
        timeout: float = 10.0,
        insecure: bool = False,
        listener: Callable[[Event], object] | None = None,
        today: date | None = None,
        transport: AsyncTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        policy = Policy(schema, on_violation, stats=Stats(), listener=listener, today=today)
        self._core = _Core(policy, Writing(clock or Clock(), ingestion_timeout, verify))
        self._turns = Turns(asyncio.Lock, self._core.clock)
        self._session = AsyncSession(api_key, base_url, timeout=timeout, insecure=insecure, transport=transport)

    def __repr__(self) -> str:
        return f"AsyncHelicone({self._core.schema.name!r}, base_url={self._session.base_url!r})"

    @property
    def stats(self) -> Stats:
        """As `Helicone.stats`."""
        return self._core.policy.stats

    async def add_property(self, request_id: str, key: str, value: str) -> Written | None:
        """As `Helicone.add_property`."""
        return next(iter(await self.add_properties(request_id, {key: value})), None)

    async def add_properties(
        self, request_id: str, properties: Mapping[str, str], *, unset: Collection[str] = ()
    ) -> tuple[Written, ...]:
        """As `Helicone.add_properties`."""
        return await self._write(request_id, self.judge(request_id, properties, unset=unset))

    def judge(
        self, request_id: str, properties: Mapping[str, str], *, unset: Collection[str] = ()
    ) -> Mapping[str, str]:
        """As `Helicone.judge`."""
        return self._core.judged(request_id, properties, unset)

    def requests(self, where: Where = None, since: Moment = None, until: Moment = None) -> AsyncIterator[StoredRequest]:
        """As `Helicone.requests`, for `async for`."""
        return self._walked(self._core.walk(where, since, until))

    async def properties(self) -> tuple[str, ...]:
        """As `Helicone.properties`."""
        return await self._drive(self._core.property_names())

    async def property_values(self, key: str) -> tuple[str, ...]:
        """As `Helicone.property_values`."""
        return await self._drive(self._core.property_values(key))

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _write(self, request_id: str, properties: Mapping[str, str]) -> tuple[Written, ...]:
        with self._turns.of(request_id) as turn:
            async with turn.lock:
                return await self._drive(self._core.write(turn, request_id, properties))

    async def _walked(self, walk: Walk) -> AsyncIterator[StoredRequest]:
        while (batch := await self._drive(walk.batch())) is not None:
            for request in batch:
                yield request

    async def _drive(self, flow: Flow[Result]) -> Result:
        return await drive_async(flow, self._session, self._core.clock)


class _Core:
    """What both clients have in common: everything but waiting and sending."""

    def __init__(self, policy: Policy, writing: Writing) -> None:
        self.policy = policy
        self.schema = policy.checker.schema
        self.clock = writing.clock
        self._writing = writing

    def judged(self, request_id: str, properties: Mapping[str, str], unset: Collection[str]) -> Mapping[str, str]:
        """What is to be sent of `properties`, and to unset the others."""
        if not isinstance(properties, Mapping):
            raise UsageError(f"properties are a mapping of keys to values, not {type(properties).__name__}")
        if isinstance(unset, str):
            raise UsageError(f'unset is a list of keys; write ["{visible(excerpt(unset))}"]')
        protocol.property_write(request_id, "", "")  # a wrong id is told before anything else
        refused = self._judged_unset(unset)
        try:
            sent = self.policy.judge(properties, door="api", request_id=request_id)
        except PropertyRejected as error:
            raise PropertyRejected((*error.violations, *refused)) from None
        if refused:
            raise PropertyRejected(refused)
        both = sorted({key for key in unset if key in sent})
        if both:
            raise UsageError(f"`{visible(excerpt(both[0]))}` cannot be both written and unset")
        return {**sent, **dict.fromkeys(unset, "")} if unset else sent

    def _judged_unset(self, keys: Collection[str]) -> tuple[Violation, ...]:
        """What speaks against unsetting these: their values need not be allowed, but a mistyped key would stay for ever."""
        check_key = self.policy.checker.check_key
        found = [violation for key in keys for violation in check_key(key) if violation.severity is Severity.ERROR]
        return tuple(violation for violation in found if not self._is_mended_by_unsetting(violation))

    def _is_mended_by_unsetting(self, violation: Violation) -> bool:
        """Whether a key that breaks a rule is one that may be stored and should not be."""
        if violation.rule in _OF_A_DECLARED_KEY:
            return violation.suggestion in self.schema.properties
        return violation.rule == "deprecated-property"

    def write(self, turn: Turn[Any], request_id: str, properties: Mapping[str, str]) -> Flow[tuple[Written, ...]]:
        return self._writing.properties(turn, request_id, properties, lambda: self.policy.stats.count("sent"))

    def walk(self, where: Where, since: Moment, until: Moment) -> Walk:
        node = None if where is None else translated(where)
        if node is not None:
            self._judge_filter(node)
        start = None if since is None else moment(since, "since")
        return Walk(node, start, None if until is None else moment(until, "until"), self.clock)

    def _judge_filter(self, node: Filter) -> None:
        try:
            check_filter(node, self.policy.checker)
        except PropertyRejected as error:
            refused = self.policy.passed(error.violations)
            if refused:
                raise PropertyRejected(refused) from None

    def property_names(self) -> Flow[tuple[str, ...]]:
        names = yield from asked(protocol.property_names(), protocol.read_property_names, self.clock)
        return tuple(sorted({name for name in names if not is_system_key(name)}))

    def property_values(self, key: str) -> Flow[tuple[str, ...]]:
        values = yield from asked(protocol.property_search(key), protocol.read_property_search, self.clock)
        return tuple(values)
