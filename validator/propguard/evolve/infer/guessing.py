"""From what is known of a property to what is declared of it: everything that was met is accepted, and each guess says why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from propguard.evolve.infer.closing import cardinality, closed_set
from propguard.evolve.infer.sensitivity import holds_secrets, why_sensitive
from propguard.evolve.infer.shapes import FEWEST_OF_A_KIND, Shape, shapes
from propguard.model.schema import STANDARD_VALUE_LENGTH
from propguard.model.text import excerpt
from propguard.rules.formats import TYPES
from propguard.rules.spellings import meanings
from propguard.rules.value.value_placeholder import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.evolve.infer.closing import Closed
    from propguard.evolve.infer.gathered import Gathered

_ROOM = 1.5
_LENGTHS = (20, 40, 64, 100, 128, 200, 256, 400, 512, 800, STANDARD_VALUE_LENGTH)
"""What a limit is rounded up to."""

_MOST_NUMBERS = 12
_COMMONEST_SHARE = 0.01
"""Numbers are a closed set only where they are few, and each is met in so many of the requests: counts and sizes are not."""

_NUMBERED_NAMES = 10
"""So many names of one beginning and a number will not be all."""

_MOST_EXAMPLES = 2
_LONGEST_EXAMPLE = 40
_MOST_TOLD = 5
_MOST_GUESSED = 30
"""Values of a set that may be closed, though nothing is sure."""

_NEARLY = 0.9
_LONGEST_WITH_EMPTY = 200
_TRUTHS = frozenset({"true", "false"})


class Guess(NamedTuple):
    """The fields of a property, a comment for each that rests on one, and sentences about the whole."""

    fields: dict[str, Any]
    beside: dict[str, str]
    before: tuple[str, ...]


def guess(gathered: Gathered) -> Guess:
    """What `gathered` is meant to be."""
    sensitive = why_sensitive(gathered)
    fields: dict[str, Any] = {}
    beside: dict[str, str] = {}
    closed = None if sensitive else closed_set(gathered)
    has_secrets = holds_secrets(gathered)
    shape = _shape(gathered, has_secrets=has_secrets, is_sensitive=sensitive is not None)
    is_closed = closed is not None and closed.confidence != "low" and _is_closed(gathered, closed, shape)
    if closed is not None and is_closed:
        fields["enum"] = list(closed.values)
        beside["enum"] = f"closed with {closed.confidence} confidence: {closed.evidence}"
    elif shape is not None:
        fields |= shape.fields
        beside[next(iter(shape.fields))] = f"{_known(gathered)} {shape.words}"
    _limit_length(gathered, fields, beside)
    if not is_closed:
        _limit_number(gathered, fields, beside)
    is_open = not {"enum", "format", "pattern", "type"} & fields.keys()
    if has_secrets and is_open:
        fields["sensitive"] = "allow"
        beside["sensitive"] = "so that what is stored is accepted; take it out as soon as no such value is written"
    _add_aliases(gathered, fields, beside)
    if not sensitive and not is_closed:
        _add_examples(gathered, fields)
    told = [*_sensitive_told(sensitive), *_hints(gathered, closed, fields, is_sensitive=sensitive is not None)]
    return Guess(fields, beside, tuple(told))


def headroom(longest: int) -> int:
    """A limit of length for values of which the longest is so long: half as much again, rounded up; never below it."""
    wanted = longest * _ROOM
    if longest <= STANDARD_VALUE_LENGTH:
        return next((length for length in _LENGTHS if length >= wanted), STANDARD_VALUE_LENGTH)
    return math.ceil(wanted / 100) * 100


def _known(gathered: Gathered) -> str:
    if not gathered.stored:
        return "all values in the code"
    return f"all {gathered.requests - gathered.empty:,} values"


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _shape(gathered: Gathered, *, has_secrets: bool, is_sensitive: bool) -> Shape | None:
    """What all values are, as far as it may be said: not how those begin that are sensitive."""
    if not gathered.stored and (not gathered.is_complete or len(gathered.written) < 2):
        return None  # what one place in the code writes tells nothing about another
    values = [value for value in gathered.counts if value]
    for shape in shapes(values):
        if "type" not in shape.fields and "format" not in shape.fields and is_sensitive:
            return None
        if shape.fields.get("type") == "list" and has_secrets:
            return None
        if gathered.share_alike(shape.pattern) == 1:
            return shape if not _has_empty(gathered) else _or_empty(shape)
    if set(values) <= _TRUTHS and values and gathered.is_complete and not _has_empty(gathered):
        return Shape(TYPES["boolean"], {"type": "boolean"}, "are true or false")
    return None


def _has_empty(gathered: Gathered) -> bool:
    return gathered.shortest == 0


def _or_empty(shape: Shape) -> Shape | None:
    """The same, or nothing: said by a pattern, as what is empty is of no type and no format."""
    inner = shape.pattern.removeprefix("^").removesuffix("$")
    pattern = f"^(?:{inner})?$"
    if len(pattern) > _LONGEST_WITH_EMPTY or shape.fields.get("type") == "list":
        return None
    return shape._replace(fields={"pattern": pattern}, words=f"{shape.words}, or are empty")


def _is_closed(gathered: Gathered, closed: Closed, shape: Shape | None) -> bool:
    """Whether a closed set says it better than the shape that its values have."""
    if shape is None:
        return True
    kind = shape.fields.get("type")
    if kind in {"integer", "number"}:
        rarest = min(gathered.counts.values())
        return (
            closed.confidence == "high"
            and len(closed.values) <= _MOST_NUMBERS
            and rarest >= gathered.requests * _COMMONEST_SHARE
        )
    if kind is not None or "format" in shape.fields:
        return False
    return len(closed.values) < max(_NUMBERED_NAMES, FEWEST_OF_A_KIND) or not any(
        character.isdigit() for value in closed.values for character in value[-1:]
    )


def _limit_length(gathered: Gathered, fields: dict[str, Any], beside: dict[str, str]) -> None:
    if _has_empty(gathered):
        fields["min_length"] = 0
        beside["min_length"] = (
            f"{_number(gathered.empty, 'request')} with an empty value"
            if gathered.empty
            else "code writes an empty value"
        )
    is_told = bool({"enum", "type", "format"} & fields.keys()) or str(fields.get("pattern")).endswith("}$")
    is_known = bool(gathered.stored) or gathered.is_complete
    if gathered.longest > STANDARD_VALUE_LENGTH or (is_known and not is_told and gathered.longest > 0):
        fields["max_length"] = headroom(gathered.longest)
        beside["max_length"] = f"the longest value has {_number(gathered.longest, 'character')}"


def _limit_number(gathered: Gathered, fields: dict[str, Any], beside: dict[str, str]) -> None:
    if fields.get("type") == "boolean" or not gathered.stored:
        return
    fields["cardinality"] = cardinality(gathered)
    about = "" if gathered.is_complete else "about "
    beside["cardinality"] = f"{about}{_number(gathered.distinct, 'different value')}"


def _add_aliases(gathered: Gathered, fields: dict[str, Any], beside: dict[str, str]) -> None:
    if gathered.name.endswith("*"):
        return
    aliases = [key for key in sorted(gathered.spellings) if key not in {gathered.name, gathered.name.lower()}]
    if aliases:
        fields["aliases"] = aliases
        counts = [f"{excerpt(key, 40)} {gathered.spellings[key]:,}" for key in aliases[:_MOST_TOLD]]
        beside["aliases"] = (
            f"spellings of one key, met so often: {', '.join(counts)}{', …' if len(aliases) > _MOST_TOLD else ''}"
        )


def _add_examples(gathered: Gathered, fields: dict[str, Any]) -> None:
    """Values that are names, as others have them too; what a single customer has stays where it is."""
    if fields.get("cardinality") != "low" or not gathered.is_complete:
        return
    examples = [
        value
        for value, count in gathered.counts.most_common(_MOST_EXAMPLES)
        if count > 1 and 0 < len(value) <= _LONGEST_EXAMPLE and value not in PLACEHOLDERS
    ]
    if examples:
        fields["examples"] = examples


def _sensitive_told(why: str | None) -> Iterator[str]:
    if why is not None:
        yield f"Looks sensitive: {why}. No value of it stands here; write an opaque id in its place."


def _hints(gathered: Gathered, closed: Closed | None, fields: dict[str, Any], *, is_sensitive: bool) -> Iterator[str]:
    """What somebody should look at, as no draft can know it."""
    if is_sensitive:
        return
    if not gathered.stored and not gathered.is_complete:
        yield "Not all of its values stand in the code."
    if closed is not None and len(closed.values) <= _MOST_GUESSED and not {"enum", "type", "format"} & fields.keys():
        yield f"Perhaps a closed set, with {closed.confidence} confidence: {closed.evidence}."
    if len(gathered.counts) == 1 and gathered.is_complete and gathered.requests > 1:
        yield "One value only, which does not tell what else there may be."
    values = gathered.counts if gathered.is_complete else {}
    if not {"type", "format", "pattern"} & fields.keys():
        meant = meanings(values, by_likeness=True)
        pairs = [f"`{excerpt(value, 40)}` is probably `{excerpt(other, 40)}`" for value, other in meant.items()]
        if pairs:
            more = ", …" if len(pairs) > _MOST_TOLD else ""
            yield f"{', '.join(pairs[:_MOST_TOLD])}{more}; if so, take it out and write it into `value_aliases`."
    missing = sorted(PLACEHOLDERS.intersection(values))
    if missing:
        yield f"{', '.join(f'`{value}`' for value in missing)}: what a program writes when it has no value; leave the property out instead."
    if not {"enum", "type", "format", "pattern"} & fields.keys():
        yield from _nearly(gathered)


def _nearly(gathered: Gathered) -> Iterator[str]:
    """What most of the values are, though not all."""
    patterns = {pattern for one in gathered.stored for pattern in one.alike}
    for shape in shapes(_most(gathered)):
        share = gathered.share_alike(shape.pattern)
        if _NEARLY <= share < 1 and (gathered.is_complete or shape.pattern in patterns):
            yield f"{share:.2%} of the values {shape.words}; once the others are gone, declare that."
            return


def _most(gathered: Gathered) -> list[str]:
    """The most frequent values, until hardly any request has another one."""
    found, covered, wanted = [], 0, _NEARLY * gathered.counts.total()
    for value, count in gathered.counts.most_common():
        if covered >= wanted:
            break
        found.append(value)
        covered += count
    return found
