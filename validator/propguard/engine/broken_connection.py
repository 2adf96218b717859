"""What became of a connection, in a clause of ours, by the errors of whatever library had it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BROKEN: tuple[tuple[str, str], ...] = (
    ("gaierror", "cannot be found: there is no such host"),
    ("NameResolutionError", "cannot be found: there is no such host"),
    ("ConnectionRefusedError", "does not accept connections"),
    ("NewConnectionError", "does not accept connections"),
    ("SSLError", "cannot be talked to in TLS as the address says (see its secure and verify)"),
    ("ConnectTimeoutError", "did not accept a connection in time"),
    ("ReadTimeoutError", "did not answer in time"),
    ("TimeoutError", "did not answer in time"),
    ("ConnectionResetError", "broke the connection off"),
    ("RemoteDisconnected", "broke the connection off"),
    ("ProtocolError", "broke the connection off"),
)


def broken(chain: Iterable[BaseException]) -> str | None:
    """What became of the connection, by the innermost errors first; None where it is not that."""
    names = {kind.__name__ for error in chain for kind in type(error).__mro__}
    return next((said for name, said in _BROKEN if name in names), None)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and those that it was made of."""
    seen: BaseException | None = error
    for _ in range(20):
        if seen is None:
            return
        yield seen
        reason = getattr(seen, "reason", None) or seen.__cause__ or seen.__context__
        seen = reason if isinstance(reason, BaseException) else None
