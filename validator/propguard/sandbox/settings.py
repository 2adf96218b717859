"""How a sandbox behaves: what it is told once when it starts, and which faults it has at the moment."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from propguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HOST = "127.0.0.1"
PORT = 8585
"""Where a self-hosted platform has its API. Source: Helicone/helicone at 67df07b8, docker compose."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Which faults the platform has: `latency` in seconds for every call, the rest as shares of the calls, 0 to 1.

    At most one of them hits a call, drawn by `seed`; half of the calls that fail have done what they were asked for, as a
    client has to reckon with. `errors` are answers of 500, 502, 503 or 504; `timeouts` answer after `hang` seconds; `slow`
    bodies come in pieces; `truncated` ones end early.
    """

    seed: int = 0
    latency: float = 0.0
    errors: float = 0.0
    rate_limited: float = 0.0
    resets: float = 0.0
    timeouts: float = 0.0
    slow: float = 0.0
    truncated: float = 0.0
    hang: float = 60.0

    def __post_init__(self) -> None:
        for name in (item.name for item in fields(self)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int if name == "seed" else int | float):
                raise UsageError(f"the fault `{name}` must be a number, not {value!r}")
            if name in SHARES and not 0 <= value <= 1:
                raise UsageError(f"the fault `{name}` is a share of the calls, between 0 and 1, not {value}")
            if name in ("latency", "hang") and not 0 <= value <= 3600:
                raise UsageError(f"the fault `{name}` is a number of seconds, between 0 and 3600, not {value}")
        if sum(getattr(self, name) for name in SHARES) > 1 + 1e-9:
            raise UsageError(f"the shares of the faults ({', '.join(SHARES)}) may not exceed 1 together")


SHARES = ("errors", "rate_limited", "resets", "timeouts", "slow", "truncated")
"""The faults that hit a share of the calls, in the order in which they are drawn."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a sandbox is told when it starts.

    `api_key` null accepts any key. `schema` is the path of a property schema, null for none; with `enforce`, what breaks it
    is refused. A request can be seen `ingestion_delay` seconds after it was made. `rate_limit` calls are answered in
    `rate_window` seconds, null for no limit. `sql` says whether the SQL endpoint is switched on for this organisation, `sql_parser` is the
    command of a program that makes of each query what is run (see `rewriting`), `demo` whether it begins with the requests of
    the demo.
    """

    host: str = HOST
    port: int = 0
    api_key: str | None = field(default=None, repr=False)
    read_only_key: str | None = field(default=None, repr=False)
    schema: str | None = None
    enforce: bool = False
    ingestion_delay: float = 0.0
    rate_limit: int | None = None
    rate_window: float = 300.0
    sql: bool = True
    sql_parser: Sequence[str] = ()
    demo: bool = False
    faults: Faults = Faults()


def faults_of(document: object) -> Faults:
    """The faults that a JSON object names, the others as they are by default. Raises UsageError for what is none."""
    if not isinstance(document, dict):
        raise UsageError('faults are a JSON object, for example {"errors": 0.1}')
    return Faults(**_known(document))  # type: ignore[arg-type]  # the types are judged where they are kept


def _known(document: Mapping[str, object]) -> Mapping[str, object]:
    known = {item.name for item in fields(Faults)}
    for name in document:
        if name not in known:
            from propguard.rules.near import nearest

            near = nearest(name, known)
            raise UsageError(f"there is no fault `{name}`{f'; did you mean `{near}`?' if near else ''}")
    return document
