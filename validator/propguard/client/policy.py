"""What becomes of properties that break the schema: raise, warn, drop, fix or reject, per property.

Nothing here sends anything: properties come in, and what is to be sent instead goes out.
"""

from __future__ import annotations

import logging
from _thread import allocate_lock
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from propguard.client.on_violation import CLIENT_WORDS, REST, OnViolation, words_for
from propguard.compilers import Checker
from propguard.errors import PropertyRejected, UsageError
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import PropertySchema
from propguard.model.stored_key import stored_key
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from propguard.model.finding import Door, Violation

Action = Literal["sent", "fixed", "dropped", "warned", "refused"]

_LOGGER = logging.getLogger("propguard")
_MOST_ROUNDS = 20

UNSENDABLE = frozenset({"value-not-string"})
"""What no policy lets pass: the platform's answer would be 422, and no header would be written."""

_RECORD_RULES = frozenset(
    {"duplicate-header", "required-property-missing", "dependent-property-missing", "too-many-properties"}
)


class Event(NamedTuple):
    """One thing that was done about one violation.

    `replacement` is the key (of a key rule) or the value (of a value rule) that is sent instead, null unless fixed.
    """

    action: Action
    violation: Violation
    request_id: str | None = None
    replacement: str | None = None


class Stats:
    """How many properties were sent and dropped, and how many violations were fixed, warned of and refused, so far.

    May be shared between threads.
    """

    __slots__ = ("_lock", "dropped", "fixed", "refused", "sent", "warned")

    def __init__(self) -> None:
        self._lock = allocate_lock()
        self.sent = self.fixed = self.dropped = self.warned = self.refused = 0

    def count(self, action: Action, number: int = 1) -> None:
        """Add to one of the counts."""
        with self._lock:
            setattr(self, action, getattr(self, action) + number)

    def __repr__(self) -> str:
        return f"Stats(sent={self.sent}, fixed={self.fixed}, dropped={self.dropped}, warned={self.warned}, refused={self.refused})"


class Verdict(NamedTuple):
    """What is to be sent instead, or else what stops it: `refused` is empty where nothing does.

    `raises` tells whether an exception was asked for, rather than an answer.
    """

    properties: Mapping[str, str]
    refused: tuple[Violation, ...] = ()
    raises: bool = False


class _Fault(NamedTuple):
    """A violation at a written key; of a record as a whole, or of what it lacks, where that is null."""

    written: str | None
    violation: Violation


class _Renamed:
    """New keys for some of `properties`; where another key means the same property with the same value, none at all."""

    def __init__(self, names: Names, properties: dict[str, str]) -> None:
        self._names = names
        self._properties = properties
        self._keys: dict[str, str | None] = {}
        self._written: dict[str, list[str]] = {}
        for written in properties:
            self._written.setdefault(self._meant(written), []).append(written)

    def _meant(self, key: str) -> str:
        return self._names.canonical(stored_key(key, self._names.door))

    def rename(self, written: str, key: str) -> bool:
        """Whether `key` may stand for `written`, which it then does: no other value is lost by it."""
        if written in self._keys:
            return False
        alike = self._written.setdefault(self._meant(key), [])
        others = [other for other in alike if other != written]
        if any(self._properties[other] != self._properties[written] for other in others):
            return False
        self._keys[written] = None if others else key
        if not others:
            alike.append(written)
        return True

    def applied(self) -> dict[str, str]:
        """The properties in their order, by their new keys."""
        keys = ((self._keys.get(written, written), value) for written, value in self._properties.items())
        return {key: value for key, value in keys if key is not None}


