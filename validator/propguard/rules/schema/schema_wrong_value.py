"""schema-wrong-value: a field holds something that it cannot mean."""

from __future__ import annotations

from propguard.model.text import excerpt, one_of, visible
from propguard.rules.rule import Example, Found, SchemaRule

VERSION = "a version of three numbers, such as 1.4.0 (SemVer)"

_OR_ELSE = {"`enforcement`": " or {mode: warn, block_from: DATE}", "`cardinality`": " or a whole number"}
"""What else than a word some fields take."""


def not_among(where: str, value: object, allowed: list[str], near: str | None) -> Found:
    advice = f"; did you mean `{near}`?" if near else ""
    words = f"one of {one_of(allowed, 12)}" if len(allowed) > 1 else f"`{allowed[0]}`"
    words += _OR_ELSE.get(where.partition(" ")[0], "")
    return Found(
        f"{visible(where)} must be {words}, and is `{visible(excerpt(str(value)))}`{advice}",
        suggestion=near or (allowed[0] if len(allowed) == 1 else None),
        context={"allowed": list(allowed), "found": value},
    )


def misspelled(where: str, value: object) -> Found:
    """A version or a day that does not read as one."""
    expected = VERSION if where == "`version`" else "a day of the calendar such as 2027-06-30"
    return Found(
        f"{visible(where)} must be {expected}, and is `{visible(excerpt(str(value)))}`",
        context={"expected": expected, "found": value},
    )


def too_small(where: str, value: object, least: object) -> Found:
    if isinstance(value, (str, list)):
        return Found(
            f"{visible(where)} must not be empty; give it a value or remove the field", context={"least": least}
        )
    return Found(
        f"{visible(where)} must be at least {least}, and is {excerpt(str(value))}",
        context={"least": least, "found": value},
    )


RULE = SchemaRule(
    id="schema-wrong-value",
    summary="A field holds a value that it cannot mean: an unknown word, a day that is in no calendar, a negative length.",
    why="A word that is not understood is a rule that is not enforced.",
    example=Example(
        schema="",
        bad="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {retries: {type: int}}\n",
        good="file_format: property-schema/1\nname: acme\nversion: 1.0.0\nproperties: {retries: {type: integer}}\n",
        language="yaml",
    ),
)
