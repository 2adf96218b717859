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
_RECORDINGS = re.compile(
    r"(?i)(?:http_?)?interactions\Z|re(?:quest|sponse)\Z|response_?headers\Z|reqheaders\Z|cassettes?\Z"
)
_CONDITIONS = re.compile(r"(?i)match(?:es|ers?|ing)?\Z|expect|assert(?:ion)?s?\Z")
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


def is_no_write(label: str, around: str | None) -> bool:
    """Whether what stands under `label`, itself under `around`, is recorded traffic, or what a request is compared with.

    A proxy is told under `headers` what to set in requests and responses.
    """
    if _RECORDINGS.match(label):
        return around is None or around.lower() != "headers"
    return _CONDITIONS.match(label) is not None


def is_prose(label: str) -> bool:
    return label.lower() in _PROSE
