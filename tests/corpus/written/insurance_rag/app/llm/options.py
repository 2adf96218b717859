from __future__ import annotations

from typing import NotRequired, TypedDict

PREFIX = "Helicone-Property-"
SESSION = "Helicone-Session-Id"


class RequestOptions(TypedDict):
    team: str
    document_set: NotRequired[str]
    session_id: NotRequired[str]
    extra: NotRequired[dict[str, str]]


def with_prefix(name: str) -> str:
    if name.lower().startswith(PREFIX.lower()):
        return name
    return f"{PREFIX}{name}"


def property_headers(properties: dict[str, str] | None = None, /, **more: str) -> dict[str, str]:
    """Headers for these properties; `Helicone-Property-` is put in front where it is not yet there."""
    headers: dict[str, str] = {}
    for name, value in {**(properties or {}), **more}.items():
        if value in (None, ""):
            continue
        headers[with_prefix(name)] = value
    return headers


def headers_of(options: RequestOptions) -> dict[str, str]:
    headers = {PREFIX + "team": options["team"]}
    if "document_set" in options:
        headers[PREFIX + "document_set"] = options["document_set"]
    if session := options.get("session_id"):
        headers[SESSION] = session
    headers |= property_headers(options.get("extra"))
    return headers
