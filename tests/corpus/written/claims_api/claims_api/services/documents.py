from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Document:
    claim_id: str
    claim_type: str
    kind: str
    text: str
    pages: int = 1
    metadata: dict[str, str] = field(default_factory=dict)


def add_property(document: Document, key: str, value: str) -> None:
    """Set a field of the document's own metadata."""
    document.metadata[key] = value


def add_properties(document: Document, properties: dict[str, str]) -> None:
    for key, value in properties.items():
        add_property(document, key, value)


def stamp(document: Document) -> Document:
    add_properties(document, {"stamped": "yes", "stamp_version": "2"})
    return document
