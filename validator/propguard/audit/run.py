"""An audit from beginning to end: three statements are asked, and what they answer becomes a result."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from propguard.audit.findings import Assembly, worst_first
from propguard.audit.holdings import nothing_judged
from propguard.audit.merging import merged_days, merged_findings, merged_keys
from propguard.audit.result import AuditResult, Day, seen
from propguard.audit.unread import odd_times, unread_finding, unread_rows
from propguard.audit.whole import findings_of_the_whole
from propguard.compilers import Checker
from propguard.compilers.clickhouse import findings_statement, keys_statement, requests_statement
from propguard.engine.windows import Divisible, divided
from propguard.model.names import Names
from propguard.model.profile import earliest_and_latest
from propguard.rules.judgement import key_corrections
from propguard.rules.rule import DataSubject, StoredKeys
from propguard.rules.selection import selection

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from propguard.engine import Engine
    from propguard.model.earlier import EarlierAudit
    from propguard.model.schema import PropertySchema

    Row = dict[str, object]

MOST_ACCEPTED = 20_000
"""Pairs of key and value that are told to the database as accepted."""


def audit(
    schema: PropertySchema,
    engine: Engine,
    *,
    today: date,
    source: str = "",
    exact: bool = False,
    before: EarlierAudit | None = None,
    keys: Collection[str] = (),
    own: Collection[str] | None = None,
) -> AuditResult:
    """Judge everything that `engine` holds by `schema`; `source` is what the result calls it.

    With `exact`, no value is passed over because its hash is that of an accepted one. `before` is an earlier audit, from
    which the data may have drifted. Where there are `keys`, nothing else is looked at than what they declare or are, in all
    spellings, and `feature_*` is all that begins so. `own` are the properties that the schema declares itself, None for all. Raises PropguardError where the engine does not answer.
    """
    checker = Checker(schema, today=today)
    longest = engine.longest_statement if isinstance(engine, Divisible) else None
    names = Names(schema, "data")
    stored = StoredKeys(names, schema, today, selection(names, keys) if keys else None)

    def asked(part: Engine) -> tuple[list[Row], list[Row], list[Row]]:
        days = part.query(requests_statement(part.source))
        keys = part.query(keys_statement(stored, part.source))
        met = (str(row["k"]) for row in keys if not _number(row["is_rest"]))
        judging = stored._replace(corrections=key_corrections(schema, names, met, today))
        accepted = [] if exact else list(islice(_accepted(checker, names, keys), MOST_ACCEPTED))
        statement = findings_statement(judging, part.source, accepted=accepted, view=part.view)
        while accepted and longest is not None and len(statement.encode()) > longest:
            accepted = accepted[: len(accepted) // 2]  # the first are the closed sets
            statement = findings_statement(judging, part.source, accepted=accepted, view=part.view)
        return days, keys, part.query(statement)

    days, profiles, broken = _whole(engine, asked)
    unread = unread_rows(engine)
    requests = sum(_number(row["requests"]) for row in days)
    assembly = _assembled(Assembly(checker, stored), profiles, broken)
    window = earliest_and_latest(seen(row) for row in days)
    is_judged = bool(requests and (assembly.properties or assembly.requests_with_error or assembly.findings()))
    reason = None if is_judged else nothing_judged(engine, requests, today=today)
    whole = DataSubject(assembly.met(), names, schema, window, today, before, own)
    found = (*unread_finding(unread), *assembly.findings(), *findings_of_the_whole(whole, stored.selected))
    return AuditResult(
        source=source,
        engine=engine.name,
        schema=schema.name,
        window=window,
        requests=requests,
        requests_with_error=assembly.requests_with_error,
        properties=assembly.properties,
        score=1 - assembly.requests_with_error / requests if is_judged else None,
        findings=tuple(sorted(found, key=worst_first)),
        keys=assembly.profiles(),
        days=tuple(_days(days, assembly.errors_by_day)),
        notices=(*odd_times(unread), *(() if reason is None else (reason,))),
        unread=unread,
        nothing_judged=reason,
    )


def _assembled(assembly: Assembly, profiles: list[Row], broken: list[Row]) -> Assembly:
    """The same, with all of these rows taken up."""
    for row in profiles:
        assembly.add_key(row)
    for row in broken:
        assembly.add_broken(row)
    return assembly


def _days(rows: list[Row], errors: Mapping[int, int]) -> Iterator[Day]:
    for row in rows:
        if seen(row).first is not None:
            day = _number(row["day"])
            yield Day(day, _number(row["requests"]), errors.get(day, 0))


def _whole(
    engine: Engine | Divisible, asked: Callable[[Engine], tuple[list[Row], list[Row], list[Row]]]
) -> tuple[list[Row], list[Row], list[Row]]:
    """The three answers; of windows, and then added up, where all of it is too much for an engine that can be divided."""
    if not isinstance(engine, Divisible):
        return asked(engine)
    answers = [answer for _, answer in divided(engine, asked)]
    if len(answers) == 1:
        return answers[0]
    days, keys, broken = zip(*answers, strict=True)
    return merged_days(days), merged_keys(keys), merged_findings(broken)


def _accepted(checker: Checker, names: Names, keys: list[dict[str, object]]) -> Iterator[tuple[str, str]]:
    """Pairs that break no rule: of the closed sets, and of those that the data holds most often."""
    told = set()
    for key, declared in names.exact.items():
        for value in declared.enum or ():
            told.add((key, value))
            if not checker.check(key, value, door="data"):
                yield key, value
    for row in keys:
        key, values = str(row["k"]), row["top_values"]
        assert isinstance(values, list)
        for value, count in values:
            if _number(count) > 1 and (key, value) not in told and not checker.check(key, value, door="data"):
                yield key, value


def _number(value: object) -> int:
    return int(str(value))
