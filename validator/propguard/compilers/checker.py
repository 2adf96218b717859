"""A schema compiled for Python: accept fast, explain slow.

A valid key and value cost one look-up and one test. Only what a test turns down goes through the rule files, which alone
know what is wrong and how to say it; that both always agree is held by property tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.names import Names
from propguard.model.naming import is_in_style
from propguard.model.stored_key import has_header_prefix, is_system_key, stored_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from propguard.compilers.record_acceptance import RecordTest
    from propguard.compilers.value_acceptance import ValueTest
    from propguard.model.finding import Door, HeaderEncoding, Violation
    from propguard.model.schema import Property, PropertySchema

_API: Door = "api"
_DOORS: tuple[Door, ...] = ("api", "header", "data")
_MOST_KEYS = 10_000
_MOST_KEY_SETS = 64
_join = "\x00".join


class Checker:
    """Judges keys, values and records by `schema`.

    `today` is the day (UTC) by which deprecations and enforcement are judged; None for the day of each call.
    `header_encoding` is what the client that writes the headers can encode: Python's ASCII, others latin-1.
    A checker may be shared between threads.
    """

    __slots__ = ("_accepts", "_api", "_api_closed", "_doors", "_other", "_record_tests", "_today", "schema")

    def __init__(
        self, schema: PropertySchema, *, today: date | None = None, header_encoding: HeaderEncoding = "ascii"
    ) -> None:
        self.schema = schema
        self._today = today
        self._other: Checker | None = None
        self._doors: dict[str, _Door] = {door: _Door(schema, door, header_encoding) for door in _DOORS}
        self._api_closed, self._api = self._doors["api"].closed, self._doors["api"].accepts
        self._accepts = {name: at.accepts for name, at in self._doors.items()}
        self._record_tests = {name: at.record_tests for name, at in self._doors.items()}

    def encoding(self, header_encoding: HeaderEncoding) -> Checker:
        """The same for clients that encode headers so."""
        if self._doors["header"].encoding == header_encoding:
            return self
        if self._other is None:
            self._other = Checker(self.schema, today=self._today, header_encoding=header_encoding)
        return self._other

    def check(self, key: str, value: str, door: Door = "api") -> tuple[Violation, ...]:
        """Every violation of one property, empty where there is none.

        `key` is the written key: for a header, what follows `Helicone-Property-`. Give `door` by name; that Python would
        take it by place, too, makes the call a fifth faster.
        """
        try:
            if door is _API:
                if value in self._api_closed[key] or self._api[key](value):
                    return ()
            elif self._accepts[door][key](value):
                return ()
        except (KeyError, TypeError):  # a key not met before; a value that is no text
            pass
        return self._explain(key, value, door)

    def test(self, key: str, *, door: Door = "api") -> Callable[[str], object] | None:
        """The test of the values of one key, for a hot loop: truthy where `check` finds nothing, TypeError for no text.

        Null where the key itself is something to report.
        """
        test = self._doors[door].test_of(key)
        return None if test is None else test.accepts

    def check_key(self, key: str, *, door: Door = "api", caller: str | None = None) -> tuple[Violation, ...]:
        """Every violation of a key whose value is not known; `caller` is what the caller of a wrapper writes for it."""
        if self._doors[door].test_of(key) is not None:
            return ()
        violation = self._doors[door].judge_key(key, self._day(), caller)
        return () if violation is None else (violation,)

    def check_partial_key(self, key: str, *, door: Door = "api") -> tuple[tuple[Violation, ...], Property | None]:
        """Every violation of a key with stars for its unknown parts, and the property that it is whatever they are."""
        from propguard.rules.judgement import judge_partial_key

        return judge_partial_key(self.schema, self._doors[door].names, key, self._day())

    def check_value(self, declared: Property, key: str, value: str, *, door: Door = "api") -> tuple[Violation, ...]:
        """Every violation of a value of `declared`, met under the stored key `key`."""
        from propguard.rules.judgement import judge_value

        return judge_value(declared, key, value, door, self._day(), self._doors[door].encoding)

    def header_spelling(self, name: str, written: str) -> str:
        """How a header of this schema writes the declared `name`, with the capitals that `written` begins with."""
        return self._doors["header"].names.header_spelling(name, written)

    def check_record(self, record: Mapping[str, str], *, door: Door = "api") -> tuple[Violation, ...]:
        """Every violation of all the properties of one request: of its keys and values in their order, then of the whole."""
        try:
            test = self._record_tests[door][len(record)]
            if test.familiar(record) in test.seen:
                if test.match is not None:
                    text = _join(test.joined(record))
                    if len(text) <= test.limit and test.match(text) and not test.others:
                        return ()
                elif not test.others:
                    return ()
            if test.admit(record):
                return ()
        except (KeyError, TypeError):  # another set of keys than the last one of this size; a value that is no text
            pass
        return self._explain_record(record, door)

    def _day(self) -> date:
        if self._today is not None:
            return self._today
        from datetime import UTC, datetime

        return datetime.now(UTC).date()

    def _explain(self, key: str, value: object, door: Door) -> tuple[Violation, ...]:
        at = self._doors[door]
        test = at.test_of(key)
        if test is not None:
            try:
                if test.accepts(value):  # type: ignore[arg-type]  # what is no text raises, and is explained
                    return ()
            except TypeError:
                pass
            return at.judge_value(key, value, None, self._day())
        today = self._day()
        of_key = at.judge_key(key, today)
        of_value = at.judge_value(key, value, of_key, today)
        return of_value if of_key is None else (of_key, *of_value)

    def _explain_record(self, record: Mapping[str, str], door: Door) -> tuple[Violation, ...]:
        at = self._doors[door]
        test = at.test_of_keys(tuple(record))
        if test is not None:
            try:
                if test.admit(record):
                    return ()
            except TypeError:
                pass
        from propguard.rules.judgement import judge_record, without_superseded

        violations = [violation for key, value in record.items() for violation in self._explain(key, value, door)]
        return without_superseded((*violations, *judge_record(at.schema, at.names, record, self._day())))


class _Door:
    """What is compiled of a schema for one door, filled as keys are met."""

    __slots__ = ("accepts", "closed", "door", "encoding", "key_sets", "names", "record_tests", "schema", "tests")

    def __init__(self, schema: PropertySchema, door: Door, encoding: HeaderEncoding) -> None:
        self.schema = schema
        self.encoding: HeaderEncoding = encoding
        self.door: Door = door
        self.names = Names(schema, door)
        self.tests: dict[str, ValueTest] = {}
        self.accepts: dict[str, Callable[[str], object]] = {}
        self.closed: dict[str, frozenset[str]] = {}
        self.key_sets: dict[tuple[str, ...], RecordTest | None] = {}
        self.record_tests: dict[int, RecordTest] = {}

    def test_of(self, written: str) -> ValueTest | None:
        """The test of the values of a written key; null where the key itself is something to report."""
        test = self.tests.get(written)
        if test is not None or not self._is_accepted(written):
            return test
        from propguard.compilers.value_acceptance import undeclared_test, value_test

        stored = stored_key(written, self.door)
        declared = self.names.declared(stored)
        test = (
            undeclared_test(is_ignored=self.names.is_ignored(stored))
            if declared is None
            else value_test(declared, self.door, self.encoding)
        )
        if len(self.tests) < _MOST_KEYS:
            self.tests[written] = test
            self.closed[written] = test.closed or frozenset()
            self.accepts[written] = test.accepts
        return test

    def _is_accepted(self, written: str) -> bool:
        """Whether no key rule has anything to report; the usual cases are settled without importing the rules."""
        stored = stored_key(written, self.door)
        declared = self.names.declared(stored)
        if declared is not None:
            # A name that is declared may, as headers spell it, still be a reserved one.
            plain = (
                self._is_plainly_named(stored) if declared.is_namespace else stored.lower() not in self.names.reserved
            )
            if plain and not has_header_prefix(stored):
                return declared.deprecated is None
        from datetime import date

        return self.judge_key(written, date.min) is None

    def _is_plainly_named(self, stored: str) -> bool:
        """Whether a key inside a namespace surely breaks no rule of its own: in style, of letters and digits, not too long."""
        schema, names = self.schema, self.names
        return (
            schema.naming != "any"
            and is_in_style(names.canonical(stored), schema.naming, lower_cased=names.is_headers(stored))
            and len(stored) <= schema.limits.key_length
            and stored not in names.aliases
            and stored.lower() not in names.reserved
            and not is_system_key(stored)
        )

    def test_of_keys(self, keys: tuple[str, ...]) -> RecordTest | None:
        """The test of records with these keys; null where the keys themselves are something to report."""
        try:
            test = self.key_sets[keys]
        except KeyError:
            if len(self.key_sets) >= _MOST_KEY_SETS:
                self.key_sets.clear()
                self.record_tests.clear()
            test = self.key_sets[keys] = self._compiled(keys)
        if test is not None:
            self.record_tests[len(keys)] = test
        return test

    def _compiled(self, keys: tuple[str, ...]) -> RecordTest | None:
        from datetime import date

        from propguard.compilers.record_acceptance import RecordTest
        from propguard.rules.judgement import judge_record

        tests = {key: test for key in keys if (test := self.test_of(key)) is not None}
        if len(tests) < len(keys) or judge_record(self.schema, self.names, dict.fromkeys(keys, ""), date.min):
            return None
        return RecordTest(tests)

    def judge_key(self, written: str, today: date, caller: str | None = None) -> Violation | None:
        from propguard.rules.judgement import judge_key

        return judge_key(self.schema, self.names, written, today, caller=caller)

    def judge_value(self, written: str, value: object, of_key: Violation | None, today: date) -> tuple[Violation, ...]:
        """What is wrong with the value of a key of which `of_key` is reported.

        The property of a key that is not declared is unknown, unless a header only spells it in another way.
        """
        from propguard.rules.judgement import judge_undeclared_value, judge_value

        stored = stored_key(written, self.door)
        declared = self.names.declared(stored)
        if declared is None and of_key is not None and of_key.rule == "header-key-mismatch":
            declared = self.schema.properties.get(of_key.suggestion or "")
        if declared is not None:
            return judge_value(declared, stored, value, self.door, today, self.encoding)
        if self.names.is_ignored(stored) and isinstance(value, str):
            return ()
        return judge_undeclared_value(stored, value)
