from __future__ import annotations

from datetime import datetime, timezone

from claims_api.observability import PropertyKey, RequestTagger, add_property
from claims_api.observability.keys import COST_CENTER, DEPARTMENT
from claims_api.observability import properties as props


def start_review(request_id: str, reviewer: str) -> None:
    add_property(request_id, PropertyKey.REVIEW_STATUS.value, "in_review")
    add_property(request_id, PropertyKey.REVIEWER.value, reviewer)
    add_property(request_id, "review_started_at", datetime.now(timezone.utc).isoformat())


def finish_review(request_id: str, approved: bool, *, notes: str | None = None) -> None:
    status = "approved" if approved else "rejected"
    props.add_property(request_id, key="review_status", value=status)
    if notes:
        props.add_property(
            request_id,
            key="review_notes",
            value=notes[:1000],
        )


def allocate(request_id: str, claim: dict) -> None:
    tagger = RequestTagger(request_id)
    tagger.tag(DEPARTMENT, claim["department"])
    tagger.tag(COST_CENTER, claim["cost_center"]).tag("billable", "true")
    if claim.get("amount", 0) > 10_000:
        tagger.tag(PropertyKey.NEEDS_ATTENTION, "true")
