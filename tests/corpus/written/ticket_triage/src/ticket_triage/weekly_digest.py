import ticket_triage.llm as llm
from ticket_triage.analytics import Context as AnalyticsContext
from ticket_triage.analytics import capture


def weekly_digest(lines: list[str], team: str) -> str:
    capture("digest_started", AnalyticsContext(feature_name="digest", custom_properties={"team": team}))
    return llm.complete(
        [{"role": "user", "content": "\n".join(lines)}],
        context=llm.LLMContext(feature_name="weekly_digest", custom_properties={"team": team, "lines": len(lines)}),
        model="gpt-4o",
    )
