from __future__ import annotations

from fastapi import APIRouter, Header, Request

from app.chains.answer import answer
from app.chains.classify import classify
from app.llm import embeddings_client

router = APIRouter(prefix="/v1")


@router.post("/ask")
async def ask(request: Request, helicone_property_team: str | None = Header(default=None)) -> dict:
    body = await request.json()
    if request.headers.get("Helicone-Property-Team") == "claims" or helicone_property_team:
        body.setdefault("product", "motor")
    return {"answer": await answer(body["question"], body["policy"], product=body["product"])}


@router.post("/embed")
def embed(body: dict) -> dict:
    team = {"intake": "intake", "claims": "claims"}.get(classify(body["text"]), "claims")
    client = embeddings_client(team=team)
    vector = client.embeddings.create(model="text-embedding-3-small", input=body["text"])
    return {"embedding": vector.data[0].embedding, "metadata": {"team": team, "purpose": "embeddings"}}
