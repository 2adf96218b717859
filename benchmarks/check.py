"""The checker against a bare look-up, and against the libraries that validate mappings, on one record of ten properties.

Six closed sets, three patterns, two length limits (one on a property that also has a pattern), two required keys, no
others allowed. Everything is measured in turn within one process; figures are medians of interleaved rounds.
"""

from __future__ import annotations

import itertools
import statistics
import timeit
from typing import TYPE_CHECKING, Any

from propguard import Checker, Property, PropertySchema

if TYPE_CHECKING:
    from collections.abc import Callable

ENUMS = {f"dimension_{number}": ("production", "staging", "development", f"other_{number}") for number in range(6)}
PATTERNS = {
    "customer_id": r"^cust_[a-z0-9]+$",
    "version": r"^[0-9]+\.[0-9]+\.[0-9]+$",
    "conversation_id": r"^conv_[a-z0-9]+$",
}
LENGTHS = {"customer_id": 64, "project": 40}
REQUIRED = ("dimension_0", "dimension_1")

VALID = {
    **dict.fromkeys(ENUMS, "production"),
    "customer_id": "cust_456",
    "version": "1.4.0",
    "conversation_id": "conv_123",
    "project": "onboarding",
}
INVALID = VALID | {"dimension_3": "prod", "customer_id": "ACME Inc"}

_ROUNDS = 15
FLOOR = "floor: look-up and set test"


def schema() -> PropertySchema:
    properties = [Property(name, enum=values, required=name in REQUIRED) for name, values in ENUMS.items()]
    properties += [
        Property(name, pattern=pattern, max_length=LENGTHS.get(name, 1000)) for name, pattern in PATTERNS.items()
    ]
    properties.append(Property("project", max_length=LENGTHS["project"]))
    return PropertySchema("benchmark", "1.0.0", {declared.name: declared for declared in properties})


def json_schema() -> dict[str, Any]:
    properties: dict[str, dict[str, Any]] = {name: {"enum": list(values)} for name, values in ENUMS.items()}
    properties |= {name: {"type": "string", "pattern": pattern} for name, pattern in PATTERNS.items()}
    properties["project"] = {"type": "string"}
    for name, limit in LENGTHS.items():
        properties[name]["maxLength"] = limit
    return {"type": "object", "properties": properties, "required": list(REQUIRED), "additionalProperties": False}


def _floor() -> Callable[[dict[str, str]], bool]:
    allowed = {name: frozenset(record[name] for record in (VALID, *_varied())) for name in VALID}

    def accepts(record: dict[str, str]) -> bool:
        for key, value in record.items():  # noqa: SIM110  # a generator would make the floor higher than it is
            if value not in allowed[key]:
                return False
        return True

    return accepts


def contestants() -> dict[str, Callable[[dict[str, str]], object]]:
    """Each a function of a record; what is not installed is left out, and said."""
    found: dict[str, Callable[[dict[str, str]], object]] = {FLOOR: _floor()}
    found["propguard"] = Checker(schema()).check_record
    for name, make in (
        ("pydantic", _pydantic),
        ("msgspec", _msgspec),
        ("jsonschema-rs", _jsonschema_rs),
        ("fastjsonschema", _fastjsonschema),
        ("jsonschema", _jsonschema),
    ):
        try:
            found[name] = make()
        except ImportError:
            print(f"{name} is not installed, so it is left out: pip install -e '.[bench]'")
    return found


def _pydantic() -> Callable[[dict[str, str]], object]:
    from typing import Annotated, Literal, NotRequired

    from pydantic import ConfigDict, StringConstraints, TypeAdapter
    from typing_extensions import TypedDict

    fields: dict[str, Any] = {}
    for name, values in ENUMS.items():
        choice = Literal[values]  # type: ignore[valid-type]  # made from data
        fields[name] = choice if name in REQUIRED else NotRequired[choice]
    for name in (*PATTERNS, "project"):
        constraints = StringConstraints(pattern=PATTERNS.get(name), max_length=LENGTHS.get(name))
        fields[name] = NotRequired[Annotated[str, constraints]]
    record = TypedDict("record", fields)  # type: ignore[misc]  # made from data
    record.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    validate: Callable[[dict[str, str]], object] = TypeAdapter(record).validate_python
    return validate


