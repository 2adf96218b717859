"""Data written under a schema, what is inferred from it, and what the schema that is inferred says of that data."""

from __future__ import annotations

import random
import re
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from propguard.audit import stored_evidence
from propguard.compilers import Checker
from propguard.evolve.infer import infer, patterns_of
from propguard.model.finding import Severity
from propguard.schemafile import check_schema, load_schema
from tests.engine.stored import as_bytes, write_rows
from tests.strategies import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from propguard.engine.embedded import EmbeddedEngine
    from propguard.model.schema import Property, PropertySchema

_PARSE = re._parser.parse  # type: ignore[attr-defined]  # what a pattern is made of; the tests use no generator of texts for it
_PRINTED = [chr(code) for code in range(33, 127)]
_WORDS = "how can the model answer this request faster than before without losing what was said".split()


class Inferred(NamedTuple):
    """The draft as text and as a schema, and the rules that `schema check` has something to say by."""

    text: str
    schema: PropertySchema
    errors: list[str]


@contextmanager
def database() -> Iterator[EmbeddedEngine]:
    from propguard.engine.embedded import EmbeddedEngine

    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.jsonl")
        empty.write_text('{"properties": {}}\n')
        with EmbeddedEngine([str(empty)], threads=2) as engine:
            yield engine


def inferred(engine: EmbeddedEngine, records: Sequence[Mapping[str, str]], folder: Path) -> Inferred:
    """What is inferred from these records, where the database has them."""
    rows = [{as_bytes(key): as_bytes(value) for key, value in record.items()} for record in records]
    engine.source = write_rows(folder / "rows.bin", rows)
    draft = infer(stored_evidence(engine, patterns_of, today=TODAY), (), name="inferred")
    path = folder / "inferred.yaml"
    path.write_text(draft.text, encoding="utf-8")
    findings = [one.violation for one in check_schema(path, today=TODAY)]
    errors = [one.message for one in findings if one.severity is not Severity.INFO]
    return Inferred(draft.text, load_schema(path, remember=False), errors)


def refused(schema: PropertySchema, records: Sequence[Mapping[str, str]]) -> set[tuple[str, str, str]]:
    """Rule, key and value of everything that is an error in stored records."""
    checker = Checker(schema, today=TODAY)
    return {
        (violation.rule, key, value)
        for record in records
        for key, value in record.items()
        for violation in checker.check(key, value, door="data")
        if violation.severity is Severity.ERROR
    }


def written_under(schema: PropertySchema, number: int, seed: int = 1) -> list[dict[str, str]]:
    """Records that break no rule of the schema, as programs would write them: each key in half of the requests, closed sets unevenly,
    open texts now few and now all different."""
    chosen = random.Random(seed)
    checker = Checker(schema, today=TODAY)
    keys = {}
    for name, declared in schema.properties.items():
        if declared.deprecated is None:
            for key in (
                [f"{name[:-1]}{word}" for word in ("search", "new_ui", "export")] if declared.is_namespace else [name]
            ):
                keys[key] = declared
    records = []
    for _ in range(number):
        record = {key: _value(declared, chosen) for key, declared in keys.items() if chosen.random() < 0.5}
        records.append({key: value for key, value in record.items() if not checker.check(key, value, door="data")})
    return records


def _value(declared: Property, chosen: random.Random) -> str:
    if declared.enum is not None:
        return chosen.choices(declared.enum, [1 / (place + 1) for place in range(len(declared.enum))])[0]
    if declared.type == "list" and declared.items is not None:
        return declared.separator.join(
            dict.fromkeys(_value(declared.items, chosen) for _ in range(chosen.randint(1, 3)))
        )
    return _KINDS.get(declared.type, _text)(declared, chosen)[: declared.max_length]


def _text(declared: Property, chosen: random.Random) -> str:
    if declared.format is not None:
        return _FORMATS[declared.format](chosen)
    if declared.pattern is not None:
        return matching(declared.pattern, chosen)
    if declared.cardinality == "high":
        return " ".join(chosen.choices(_WORDS, k=chosen.randint(3, 12)))
    return f"{chosen.choice(_WORDS)}-{chosen.choice(_WORDS)}"


_KINDS: dict[str, Callable[[Property, random.Random], str]] = {
    "boolean": lambda _, chosen: chosen.choice(("true", "false")),
    "integer": lambda declared, chosen: str(chosen.randint(int(declared.minimum or 0), int(declared.maximum or 5_000))),
    "number": lambda declared, chosen: f"{chosen.uniform(declared.minimum or 0, declared.maximum or 10):.3f}",
}
_FORMATS: dict[str, Callable[[random.Random], str]] = {
    "date": lambda chosen: f"2026-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02}",
    "date-time": lambda chosen: (
        f"2026-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02}T{chosen.randint(0, 23):02}:30:00Z"
    ),
    "uuid": lambda chosen: "-".join(f"{chosen.getrandbits(4 * size):0{size}x}" for size in (8, 4, 4, 4, 12)),
    "semver": lambda chosen: f"{chosen.randint(0, 3)}.{chosen.randint(0, 9)}.{chosen.randint(0, 20)}",
    "email": lambda chosen: f"{chosen.choice(_WORDS)}@example.com",
    "uri": lambda chosen: f"https://example.com/{chosen.choice(_WORDS)}",
    "ipv4": lambda chosen: ".".join(str(chosen.randint(0, 255)) for _ in range(4)),
    "ipv6": lambda chosen: ":".join(f"{chosen.getrandbits(16):x}" for _ in range(8)),
    "duration": lambda chosen: f"PT{chosen.randint(1, 59)}S",
}


def matching(pattern: str, chosen: random.Random) -> str:
    """A text that `pattern` matches, of what patterns of properties are made of."""
    return "".join(_parts(_parsed(pattern), chosen))


@cache
def _parsed(pattern: str) -> object:
    return _PARSE(pattern)


def _parts(parsed: object, chosen: random.Random) -> Iterator[str]:
    for operation, argument in parsed:  # type: ignore[attr-defined]  # as above
        match str(operation):
            case "LITERAL":
                yield chr(argument)
            case "IN":
                yield chosen.choice(_members(_class_of(argument)))
            case "MAX_REPEAT":
                least, most, inner = argument
                for _ in range(chosen.randint(int(least), min(int(most), int(least) + 6))):
                    yield from _parts(inner, chosen)
            case "SUBPATTERN":
                yield from _parts(argument[-1], chosen)
            case "BRANCH":
                yield from _parts(chosen.choice(argument[1]), chosen)


@cache
def _members(of_class: str) -> list[str]:
    return [character for character in _PRINTED if re.match(of_class, character)]


def _class_of(members: object) -> str:
    text = ""
    for operation, argument in members:  # type: ignore[attr-defined]  # as above
        text += (
            f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
            if str(operation) == "RANGE"
            else re.escape(chr(argument))
        )
    return f"[{text}]"
