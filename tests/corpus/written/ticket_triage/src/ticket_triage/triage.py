from __future__ import annotations

import json

from .llm import Context, acomplete, complete
from .tickets import Ticket

PROMPT = "Classify the ticket. Answer with JSON: {\"queue\": ..., \"priority\": ...}"


def classify(ticket: Ticket) -> dict:
    raw = complete(
        [{"role": "system", "content": PROMPT}, {"role": "user", "content": ticket.body}],
        context=Context(
            feature_name="triage",
            user_id=ticket.author_id,
            tenant=ticket.tenant,
            custom_properties={
                "ticket_id": ticket.id,
                "channel": ticket.channel,
                "retry": False,
            },
        ),
        response_format={"type": "json_object"},
    )
    return json.loads(raw)


async def draft_reply(ticket: Ticket, tone: str = "neutral") -> str:
    properties = {"ticket_id": ticket.id}
    if ticket.is_escalated:
        properties["escalated"] = "true"
    properties["tone"] = tone
    context = Context("draft-reply", custom_properties=properties)
    return await acomplete([{"role": "user", "content": ticket.body}], context=context, temperature=0.7)
