"""From usages to findings: what the checker says of each key and value, put where it stands, with what mends it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.quotes import quote_beside, stands_as_it_is
from propguard.lint.reads import Reads
from propguard.model.finding import Edit, FilePlace, Finding, Fix, Related, Severity, Span
from propguard.model.naming import fold
from propguard.model.secrets import shown_value
from propguard.model.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from propguard.compilers import Checker
    from propguard.lint.source import Source
    from propguard.model.finding import Violation
    from propguard.model.usage import Elsewhere, SourceLiteral, Usage

_START = Span(1, 1, 1, 1)
_MOST_RELATED = 5
"""Places that a finding names at most beside its own."""


def findings_in(source: Source, usages: Sequence[Usage], checker: Checker, schema: str) -> list[Finding]:
    """Every finding in the usages of one file; `schema` is how the schema is called in reports."""
    renaming = _Renaming(_crowded(usages, checker), Reads(source, usages))
    judged = [finding for usage in usages for finding in _Judge(source, usage, checker, schema, renaming).findings()]
    judged += _of_records(source, usages, checker, schema)
    return sorted(_distinct(judged), key=lambda finding: finding.place.span.order)  # type: ignore[union-attr]


def _distinct(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each finding once: one at a constant is related to the first places that use it."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        same.setdefault((one.violation.rule, one.violation.message, one.place), []).append(one)
    for group in same.values():
        related = dict.fromkeys(related for one in group for related in one.related)
        yield replace(group[-1], related=tuple(related)[:_MOST_RELATED]) if related else group[-1]


def unread(path: str, problem: str) -> Finding:
    """The finding that a file could not be judged, for the reason `problem`."""
    from propguard.rules.code.unparsed_file import RULE, broken

    return Finding(RULE.violation(broken(problem), None, None), FilePlace(path, _START, ""))


class _Text(NamedTuple):
    """A text that can be replaced: its file and where it stands there."""

    path: str
    span: Span


def _key_text(usage: Usage) -> _Text | None:
    """What can be replaced to rename the key of `usage`, be it in another file."""
    return _text_at(usage.path, usage.key_edit, usage.key_elsewhere)


def _text_at(path: str, own: Span | None, elsewhere: Elsewhere | None) -> _Text | None:
    """The literal that stands at `own` in the file at `path`, else the one that the text comes from."""
    if own is not None:
        return _Text(path, own)
    return _Text(elsewhere.path, elsewhere.span) if elsewhere is not None and elsewhere.is_literal else None


class _Renaming(NamedTuple):
    """What stands against renaming keys of one file: those that would stand in their map twice, and those that are read."""

    crowded: frozenset[_Text]
    reads: Reads


class _Judge:
    """Judges one usage."""

    def __init__(self, source: Source, usage: Usage, checker: Checker, schema: str, renaming: _Renaming) -> None:
        self._source = source
        self._usage = usage
        self._checker = checker.encoding("ascii" if usage.language == "python" else "latin-1")
        self._schema = schema
        self._renaming = renaming

    def findings(self) -> Iterator[Finding]:
        usage = self._usage
        if usage.key_kind in {"literal", "constant"} and usage.written_key is not None:
            yield from self._known_key(usage.written_key)
            return
        if usage.key_kind == "partial" and usage.written_key is not None:
            of_key, declared = self._checker.check_partial_key(usage.written_key, door=usage.door)
            yield from (self._at(violation, usage.span) for violation in of_key)
            if declared is not None:
                yield from self._values(
                    lambda value: self._checker.check_value(declared, usage.stored_key or "", value, door=usage.door)
                )
            if of_key or declared is not None:
                return
        yield from self._code_rules()

    def _code_rules(self) -> Iterator[Finding]:
        from propguard.rules.code import USAGE_RULES

        usage = self._usage
        for rule in reversed(USAGE_RULES):  # the particular before the general
            found = rule.find(usage)
            if found is not None:
                yield self._at(rule.violation(found, usage.stored_key, None), usage.span)
                return

    def _known_key(self, written: str) -> Iterator[Finding]:
        usage, door = self._usage, self._usage.door
        of_key = self._checker.check_key(written, door=door)
        if usage.fixed_in is None:
            found = (
                of_key
                if usage.caller_key is None
                else self._checker.check_key(written, door=door, caller=usage.caller_key)
            )
            yield from (self._at(self._of_calls(violation), usage.span, _key_text(usage)) for violation in found)
        yield from self._values(
            lambda value: tuple(
                violation for violation in self._checker.check(written, value, door=door) if violation not in of_key
            )
        )

    def _of_calls(self, violation: Violation) -> Violation:
        """What is wrong with the key that a wrapper fixes, with how many calls write it."""
        calls = self._usage.calls
        if not calls:
            return violation
        message = (
            f"{violation.message}; {calls} {'call writes' if calls == 1 else 'calls write'} it through this function"
        )
        return replace(violation, message=message, context={**violation.context, "calls": calls})

    def _values(self, check: Callable[[str], tuple[Violation, ...]]) -> Iterator[Finding]:
        for literal in (*self._usage.values, *self._usage.not_texts):
            if not _means_absent(literal, self._usage):
                for violation in check(_value_of(literal, self._usage.language)):
                    text = _text_at(self._usage.path, literal.span, literal.elsewhere)
                    yield self._at(violation, literal.span or self._usage.span, text, literal)

    def _at(
        self, violation: Violation, span: Span, text: _Text | None = None, literal: SourceLiteral | None = None
    ) -> Finding:
        fix = None if text is None or violation.suggestion is None else self._fix(violation, text, literal)
        return Finding(violation, self._source.place(span), self._schema, fix, tuple(self._related(span, literal)))

    def _related(self, span: Span, literal: SourceLiteral | None) -> Iterator[Related]:
        """Where the key, or the value that is a `literal`, is written, or is used, if that is not at `span`."""
        usage = self._usage
        if literal is None:
            written = f"the key {_quoted(usage.written_key or '')} is written here"
            if usage.key_edit is not None and usage.key_edit != span:
                yield Related(self._source.path, usage.key_edit, written)
            elif usage.key_elsewhere is not None:
                yield Related(usage.key_elsewhere.path, usage.key_elsewhere.span, written)
        elif literal.elsewhere is not None:
            value = f"the value {_quoted(literal.text)}" if literal.text else "this value"
            yield Related(literal.elsewhere.path, literal.elsewhere.span, f"{value} is written here")
        elif literal.shared and usage.span != span:
            yield Related(
                self._source.path, usage.span, f"it is used as the value of {_quoted(usage.stored_key or '')} here"
            )

    def _fix(self, violation: Violation, text: _Text, literal: SourceLiteral | None) -> Fix | None:
        from propguard.rules.judgement import fix_safety

        safety, suggestion = fix_safety(violation.rule), violation.suggestion
        is_quoted = literal is not None and literal.json_type != "string"
        language = "json" if is_quoted and self._usage.language == "yaml" else self._usage.language
        if safety is None or suggestion is None or not stands_as_it_is(suggestion, language):
            return None
        if literal is not None:
            quote = "" if literal.json_type == "string" else quote_beside(self._source, self._usage)
            is_safe = safety == "safe" and not literal.shared and literal.elsewhere is None
            return self._replacing(text, quote + suggestion + quote, safe=is_safe)
        if text in self._renaming.crowded:
            return None  # the key would stand in its map twice, and one value would be lost
        is_safe = (
            safety == "safe"
            and not self._usage.key_shared
            and self._usage.key_elsewhere is None
            and self._takes_values(suggestion)
            and not self._renaming.reads.has(text.span)
        )
        if self._usage.door == "header":
            suggestion = self._checker.header_spelling(suggestion, self._usage.written_key or "")
        return self._replacing(text, suggestion, safe=is_safe)

    def _takes_values(self, name: str) -> bool:
        """Whether each value that is known is one of the property `name`, or becomes one by a value alias."""
        target, usage = self._checker.schema.properties.get(name), self._usage
        if target is None:
            return True
        found = (
            self._checker.check_value(target, name, _value_of(literal, usage.language), door=usage.door)
            for literal in usage.values
            if not _means_absent(literal, usage)
        )
        return all(
            one.rule == "value-alias" or one.severity is not Severity.ERROR
            for violations in found
            for one in violations
        )

    def _replacing(self, old: _Text, new: str, *, safe: bool) -> Fix:
        return Fix(safe, (Edit(old.path, old.span, new),))


def _quoted(text: str) -> str:
    """A key or a value as a message shows it: cut where it is long, and masked where it is a secret."""
    return f"`{excerpt(shown_value(text))}`"


_CONFIGURATION = frozenset({"yaml", "json", "json5", "toml", "dotenv"})
"""Languages in which what stands there is what is meant: in quotes it is text."""


def _value_of(literal: SourceLiteral, language: str) -> str:
    """The value as the program would send it; what is no text is handed on as it is, so that a rule can say so."""
    if literal.json_type == "string":
        return literal.text
    value: object = None
    if not literal.text or (language in _CONFIGURATION and literal.json_type != "null"):
        from propguard.rules.value.value_not_string import OfType

        value = OfType(literal.json_type, literal.text or None)
    elif literal.json_type == "boolean":
        value = literal.text == "true"
    elif literal.json_type == "integer" and literal.text.isdecimal():
        value = int(literal.text[:100])
    elif literal.json_type != "null":
        value = 0.5  # any number that is no plain integer: no rule looks further
    return value  # type: ignore[return-value]  # the rules refuse what is no text


def _means_absent(literal: SourceLiteral, usage: Usage) -> bool:
    """Whether the literal is the null branch of a choice in JavaScript, where clients leave such a header out."""
    return literal.json_type == "null" and usage.language != "python" and len(usage.values) > 1


def _in_maps(usages: Sequence[Usage]) -> Iterator[tuple[int, str, str, Usage]]:
    """The usages with a known key in a map literal: the literal, the written key, the stored key, the usage."""
    for usage in usages:
        if usage.literal is not None and usage.written_key and usage.stored_key and usage.key_kind != "partial":
            yield usage.literal, usage.written_key, usage.stored_key, usage


def _crowded(usages: Sequence[Usage], checker: Checker) -> frozenset[_Text]:
    """The keys that, were they mended, would stand in their map literal twice, so that one value would be lost.

    Names are compared without case and separators, as a header may spell one name in more than one way.
    """
    becoming: dict[tuple[int, str], list[_Text | None]] = {}
    for literal, written, stored, usage in _in_maps(usages):
        of_key = checker.check_key(written, door=usage.door)
        suggestion = next((violation.suggestion for violation in of_key if violation.suggestion), None)
        becoming.setdefault((literal, fold(suggestion or stored)), []).append(_key_text(usage) if suggestion else None)
    return frozenset(text for texts in becoming.values() if len(texts) > 1 for text in texts if text is not None)


_OF_LITERALS = frozenset({"dependent-property-missing", "too-many-properties"})
"""Record rules that say something of a map literal; what else a request must have may be added elsewhere."""


def _of_records(source: Source, usages: Sequence[Usage], checker: Checker, schema: str) -> Iterator[Finding]:
    """What is wrong with the properties of one map literal together, reported at the last of those it is about.

    Header names that differ only in case are told in any literal, the rest where all of its keys and values are literal.
    """
    literals: dict[tuple[int, str], dict[str, Usage]] = {}
    for literal, written, _, usage in _in_maps(usages):
        literals.setdefault((literal, usage.door), {})[written] = usage
    for (_, door), record in literals.items():
        texts = {key: _only_value(usage) for key, usage in record.items()}
        is_known = all(text is not None for text in texts.values())
        for violation in checker.check_record({key: text or "" for key, text in texts.items()}, door=door):  # type: ignore[arg-type]  # it came from a usage
            last = [usage for key, usage in record.items() if violation.key in {key, usage.stored_key}]
            if violation.rule == "duplicate-header" or (is_known and violation.rule in _OF_LITERALS):
                yield Finding(violation, source.place((last or list(record.values()))[-1].span), schema)


def _only_value(usage: Usage) -> str | None:
    """The value of a usage where it is one literal of a map in which nothing else stands; null otherwise."""
    is_literal = usage.complete and usage.value_kind in {"literal", "constant"} and len(usage.values) == 1
    return usage.values[0].text if is_literal and usage.values[0].json_type == "string" else None
