"""A client that is built already, guarded on every way that its requests can take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from propguard.client.guard import AsyncGuardTransport, Guard, GuardTransport
from propguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from propguard.client.on_violation import OnViolation
    from propguard.client.policy import Event
    from propguard.model.schema import PropertySchema

Client = TypeVar("Client")


def guard_client(
    schema: PropertySchema,
    client: Client,
    *,
    on_violation: OnViolation | Mapping[str, OnViolation] = "reject",
    listener: Callable[[Event], object] | None = None,
    log_values: bool = False,
    today: date | None = None,
) -> Client:
    """`client` itself, with a GuardTransport in front of its transport and of all others that it chooses from.

    A client asks its `transport` only for what no proxy and no entry of `mounts` is for, proxies of the environment
    included; so a guard that is given as `transport` does not see those requests. `client` is one of httpx or httpx2,
    synchronous or not, or a client of the openai or anthropic package, which has one of those in it.

    What is guarded already stays as it is, so that a second call changes nothing. The options are those of GuardTransport.
    UsageError for anything else than such a client.
    """
    inner: Any = client if hasattr(client, "_mounts") else getattr(client, "_client", None)
    if not hasattr(inner, "_mounts") or not hasattr(inner, "_transport"):
        raise UsageError(
            f"a client of httpx, httpx2, openai or anthropic is expected, not {type(client).__module__}."
            f"{type(client).__name__}; put GuardTransport in front of the transport of any other"
        )
    guard = Guard(schema, on_violation, listener, log_values, today)
    kind = AsyncGuardTransport if hasattr(inner, "aclose") else GuardTransport
    inner._transport = _guarded(inner._transport, kind, guard)  # noqa: SLF001  # there is no public name for them
    for pattern, transport in inner._mounts.items():  # noqa: SLF001  # as above
        inner._mounts[pattern] = _guarded(transport, kind, guard)  # noqa: SLF001  # as above
    return client


def _guarded(transport: Any, kind: type[GuardTransport | AsyncGuardTransport], guard: Guard) -> Any:
    """`transport` behind `guard`; None stands for the client's own transport, which is guarded itself."""
    if transport is None or isinstance(transport, GuardTransport | AsyncGuardTransport):
        return transport
    return kind.around(transport, guard)
