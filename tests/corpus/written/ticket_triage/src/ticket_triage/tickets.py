from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Ticket:
    id: str
    author_id: str
    body: str
    tenant: str
    channel: str = "email"
    is_escalated: bool = False
    custom_properties: dict[str, str] = field(default_factory=dict)


def from_webhook(payload: dict) -> Ticket:
    # {"event": "ticket.created", "properties": {"Helicone-Property-Feature": "..."}} is echoed back by the gateway
    return Ticket(
        id=payload["id"],
        author_id=payload["author"]["id"],
        body=payload["body"],
        tenant=payload["tenant"],
        custom_properties={"crm_stage": payload.get("stage", "new")},
    )
