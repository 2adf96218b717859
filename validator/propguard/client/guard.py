"""Transports that judge the `Helicone-Property-*` headers of every request before it is sent.

They wrap a transport of httpx or of httpx2, and import neither: a request comes from the caller's library, and a refused
one is answered by that library's own `Response`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from propguard.client.on_violation import TRANSPORT_WORDS
from propguard.client.policy import Policy, Stats
from propguard.errors import PropertyRejected, UsageError
from propguard.model.stored_key import HEADER_PREFIX, MISSPELT_HEADER_PREFIX
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from propguard.client.on_violation import OnViolation
    from propguard.client.policy import Event
    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema

    # Type checkers take a class with such a parent for the transport of whatever library asks for one.
    _Transport: Any
else:
    _Transport = object

_name_of = itemgetter(0)
_PREFIX = HEADER_PREFIX.lower().encode()
_REQUEST_ID = b"helicone-request-id"
_MOST_HEADER_SETS = 256
_LONGEST_HEADER_SET = 10_000
"""Bytes of names that are remembered together, so that what is remembered stays small whatever is sent."""

_MOST_TOLD = 5
_MOST_LISTED = 20
_MISSPELT = re.compile(MISSPELT_HEADER_PREFIX.encode(), re.IGNORECASE)


class _HeaderSet(NamedTuple):
    """The property headers among the header names of a request: the written key and the place of each.

    `repeated` are the keys that stand there more than once, letter by letter.
    """

    places: tuple[tuple[str, int], ...]
    repeated: frozenset[str]


class Guard:
    """Judges requests, and answers those that are not to be sent; shared between threads and tasks."""

    __slots__ = ("_check", "_header_sets", "_needs_some", "_policy", "stats")

    def __init__(
        self,
        schema: PropertySchema,
        on_violation: OnViolation | Mapping[str, OnViolation],
        listener: Callable[[Event], object] | None,
        log_values: bool,
        today: date | None,
    ) -> None:
        self.stats = Stats()
        self._policy = Policy(
            schema,
            on_violation,
            stats=self.stats,
            listener=listener,
            today=today,
            words=TRANSPORT_WORDS,
            log_values=log_values,
        )
        self._check = self._policy.checker.check_record
        self._needs_some = any(declared.required for declared in schema.properties.values())
        self._header_sets: dict[tuple[bytes, ...], _HeaderSet | None] = {}

    def answer(self, request: Any) -> Any:
        """The answer to a request that is not to be sent; null for one that is, with headers as they are to be sent.

        PropertyRejected where that is what was asked for.
        """
        raw: list[tuple[bytes, bytes]] = request.headers.raw
        names = tuple(map(_name_of, raw))
        try:
            header_set = self._header_sets[names]
        except KeyError:
            header_set = self._header_set_of(names)
        if header_set is None:
            if not self._needs_some or request.method != "POST":
                return None
            return self._settled(request, raw, {}, frozenset())
        places, repeated = header_set
        record = {key: raw[place][1].decode("latin-1") for key, place in places}
        if not repeated and request.method == "POST" and not self._check(record, door="header"):
            self.stats.count("sent", len(record))
            return None
        return self._settled(request, raw, record, repeated)

    def _header_set_of(self, names: tuple[bytes, ...]) -> _HeaderSet | None:
        """The property headers among `names`, null where there is none; remembered, as programs send the same ones."""
        places = tuple((key, place) for place, name in enumerate(names) if (key := _key_of(name)) is not None)
        repeated = frozenset(key for key, number in Counter(key for key, _ in places).items() if number > 1)
        header_set = _HeaderSet(places, repeated) if places else None
        if sum(map(len, names)) <= _LONGEST_HEADER_SET:
            if len(self._header_sets) >= _MOST_HEADER_SETS:
                self._header_sets.clear()
            self._header_sets[names] = header_set
        return header_set

    def _settled(
        self, request: Any, raw: list[tuple[bytes, bytes]], record: dict[str, str], repeated: frozenset[str]
    ) -> Any:
        """What `answer` is where something may be wrong."""
        if repeated:  # as the platform will store them
            record.update(_joined(raw, repeated))
        verdict = self._policy.verdict(
            record,
            door="header",
            request_id=_request_id(raw),
            as_record=request.method == "POST",
            repeated=repeated,
        )
        if verdict.refused:
            if verdict.raises:
                raise PropertyRejected(verdict.refused)
            return _refusal(request, verdict.refused, record)
        if verdict.properties is not record:
            request.headers = type(request.headers)(_rewritten(raw, record, verdict.properties))
        self.stats.count("sent", len(verdict.properties))
        return None


def _key_of(name: bytes) -> str | None:
    """The written key of a property header, None for any other header.

    Where the prefix is misspelt, as in `Helicone_Property_App`, the platform takes the header for none of its own and the
    property is lost; then the key is the whole name, which the rules know.
    """
    if name[: len(_PREFIX)].lower() == _PREFIX:
        return name[len(_PREFIX) :].decode("latin-1")
    return name.decode("latin-1") if _MISSPELT.match(name) else None


def _header_name(key: str) -> str:
    """The header of a written key."""
    return key if _MISSPELT.match(key.encode()) else f"{HEADER_PREFIX}{key}"


def _joined(raw: list[tuple[bytes, bytes]], keys: Collection[str]) -> dict[str, str]:
    """All values of each of `keys`, as HTTP joins those of headers that are repeated."""
    values: dict[str, list[str]] = {key: [] for key in keys}
    for name, value in raw:
        key = _key_of(name)
        if key in values:
            values[key].append(value.decode("latin-1"))
    return {key: ", ".join(several) for key, several in values.items()}


def _request_id(raw: list[tuple[bytes, bytes]]) -> str | None:
    """The id that the caller gives the request with `Helicone-Request-Id`, where one is given."""
    return next((value.decode("latin-1") for name, value in raw if name.lower() == _REQUEST_ID), None)


def _rewritten(
    raw: list[tuple[bytes, bytes]], before: Mapping[str, str], after: Mapping[str, str]
) -> list[tuple[bytes, bytes]]:
    """The headers with `after` for `before`; those that stay are not touched."""
    kept = [
        (name, value)
        for name, value in raw
        if (key := _key_of(name)) is None or (key in after and after[key] == before[key])
    ]
    changed = [(key, value) for key, value in after.items() if before.get(key) != value]
    return kept + [(f"{HEADER_PREFIX}{key}".encode("latin-1"), value.encode("latin-1")) for key, value in changed]


def _refusal(request: Any, violations: tuple[Violation, ...], record: Mapping[str, str]) -> Any:
    """An answer of status 400, of the library that `request` is of, in the shape of OpenAI's errors and of Anthropic's.

    SDKs retry and rename exceptions of a transport, but hand such an answer to their caller as BadRequestError.
    """
    written = {key.lower(): key for key in record}
    told = [visible(violation.message) for violation in violations[:_MOST_TOLD]]
    more = f"; and {len(violations) - _MOST_TOLD} more" if len(violations) > _MOST_TOLD else ""
    key = violations[0].key
    error = {
        "message": f"propguard did not send this request: {'; '.join(told)}{more}",
        "type": "invalid_request_error",
        "param": None if key is None else _header_name(written.get(key.lower(), key)),
        "code": "property_rejected",
        "violation_count": len(violations),
        "violations": [_as_json(violation) for violation in violations[:_MOST_LISTED]],
    }
    return _response_class(request)(
        400,
        headers={"content-type": "application/json", "x-should-retry": "false"},
        content=json.dumps({"error": error, "type": "error"}).encode(),
        request=request,
    )


def _as_json(violation: Violation) -> dict[str, object]:
    """A violation with the names that findings have in all JSON of propguard, version 1."""
    return {
        "rule": violation.rule,
        "severity": violation.severity.value,
        "message": violation.message,
        "key": violation.key,
        "value": violation.value,
        "suggestion": violation.suggestion,
        "context": dict(violation.context),
    }


def _response_class(request: Any) -> Any:
    """`Response` of the library whose request this is: of the package that calls one of its classes `Request`."""
    for kind in type(request).__mro__:
        library = sys.modules.get(kind.__module__.partition(".")[0])
        if getattr(library, "Request", None) is kind:
            return getattr(library, "Response")  # noqa: B009  # the library is known only now
    raise UsageError(
        f"a request of httpx or httpx2 is expected, not {type(request).__module__}.{type(request).__name__}"
    )


class _Guarded(_Transport):  # type: ignore[misc]  # a parent of no known type is what makes it fit every library
    """What both kinds of guarded transport are: a guard, and the transport behind it, which answers for all else."""

    _handles: ClassVar[str]
    _other: ClassVar[str]

    def __init__(
        self,
        schema: PropertySchema,
        transport: Any,
        *,
        on_violation: OnViolation | Mapping[str, OnViolation] = "reject",
        listener: Callable[[Event], object] | None = None,
        log_values: bool = False,
        today: date | None = None,
    ) -> None:
        self._put(transport, Guard(schema, on_violation, listener, log_values, today))

    @classmethod
    def around(cls, transport: Any, guard: Guard) -> Self:
        """One of several transports behind the same guard."""
        made = cls.__new__(cls)
        made._put(transport, guard)  # noqa: SLF001  # its own
        return made

    def _put(self, transport: Any, guard: Guard) -> None:
        _expect(transport, self._handles, self._other)
        self.transport = transport
        self._guard = guard
        self.stats = guard.stats

    def __getattr__(self, name: str) -> Any:
        return _of_inner(self, name)


class GuardTransport(_Guarded):
    """A transport that judges the `Helicone-Property-*` headers of every request by `schema`, and hands it to `transport`.

    What breaks the schema is dealt with as `on_violation` says, a word or a mapping from properties to words as of Policy:
    `reject` (the default) answers 400, which the openai and anthropic packages raise as BadRequestError without a retry;
    `raise` raises PropertyRejected, which they retry and rename; `warn` sends it; `drop` takes the header out; `fix` mends
    what can safely be mended, and answers 400 to the rest. PROPGUARD_ON_VIOLATION overrides it.

    What a record must have, or must not have twice, is asked of every POST request and of no other; nothing but headers is
    looked at. `stats` counts what was done; `listener` is called with each Event; values are logged only with `log_values`.
    All else is asked of `transport`. UsageError for a word or name that is not known, and for an asynchronous transport.
    """

    _handles, _other = "handle_request", "AsyncGuardTransport"

    def handle_request(self, request: Any) -> Any:
        answer = self._guard.answer(request)
        return self.transport.handle_request(request) if answer is None else answer

    def close(self) -> None:
        self.transport.close()

    def __enter__(self) -> Self:
        self.transport.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.transport.__exit__(*exception)


class AsyncGuardTransport(_Guarded):
    """GuardTransport for asynchronous transports."""

    _handles, _other = "handle_async_request", "GuardTransport"

    async def handle_async_request(self, request: Any) -> Any:
        answer = self._guard.answer(request)
        return await self.transport.handle_async_request(request) if answer is None else answer

    async def aclose(self) -> None:
        await self.transport.aclose()

    async def __aenter__(self) -> Self:
        await self.transport.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.transport.__aexit__(*exception)


def _expect(transport: Any, method: str, other: str) -> None:
    if not hasattr(transport, method):
        raise UsageError(
            f"the transport to guard has no `{method}` but is of type {type(transport).__name__}; "
            f"give one of httpx or httpx2, or take {other} if it is of the other kind"
        )


def _of_inner(guard: Any, name: str) -> Any:
    """What the transport within `guard` calls `name`; AttributeError while there is none, as when it is being copied."""
    if name == "transport":
        raise AttributeError(name)
    return getattr(guard.transport, name)
