"""Which findings of a file count: those of the rules that are wanted there, but for what its comments suppress."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.prefilter import may_hold_suppression
from propguard.model.finding import Edit, Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from propguard.lint.comments import Comment
    from propguard.lint.source import Source
    from propguard.model.finding import Severity


class RulesInForce(NamedTuple):
    """What settings and options say of rules.

    `counts` and `severity` take the path of a file and the id of a rule: whether its findings count there, and with which
    severity, or None where it is the rule's own. `today` is the day (UTC) by which suppressions are judged.
    """

    counts: Callable[[str, str], bool] = lambda *_: True
    today: date | None = None
    severity: Callable[[str, str], Severity | None] = lambda *_: None


EVERY_RULE = RulesInForce()


def in_force(source: Source, findings: list[Finding], rules: RulesInForce) -> list[Finding]:
    """Those of `findings`, which are all of one file, that count, and those about its suppressions, in their order."""
    if may_hold_suppression(source.data):
        findings = _unsuppressed(source, findings, rules)
    counting = (finding for finding in findings if rules.counts(source.path, finding.violation.rule))
    return [finding.of_severity(rules.severity(source.path, finding.violation.rule)) for finding in counting]


def _unsuppressed(source: Source, findings: list[Finding], rules: RulesInForce) -> list[Finding]:
    from propguard.lint.budget import Unreadable
    from propguard.lint.comments import comments_in

    try:
        comments = comments_in(source)
    except Unreadable as error:
        from propguard.lint.judge import unread

        told = unread(source.path, str(error))
        is_known = any(finding.violation.message == told.violation.message for finding in findings)
        return findings if is_known else [told, *findings]
    if not comments:
        return findings
    today = rules.today or _today()
    used: list[set[str]] = [set() for _ in comments]
    of_line: dict[int, list[int]] = {}
    of_many: list[int] = []
    for number, comment in enumerate(comments):
        if comment.directive.suppression.fault is None and not _is_expired(comment, today):
            one = comment.lines[0] if len(comment.lines) == 1 else None
            (of_many if one is None else of_line.setdefault(one, [])).append(number)
    remaining = []
    for finding in findings:
        near = (*of_line.get(finding.place.span.line, ()), *of_many)  # type: ignore[union-attr]
        met = [number for number in near if _covers(comments[number], finding)]
        for number in met:
            used[number].add(finding.violation.rule)
        if not met:
            remaining.append(finding)
    remaining += _of_comments(source, comments, used, rules, today)
    return sorted(remaining, key=lambda finding: finding.place.span[:2])  # type: ignore[union-attr]


def _today() -> date:
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def _is_expired(comment: Comment, today: date) -> bool:
    until = comment.directive.suppression.until
    return until is not None and until < today


def _covers(comment: Comment, finding: Finding) -> bool:
    rules, span = comment.directive.suppression.rules, finding.place.span  # type: ignore[union-attr]
    is_near = span.line in comment.lines and comment.cell in {None, span.cell}
    return is_near and (not rules or finding.violation.rule in rules)


def _of_comments(
    source: Source, comments: Sequence[Comment], used: Sequence[Collection[str]], rules: RulesInForce, today: date
) -> Iterator[Finding]:
    """What the rules about suppressions find in `comments`, of which each suppressed the rules in `used`."""
    from propguard.rules.book import RULES
    from propguard.rules.code import SUPPRESSION_RULES
    from propguard.rules.rule import SuppressionSubject

    known = frozenset(rule.id for rule in RULES)
    of_suppressions = {rule.id for rule in SUPPRESSION_RULES}
    asked = {rule for rule in known if rules.counts(source.path, rule)}
    if asked <= of_suppressions:  # whoever selects nothing else asks about all that is suppressed
        asked = set(known)
    for comment, suppressed in zip(comments, used, strict=True):
        suppression = comment.directive.suppression
        unused = tuple(
            name for name in suppression.rules if name not in suppressed and (name in asked or name not in known)
        )
        subject = SuppressionSubject(
            suppression, unused, not suppression.rules and not suppressed, _is_expired(comment, today), known
        )
        for rule in SUPPRESSION_RULES:
            found = rule.find(subject)
            if found is not None:
                place = source.place(comment.source.span(comment.directive.start, comment.directive.end))
                fix = _fix(source, comment, unused, known, found.suggestion) if rule.fix else None
                yield Finding(rule.violation(found, None, None), place, fix=fix)


def _fix(
    source: Source, comment: Comment, unused: Sequence[str], known: Collection[str], suggestion: str | None
) -> Fix | None:
    """The comment taken out, or of its rules those that suppress nothing. What is no rule is left for a person."""
    suppression, names = comment.directive.suppression, comment.directive.names
    if suppression.fault is not None:
        return None
    idle = {name for name in unused if name in known}
    kept = [name for name in suppression.rules if name not in idle]
    if kept and names is not None:
        if suggestion is not None:
            kept = [suggestion if name in unused else name for name in kept]
        elif not idle:
            return None
        return Fix(suggestion is None, (Edit(source.path, comment.source.span(*names), ", ".join(kept)),))
    if comment.removal is None:
        return None
    start, end, text = comment.removal
    return Fix(True, (Edit(source.path, comment.source.span(start, end), text.decode()),))
