"""Which keys stored data has: what is asked where the values do not matter, in a fraction of the time of an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.audit.merging import merged_key_counts
from propguard.audit.result import seen
from propguard.compilers.clickhouse import key_counts_statement
from propguard.engine.windows import Divisible, divided
from propguard.model.names import Names
from propguard.model.profile import KeyCount, KeysMet
from propguard.model.secrets import without_secrets
from propguard.rules.rule import StoredKeys

if TYPE_CHECKING:
    from datetime import date

    from propguard.engine import Engine
    from propguard.model.schema import PropertySchema


def keys_met(schema: PropertySchema, engine: Engine, *, today: date) -> KeysMet:
    """The stored keys of everything that `engine` holds but for the platform's own: those that most requests have, and all
    that `schema` declares. Raises PropguardError where the engine does not answer.
    """
    stored = StoredKeys(Names(schema, "data"), schema, today)

    def asked(part: Engine) -> list[dict[str, object]]:
        return part.query(key_counts_statement(stored, part.source))

    answers = [answer for _, answer in divided(engine, asked)] if isinstance(engine, Divisible) else [asked(engine)]
    rows = answers[0] if len(answers) == 1 else merged_key_counts(answers)
    told = [row for row in rows if not int(str(row["is_rest"]))]
    counts = (KeyCount(without_secrets(str(row["k"])), int(str(row["requests"])), seen(row)) for row in told)
    return KeysMet(tuple(counts), are_all=len(told) == len(rows))
