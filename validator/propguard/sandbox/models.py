"""LLMs that answer the same to everything, in the shapes of OpenAI and Anthropic; their headers are what matters."""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any

from starlette.responses import StreamingResponse

from propguard.model.finding import Severity
from propguard.sandbox import headers
from propguard.sandbox.bodies import answer, read_json
from propguard.sandbox.judging import described

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from propguard.model.finding import Violation
    from propguard.sandbox.judging import Judge
    from propguard.sandbox.platform import Platform
    from propguard.sandbox.settings import Settings

WORDS = ("Hello", " from", " the", " sandbox", ".")


class Models:
    """The calls of LLMs that `platform` passes through and stores."""

    def __init__(self, platform: Platform, judge: Judge | None, settings: Settings) -> None:
        self._platform = platform
        self._judge = judge
        self._settings = settings

    async def openai(self, request: Request) -> Response:
        """POST /v1/chat/completions"""
        return await self._complete(request, "OPENAI")

    async def anthropic(self, request: Request) -> Response:
        """POST /v1/messages"""
        return await self._complete(request, "ANTHROPIC")

    async def _complete(self, request: Request, provider: str) -> Response:
        body = await read_json(request)
        if not isinstance(body, dict) or not isinstance(body.get("model"), str):
            return answer(400, _error(provider, "the body needs a `model`", []))
        by_name = headers.joined(request.headers.raw)
        request_id = _request_id(by_name)
        refused = self._judged(request, by_name, request_id)
        if refused:
            return answer(400, _error(provider, refused[0].message, refused), {"helicone-id": request_id})
        self._platform.ingest(
            {
                "request_id": request_id,
                "properties": {**headers.system_properties(by_name), **headers.properties(by_name)},
                "model": body["model"],
                "provider": provider,
                "user_id": by_name.get("helicone-user-id", ""),
                "prompt_id": body["prompt_id"] if isinstance(body.get("prompt_id"), str) else "",
                "request_referrer": by_name.get("referer", ""),
                "target_url": str(request.url),
                "prompt_tokens": 1,
                "completion_tokens": len(WORDS),
            }
        )
        shape = _SHAPES[provider]
        named = {"helicone-id": request_id, "helicone-status": "success"}
        if body.get("stream") is True:
            usage = isinstance(body.get("stream_options"), dict) and body["stream_options"].get("include_usage") is True
            events = shape.events(body["model"], request_id, usage=usage)
            return StreamingResponse(events, headers=named, media_type="text/event-stream")
        return answer(200, shape.whole(body["model"], request_id), named)

    def _judged(self, request: Request, by_name: dict[str, str], request_id: str) -> list[Violation]:
        """The errors because of which a request is refused; empty where it is not."""
        if self._judge is None:
            return []
        repeated = headers.repeated(request.headers.raw)
        violations = self._judge.judge_request(request_id, headers.properties(by_name), repeated)
        errors = [violation for violation in violations if violation.severity is Severity.ERROR]
        return errors if self._settings.enforce else []


def _request_id(by_name: Mapping[str, str]) -> str:
    """The id that the caller chose, where it is one; else a new one."""
    try:
        return str(uuid.UUID(by_name.get("helicone-request-id", "")))
    except ValueError:
        return str(uuid.uuid4())


def _error(provider: str, message: str, violations: list[Violation]) -> dict[str, object]:
    """A refusal in the shape that the provider's own client reads."""
    error = {"type": "invalid_request_error", "message": message}
    if provider == "ANTHROPIC":
        return {"type": "error", "error": {**error, "violations": described(violations)}}
    param = violations[0].key if violations else None
    code = "property_rejected" if violations else None
    return {"error": {**error, "param": param, "code": code, "violations": described(violations)}}


class _OpenAI:
    """Answers in the shape of OpenAI's chat completions."""

    def whole(self, model: str, request_id: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": "".join(WORDS)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {**_head(model, request_id, "chat.completion"), "choices": [choice], "usage": _usage()}

    def events(self, model: str, request_id: str, *, usage: bool) -> Iterator[bytes]:
        head = _head(model, request_id, "chat.completion.chunk")
        for word in WORDS:
            delta = {"role": "assistant", "content": word}
            yield _event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        yield _event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if usage:
            yield _event({**head, "choices": [], "usage": _usage()})
        yield b"data: [DONE]\n\n"


class _Anthropic:
    """Answers in the shape of Anthropic's messages."""

    def whole(self, model: str, request_id: str) -> dict[str, Any]:
        usage = {"input_tokens": 1, "output_tokens": len(WORDS)}
        return {
            "id": f"msg_{request_id}",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": [{"type": "text", "text": "".join(WORDS)}],
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": usage,
        }

    def events(self, model: str, request_id: str, *, usage: bool) -> Iterator[bytes]:  # noqa: ARG002  # it always tells
        begun = {**self.whole(model, request_id), "content": [], "stop_reason": None}
        yield _named({"type": "message_start", "message": begun})
        yield _named({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}})
        for word in WORDS:
            yield _named({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}})
        yield _named({"type": "content_block_stop", "index": 0})
        ended = {"stop_reason": "end_turn", "stop_sequence": None}
        yield _named({"type": "message_delta", "delta": ended, "usage": {"output_tokens": len(WORDS)}})
        yield _named({"type": "message_stop"})


_SHAPES: Mapping[str, _OpenAI | _Anthropic] = {"OPENAI": _OpenAI(), "ANTHROPIC": _Anthropic()}


def _head(model: str, request_id: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{request_id}", "object": kind, "created": int(time.time()), "model": model}


def _usage() -> dict[str, int]:
    return {"prompt_tokens": 1, "completion_tokens": len(WORDS), "total_tokens": 1 + len(WORDS)}


def _event(document: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(document).encode() + b"\n\n"


def _named(document: Mapping[str, Any]) -> bytes:
    return b"event: " + str(document["type"]).encode() + b"\n" + _event(document)
