"""The one place that talks to a model."""

import functools
import os
from contextvars import ContextVar

import litellm

_current: ContextVar[dict[str, str]] = ContextVar("current", default={})


def _header_name(name: str) -> str:
    return "Helicone-Property-" + name.replace("_", "-").title()


def ask(prompt: str, *, model: str = "gpt-4o-mini", max_tokens: int | None = None, **properties: object) -> str:
    """Every other keyword becomes a property of the request: `ask("…", course_id="ml-101")`."""
    merged = {**_current.get(), **{key: str(value) for key, value in properties.items()}}
    headers = {_header_name(key): value for key, value in merged.items()}
    headers["Helicone-Auth"] = "Bearer " + os.environ["HELICONE_API_KEY"]
    answer = litellm.completion(
        model=model,
        messages=[{"role": "user", "content": prompt}],
        max_tokens=max_tokens,
        extra_headers=headers,
        api_base="https://oai.helicone.ai/v1",
    )
    return answer.choices[0].message.content


def with_properties(**properties: str):
    """Decorator: everything asked inside carries these properties."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            token = _current.set({**_current.get(), **properties})
            try:
                return function(*args, **kwargs)
            finally:
                _current.reset(token)

        return wrapper

    return decorate
