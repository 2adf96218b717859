"""Every row of a file judged before the first one is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from propguard.client.policy import Policy, Stats
from propguard.client.rows import read_row
from propguard.model.finding import Finding, RecordPlace, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from propguard.client.on_violation import OnViolation
    from propguard.client.plan import Plan
    from propguard.client.policy import Event
    from propguard.client.rows import GivenRow, Line, RowFile
    from propguard.model.schema import PropertySchema

_DONE = {
    "fixed": "{message}; it is written as `{replacement}`",
    "dropped": "{message}; the row is left out",
    "warned": "{message}; it is written as it stands",
}


class Examination:
    """Judges the rows of `file` as `on_violation` says, and plans what is to be written of them.

    `schema_name` is how findings call the schema. `advance` is told how many bytes are read, of how many.
    """

    def __init__(
        self,
        file: RowFile,
        plan: Plan,
        schema: PropertySchema,
        schema_name: str,
        on_violation: OnViolation,
        *,
        today: date | None,
        advance: Callable[[int, int], None],
    ) -> None:
        self._file = file
        self._plan = plan
        self._schema_name = schema_name
        self._events: list[Event] = []
        self._policy = Policy(schema, on_violation, stats=Stats(), listener=self._events.append, today=today)
        self._advance = advance
        self.counted = {"rows": 0}

    def findings(self) -> Iterator[Finding]:
        """Whatever is wrong, in the order of the file. An error that was fixed, left out or let pass is a warning.

        When it is gone through, every row that may be written is planned.
        """
        for line in self._file.lines():
            self.counted["rows"] = line.number
            row = read_row(line.text)
            if isinstance(row, Violation):
                yield Finding(row, RecordPlace(line.number), self._schema_name)
            else:
                self._judge(line, row)
                if self._events:
                    yield from self._told(line.number, row.request_id)
            self._advance(line.offset, self._file.size)

    def _judge(self, line: Line, row: GivenRow) -> None:
        """Plan what the policy makes of a row."""
        properties = cast("Mapping[str, str]", {row.key: row.value})  # what is no text, the policy refuses
        verdict = self._policy.verdict(properties, door="api", request_id=row.request_id)
        if verdict.refused:
            return
        for sent in verdict.properties.items():
            self._plan.add(line, row, sent)
        if not verdict.properties:
            self._plan.leave_out(line)

    def _told(self, number: int, request_id: str) -> Iterator[Finding]:
        place = RecordPlace(number, request_id)
        for event in self._events:
            yield Finding(_judged(event), place, self._schema_name)
        self._events.clear()


def _judged(event: Event) -> Violation:
    """The violation; where something was done about an error, a warning that says what."""
    violation = event.violation
    if event.action == "refused" or (event.action == "warned" and violation.severity is not Severity.ERROR):
        return violation
    return replace(
        violation,
        severity=Severity.INFO if violation.severity is Severity.INFO else Severity.WARNING,
        message=_DONE[event.action].format(message=violation.message, replacement=event.replacement),
        context={**violation.context, "action": event.action, "replacement": event.replacement},
    )
