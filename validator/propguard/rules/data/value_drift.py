"""value-drift: what an earlier audit did not know, or knew in other proportions."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from propguard.model.text import excerpt
from propguard.rules.data.high_cardinality import MOST_OF_LOW
from propguard.rules.rule import DataRule, Example, Found, FoundInData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.model.earlier import EarlierAudit
    from propguard.model.profile import KeyProfile, ValueCount
    from propguard.model.schema import Property
    from propguard.rules.rule import DataSubject

FEWEST_REQUESTS = 100
"""In fewer requests, of then or of now, nothing can be told of proportions, nor of a value that an open property had not."""

FARTHEST = 0.2
"""How far the shares of the values may be from those of then."""

_MOST_EXAMPLES = 3


def find(subject: DataSubject) -> Iterator[FoundInData]:
    if subject.before is None or not subject.before.requests:
        return
    for profile in subject.profiles:
        drift = _drift(subject.before, profile, subject.declared(profile))
        if drift is not None:
            found, values = drift
            requests = sum(value.count for value in values) if values else profile.requests
            yield FoundInData(profile.key, found, requests, profile.seen, values)


def _drift(
    before: EarlierAudit, now: KeyProfile, declared: Property | None
) -> tuple[Found, tuple[ValueCount, ...]] | None:
    """What is new at a key, and the values that are: the key itself, else values, else their proportions."""
    then = before.keys.get(now.key)
    if then is None or not then.requests:
        if then is None and declared is None and not before.are_all_keys:
            return None  # it may be one of those that were too many to be told
        context: dict[str, object] = {"property": now.key, "kind": "new key"}
        return Found(f"no request of the earlier audit has `{now.key}`", context=context), ()
    values = _new_values(then, now, declared)
    if values:
        examples = [value.value for value in values[:_MOST_EXAMPLES]]
        shown = ", ".join(f"`{excerpt(value)}`" for value in examples) + (", …" if len(values) > len(examples) else "")
        one = len(values) == 1
        found = Found(
            f"`{now.key}` has {'a value' if one else f'{len(values)} values'} that no request of the earlier audit has: {shown}",
            context={"property": now.key, "kind": "new values", "number": len(values), "values": examples},
        )
        return found, values
    if not _is_low(then, now) or min(then.requests, now.requests) < FEWEST_REQUESTS:
        return None
    far, most = distance(then, now), FARTHEST + _by_chance(then, now)
    if far <= most:
        return None
    per_cent = round(100 * far)
    found = Found(
        f"{per_cent} % of the requests with `{now.key}` have another value than they would have in the proportions of the "
        "earlier audit",
        context={"property": now.key, "kind": "proportions", "per_cent": per_cent, "distance": far, "most": most},
    )
    return found, ()


def _new_values(then: KeyProfile, now: KeyProfile, declared: Property | None) -> tuple[ValueCount, ...]:
    """The values that were surely not there, of a closed property, or of one that had few values in many requests."""
    is_closed = declared is not None and (declared.enum is not None or declared.cardinality == "low")
    had_few = then.requests >= FEWEST_REQUESTS and then.distinct <= MOST_OF_LOW and not _grows(declared)
    if not then.is_complete or not (is_closed or had_few):
        return ()
    held = {value.value for value in then.top_values}
    return tuple(value for value in now.top_values if value.value not in held)


def _grows(declared: Property | None) -> bool:
    """Whether new values are what it is for: numbers, dates, versions, ids."""
    return declared is not None and (
        declared.type in {"integer", "number"} or declared.format is not None or declared.cardinality == "high"
    )


def _is_low(then: KeyProfile, now: KeyProfile) -> bool:
    return max(then.distinct, now.distinct) <= MOST_OF_LOW


def distance(then: KeyProfile, now: KeyProfile) -> float:
    """The total variation distance of the shares of the values: the part of the requests that would have to change its value.

    From 0 (the same shares) to 1 (no value in common). Values of which one of the two does not tell are one value together,
    which can only bring the two nearer.
    """
    shares = [{value.value: value.count / one.requests for value in one.top_values} for one in (then, now)]
    known = [value for value in shares[0] if value in shares[1] or now.is_complete]
    known += [value for value in shares[1] if value not in shares[0] and then.is_complete]
    differences = [shares[0].get(value, 0.0) - shares[1].get(value, 0.0) for value in known]
    return min(1.0, (sum(map(abs, differences)) + abs(sum(differences))) / 2)


def _by_chance(then: KeyProfile, now: KeyProfile) -> float:
    """How far apart two draws from the same values are expected to be at most: ½ √(values ÷ requests) for each."""
    values = max(then.distinct, now.distinct)
    return (sqrt(values / then.requests) + sqrt(values / now.requests)) / 2


RULE = DataRule(
    id="value-drift",
    summary="A key, a value or the proportions of values are other than in an earlier audit.",
    why="A new value is a typing error, a release or a customer that somebody should know of. Asked with `--baseline`: keys that are "
    f"new; new values of closed properties, and of those that had at most {MOST_OF_LOW} in {FEWEST_REQUESTS} requests or more; and "
    f"shares of values of which the total variation distance is more than {FARTHEST}, and what chance makes of so many requests.",
    example=Example(
        schema="properties: {stage: {max_length: 40}}",
        bad='{"key": "stage", "values": {"beta": 900, "gamma": 3}, "before": {"beta": 800}}',
        good='{"key": "stage", "values": {"beta": 900}, "before": {"beta": 800}}',
        language="keys",
    ),
    find=find,
)
