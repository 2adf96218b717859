from __future__ import annotations

import os

from openai import OpenAI

from claims_api.observability import add_properties
from claims_api.services.documents import Document, add_property

client = OpenAI(
    base_url="https://oai.helicone.ai/v1",
    default_headers={"Helicone-Auth": f"Bearer {os.environ.get('HELICONE_API_KEY')}"},
)


def assess(document: Document) -> str:
    raw = client.chat.completions.with_raw_response.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": document.text}],
        extra_headers={
            "Helicone-Property-claim_id": document.claim_id,
            "Helicone-Property-document_type": document.kind,
        },
    )
    request_id = raw.headers["helicone-id"]
    # goes into the PDF, not to Helicone
    add_property(document, "assessed", "true")
    answer = raw.parse().choices[0].message.content or ""
    outcome = {
        "outcome": "covered" if answer.startswith("COVERED") else "refused",
        "pages": document.pages,
    }
    add_properties(request_id, outcome)
    add_properties(request_id, {"claim_type": document.claim_type, "handled_by": "assistant"})
    return answer
