"""key-case: the key is not in the schema's case style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.model.naming import in_style, is_in_style, style_pattern
from propguard.model.naming import words as words_of
from propguard.rules.rule import Example, Found, KeyRule, KeySubject, StoredKeys
from propguard.rules.sql import NEVER, is_one_of, literal, matches

if TYPE_CHECKING:
    from collections.abc import Collection

BEYOND_ASCII = r"[^\x00-\x7f]"


def find(subject: KeySubject) -> Found | None:
    naming = subject.schema.naming
    if subject.names.is_exact(subject.stored):
        return None
    if is_in_style(
        subject.names.canonical(subject.stored), naming, lower_cased=subject.names.is_headers(subject.stored)
    ):
        return None
    converted = in_style(subject.written, naming)
    suggestion = (
        converted
        if converted != subject.stored
        and subject.stored.isascii()
        and subject.names.declared(subject.names.met_as(converted)) is not None
        else None
    )
    mend = f"; write `{converted}`" if suggestion else ""
    return Found(
        f"`{subject.stored}` is not in {naming}{mend}",
        suggestion=suggestion,
        context={"naming": naming, "converted": converted},
    )


def sql(stored: StoredKeys) -> str:
    naming = stored.schema.naming
    if naming == "any":
        return NEVER
    canonical = "translate(k, '-', '_')" if stored.names.with_dashes else "k"
    as_written, lower_cased = (
        f"NOT {matches(canonical, style_pattern(naming, lower_cased=lower))}" for lower in (False, True)
    )
    badly = as_written if as_written == lower_cased else f"if(k = lowerUTF8(k), {lower_cased}, {as_written})"
    return f"{badly} AND NOT ({is_one_of('k', stored.names.exact)})"


def sql_suggests(stored: StoredKeys, names: Collection[str]) -> str:
    """The words of `k`, each with a capital and nothing between them, are those of a declared name.

    Words are told apart as `model.naming.words` does, in three steps, as RE2 cannot look ahead.
    """
    if stored.schema.naming == "any":
        return NEVER
    apart = "k"
    for boundary in ("([a-z0-9])([A-Z])", "([A-Za-z])([0-9])", "([A-Z])([A-Z][a-z])"):
        apart = f"replaceRegexpAll({apart}, {literal(boundary)}, {literal(chr(92) + '1_' + chr(92) + '2')})"
    words = f"splitByRegexp({literal('[^A-Za-z0-9]+')}, {apart})"
    joined = "_" if stored.schema.naming in {"snake_case", "kebab-case", "Train-Case"} else ""
    spelled = f"arrayStringConcat(arrayMap(w -> concat(upper(substring(w, 1, 1)), lower(substring(w, 2))), arrayFilter(w -> w != '', {words})), '{joined}')"
    wanted = {
        joined.join(word.capitalize() for word in words_of(name))
        for name in names
        if in_style(name, stored.schema.naming) == name
    }
    return f"{is_one_of(spelled, wanted)} AND NOT {matches('k', BEYOND_ASCII)}" if wanted else NEVER


RULE = KeyRule(
    id="key-case",
    summary="The key is not spelled in the schema's `naming`.",
    why="Keys are compared letter by letter: `userTier` and `user_tier` are two properties.",
    fix="safe",
    example=Example(
        schema="properties: {user_tier: {enum: [free, pro]}}",
        bad='{"userTier": "pro"}',
        good='{"user_tier": "pro"}',
        language="json",
    ),
    find=find,
    sql=sql,
    sql_suggests=sql_suggests,
)