def _msgspec() -> Callable[[dict[str, str]], object]:
    import functools
    from typing import Annotated, Literal

    import msgspec

    fields: list[Any] = []
    for name, values in ENUMS.items():
        choice = Literal[values]  # type: ignore[valid-type]  # made from data
        fields.append((name, choice) if name in REQUIRED else (name, choice | None, None))
    for name in (*PATTERNS, "project"):
        meta = msgspec.Meta(pattern=PATTERNS.get(name), max_length=LENGTHS.get(name))
        fields.append((name, Annotated[str, meta] | None, None))
    record = msgspec.defstruct("Record", fields, forbid_unknown_fields=True, kw_only=True)
    return functools.partial(msgspec.convert, type=record)


def _jsonschema_rs() -> Callable[[dict[str, str]], object]:
    import jsonschema_rs

    return jsonschema_rs.validator_for(json_schema()).is_valid


def _fastjsonschema() -> Callable[[dict[str, str]], object]:
    import fastjsonschema

    compiled: Callable[[dict[str, str]], object] = fastjsonschema.compile(json_schema())
    return compiled


def _jsonschema() -> Callable[[dict[str, str]], object]:
    import jsonschema

    return jsonschema.Draft202012Validator(json_schema()).is_valid


def measured(calls: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Nanoseconds of each call in rounds in which all take turns, so that ratios within a round can be trusted."""
    numbers = {name: max(1, int(0.01 / (timeit.timeit(call, number=20) / 20))) for name, call in calls.items()}
    rounds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(_ROUNDS):
        for name, call in calls.items():
            rounds[name].append(timeit.timeit(call, number=numbers[name]) / numbers[name] * 1e9)
    return rounds


def ratio(figures: dict[str, list[float]], name: str, to: str) -> float:
    """The median of the ratios of two calls, round by round."""
    return statistics.median(one / other for one, other in zip(figures[name], figures[to], strict=True))


def main() -> None:
    functions = contestants()
    assert functions["propguard"](VALID) == (), "the record is valid"
    checker = Checker(schema())
    assert {violation.rule for violation in checker.check_record(INVALID)} == {"value-not-allowed", "value-pattern"}
    figures = measured({name: (lambda check=check: check(VALID)) for name, check in functions.items()})  # type: ignore[misc]
    _print(figures, "a valid record of ten properties")
    varied = measured({name: _over(check, _varied()) for name, check in functions.items()})
    _print(varied, "the same, every record another customer and conversation")
    _one_property(checker)


def _varied() -> list[dict[str, str]]:
    return [
        VALID | {"customer_id": f"cust_{number:06}", "conversation_id": f"conv_{number * 7919:08x}"}
        for number in range(1000)
    ]


def _over(check: Callable[[dict[str, str]], object], records: list[dict[str, str]]) -> Callable[[], object]:
    following = itertools.cycle(records).__next__
    return lambda: check(following())


def _print(figures: dict[str, list[float]], title: str) -> None:
    print(title.ljust(60), "ns".rjust(8), "of the floor".rjust(14), "of propguard".rjust(14))
    for name, rounds in figures.items():
        of_floor, of_ours = ratio(figures, name, FLOOR), ratio(figures, name, "propguard")
        print(f"{name:60} {statistics.median(rounds):8.0f} {of_floor:14.2f} {of_ours:14.2f}")
    print()


def _one_property(checker: Checker) -> None:
    allowed = frozenset(ENUMS["dimension_0"])

    def bare(value: str) -> bool:
        return value in allowed

    test = checker.test("dimension_0")
    assert test is not None
    check = checker.check
    figures = measured(
        {
            "bare frozenset test": lambda: bare("production"),
            "Checker.test(key), taken out of a loop": lambda: test("production"),
            "Checker.check(key, value)": lambda: check("dimension_0", "production"),
            "an invalid record, all violations": lambda: checker.check_record(INVALID),
        }
    )
    print("\none closed property".ljust(41), "ns".rjust(8), "of bare test".rjust(14))
    for name, rounds in figures.items():
        print(f"{name:40} {statistics.median(rounds):8.0f} {ratio(figures, name, 'bare frozenset test'):14.2f}")


if __name__ == "__main__":
    main()
