"""An audit for a terminal: what is wrong, worst first, then every key with its score."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from propguard.audit import AuditResult


def render(result: AuditResult, out: TextIO) -> None:
    """Write `result` to `out`."""
    out.writelines(
        f"{one.severity.value}[{one.violation.rule}] {visible(one.violation.message)} ({one.count:,} requests)\n"
        for one in result.findings
    )
    width = max((len(visible(excerpt(key.key, 40))) for key in result.keys), default=3)
    out.write(f"\n{'key'.ljust(width)} {'score':>8} {'requests':>12} {'distinct':>10} {'with error':>12}\n")
    out.writelines(
        f"{visible(excerpt(key.key, 40)).ljust(width)} {key.score:8.4f} {key.requests:12,} {key.distinct:10,} {key.violations:12,}\n"
        for key in sorted(result.keys, key=lambda one: (one.score, -one.requests))
    )
    out.write(f"\nscore {result.score:.4f} of {result.requests:,} requests\n")
