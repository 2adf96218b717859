"""What comes in by HTTP, bounded and as text that the platform could store; and answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

MOST_BYTES = 16 << 20
"""The longest body that is read; the platform takes values of 2 MB."""


class Unreadable(Exception):
    """A body is too long or no JSON; `status` is how that is answered."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def answer(status: int, document: object, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON."""
    body = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), status, headers, "application/json; charset=utf-8")


async def read(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body of a request. Raises Unreadable for one that is too long."""
    if not 0 <= int(request.headers.get("content-length") or 0) <= most:
        raise Unreadable(413, f"the body is longer than {most >> 20} MB")
    pieces, length = [], 0
    async for piece in request.stream():
        length += len(piece)
        if length > most:
            raise Unreadable(413, f"the body is longer than {most >> 20} MB")
        pieces.append(piece)
    return b"".join(pieces)


async def read_json(request: Request) -> Any:
    """The body of a request as JSON; one that does not say that it is JSON is an empty object, as the platform has it.

    Raises Unreadable.
    """
    body = await read(request)
    if "json" not in request.headers.get("content-type", "") or not body:
        return {}
    return parsed(body)


def parsed(body: bytes) -> Any:
    """JSON as a JavaScript runtime stores it: without half surrogate pairs. Raises Unreadable."""
    try:
        document = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(400, f"the body is no JSON: {error}") from None
    return document if body.find(b"\\u") < 0 else whole(document)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def whole(document: Any) -> Any:
    """`document` with every half of a surrogate pair replaced, as whatever encodes text in UTF-8 does it."""
    if isinstance(document, str):
        return document.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(document, dict):
        return {whole(key): whole(value) for key, value in document.items()}
    if isinstance(document, list):
        return [whole(value) for value in document]
    return document
