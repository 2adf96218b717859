"""The fields of a schema that a target has no words for, found by comparing what is stated with what is carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.evolve.losses import Loss
from propguard.schemafile import as_document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from propguard.evolve.losses import Effect
    from propguard.model.schema import PropertySchema


def left_out(
    schema: PropertySchema,
    reasons: Mapping[str, tuple[Effect, str]],
    carried: Collection[str],
    otherwise: str,
) -> Iterator[Loss]:
    """A loss for every stated field that is not among `carried`, the fields of `limits` by their own names.

    `reasons` says by field what leaving it out changes and why; those not in it only say less, for the reason `otherwise`.
    """
    document = as_document(schema)
    top = [name for name in document if name not in {"file_format", "properties", "limits", "name", "version"}]
    for name in (*top, *document.get("limits", {})):
        if name not in carried:
            yield Loss(None, name, *reasons.get(name, ("says less", otherwise)))
    for owner, fields in document["properties"].items():
        for name in fields:
            if name not in carried:
                yield Loss(owner, name, *reasons.get(name, ("says less", otherwise)))
