from __future__ import annotations

from app import llm

LABELS = ("motor", "household", "liability")


def classify(text: str) -> str:
    model = llm.chat_model(
        llm.RequestOptions(team="intake", extra={"chain": "classify", "labels": ",".join(LABELS)}),
        model="gpt-4o-mini",
    )
    # one property more for this request alone
    bound = model.bind(extra_headers=llm.property_headers({"Helicone-Property-experiment": "short-labels"}, attempt="1"))
    return bound.invoke(f"One of {LABELS}:\n{text}").content.strip()
