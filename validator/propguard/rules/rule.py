"""What a rule is: an id, when it is broken, how that is said, how it is mended, and an example of each side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.model.finding import Severity, Violation
from propguard.model.secrets import masked_everywhere, secret_in, shown_value, without_secrets
from propguard.rules.pattern_language import is_open

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from propguard.model.earlier import EarlierAudit
    from propguard.model.finding import Door, HeaderEncoding
    from propguard.model.names import Names
    from propguard.model.profile import KeyProfile, Seen, ValueCount
    from propguard.model.schema import Property, PropertySchema
    from propguard.model.suppression import Suppression
    from propguard.model.usage import Usage
    from propguard.rules.selection import KeySelection

_NOTHING: Mapping[str, object] = {}
_NO_TEXTS: Mapping[str, str] = {}

FixSafety = Literal["safe", "unsafe"]


class Example(NamedTuple):
    """What breaks a rule and what does not, judged by `schema` (the body of a schema file).

    `language` says what `bad` and `good` are: `python` source, one `json` record as it is written through
    the API, a row of a `jsonl` file for `apply`, or for rules about schemas a `yaml` schema of its own. For rules about stored
    data they are rows of the `keys` of an audit, one a line, with `values` and their requests, and in `before` those that an
    earlier audit had.
    """

    schema: str
    bad: str
    good: str
    language: Literal["python", "json", "jsonl", "yaml", "keys"] = "python"


class Found(NamedTuple):
    """That a rule is broken: what to say, what it should be, and what the message interpolates.

    `severity` overrides the rule's own.
    """

    message: str
    suggestion: str | None = None
    context: Mapping[str, object] = _NOTHING
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule says of itself.

    `doors` is the subset of `C` (code), `W` (write), `D` (data) at which it holds, or `S` (schema files).
    `fix` is how safe it is to put a suggestion, where there is one, in the place of what was found.
    """

    id: str
    summary: str
    why: str
    example: Example
    severity: Severity = Severity.ERROR
    doors: str = "CWD"
    fix: FixSafety | None = None

    def violation(
        self,
        found: Found,
        key: str | None,
        value: str | None,
        severity: Severity | None = None,
        *,
        may_show_secrets: bool = False,
    ) -> Violation:
        """The violation that `found` is at this key and value.

        Secrets are masked in all of it, and none is suggested, so that whatever shows a violation shows no secret; but
        for those of a property that is declared `sensitive: allow`.
        """
        weight, suggestion = severity or found.severity or self.severity, found.suggestion
        if may_show_secrets:
            return Violation(self.id, weight, found.message, key, value, suggestion, found.context)
        message, shown = found.message, None if value is None else shown_value(value)
        if value and shown:
            message = message.replace(value, shown)
        return Violation(
            self.id,
            weight,
            without_secrets(message),
            None if key is None else without_secrets(key),
            shown,
            None if suggestion is None or secret_in(suggestion) else suggestion,
            {name: masked_everywhere(one) for name, one in found.context.items()},
        )


class KeySubject(NamedTuple):
    """One key in front of the key rules. `declared` is the property that the stored key is, if it is one; `advise` tells
    whether the name that was probably meant is wanted, for which all names are gone through. `caller` is what the caller
    of a wrapper writes for the key, None where the key is written as it is sent."""

    written: str
    stored: str
    names: Names
    schema: PropertySchema
    declared: Property | None
    today: date
    advise: bool = True
    caller: str | None = None

    @property
    def door(self) -> Door:
        return self.names.door

    @property
    def shown(self) -> str:
        """The key for a message: as the header that writes it, or as it stands."""
        return f"Helicone-Property-{self.written}" if self.door == "header" else self.written


class ValueSubject(NamedTuple):
    """One value of a declared key in front of the value rules; `encoding` is that of the client that writes headers."""

    key: str
    value: str
    declared: Property
    door: Door
    encoding: HeaderEncoding = "ascii"

    @property
    def is_open(self) -> bool:
        return is_open(self.declared)


