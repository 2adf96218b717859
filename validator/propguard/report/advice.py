"""What helps against a finding, in a few words, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.finding import FilePlace

if TYPE_CHECKING:
    from propguard.model.finding import Finding


def advice(finding: Finding) -> str | None:
    """Which flags write what, and into which other file; None where nothing can be written."""
    fix = finding.fix
    if fix is None:
        return None
    if not any(edit.text.strip() for edit in fix.edits):
        return "--fix removes it"
    place = finding.place
    own = place.path if isinstance(place, FilePlace) else None
    text = ", ".join(f"`{edit.text}`" + ("" if edit.path == own else f" in {edit.path}") for edit in fix.edits)
    return f"--fix writes {text}" if fix.safe else f"--fix --unsafe-fixes writes {text}"
