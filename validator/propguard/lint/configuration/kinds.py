"""What only looks like a usage: documents that describe, record, translate or compare, and where they say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOCKED = re.compile(r"(?:^|[/\\])(?:[\w-]*-lock\.(?:json|ya?ml)|npm-shrinkwrap\.json)\Z", re.IGNORECASE)
_TRANSLATED = re.compile(
    r"(?:^|[/\\])(?:_?locales?|i18n|l10n|langs?|languages|translations?)[/\\](?:[^/\\]+[/\\])?[^/\\]+\Z", re.IGNORECASE
)
_DESCRIPTIONS = frozenset({"openapi", "swagger", "asyncapi"})
_RECORDINGS = re.compile(r"(?i)(?:http_?)?interactions\Z|response_?headers\Z|reqheaders\Z|cassettes?\Z")
_REQUEST = re.compile(r"(?i)(?:http_?)?request\Z")
_ANSWER = re.compile(r"(?i)(?:http_?)?responses?\Z")
_CONDITIONS = re.compile(r"(?i)match(?:es|ers?|ing)?\Z|expect|assert(?:ion)?s?\Z|check\Z")
_COLLECTION = re.compile(rb"(?i)schema\.getpostman\.com|\b_postman_id\b")
_SENT = re.compile(r"(?i)\.tavern\.ya?ml\Z")
_PROSE = frozenset(
    (
        "description title summary help doc docs comment comments message messages content text example examples "
        "note notes prompt prompts label placeholder tooltip changelog markdown"
    ).split()
)


def is_never_read(path: str) -> bool:
    """Whether a file is named as one that pins packages or translates messages."""
    return bool(_LOCKED.search(path) or _TRANSLATED.search(path))


def is_description(entries: Mapping[str, str | None]) -> bool:
    """Whether a document with these entries, null for a value that is no text, says what data look like.

    An API description, a JSON Schema, or a property schema of our own.
    """
    if _DESCRIPTIONS & entries.keys() or (entries.get("type") == "object" and "properties" in entries):
        return True
    return "json-schema.org" in (entries.get("$schema") or "") or (entries.get("file_format") or "").startswith(
        "property-schema/"
    )


def is_no_write(label: str, around: str) -> bool:
    """Whether what stands under `label`, itself under `around`, is recorded traffic, an answer, or what is compared.

    A proxy finds under `headers` what to set in a response.
    """
    if _ANSWER.match(label):
        return around.lower() != "headers"
    return bool(_RECORDINGS.match(label) or _CONDITIONS.match(label))


def is_request(label: str, around: str) -> bool:
    """Whether a request stands under `label`; under `headers` a proxy finds what to set in requests."""
    return _REQUEST.match(label) is not None and around.lower() != "headers"


def is_answer(label: str) -> bool:
    return _ANSWER.match(label) is not None


def is_sent(path: str, data: bytes) -> bool:
    """Whether a document holds requests that a tool is to send, though it keeps answers beside them."""
    return bool(_SENT.search(path) or _COLLECTION.search(data))


def is_prose(label: str) -> bool:
    return label.lower() in _PROSE
