from __future__ import annotations

import os
from functools import lru_cache

import openai
from langchain_openai import ChatOpenAI

from .options import RequestOptions, headers_of, property_headers

BASE_URL = "https://oai.helicone.ai/v1"


def _auth() -> dict[str, str]:
    return {"Helicone-Auth": "Bearer " + os.environ["HELICONE_API_KEY"]}


def chat_model(options: RequestOptions, *, model: str = "gpt-4o", temperature: float = 0.0) -> ChatOpenAI:
    return ChatOpenAI(
        model=model,
        temperature=temperature,
        base_url=BASE_URL,
        default_headers={**_auth(), **headers_of(options)},
    )


@lru_cache
def embeddings_client(team: str = "platform") -> openai.OpenAI:
    return openai.OpenAI(
        base_url=BASE_URL,
        default_headers=_auth() | property_headers(team=team, purpose="embeddings"),
    )
