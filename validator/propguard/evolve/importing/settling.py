"""A document made of what strangers wrote, brought to where `schema check` finds no error in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from propguard.errors import SchemaInvalid, UsageError
from propguard.evolve.losses import Loss
from propguard.schemafile import document_faults

if TYPE_CHECKING:
    from propguard.evolve.losses import Effect
    from propguard.rules.schema_draft import SchemaPath

_MOST_ROUNDS = 12
_ONLY_SAY = frozenset(
    {
        "examples",
        "description",
        "owner",
        "aliases",
        "deprecated",
        "stability",
        "cardinality",
        "value_aliases",
        "deprecated_values",
    }
)


def settled(document: dict[str, Any]) -> list[Loss]:
    """Take out of `document` whatever is wrong in it, the least that helps, and tell what that was.

    Raises UsageError where nothing that is left would be right.
    """
    losses: list[Loss] = []
    for _ in range(_MOST_ROUNDS):
        faults = _faults(document)
        if not faults:
            return losses
        taken: set[SchemaPath] = set()
        # From the end, so that members of a list keep their places until they are taken out.
        for path, reason in sorted(faults, key=lambda fault: tuple(map(_order, fault[0])), reverse=True):
            if not any(path[: len(other)] == other or other[: len(path)] == path for other in taken) and _take_out(
                document, path
            ):
                taken.add(path)
                losses.append(_loss(document, path, reason))
    raise UsageError(f"no property schema can be made of it: {_faults(document)[0][1]}")


def _faults(document: dict[str, Any]) -> list[tuple[SchemaPath, str]]:
    try:
        return document_faults(document)
    except SchemaInvalid as error:
        reason = error.findings[0].violation.message
        raise UsageError(f"what would come of it is no property schema: {reason}") from None


def _order(step: str | int) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (-1, step)


def _take_out(document: dict[str, Any], path: SchemaPath) -> bool:
    """Whether something at `path`, or where that is not there, at what leads to it, could be taken out."""
    holders: list[tuple[Any, str | int]] = []
    node: Any = document
    for step in path:
        is_there = (
            step in node
            if isinstance(node, dict)
            else isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if not is_there:
            break
        holders.append((node, step))
        node = node[step]
    while len(holders) > 1 or (holders and holders[0][1] not in {"file_format", "name", "version", "properties"}):
        holder, step = holders.pop()
        if len(holder) > 1 or isinstance(holder, dict):
            del holder[step]  # a list that would be empty goes as a whole
            return True
    return False


def _loss(document: dict[str, Any], path: SchemaPath, reason: str) -> Loss:
    if path[0] != "properties" or len(path) < 2:
        return Loss(None, str(path[0]), "accepts more", reason)
    name = str(path[1])
    if len(path) == 2:
        is_closed = document.get("unknown_properties", "error") == "error"
        return Loss(name, "properties", "refuses more" if is_closed else "accepts more", reason)
    field = str(path[2])
    effect: Effect = (
        "says less" if field in _ONLY_SAY else "refuses more" if field == "enum" and len(path) > 3 else "accepts more"
    )
    return Loss(name, field, effect, reason)
