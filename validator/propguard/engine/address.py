"""The address of a ClickHouse server, taken apart; its password is in one field, and never shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from propguard.errors import UsageError
from propguard.model.text import excerpt, visible
from propguard.rules.credentials import Credentials

EXAMPLE = "clickhouse://user@host:8123/default"
DEFAULT_TABLE = "request_response_rmt"

_PORT, _SECURE_PORT = 8123, 8443
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_FLAGS = ("secure", "verify")
_SHORTEST_MASKED = 4
"""Characters of a password that does not stand in ordinary words by chance."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and who asks it; `verify` is whether its certificate is."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str
    secure: bool
    verify: bool
    table: str

    @property
    def shown(self) -> str:
        """The address without the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return visible(f"clickhouse://{self.user}@{host}:{self.port}/{self.database}")

    def without_password(self, text: str) -> str:
        """`text`, with stars where the password stood in whatever disguise; left out where these would tell a short one."""
        shown = Credentials(self.password).masked(text)
        return (
            shown
            if shown == text or len(self.password) >= _SHORTEST_MASKED
            else "(left out, as it repeats the password)"
        )


def address(text: str, table: str | None = None) -> Address:
    """`clickhouse://user:password@host:8123/database?secure=true&verify=true&table=…`, of which only the host must be there.

    The password may be in CLICKHOUSE_PASSWORD instead, where no list of processes shows it. `table` wins over the address.
    Raises UsageError, which never repeats what was given.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        _refuse("its host or its port cannot be read")
    if not host:
        _refuse("it names no host")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    flags = {name: _flag(name, options.pop(name)) for name in _FLAGS if name in options}
    table = table or options.pop("table", None) or DEFAULT_TABLE
    options.pop("table", None)
    if options:
        _refuse(
            f"it has `{excerpt(visible(next(iter(options))))}` behind its `?`, where only secure, verify and table go"
        )
    secure = flags.get("secure", port == _SECURE_PORT)
    database = unquote(parts.path.strip("/")) or "default"
    if "/" in database:
        _refuse("behind the host there is more than the name of a database")
    return Address(
        host=host,
        port=port or (_SECURE_PORT if secure else _PORT),
        user=unquote(parts.username or "") or os.environ.get("CLICKHOUSE_USER") or "default",
        password=_password(parts),
        database=database,
        secure=secure,
        verify=flags.get("verify", True),
        table=table,
    )


def _password(parts: SplitResult) -> str:
    if parts.password is not None:
        return unquote(parts.password)
    return os.environ.get("CLICKHOUSE_PASSWORD", "")


def _flag(name: str, told: str) -> bool:
    if told.lower() not in _TRUTHS:
        _refuse(f"`{name}` must be true or false")
    return _TRUTHS[told.lower()]


def _refuse(why: str) -> NoReturn:
    raise UsageError(f"the address of the ClickHouse server cannot be used: {why}; write it as {EXAMPLE}")
