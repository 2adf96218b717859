"""A coverage as JSON, version 1: the envelope of findings, which are the files that could not be read, and the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.evolve.coverage import State
from propguard.report import json_format
from propguard.report.audit.json_format import seen_document
from propguard.report.envelope import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.evolve import Coverage
    from propguard.evolve.coverage import Group, Row, Spelling
    from propguard.model.finding import Finding
    from propguard.model.usage import Usage

_MOST_PLACES = 5


def render(result: Coverage, unread: Sequence[Finding], out: TextIO) -> None:
    """Write `result` to `out`."""
    whole = result.whole
    counted = {state.value: len(result.in_state(state)) for state in State}
    details = {
        "schema": result.schema,
        "share": whole.share,
        "share_at_most": whole.share_at_most,
        "all_keys_known": result.are_all_keys,
        "owners": [{"owner": group.name, **_group(group)} for group in result.by("owner")],
        "namespaces": [{"namespace": group.name, **_group(group)} for group in result.by("namespace")],
        "keys": [_row(row) for row in result.rows],
        "computed": [
            {**_place(usage), "stored_key": usage.stored_key, "shape": usage.shape} for usage in result.computed
        ],
    }
    json_format.render(Report(unread, {"declared": whole.declared, "in_use": whole.in_use, **counted}, details), out)


def _group(group: Group) -> dict[str, object]:
    return {
        "declared": group.declared,
        "in_use": group.in_use,
        "possible": group.possible,
        "share": group.share,
        "share_at_most": group.share_at_most,
    }


def _row(row: Row) -> dict[str, object]:
    declared = row.declared
    return {
        "key": row.key,
        "state": row.state.value,
        "declared": declared is not None,
        "counted": row.counts,
        "deprecated": declared is not None and declared.deprecated is not None,
        "owner": None if declared is None else declared.owner,
        "namespace": row.namespace,
        **_met(row, has_data=row.has_data),
        "computed": row.computed,
        "places": [_place(usage) for usage in row.usages[:_MOST_PLACES]],
        "spellings": [
            {"key": one.key, "manner": one.manner, **_met(one, has_data=row.has_data)} for one in row.spellings
        ],
    }


def _met(one: Row | Spelling, *, has_data: bool) -> dict[str, object]:
    """In code and in data; null where nobody looked."""
    return {
        "usages": len(one.usages),
        "requests": one.requests if has_data else None,
        **seen_document(one.seen),
    }


def _place(usage: Usage) -> dict[str, object]:
    cell = {} if usage.span.cell is None else {"cell": usage.span.cell}
    return {"path": usage.path, **cell, "line": usage.span.line, "column": usage.span.column}