class Policy:
    """Judges properties before they are sent, and says what is sent instead.

    `on_violation` is one word for all, or a mapping from declared names (`environment`, `feature_*`) to words, where `*`
    stands for the rest; what is not given is `reject` where that is among `words`, else `raise`. PROPGUARD_ON_VIOLATION,
    read once, overrides it; there `reject` is `raise` to whoever cannot reject. Violations that are no errors are logged, counted and sent
    whatever the word; so are errors of properties whose `enforcement` does not block yet. What a record lacks
    or has too much of cannot be left out, so that `drop` is `warn` to it; of a repeated header, every spelling is dropped.
    What breaks one of the rules `unsendable`, such as a value that is no text, cannot be sent, so that `warn` is `raise` to
    it, whether the schema blocks yet or not.

    Each thing done is one record of the logger `propguard`, whose `extra` says action, rule, key and request_id, of level
    WARNING, or INFO for what is refused, as that is told anyway; values are in it only with `log_values`. `listener` gets
    each as an Event, values and all; its exceptions are logged. UsageError for a word or name that is not known.
    """

    def __init__(
        self,
        schema: PropertySchema,
        on_violation: OnViolation | Mapping[str, OnViolation] | None = None,
        *,
        stats: Stats,
        listener: Callable[[Event], object] | None = None,
        today: date | None = None,
        words: Sequence[OnViolation] = CLIENT_WORDS,
        log_values: bool = False,
        unsendable: frozenset[str] = UNSENDABLE,
    ) -> None:
        if not isinstance(schema, PropertySchema):
            raise UsageError(
                f"a schema is expected, not {type(schema).__name__}; write load_schema(path), which reads one"
            )
        self.checker = Checker(schema, today=today)
        self.stats = stats
        self._listener = listener
        self._log_values = log_values
        self._unsendable = unsendable
        self._words = words_for(schema, on_violation, words)
        self._names: dict[Door, Names] = {"api": Names(schema, "api"), "header": Names(schema, "header")}

    def judge(
        self, properties: Mapping[str, str], *, door: Door, request_id: str | None = None, as_record: bool = False
    ) -> Mapping[str, str]:
        """What is to be sent instead; the same object where nothing is wrong.

        With `as_record` these are all properties of a request, so that what is missing is reported, too. PropertyRejected
        with everything that stops the call; nothing of it is then to be sent.
        """
        verdict = self.verdict(properties, door=door, request_id=request_id, as_record=as_record)
        if verdict.refused:
            raise PropertyRejected(verdict.refused)
        return verdict.properties

    def verdict(
        self,
        properties: Mapping[str, str],
        *,
        door: Door,
        request_id: str | None = None,
        as_record: bool = False,
        repeated: Collection[str] = (),
    ) -> Verdict:
        """What `judge` returns or raises, as a value. `repeated` are the keys that are written more than once, letter by letter."""
        for key in properties:
            if not isinstance(key, str):
                raise UsageError(f"the key of a property is text, not {type(key).__name__}; write it in quotes")
        if not repeated and not self._violations(properties, door, as_record):
            return Verdict(properties)
        return self._settled(properties, door, request_id, as_record, repeated)

    def passed(self, violations: Sequence[Violation]) -> tuple[Violation, ...]:
        """Those of `violations`, of something else than what is sent, that are not let pass with a warning."""
        refused = tuple(violation for violation in violations if self._word(violation.key, "api") != "warn")
        for violation in violations:
            self._tell(Event("refused" if violation in refused else "warned", violation))
        return refused

    def _violations(self, properties: Mapping[str, str], door: Door, as_record: bool) -> bool:
        if as_record:
            return bool(self.checker.check_record(properties, door=door))
        check = self.checker.check
        return any(check(key, value, door) for key, value in properties.items())

    def _settled(
        self,
        properties: Mapping[str, str],
        door: Door,
        request_id: str | None,
        as_record: bool,
        repeated: Collection[str],
    ) -> Verdict:
        events: list[Event] = []
        faults: list[_Fault] = []
        for _ in range(_MOST_ROUNDS):
            faults = self._faults(properties, door, as_record, repeated)
            mended = self._mended(properties, faults, door, events)
            if mended is properties:
                break
            properties = mended
        refused = [fault.violation for fault in faults if self._stops(fault, door)]
        if refused:
            raises = any(self._word(violation.key, door) == "raise" for violation in refused)
            events = [Event("refused", violation) for violation in refused]
        else:
            raises = False
            events += [Event("warned", fault.violation) for fault in faults]
        for event in events:
            self._tell(event._replace(request_id=request_id))
        return Verdict(properties, tuple(refused), raises)

    def _faults(
        self, properties: Mapping[str, str], door: Door, as_record: bool, repeated: Collection[str]
    ) -> list[_Fault]:
        """Every violation, those of keys and values first."""
        faults = [
            _Fault(key, violation) for key, value in properties.items() for violation in self._found(key, value, door)
        ]
        if as_record:
            whole = self.checker.check_record(properties, door=door)
            faults += [_Fault(None, violation) for violation in whole if violation.rule in _RECORD_RULES]
        still = [key for key in properties if key in repeated]
        if still:
            from propguard.rules.judgement import judge_repeated_headers

            found = judge_repeated_headers(self.checker.schema, self._names[door], still)
            faults += [_Fault(None, violation) for violation in found]
        return faults

    def _found(self, key: str, value: object, door: Door) -> tuple[Violation, ...]:
        """What is wrong with one property; that a value is no text, even where its key alone is reason to warn."""
        from propguard.rules.judgement import judge_undeclared_value

        found = self.checker.check(key, cast(str, value), door)
        if isinstance(value, str) or any(violation.rule == "value-not-string" for violation in found):
            return found
        return (*found, *judge_undeclared_value(stored_key(key, door), value))

    def _mended(
        self, properties: Mapping[str, str], faults: list[_Fault], door: Door, events: list[Event]
    ) -> Mapping[str, str]:
        """The properties with what `drop` leaves out and `fix` mends; the same object where that is nothing."""
        before = len(events)
        dropped = self._dropped(faults, door)
        events.extend(Event("dropped", violation) for violation in dropped.values())
        doubled = {violation.key for violation in dropped.values() if violation.rule == "duplicate-header"}
        left = {
            key: value
            for key, value in properties.items()
            if key not in dropped and stored_key(key, door) not in doubled
        }
        fixes = [fault for fault in faults if fault.written in left and self._is_fixable(fault, door)]
        renamed = _Renamed(self._names[door], left)
        # Values first: what a property that is renamed says of its own values is known only by its old name.
        for fault in sorted(fixes, key=lambda fault: fault.violation.value is None):
            self._fix(left, renamed, fault, door, events)
        return properties if len(events) == before else renamed.applied()

    def _dropped(self, faults: list[_Fault], door: Door) -> dict[str | None, Violation]:
        """The first reason why each written key is left out."""
        dropped: dict[str | None, Violation] = {}
        for written, violation in faults:
            droppable = written is not None or violation.rule == "duplicate-header"
            if droppable and self._is_error(violation) and self._word(violation.key, door) == "drop":
                dropped.setdefault(violation.key if written is None else written, violation)
        return dropped

    def _is_fixable(self, fault: _Fault, door: Door) -> bool:
        from propguard.rules.judgement import fix_safety

        violation = fault.violation
        return (
            fault.written is not None
            and violation.suggestion is not None
            and violation.rule != "value-not-string"  # safe in code only, where the text that is meant can be seen
            and fix_safety(violation.rule) == "safe"
            and self._word(violation.key, door) == "fix"
        )

    def _fix(self, left: dict[str, str], renamed: _Renamed, fault: _Fault, door: Door, events: list[Event]) -> None:
        """Apply one fix to `left`, unless another of this round has changed what it is of, or it would cost a value."""
        from propguard.rules.value.value_unsafe_in_header import is_header_safe

        written, violation = fault
        suggestion = violation.suggestion
        assert written is not None
        assert suggestion is not None
        if violation.value is not None:
            carried = door == "api" or is_header_safe(suggestion)
            if left[written] == violation.value and carried:
                left[written] = suggestion
                events.append(Event("fixed", violation, replacement=suggestion))
            return
        key = self.checker.header_spelling(suggestion, written) if door == "header" else suggestion
        if renamed.rename(written, key):
            events.append(Event("fixed", violation, replacement=key))

    def _stops(self, fault: _Fault, door: Door) -> bool:
        """Whether an error that is neither fixed nor dropped stops the call."""
        violation = fault.violation
        if not self._is_error(violation):
            return False
        word = self._word(violation.key, door)
        return word not in {"warn", "drop"} or (word == "warn" and violation.rule in self._unsendable)

    def _is_error(self, violation: Violation) -> bool:
        return violation.severity is Severity.ERROR or violation.rule in self._unsendable

    def _word(self, stored: str | None, door: Door) -> OnViolation:
        """The word for the property that a stored key is, or is another spelling of."""
        words = self._words
        if stored is None or len(words) == 1:
            return words[REST]
        names = self._names[door]
        declared = names.declared(stored) or names.aliases.get(stored)
        name = declared.name if declared is not None else names.folded(stored)
        return words.get(stored, words[REST]) if name is None else words.get(name, words[REST])

    def _tell(self, event: Event) -> None:
        """Count and log `event`, and hand it to the listener."""
        self.stats.count(event.action)
        action, violation, request_id, replacement = event
        # Of what is refused, an exception or an answer tells, too.
        quiet = action == "refused" or violation.severity is Severity.INFO
        level = logging.INFO if quiet else logging.WARNING
        if _LOGGER.isEnabledFor(level):
            extra: dict[str, object] = {
                "action": action,
                "rule": violation.rule,
                "key": violation.key,
                "request_id": request_id,
            }
            if self._log_values:
                extra |= {"value": violation.value, "replacement": replacement}
            _LOGGER.log(level, "%s", self._sentence(event), extra=extra)
        if self._listener is not None:
            try:
                self._listener(event)
            except Exception:  # what looks on must not stop what it looks at
                _LOGGER.exception("the listener of propguard failed")

    def _sentence(self, event: Event) -> str:
        """What a log says; messages of violations quote values, so they are in it only where values may be."""
        action, violation, request_id, _ = event
        where = "" if violation.key is None else f" at `{visible(excerpt(violation.key))}`"
        request = "" if request_id is None else f" of request {visible(excerpt(request_id))}"
        said = f": {visible(violation.message)}" if self._log_values else ""
        return f"{action}: {violation.rule}{where}{request}{said}"
