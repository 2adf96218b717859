"""Each value rule by itself: what it leaves alone, then what it reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.model.schema import Property
from propguard.rules.value import VALUE_RULES
from tests.samples import NON_TEXTS
from tests.subjects import value_subject

if TYPE_CHECKING:
    from propguard.model.finding import Door

RULES = {rule.id: rule for rule in VALUE_RULES}

OPEN = Property("note")
CLOSED = Property(
    "tier", enum=("free", "pro", "true"), value_aliases={"premium": "pro"}, deprecated_values={"free": "gone"}
)
NUMBER = Property("score", type="number", minimum=-1.0, maximum=1.0)
INTEGER = Property("count", type="integer")
BOOLEAN = Property("billable", type="boolean")
LIST = Property("flags", type="list")
VERSION = Property("version", format="semver")
ANCHORED = Property("customer_id", pattern="^cust_[a-z0-9]+$")
UNANCHORED = Property("customer_id", pattern="cust_")
SHORT = Property("code", min_length=2, max_length=4)
SECRET = "sk-" + "a1B2" * 5

Row = tuple[Property, object]

SILENT: dict[str, list[Row]] = {
    "value-not-string": [(OPEN, ""), (OPEN, "1"), (OPEN, "\x00")],
    "value-alias": [
        (CLOSED, "pro"),
        (CLOSED, "Premium"),  # compared letter by letter
        (CLOSED, "nothing"),
    ],
    "value-not-allowed": [
        (CLOSED, "free"),
        (CLOSED, "true"),
        (OPEN, "anything"),
    ],
    "deprecated-value": [(CLOSED, "pro"), (CLOSED, "FREE")],
    "value-empty": [
        (OPEN, "x"),
        (OPEN, " "),  # blank is not empty; value-whitespace has a word
        (Property("note", min_length=0), ""),
    ],
    "value-too-short": [
        (SHORT, "ab"),
        (SHORT, ""),  # value-empty has a word, and one is enough
        (SHORT, "日本"),
    ],
    "value-too-long": [
        (SHORT, "abcd"),
        (SHORT, "😀😀😀😀"),  # code points, not bytes
        (OPEN, "a" * 1000),
    ],
    "value-type": [
        (OPEN, "x"),
        (LIST, "a,b"),
        (INTEGER, "-12"),
        (INTEGER, "0"),
        (INTEGER, "9" * 400),
        (NUMBER, "-0.5e+3"),
        (NUMBER, "7"),
        (BOOLEAN, "true"),
        (BOOLEAN, "false"),
    ],
    "value-range": [
        (INTEGER, "99"),
        (NUMBER, "-1"),
        (NUMBER, "1.0"),
        (NUMBER, "high"),  # value-type has a word
        (NUMBER, "nan"),  # compares false with everything, and is no number here
        (Property("billable", type="boolean", minimum=0.0), "true"),  # has no numbers
        (Property("note", minimum=5.0), "1"),  # as long as it is not declared to be a number
    ],
    "value-format": [(OPEN, "x"), (VERSION, "1.4.0-rc.1+build")],
    "value-pattern": [
        (OPEN, "x"),
        (ANCHORED, "cust_456"),
        (UNANCHORED, "my cust_ 4"),  # searches
        (Property("x", pattern="(?i)^abc$"), "ABC"),  # RE2's own words hold
    ],
    "value-whitespace": [
        (OPEN, "a b"),
        (OPEN, ""),
        (CLOSED, " free"),  # closed: value-not-allowed has a word
        (ANCHORED, " cust_1"),
        (NUMBER, " 1"),
        (OPEN, "\u200bx"),  # a zero-width space is no white space to Unicode
    ],
    "value-placeholder": [
        (OPEN, "Undefined"),
        (OPEN, "null and void"),
        (OPEN, "none"),
        (OPEN, ""),
        (ANCHORED, "null"),
        (Property("x", enum=("None",)), "None"),  # said to be right
    ],
    "value-sensitive": [
        (OPEN, "ada at example.com"),
        (OPEN, "u_1815"),
        (Property("email", sensitive="allow"), "ada@example.com"),
        (Property("email", format="email"), "ada@example.com"),  # said to be one
        (Property("score", type="integer"), "4111111111111111"),  # accepted by its type
        (Property("id", pattern="^[0-9a-f]{16}$"), "4111111111111111"),  # and by its pattern
        (Property("tier", enum=("a@b.co",)), "x@y.co"),
        (OPEN, "4a5f0c9e1b2d3f60"),  # a hexadecimal id is no card
    ],
    "value-unsafe-in-header": [(OPEN, "plain"), (OPEN, "a b"), (OPEN, ""), (CLOSED, "free")],
}

# What is reported, then the suggestion and words of the message.
REPORTED: dict[str, list[tuple[Property, object, str | None, str]]] = {
    "value-not-string": [
        (OPEN, True, "true", 'a boolean, and the platform takes only text; write "true"'),
        (OPEN, False, "false", "a boolean"),
        (OPEN, 7, "7", "a number"),
        (OPEN, 10**30, None, "a number"),  # nobody means such a number
        (OPEN, 1.5, None, "a number"),  # `1.5` or `1.50`? not ours to say
        (OPEN, None, None, "null"),
        (OPEN, ["a"], None, "a list"),
        (OPEN, ("a",), None, "a list"),
        (OPEN, {"a": "b"}, None, "a map"),
        (OPEN, b"abc", None, "of type bytes"),
    ],
    "value-alias": [(CLOSED, "premium", "pro", "`premium` is another spelling of the value `pro` of `tier`")],
    "value-not-allowed": [
        (CLOSED, "prro", "pro", "(free, pro, true); did you mean `pro`?"),
        (CLOSED, "True", "true", "did you mean `true`?"),
        (CLOSED, "zzz", None, "is not an allowed value of `tier` (free, pro, true)"),
        (CLOSED, "", None, "is not an allowed value"),
        (CLOSED, "free ", "free", "did you mean"),
        (CLOSED, "free\n", "free", "is not an allowed value"),
    ],
    "deprecated-value": [(CLOSED, "free", None, "is deprecated: gone")],
    "value-empty": [(OPEN, "", None, "is empty"), (SHORT, "", None, "is empty")],
    "value-too-short": [(SHORT, "a", None, "`a` has 1 characters; a value of `code` has at least 2")],
    "value-too-long": [
        (SHORT, "abcde", None, "at most 4 characters"),
        (OPEN, "a" * 1001, None, "at most 1000 characters"),
    ],
    "value-type": [
        (INTEGER, "1.0", None, "an integer such as"),
        (INTEGER, "007", None, "an integer"),
        (INTEGER, "+1", None, "an integer"),
        (INTEGER, "1_000", None, "an integer"),  # Python would take it
        (INTEGER, "１２", None, "an integer"),  # and these digits
        (INTEGER, "1\n", None, "an integer"),
        (INTEGER, "", None, "an integer"),
        (NUMBER, "nan", None, "a number such as"),
        (NUMBER, "inf", None, "a number"),
        (NUMBER, ".5", None, "a number"),
        (NUMBER, "0x10", None, "a number"),
        (NUMBER, "1,5", None, "a number"),
        (BOOLEAN, "True", "true", "exactly `true` or `false`"),
        (BOOLEAN, "FALSE", "false", "exactly"),
        (BOOLEAN, "1", None, "exactly"),
    ],
    "value-range": [
        (NUMBER, "-1.0001", None, "at least -1"),
        (NUMBER, "93", None, "`93` is out of range; a value of `score` is at most 1"),
        (NUMBER, "1e999", None, "at most 1"),
        (Property("n", type="integer", minimum=5.0), "4", None, "at least 5"),
    ],
    "value-format": [
        (VERSION, "v1.4.0", None, "is not a semver, as a value of `version` is (for example `1.4.0`)"),
        (VERSION, "1.4.0\n", None, "is not a semver"),
    ],
    "value-pattern": [
        (ANCHORED, "ACME Inc", None, "`ACME Inc` does not match the pattern of `customer_id`: ^cust_[a-z0-9]+$"),
        (ANCHORED, "cust_1\n", None, "does not match"),  # `$` is the very end
        (UNANCHORED, "CUST_", None, "does not match"),
        (Property("x", pattern="^.$"), "\n", None, "does not match"),  # `.` is no line feed
        (Property("x", pattern=r"^\d$"), "１", None, "does not match"),  # classes are ASCII
    ],
    "value-whitespace": [
        (OPEN, "beta ", "beta", "has blanks at an end"),
        (OPEN, "\tbeta\n", "beta", "has blanks at an end"),
        (OPEN, "\u3000beta\xa0", "beta", "has blanks at an end"),
        (OPEN, "  ", None, "has blanks at an end"),  # nothing would be left
        (UNANCHORED, " cust_1", "cust_1", "has blanks at an end"),
        (Property("note", pattern="^a|b$"), " b", "b", "has blanks at an end"),  # each half is open at one side
    ],
    "value-placeholder": [
        (OPEN, "undefined", None, "which a program writes when it has no value"),
        (OPEN, "null", None, "is `null`"),
        (OPEN, "None", None, "is `None`"),
        (OPEN, "NaN", None, "is `NaN`"),
        (OPEN, "[object Object]", None, "is `[object Object]`"),
        (OPEN, "TODO", None, "is `TODO`"),
        (OPEN, "changeme", None, "is `changeme`"),
    ],
    "value-sensitive": [
        (OPEN, "write to ada@example.com", None, "holds an e-mail address"),
        (OPEN, SECRET, None, "holds an API key"),
        (UNANCHORED, "cust_ada@example.com", None, "holds an e-mail address"),
        # the pattern, the type or the format refuses it, so nothing says that it is something else
        (ANCHORED, "ada@example.com", None, "holds an e-mail address"),
        (Property("score", type="integer"), "a@b.co", None, "holds an e-mail address"),
        (Property("seen", format="date"), SECRET, None, "holds an API key"),
    ],
    "value-unsafe-in-header": [
        (OPEN, "日本", None, "the character U+65E5"),
        (OPEN, "a\nb", None, "the character U+000A"),
        (OPEN, "a\x7f", None, "the character U+007F"),
        (OPEN, "a\x85", None, "the character U+0085"),
        (OPEN, " a", None, "a blank at an end"),
        (OPEN, "a\t", None, "a blank at an end"),
        (OPEN, "caf\xe9", None, "the character U+00E9, which Python's HTTP clients cannot encode"),
        (OPEN, "\u0100", None, "the character U+0100, which a header cannot carry"),
    ],
}  # fmt: skip


def door_of(rule: str) -> Door:
    return "header" if rule == "value-unsafe-in-header" else "api"


@pytest.mark.parametrize(("rule", "declared", "value"), [(rule, *row) for rule, rows in SILENT.items() for row in rows])
def test_silent(rule: str, declared: Property, value: object) -> None:
    assert RULES[rule].find(value_subject(declared, value, door_of(rule))) is None


@pytest.mark.parametrize(
    ("rule", "declared", "value", "suggestion", "words"),
    [(rule, *row) for rule, rows in REPORTED.items() for row in rows],
)
def test_reported(rule: str, declared: Property, value: object, suggestion: str | None, words: str) -> None:
    found = RULES[rule].find(value_subject(declared, value, door_of(rule)))
    assert found is not None
    assert words in found.message
    assert found.suggestion == suggestion


def test_every_value_rule_has_its_tables() -> None:
    assert list(SILENT) == list(REPORTED) == list(RULES)


@pytest.mark.parametrize("value", NON_TEXTS, ids=repr)
def test_everything_that_is_no_text_is_refused(value: object) -> None:
    assert RULES["value-not-string"].find(value_subject(OPEN, value, "api")) is not None


@pytest.mark.parametrize("value", ["日本", " a", "a\nb"])
def test_the_api_carries_what_a_header_cannot(value: str) -> None:
    assert RULES["value-unsafe-in-header"].find(value_subject(OPEN, value, "api")) is None


def test_a_secret_is_masked_wherever_it_is_shown() -> None:
    """The value of the violation is what reporters and logs show."""
    rule = RULES["value-sensitive"]
    found = rule.find(value_subject(OPEN, SECRET, "api"))
    assert found is not None
    violation = rule.violation(found, "note", SECRET)
    assert violation.value == "sk-a… (23 characters)"
    assert SECRET not in f"{violation.message}{violation.context}{violation.suggestion}"
