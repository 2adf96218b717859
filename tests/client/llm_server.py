"""A language model on this machine: it answers as OpenAI and Anthropic do, and keeps what it was sent."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "helicone-property-"
_CHAT = {
    "id": "c-1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}
_MESSAGE = {
    "id": "m-1",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "content": [{"type": "text", "text": "Hello"}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 1, "output_tokens": 1},
}
_WORDS = ("Hel", "lo")


def _chat_stream() -> Iterator[str]:
    chunk = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    deltas = [({"role": "assistant", "content": word}, None) for word in _WORDS]
    for delta, reason in (*deltas, ({}, "stop")):
        choices = [{"index": 0, "delta": delta, "finish_reason": reason}]
        yield f"data: {json.dumps(chunk | {'choices': choices})}\n\n"
    yield "data: [DONE]\n\n"


def _message_stream() -> Iterator[str]:
    start = _MESSAGE | {"content": [], "stop_reason": None}
    events: list[dict[str, object]] = [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}}
            for word in _WORDS
        ),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 1},
        },
        {"type": "message_stop"},
    ]
    for event in events:
        yield f"event: {event['type']}\ndata: {json.dumps(event)}\n\n"


class Received(NamedTuple):
    """One request: its path, and the property headers without their prefix."""

    path: str
    properties: list[tuple[str, str]]


class LLMServer(ThreadingHTTPServer):
    """Answers at `url`; `received` are all requests so far."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[Received] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LLMServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        properties = [
            (name[len(_PREFIX) :], value) for name, value in self.headers.items() if name.lower().startswith(_PREFIX)
        ]
        self.server.received.append(Received(self.path, properties))
        of_anthropic = self.path.endswith("/messages")
        if body.get("stream"):
            self._stream(_message_stream() if of_anthropic else _chat_stream())
        else:
            self._whole(json.dumps(_MESSAGE if of_anthropic else _CHAT).encode())

    def _whole(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, events: Iterator[str]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for event in events:
            self.wfile.write(event.encode())
            self.wfile.flush()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the standard library calls it
        """Nothing: the tests look at what was received."""


@contextmanager
def llm_server() -> Iterator[LLMServer]:
    """A server that runs until the block is left."""
    with LLMServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
