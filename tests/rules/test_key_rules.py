"""Each key rule by itself: what it leaves alone, then what it reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from propguard.model.finding import Severity
from propguard.model.schema import Deprecation, Limits, Property, PropertySchema
from propguard.rules.key import KEY_RULES
from tests.strategies import TODAY
from tests.subjects import key_subject, schema_of

if TYPE_CHECKING:
    from propguard.model.finding import Door

RULES = {rule.id: rule for rule in KEY_RULES}

TIER = Property("user_tier", enum=("free", "pro"), aliases=("plan", "Old-Tier"))
FEATURES = Property("feature_*", enum=("enabled",))
SNAKE = schema_of(TIER, FEATURES, reserved=("tmp", "Debug"))
DASHED = schema_of(TIER, FEATURES, Property("feature_new_ui"), header_separator="-")
CAMEL = schema_of(Property("userTier"), naming="camelCase")
PASCAL = schema_of(Property("UserTier"), naming="PascalCase")
TRAIN = schema_of(Property("User-Tier"), naming="Train-Case")
ANY = schema_of(Property("user tier"), naming="any", unknown_properties="allow")
SHORT = schema_of(FEATURES, naming="any", limits=Limits(key_length=9))


def deprecated(sunset: date | None, renamed_to: str | None = None) -> PropertySchema:
    way = Deprecation(
        "renamed" if renamed_to else "obsolete", renamed_to=renamed_to, note="see the wiki", sunset=sunset
    )
    return schema_of(TIER, Property("tier", deprecated=way), Property("old_*", deprecated=way))


SILENT: dict[str, list[tuple[PropertySchema, Door, str]]] = {
    "key-empty": [
        (SNAKE, "api", "x"),
        (SNAKE, "api", " "),  # wrong in another way
    ],
    "prefixed-key": [
        (SNAKE, "api", "user_tier"),
        (SNAKE, "api", "Helicone-Property"),  # without its last dash it is a name like others
        (SNAKE, "api", "x-Helicone-Property-user_tier"),  # not at the beginning
        (SNAKE, "header", "Property-User_tier"),
    ],
    "reserved-key": [
        (SNAKE, "api", "user_tier"),
        (SNAKE, "api", "tmpx"),
        (SNAKE, "api", "my-helicone-stripe-x"),  # the platform's prefix, but not at the beginning
        (SNAKE, "header", "Helicone-User-Id"),  # a column of the platform, not a key in the map
        (SNAKE, "header", "Session-Id"),  # `Helicone-Session-Id` is the header; this is a property's
    ],
    "key-alias": [
        (SNAKE, "api", "user_tier"),
        (SNAKE, "api", "Plan"),  # the API keeps capitals, so it is another key
        (SNAKE, "api", "old-tier"),
        (schema_of(Property("user_tier", aliases=("User-Tier",)), header_separator="-"), "header", "User-Tier"),  # a spelling that headers have anyway
    ],
    "header-key-mismatch": [
        (SNAKE, "header", "user_tier"),
        (SNAKE, "header", "User_Tier"),
        (SNAKE, "api", "user-tier"),  # nothing lower-cases it there; key-case has a word
        (SNAKE, "header", "user-tiers"),
        (DASHED, "header", "User-Tier"),
        (SNAKE, "header", "Feature_X-Y"),  # a namespace has no one spelling
        (schema_of(Property("user_tier"), Property("user-tier"), naming="any"), "header", "userTier"),  # could be either
    ],
    "key-case": [
        (SNAKE, "api", "user_tier"),
        (SNAKE, "header", "User_Tier"),  # a header takes the capitals away
        (SNAKE, "api", "a1_2b"),
        (DASHED, "header", "New-Thing"),  # as `new_thing`
        (CAMEL, "api", "newThing"),
        (CAMEL, "header", "newthing"),  # some capitalisation of it would do
        (PASCAL, "header", "UserTier"),
        (TRAIN, "header", "user-tier"),
        (TRAIN, "api", "User-ID"),
        (ANY, "api", "anY thing"),
        (schema_of(Property("userTier")), "api", "userTier"),  # declared so; `schema check` has a word
    ],
    "key-characters": [
        (SNAKE, "api", "user_tier"),
        (ANY, "api", "a.b!~$'"),
    ],
    "key-too-long": [
        (SHORT, "api", "feature_x"),
        (SNAKE, "api", "a" * 100),
    ],
    "unknown-property": [
        (SNAKE, "api", "user_tier"),
        (SNAKE, "api", "feature_x"),
        (DASHED, "header", "Feature-New-UI"),
        (ANY, "api", "whatever"),
    ],
    "deprecated-property": [
        (SNAKE, "api", "user_tier"),
        (deprecated(None), "api", "other"),
        (deprecated(None), "api", "old_"),  # nothing follows the prefix
    ],
}  # fmt: skip

# What is reported, then the suggestion and words of the message.
REPORTED: dict[str, list[tuple[PropertySchema, Door, str, str | None, str]]] = {
    "key-empty": [
        (SNAKE, "api", "", None, "the key is empty"),
        (SNAKE, "header", "", None, "the platform drops such a header"),
    ],
    "prefixed-key": [
        (SNAKE, "api", "Helicone-Property-user_tier", "user_tier", "no part of a key; write `user_tier`"),
        (SNAKE, "api", "helicone-property-User-Tier", "user_tier", "write `user_tier`"),  # another spelling
        (SNAKE, "header", "Helicone-Property-Plan", "user_tier", "`helicone-property-plan`"),  # an alias behind it
        (SNAKE, "data", "helicone-property-user_tier", "user_tier", "write `user_tier`"),
        (SNAKE, "api", "HELICONE-PROPERTY-helicone-property-plan", "user_tier", "write `user_tier`"),
        (SNAKE, "api", "Helicone-Property-other", None, "write `other`"),  # nothing near is declared
        (SNAKE, "api", "Helicone-Property-", None, "nothing follows it"),
        (ANY, "api", "Helicone-Property-anything", None, "no part of a key"),  # whatever is allowed
        (TRAIN, "header", "Helicone-Property-User-Tier", "User-Tier", "no part of a key"),
    ],
    "reserved-key": [
        (SNAKE, "api", "stripe_customer_id", None, "the platform keeps for itself"),
        (SNAKE, "api", "Stripe_Customer_ID", None, "the platform keeps for itself"),  # compared without case
        (SNAKE, "header", "Helicone-Session-Id", None, "`helicone-session-id`"),
        (SNAKE, "api", "helicone-stripe-anything", None, "the platform keeps for itself"),
        (SNAKE, "api", "tmp", None, "reserved by the schema"),
        (SNAKE, "header", "DEBUG", None, "reserved by the schema"),
    ],
    "key-alias": [
        (SNAKE, "api", "plan", "user_tier", "another name of `user_tier`"),
        (SNAKE, "header", "PLAN", "user_tier", "`plan` is another name"),
        (SNAKE, "header", "Old-Tier", "user_tier", "`old-tier` is another name"),
        (SNAKE, "api", "Old-Tier", "user_tier", "`Old-Tier` is another name"),
    ],
    "header-key-mismatch": [
        (SNAKE, "header", "User-Tier", "user_tier", "is stored as `user-tier`"),
        (SNAKE, "header", "UserTier", "user_tier", "is stored as `usertier`"),
        (DASHED, "header", "UserTier", "user_tier", "is stored as `usertier`"),
        (CAMEL, "header", "User-Tier", "userTier", "the declared `userTier`"),
        (TRAIN, "header", "user_tier", "User-Tier", "the declared `User-Tier`"),
    ],
    "key-case": [
        (SNAKE, "api", "userTier", "user_tier", "write `user_tier`"),
        (SNAKE, "api", "User-Tier", "user_tier", "not in snake_case"),
        (SNAKE, "api", "USER_TIER", "user_tier", "not in snake_case"),
        (SNAKE, "api", "featureNewUI", "feature_new_ui", "write `feature_new_ui`"),  # into a namespace
        (SNAKE, "api", "newThing", None, "not in snake_case"),  # converted, it would not be declared either
        (SNAKE, "api", "user__tier", "user_tier", "not in snake_case"),
        (SNAKE, "api", "_x", None, "not in snake_case"),
        (SNAKE, "api", "1x", None, "not in snake_case"),
        (SNAKE, "api", "user_tier\n", "user_tier", "not in snake_case"),  # `$` would let it pass
        (SNAKE, "header", "New-Thing", None, "`new-thing` is not in snake_case"),
        (CAMEL, "api", "UserTier", "userTier", "not in camelCase"),
        (CAMEL, "header", "new_thing", None, "not in camelCase"),
        (PASCAL, "api", "userTier", "UserTier", "not in PascalCase"),
        (TRAIN, "api", "userTier", "User-Tier", "not in Train-Case"),
        (TRAIN, "api", "User-tier", "User-Tier", "not in Train-Case"),
    ],
    "key-characters": [
        (ANY, "api", "cost center", None, "a space"),
        (ANY, "api", "user tier", None, "a space"),  # declared or not: no header carries it
        (ANY, "api", "a:b", None, "`:`"),
        (ANY, "api", "a/b", None, "`/`"),
        (ANY, "api", "a\x00", None, "U+0000"),
        (ANY, "api", "a\n", None, "U+000A"),
        (ANY, "header", "É", None, "U+00E9"),
        (ANY, "api", "日", None, "U+65E5"),
        (ANY, "api", "\x7f", None, "U+007F"),
    ],
    "key-too-long": [
        (SHORT, "api", "feature_xy", None, "has 10 characters; a key may have 9"),
        (SNAKE, "api", "a" * 101, None, "has 101 characters"),
        (SNAKE, "header", "a" * 5000, None, "has 5000 characters"),
        (SHORT, "api", "😀" * 10, None, "has 10 characters"),  # code points, not bytes
    ],
    "unknown-property": [
        (SNAKE, "api", "user_teir", "user_tier", "did you mean `user_tier`?"),
        (SNAKE, "api", "feature_", None, "is not declared"),  # at least one character must follow the prefix
        (SNAKE, "api", "zzz", None, "is not declared in the schema small"),
        (SNAKE, "api", "", None, "is not declared"),
        (schema_of(Property("abcd"), Property("abce")), "api", "abcf", None, "declare it there"),  # two are equally near
    ],
    "deprecated-property": [
        (deprecated(None), "api", "tier", None, "`tier` is deprecated; see the wiki"),
        (deprecated(None, "user_tier"), "api", "tier", "user_tier", "write `user_tier`"),
        (deprecated(date(2026, 6, 16)), "header", "Tier", None, "refused from 2026-06-16"),
        (deprecated(TODAY), "api", "tier", None, "refused since 2026-06-15"),
        (deprecated(TODAY), "api", "old_x", None, "`old_x` is deprecated"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "schema", "door", "key"), [(rule, *row) for rule, rows in SILENT.items() for row in rows]
)
def test_silent(rule: str, schema: PropertySchema, door: Door, key: str) -> None:
    assert RULES[rule].find(key_subject(schema, key, door)) is None


@pytest.mark.parametrize(
    ("rule", "schema", "door", "key", "suggestion", "words"),
    [(rule, *row) for rule, rows in REPORTED.items() for row in rows],
)
def test_reported(rule: str, schema: PropertySchema, door: Door, key: str, suggestion: str | None, words: str) -> None:
    found = RULES[rule].find(key_subject(schema, key, door))
    assert found is not None
    assert words in found.message
    assert found.suggestion == suggestion


def test_every_key_rule_has_its_tables() -> None:
    assert list(SILENT) == list(REPORTED) == list(RULES)


@pytest.mark.parametrize(
    ("sunset", "severity"),
    [
        (None, Severity.WARNING),
        (date(2026, 6, 16), Severity.WARNING),
        # the sunset is the first day on which it is an error
        (TODAY, Severity.ERROR),
        (date(2026, 6, 14), Severity.ERROR),
    ],
)
def test_a_deprecated_property_is_an_error_from_its_sunset_on(sunset: date | None, severity: Severity) -> None:
    found = RULES["deprecated-property"].find(key_subject(deprecated(sunset), "tier", "api"))
    assert found is not None
    assert found.severity is severity


@pytest.mark.parametrize(("setting", "severity"), [("error", Severity.ERROR), ("warning", Severity.WARNING)])
def test_an_unknown_property_weighs_what_the_schema_says(setting: str, severity: Severity) -> None:
    found = RULES["unknown-property"].find(key_subject(schema_of(unknown_properties=setting), "x", "api"))
    assert found is not None
    assert found.severity is severity