class RecordSubject(NamedTuple):
    """All properties of one request in front of the record rules; `stored` maps stored keys to written ones.

    Of stored data, `values` are the values by stored key, and `corrections` the name of the property that a wrong stored key
    should be, where a safe fix makes one of it.
    """

    stored: Mapping[str, str]
    written: tuple[str, ...]
    names: Names
    schema: PropertySchema
    values: Mapping[str, str] = _NO_TEXTS
    corrections: Mapping[str, str] = _NO_TEXTS


class StoredKeys(NamedTuple):
    """What the SQL of a rule is made from: a schema, its names as stored data has them, and which keys are asked for.

    `corrections` are as those of a record, of all wrong keys that the data is known to have.
    """

    names: Names
    schema: PropertySchema
    today: date
    selected: KeySelection | None = None
    corrections: Mapping[str, str] = _NO_TEXTS


class DataSubject(NamedTuple):
    """Everything that is stored, key by key, in front of the rules about stored data.

    `profiles` are the keys that requests have; the stored spellings of one declared name are one of them, under that name.
    Their values are the most frequent ones that may be shown: those with secrets in them are left out. `window` is from the
    first request to the last, whatever they have. `before` is an earlier audit, where one is compared with. `own` are the names
    that the schema declares itself, and does not only inherit; None where all are.
    """

    profiles: tuple[KeyProfile, ...]
    names: Names
    schema: PropertySchema
    window: Seen
    today: date
    before: EarlierAudit | None = None
    own: Collection[str] | None = None

    def declared(self, profile: KeyProfile) -> Property | None:
        return self.names.declared(profile.key)


class FoundInData(NamedTuple):
    """What is found at a key in stored data, in how many requests, with which values and when."""

    key: str
    found: Found
    requests: int
    seen: Seen
    values: tuple[ValueCount, ...] = ()


class SuppressionSubject(NamedTuple):
    """One suppression in front of the rules about them, with what became of it.

    `unused` are those of its rules that were asked for and suppressed nothing, or do not exist; `is_unused` tells that
    it suppressed nothing at all. `known` are the ids of all rules.
    """

    suppression: Suppression
    unused: tuple[str, ...]
    is_unused: bool
    is_expired: bool
    known: Collection[str]


@dataclass(frozen=True, slots=True)
class KeyRule(Rule):
    """Holds of a key, whatever its value."""

    find: Callable[[KeySubject], Found | None] = field(kw_only=True)
    sql: Callable[[StoredKeys], str] = field(kw_only=True)
    """Whether it holds of `k`, provided that none before it does."""
    sql_suggests: Callable[[StoredKeys, Collection[str]], str] | None = field(default=None, kw_only=True)
    """Whether what it suggests for the `k` of which it holds is one of these declared names."""


@dataclass(frozen=True, slots=True)
class ValueRule(Rule):
    """Holds of a value of a declared key."""

    find: Callable[[ValueSubject], Found | None] = field(kw_only=True)
    sql: Callable[[Property], str] | None = field(default=None, kw_only=True)
    """Whether it holds of `v` as a value of a property; null for a rule that stored data cannot break."""


@dataclass(frozen=True, slots=True)
class RecordRule(Rule):
    """Finds `(stored key, what)` pairs; the key is null where the record as a whole is meant."""

    find: Callable[[RecordSubject], Iterator[tuple[str | None, Found]]] = field(kw_only=True)
    sql: Callable[[StoredKeys], str | None] | None = field(default=None, kw_only=True)
    """The array of the keys at which it holds of a record, the empty key for the record as a whole.

    Null for a rule that stored data, or data under this schema, cannot break.
    """


@dataclass(frozen=True, slots=True)
class DataRule(Rule):
    """Holds of stored data as a whole, which no single property or record shows. It finds at most one thing at a key."""

    severity: Severity = Severity.WARNING
    doors: str = "D"
    find: Callable[[DataSubject], Iterator[FoundInData]] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class SchemaRule(Rule):
    """Holds of schema files only. The reader finds it, as it alone knows the file; the rule says what it means."""

    doors: str = "S"


@dataclass(frozen=True, slots=True)
class CodeRule(Rule):
    """Holds of source code only."""

    find: Callable[[Usage], Found | None] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class SuppressionRule(Rule):
    """Holds of the comments that suppress findings."""

    find: Callable[[SuppressionSubject], Found | None] = field(kw_only=True)
