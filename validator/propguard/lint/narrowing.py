"""What a name can be where a `match` or a `switch` over it has led: the texts of the case that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.text import Text

_CASES = {"case_clause": ("match_statement", "subject"), "switch_case": ("switch_statement", "value")}
"""The cases of Python and of JavaScript: what they are cases of, and the field of what is looked at there."""


def narrowed(analysis: Analysis, name: Node) -> list[Text] | None:
    """Every text that `name` can be in the case that it stands in; null where it stands in none, or in one of anything else."""
    lineage = analysis.document.lineage(name)
    for at, case in enumerate(lineage[1:], start=1):
        if case.type in analysis.document.grammar.functions:
            return None
        whole = _CASES.get(case.type)
        around = (
            None if whole is None else next((node for node in lineage[at + 1 : at + 4] if node.type == whole[0]), None)
        )
        subject = None if whole is None or around is None else around.child_by_field_name(whole[1])
        if subject is None or analysis.document.text(subject).strip("() ") != analysis.document.text(name):
            continue
        texts = [way for pattern in _patterns(case, name) for way in analysis.evaluator.ways(pattern)]
        return texts if texts and all(way.known is not None for way in texts) else None
    return None


def _patterns(case: Node, name: Node) -> Iterator[Node]:
    """What is compared with in a case, and in the empty ones before it that fall through to it; none where `name` is there."""
    if case.type == "case_clause":
        pending = [child for child in case.named_children if child.type == "case_pattern"]
        while pending:
            node = pending.pop(0)
            if node.type in {"case_pattern", "union_pattern"} and node.named_children:
                pending = [*node.named_children, *pending]
            else:
                yield node
        return
    at: Node | None = case
    while at is not None and at.type == "switch_case":
        value = at.child_by_field_name("value")
        if value is None or value.start_byte <= name.start_byte < value.end_byte:
            return
        yield value
        before = at.prev_named_sibling
        at = before if before is not None and before.named_child_count == 1 else None
