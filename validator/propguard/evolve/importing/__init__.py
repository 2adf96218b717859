"""Property schemas made of the files of other tools, and what of those they do not say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from propguard.errors import UsageError
from propguard.evolve.losses import notices
from propguard.schemafile import as_commented_yaml
from propguard.schemafile.content import LARGEST_FILE
from propguard.schemafile.writing import Comments

if TYPE_CHECKING:
    from datetime import date

    from propguard.evolve.losses import Loss
    from propguard.rules.schema_draft import SchemaPath

__all__ = ["Imported", "Origin", "import_schema"]

Origin = Literal["json-schema", "weaver"]


class Imported(NamedTuple):
    """The text of a property schema in which `schema check` finds no error, and what of the file is not in it."""

    text: str
    losses: tuple[Loss, ...]


def import_schema(content: bytes, path: str, origin: Origin, *, today: date | None = None) -> Imported:
    """A property schema that says what the file at `path`, of which `content` was read, says of records.

    Raises UsageError, with one sentence, for what is no such file or cannot be held within bounds.
    """
    if len(content) > LARGEST_FILE:
        raise UsageError(
            f"{path} is larger than {LARGEST_FILE >> 20} MB, which is no schema of records; is it the right file?"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    day = today or datetime.now(UTC).date()
    document, losses = _READERS[origin](text, path, day)
    return Imported(_as_text(document, losses, f"Imported from {path} ({_TITLES[origin]})."), tuple(losses))


def _json_schema(text: str, path: str, today: date) -> tuple[dict[str, Any], list[Loss]]:
    from propguard.evolve.importing.json_schema import import_json_schema

    return import_json_schema(text, path, today)


def _weaver(text: str, path: str, _: date) -> tuple[dict[str, Any], list[Loss]]:
    from propguard.evolve.importing.weaver import import_weaver

    return import_weaver(text, path)


_READERS = {"json-schema": _json_schema, "weaver": _weaver}
_TITLES = {"json-schema": "a JSON Schema", "weaver": "an OpenTelemetry Weaver registry"}


def _as_text(document: dict[str, Any], losses: list[Loss], made_from: str) -> str:
    """The document with each loss as a comment where it belongs; those of what is not declared stand at the head.

    Where comments would make the file too large to be read, all stand at the head, in few words.
    """
    comments: dict[SchemaPath, Comments] = {}
    head = [made_from, "Look it over: what the file said and this does not, or says otherwise, stands in comments."]
    short: dict[SchemaPath, Comments] = {(): Comments((*head, *notices(losses)))}
    for loss in losses:
        if loss.property in document["properties"]:
            where: SchemaPath = ("properties", str(loss.property))
            said = comments.get(where, Comments()).before
            if loss.sentence() not in said:
                comments[where] = Comments((*said, loss.sentence()))
        else:
            owner = f"{loss.property}: " if loss.property is not None else ""
            head.append(f"{owner}{loss.sentence()}")
    comments[()] = Comments(tuple(dict.fromkeys(head)))
    text = as_commented_yaml(document, comments)
    return text if len(text.encode()) <= LARGEST_FILE else as_commented_yaml(document, short)
