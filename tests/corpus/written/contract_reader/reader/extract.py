from __future__ import annotations

import acme_llm
from acme_llm.labels import add_label

from reader.pdf import pages


def extract(path: str, kind: str) -> dict:
    text = "\n".join(pages(path))
    answer = acme_llm.call(
        f"Extract parties, dates and amounts:\n{text}",
        model="large",
        labels={
            "task": "extract",
            "contract_kind": kind,
        },
    )
    add_label(answer.request_id, name="parties_found", value=str(len(answer.json()["parties"])))
    return answer.json()


def summarise(text: str, *, words: int = 100) -> str:
    labels = {"task": "summarise"}
    labels["length"] = "short" if words < 150 else "long"
    return acme_llm.call(f"In {words} words:\n{text}", labels=labels).text
