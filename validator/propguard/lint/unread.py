"""Files in languages that are not read: which of them are code or configuration that may write properties.

What such a file writes is not judged, and is reported as that. Text for people, recorded data and what is no text is passed
over: nothing is written there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.lint.configuration.kinds import is_never_read
from propguard.lint.prefilter import hits, names_property

if TYPE_CHECKING:
    from propguard.lint.source import Source

_PAGES = (".htm", ".html", ".xhtml")
_MOST_HITS = 100
"""Names of headers in one page, beyond which it is taken for code."""


def writes_unread(source: Source) -> bool:
    """Whether a file in a language that is not read names a header or the PUT call, and is code or configuration."""
    path, data = source.path.replace("\\", "/"), source.data
    if is_never_read(path) or b"\x00" in data or not names_property(data):
        return False
    return not path.lower().endswith(_PAGES) or _is_in_code_of_page(data.lower())


def _is_in_code_of_page(page: bytes) -> bool:
    """Whether a script of a page, or an attribute of an element, holds a hit; the rest of a page is shown to people."""
    found = hits(page)
    return len(found) > _MOST_HITS or any(
        page.rfind(b"<script", 0, hit) > page.rfind(b"</script", 0, hit)
        or page.rfind(b"<", 0, hit) > page.rfind(b">", 0, hit)
        for hit in found
    )
