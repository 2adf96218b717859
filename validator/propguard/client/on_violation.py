"""Which word of `on_violation` holds for which property, and where those words come from: an argument or the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, cast

from propguard.errors import UsageError
from propguard.model.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.model.schema import PropertySchema

OnViolation = Literal["raise", "warn", "drop", "fix", "reject"]
"""What is done about an error: `raise` PropertyRejected, `warn` and send it, `drop` that property, `fix` what can safely
be fixed and raise the rest, or, in front of a transport, `reject` the request with an answer of status 400. There, what
cannot be fixed is rejected, too."""

CLIENT_WORDS: tuple[OnViolation, ...] = ("raise", "warn", "drop", "fix")
TRANSPORT_WORDS: tuple[OnViolation, ...] = (*CLIENT_WORDS, "reject")

VARIABLE = "PROPGUARD_ON_VIOLATION"
REST = "*"


def words_for(schema: PropertySchema, on_violation: object, words: Sequence[OnViolation]) -> Mapping[str, OnViolation]:
    """The word for each name, and for the rest under `*`; UsageError for what is none."""
    default: OnViolation = "reject" if "reject" in words else "raise"
    override = os.environ.get(VARIABLE, "").strip().lower()
    if override:
        if override not in TRANSPORT_WORDS:
            raise UsageError(_none_of(VARIABLE, override, TRANSPORT_WORDS))
        return {REST: override if override in words else "raise"}
    if on_violation is None:
        return {REST: default}
    if not isinstance(on_violation, Mapping):
        return {REST: _word(on_violation, words)}
    for name in on_violation:
        if name != REST and name not in schema.properties:
            raise UsageError(_undeclared(schema, name))
    return {REST: default} | {name: _word(word, words) for name, word in on_violation.items()}


def _word(word: object, words: Sequence[OnViolation]) -> OnViolation:
    if word in words:
        return cast(OnViolation, word)
    if word == "reject":
        raise UsageError(
            f"on_violation is `reject`, which only GuardTransport can do, as it answers requests; write {', '.join(words)}"
        )
    raise UsageError(_none_of("on_violation", str(word), words))


def _none_of(what: str, word: str, words: Sequence[OnViolation]) -> str:
    from propguard.rules.near import nearest

    near = nearest(word, words)
    advice = f"; did you mean `{near}`?" if near else ""
    return f"{what} is `{visible(excerpt(word))}`, which is none of {', '.join(words)}{advice}"


def _undeclared(schema: PropertySchema, name: object) -> str:
    from propguard.rules.near import nearest

    near = nearest(str(name), schema.properties)
    advice = f"did you mean `{near}`?" if near else "name a declared property or namespace, or `*` for the rest"
    return (
        f"on_violation names `{visible(excerpt(str(name)))}`, which the schema {schema.name} does not declare; {advice}"
    )
