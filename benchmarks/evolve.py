"""Two versions of a schema with five thousand properties compared, with few changes and with many."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import date

from propguard.evolve import diff
from propguard.model.schema import Property, PropertySchema

_PROPERTIES = 5_000
_ROUNDS = 7


def schema(every: int | None) -> PropertySchema:
    """Closed sets, patterns, lengths, numbers and open values in turn; each `every`-th of them narrower than the others."""
    properties = {}
    for number in range(_PROPERTIES):
        name, is_narrow = f"key_{number}", every is not None and number % every == 0
        properties[name] = _property(name, number // 7 % 5, is_narrow=is_narrow)
    return PropertySchema("benchmark", "1.0.0", properties)


def _property(name: str, kind: int, *, is_narrow: bool) -> Property:
    kinds = (
        Property(name, enum=("production", "staging", "development")[: 2 if is_narrow else 3]),
        Property(name, pattern="^cust_[0-9]{8,32}$" if is_narrow else "^cust_[a-z0-9]{8,64}$"),
        Property(name, max_length=40 if is_narrow else 80),
        Property(name, type="integer", minimum=1 if is_narrow else 0),
        Property(name, required=is_narrow),
    )
    return kinds[kind]


def main() -> None:
    before = schema(None)
    print(f"{'properties changed, of 5,000':58} {'ms':>8} {'told':>8}")
    for every in (None, 1_000, 100, 10, 1):
        after = schema(every)
        seconds = []
        for _ in range(_ROUNDS):
            begin = time.perf_counter()
            told = diff(before, replace(after), today=date(2026, 6, 15))
            seconds.append(time.perf_counter() - begin)
        changed = 0 if every is None else _PROPERTIES // every
        print(f"{changed:<58} {statistics.median(seconds) * 1000:8.0f} {len(told):8}")


if __name__ == "__main__":
    main()
