"""What helps against a finding, in a few words, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.model.finding import Finding


def advice(finding: Finding) -> str | None:
    """Which flags put what into the file; null where nothing can be put there."""
    fix = finding.fix
    if fix is None:
        return None
    if not any(edit.text.strip() for edit in fix.edits):
        return "--fix removes it"
    text = ", ".join(f"`{edit.text}`" for edit in fix.edits)
    return f"--fix writes {text}" if fix.safe else f"--fix --unsafe-fixes writes {text}"
