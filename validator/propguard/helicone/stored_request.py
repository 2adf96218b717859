"""One request as the platform keeps it, without its bodies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from propguard.errors import Unreachable
from propguard.model.stored_key import is_system_key

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """One version of a request. Times are in UTC; `status` is the HTTP status of the LLM's answer.

    `properties` are those of the users; what the platform itself keeps in the same map is in `system_properties`.
    """

    request_id: str
    created_at: datetime
    properties: Mapping[str, str]
    model: str | None
    provider: str | None
    status: int | None
    updated_at: datetime
    system_properties: Mapping[str, str] = field(default_factory=dict)


def stored_request(row: object) -> StoredRequest:
    """The request that a row of the platform's answer is. Raises Unreachable for a row that is none."""
    if not isinstance(row, dict):
        raise _unreadable("a row that is no object")
    properties = row.get("properties", row.get("request_properties"))
    own: dict[str, str] = {}
    system: dict[str, str] = {}
    if properties is not None and not isinstance(properties, dict):
        raise _unreadable("properties that are no object")
    for key, value in (properties or {}).items():
        if not isinstance(value, str):
            raise _unreadable("a property that is no text")
        (system if is_system_key(key) else own)[key] = value
    request_id = row.get("request_id")
    if not isinstance(request_id, str) or not request_id:
        raise _unreadable("a row without a request id")
    created_at = _moment(row.get("request_created_at"))
    updated_at = row.get("updated_at")
    status = row.get("response_status")
    return StoredRequest(
        request_id,
        created_at,
        own,
        _text(row.get("request_model")),
        _text(row.get("provider")),
        status if isinstance(status, int) and not isinstance(status, bool) else None,
        created_at if updated_at is None else _moment(updated_at),
        system,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _moment(value: object) -> datetime:
    """A time as the database writes it (`2026-01-31 09:30:00.123`) or as ISO 8601; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _unreadable("a time that cannot be read") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _unreadable(what: str) -> Unreachable:
    return Unreachable(f"the platform answered a query with {what}")
