"""From the headers of an LLM request to what the platform stores of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

_PREFIX = HEADER_PREFIX.lower()

SYSTEM_KEYS = {
    "helicone-session-id": "Helicone-Session-Id",
    "helicone-session-name": "Helicone-Session-Name",
    "helicone-session-path": "Helicone-Session-Path",
    "helicone-prompt-id": "Helicone-Prompt-Id",
    "helicone-experiment-id": "Helicone-Experiment-Id",
    "helicone-cache-enabled": "Helicone-Cache-Enabled",
    "helicone-cache-seed": "Helicone-Cache-Seed",
    "helicone-cache-bucket-max-size": "Helicone-Cache-Bucket-Max-Size",
}
"""Headers of the platform that it keeps beside the properties, and under which key. Source: Helicone/helicone at 67df07b8."""


def joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-cased name; the values of one name joined with a comma, as the platform's runtime does it."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip(" \t")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def properties(by_name: dict[str, str]) -> dict[str, str]:
    """The user's properties: what follows the prefix, lower-cased. An empty name is none; an empty value is one."""
    return {
        name[len(_PREFIX) :]: value
        for name, value in by_name.items()
        if name.startswith(_PREFIX) and len(name) > len(_PREFIX)
    }


def system_properties(by_name: dict[str, str]) -> dict[str, str]:
    """What the platform keeps of its own among the properties."""
    return {key: by_name[name] for name, key in SYSTEM_KEYS.items() if name in by_name}


def repeated(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Each property whose header came more than once, in two spellings; a server sees all names in lower case."""
    times = Counter(name.decode("latin-1").lower() for name, _ in headers)
    keys = [name[len(_PREFIX) :] for name, number in times.items() if number > 1 and name.startswith(_PREFIX)]
    return {spelling: "" for key in keys for spelling in (key, key.upper()) if key}
