"""The text of a schema file, within bounds, and findings that point into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from propguard.model.finding import FilePlace, Finding, Span
from propguard.model.text import visible
from propguard.rules.schema import schema_too_large, schema_unreadable
from propguard.schemafile.content import LARGEST_FILE

if TYPE_CHECKING:
    from propguard.rules.rule import Found, SchemaRule

START = Span(1, 1, 1, 1)
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Refused(Exception):
    """The file cannot be read any further; the one finding says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.violation.message)


@dataclass(frozen=True, slots=True)
class Source:
    """One schema file: its path as it is shown to the user, and its text cut into lines as YAML cuts them."""

    path: str
    text: str
    lines: tuple[str, ...]

    def finding(self, rule: SchemaRule, found: Found, span: Span, key: str | None = None) -> Finding:
        """The finding that `rule` is broken at `span`; `key` is the name of the property it is about.

        Whatever the file holds, the message can be shown.
        """
        line = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        return Finding(
            rule.violation(found._replace(message=visible(found.message)), key, None),
            FilePlace(self.path, span, line),
            schema=None,
        )


def as_source(path: str, content: bytes) -> Source:
    """The text of `content`; raises Refused for what cannot be the text of a schema file."""
    unread = Source(path, "", ())
    if len(content) > LARGEST_FILE:
        raise Refused(unread.finding(schema_too_large.RULE, schema_too_large.in_bytes(LARGEST_FILE), START))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(unread.finding(schema_unreadable.RULE, schema_unreadable.not_utf8("UTF-16"), START))
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise Refused(unread.finding(schema_unreadable.RULE, schema_unreadable.nul(line), Span(line, 1, line, 1)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = schema_unreadable.not_utf8(f"the byte 0x{content[error.start]:02x} in line {line}")
        raise Refused(unread.finding(schema_unreadable.RULE, found, Span(line, 1, line, 1))) from None
    return Source(path, text, tuple(_LINE_BREAK.split(text)))
