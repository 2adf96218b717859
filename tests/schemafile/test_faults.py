"""Every fault of a file is reported, all of them at once, each with its rule, its place and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from propguard.errors import SchemaInvalid, SchemaNotFound, UsageError
from propguard.model.finding import FilePlace, Severity, Span
from propguard.schemafile import check_schema, load_schema

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.model.finding import Finding
    from tests.schemafile.conftest import Write


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    """The rule, line and column of each finding."""
    places = [(finding.violation.rule, finding.place) for finding in findings]
    return [(rule, place.span.line, place.span.column) for rule, place in places if isinstance(place, FilePlace)]


# The first three lines of each file are its required fields; what follows here begins in line 4.
REPORTED: tuple[tuple[str, list[tuple[str, int, int]], str], ...] = (
    # a type that cannot be read hides nothing that is wrong with an example whatever the type is
    (
        "properties: {a: {type: strin, enum: [b], examples: [c]}}\n",
        [("schema-wrong-value", 4, 24), ("schema-example", 4, 53)],
        "`c` is not an allowed value of `a`",
    ),
    (
        "properties: {a: {type: integr, minimum: 3, examples: [x, '4111 1111 1111 1111']}}\n",
        [("schema-wrong-value", 4, 24)],
        "`integer`",
    ),
    (
        "properties: {a: {type: lst, items: {enum: [b]}, max_length: 1, examples: ['b,b']}}\n",
        [("schema-wrong-value", 4, 24)],
        "`list`",
    ),
    ("properties: {a: {type: [string]}}\n", [("schema-wrong-type", 4, 18)], "must be text"),
    # fields that are unknown, missing, or of the wrong kind
    ("properties: {a: {enumm: [b]}}\n", [("schema-unknown-field", 4, 18)], "did you mean `enum`?"),
    ("propertys: {}\n", [("schema-unknown-field", 4, 1)], "did you mean `properties`?"),
    ("properties: {}\nowner: me\n", [("schema-unknown-field", 5, 1)], "it can have file_format, name"),
    ("limits: {key_lenght: 1}\nproperties: {}\n", [("schema-unknown-field", 4, 10)], "did you mean `key_length`?"),
    ("properties: {a: {deprecated: {}}}\n", [("schema-missing-field", 4, 18)], "`reason`"),
    ("properties: {a: {deprecated: {reason: renamed, to: b}}}\n", [("schema-unknown-field", 4, 48)], "`to`"),
    ("properties: {a: {enforcement: {block_from: 2027-01-01}}}\n", [("schema-missing-field", 4, 18)], "`mode`"),
    (
        "properties: {a: {enforcement: warn}}\n",
        [("schema-wrong-value", 4, 31)],
        "must be `block` or {mode: warn, block_from: DATE}",
    ),
    ("properties: {a: {enforcement: 3}}\n", [("schema-wrong-type", 4, 31)], "{mode: warn, block_from: DATE}"),
    ("properties: {a: {cardinality: many}}\n", [("schema-wrong-value", 4, 31)], "low, high or a whole number"),
    ("properties: {a: {cardinality: 0}}\n", [("schema-wrong-value", 4, 31)], "at least 1"),
    ("properties: {a: {cardinality: [1]}}\n", [("schema-wrong-type", 4, 18)], "`low`, `high` or a whole number"),
    ("properties: {a: {enum: [b], aliases: c}}\n", [("schema-wrong-type", 4, 38)], "put it in brackets: [c]"),
    ("properties: {a: {description: 2026}}\n", [("schema-wrong-type", 4, 31)], 'put it in quotes: "2026"'),
    ("properties: {a: {required: yes}}\n", [("schema-wrong-type", 4, 28)], "true or false"),
    ("properties: {a: {min_length: 1.5}}\n", [("schema-wrong-type", 4, 30)], "a whole number"),
    ("properties: {a: {min_length: -1}}\n", [("schema-wrong-value", 4, 30)], "at least 0"),
    ("properties: {a: {enum: []}}\n", [("schema-wrong-value", 4, 18)], "must not be empty"),
    ("properties: {a: {enum: [b, ~]}}\n", [("schema-wrong-type", 4, 28)], "put it in quotes"),
    ("properties: {a: {format: datetime}}\n", [("schema-wrong-value", 4, 26)], "did you mean `date-time`?"),
    ("properties: {a: {type: list, items: {type: list}}}\n", [("schema-wrong-value", 4, 44)], "string, integer"),
    ("properties: {a: {type: list, items: {required: true}}}\n", [("schema-unknown-field", 4, 38)], "`required`"),
    ("properties: {a: {deprecated: {reason: obsolete, sunset: 2027-02-30}}}\n", [("schema-wrong-value", 4, 57)], "day"),
    ("properties: {a: {deprecated: {reason: obsolete, sunset: soon}}}\n", [("schema-wrong-value", 4, 57)], "day"),
    ("properties:\n", [("schema-wrong-type", 4, 1)], "a mapping"),
    ("properties: {a: }\n", [("schema-wrong-type", 4, 14)], "a mapping"),
    ("extends: [standart]\nproperties: {}\n", [("schema-extends-missing", 4, 11)], "did you mean `standard`?"),
    ("extends: [Standard.yml]\nproperties: {}\n", [("schema-extends-missing", 4, 11)], "did you mean `standard`?"),
    (
        "unknown_properties: warn\nproperties: {}\n",
        [("schema-wrong-value", 4, 21)],
        "did you mean `warning`?",
    ),
    ("properties: {a: {stability: stabel}}\n", [("schema-wrong-value", 4, 29)], "did you mean `stable`?"),
    ("properties: {a: {type: numbr}}\n", [("schema-wrong-value", 4, 24)], "did you mean `number`?"),
    ("properties: {a: {cardinality: hgih}}\n", [("schema-wrong-value", 4, 31)], "did you mean `high`?"),
    # what is wrong at the top does not hide what is wrong in a property, nor is a name judged by a style that is misspelt
    (
        "naming: kebabcase\nproperties: {user-tier: {}, b: {requires: [c], examples: [d], enum: [e]}}\n",
        [("schema-wrong-value", 4, 9), ("schema-requires", 5, 44), ("schema-example", 5, 59)],
        "",
    ),
    (
        "limits: 5\nextends: [gone.yaml]\nproperties: {a: {type: int}, b: {examples: [b], enum: [c]}}\n",
        [
            ("schema-wrong-type", 4, 9),
            ("schema-extends-missing", 5, 11),
            ("schema-wrong-value", 6, 24),
            ("schema-example", 6, 45),
        ],
        "",
    ),
    ("naming: snake-case\nproperties: {}\n", [("schema-wrong-value", 4, 9)], "did you mean `snake_case`?"),
    # duplicate keys, at any depth
    ("properties: {a: {enum: [b], enum: [c]}}\n", [("schema-duplicate-key", 4, 29)], "first in line 4"),
    ("properties: {}\nname: b\n", [("schema-duplicate-key", 5, 1)], "first in line 2"),
    ("properties: {a: {value_aliases: {'1': b, 1: c}}}\n", [("schema-duplicate-key", 4, 42)], "`1`"),
    # names
    ("properties: {a: {}, '': {}}\n", [("schema-key-characters", 4, 21)], "it is empty"),
    ("properties: {'*': {}}\n", [("schema-key-characters", 4, 14)], "before its star"),
    ("properties: {'a*b': {}}\n", [("schema-key-characters", 4, 14)], "only end it"),
    ("properties: {'a:b': {}}\n", [("schema-key-characters", 4, 14)], "`:`"),
    ("properties: {ключ: {}}\n", [("schema-key-characters", 4, 14)], "U+043A"),
    ("properties: {user-tier: {}}\n", [("schema-key-case", 4, 14)], "write `user_tier`"),
    ("properties: {feature-*: {}}\n", [], ""),  # what ends the prefix of a namespace is not judged
    ("properties: {user-flag-*: {}}\n", [("schema-key-case", 4, 14)], "write `user_flag-*`"),
    ("naming: kebab-case\nproperties: {user_tier: {}}\n", [("schema-key-case", 5, 14)], "write `user-tier`"),
    (
        "limits: {key_length: 3}\nproperties: {abcd: {}, abc: {}, 'ab*': {}}\n",
        [("schema-key-too-long", 5, 14)],
        "allows 3",
    ),
    (
        "properties: {Helicone-Session-Id: {}}\nnaming: any\n",
        [("schema-reserved-key", 4, 14), ("schema-capitals", 4, 14)],
        "",
    ),
    ("properties: {a: {aliases: [helicone-prompt-id]}}\n", [("schema-reserved-key", 4, 28)], "platform"),
    ("reserved: [Tmp]\nproperties: {a: {aliases: [tmp]}}\n", [("schema-reserved-key", 5, 28)], "`reserved`"),
    ("naming: any\nproperties: {user_id: {}, userid: {}}\n", [("schema-near-names", 5, 27)], "`user_id`"),
    ("properties: {a: {aliases: [a]}}\n", [("schema-ambiguous-alias", 4, 28)], "itself"),
    ("properties: {a: {aliases: [c]}, b: {aliases: [C]}}\n", [("schema-ambiguous-alias", 4, 47)], "of `a` and of `b`"),
    ("properties: {a: {aliases: [B]}, b: {}}\n", [("schema-ambiguous-alias", 4, 28)], "property of its own"),
    ("properties: {'f_*': {aliases: [g]}}\n", [("schema-namespace-field", 4, 22)], "namespace"),
    # patterns and limits
    ("properties: {a: {pattern: '('}}\n", [("schema-pattern", 4, 27)], "RE2"),
    ("properties: {a: {pattern: '^(a)\\1$'}}\n", [("schema-pattern", 4, 27)], "RE2"),
    ("properties: {a: {type: list, items: {pattern: '['}}}\n", [("schema-pattern", 4, 47)], "RE2"),
    ("properties: {a: {pattern: '^a|b$'}}\n", [("schema-unanchored-pattern", 4, 27)], "`^…$`"),
    ("limits: {value_length: 9}\nproperties: {a: {min_length: 10}}\n", [("schema-contradictory-limits", 5, 30)], "9"),
    ("properties: {a: {type: number, minimum: 2, maximum: 1}}\n", [("schema-contradictory-limits", 4, 41)], "no value"),
    ("properties: {a: {maximum: 1}}\n", [("schema-misplaced-field", 4, 18)], "`type: number`"),
    ("properties: {a: {separator: ';'}}\n", [("schema-misplaced-field", 4, 18)], "`type: list`"),
    ("properties: {a: {items: {max_length: 3}}}\n", [("schema-misplaced-field", 4, 18)], "`type: list`"),
    ("properties: {a: {type: boolean, format: date}}\n", [("schema-misplaced-field", 4, 33)], "`type: string`"),
    ("properties: {a: {type: list, items: {minimum: 3}}}\n", [("schema-misplaced-field", 4, 38)], "`type: integer`"),
    # values
    ("properties: {a: {enum: [b, toolong], max_length: 3}}\n", [("schema-enum-member", 4, 28)], "toolong"),
    ("properties: {a: {enum: [b, '1'], pattern: '^[a-z]$'}}\n", [("schema-enum-member", 4, 28)], "pattern"),
    (
        "properties: {a: {enum: [2026-01-01, 2026-02-30], format: date}}\n",
        [("schema-enum-member", 4, 37)],
        "2026-02-30",
    ),
    ("properties: {a: {enum: ['']}}\n", [("schema-enum-member", 4, 25)], "empty"),
    ("properties: {a: {type: list, items: {type: integer, enum: [1, b]}}}\n", [("schema-enum-member", 4, 63)], "`b`"),
    ("properties: {a: {type: integer, examples: [1, 1.0]}}\n", [("schema-example", 4, 47)], "an integer"),
    ("properties: {a: {examples: [jane@example.com]}}\n", [("schema-example", 4, 29)], "not valid"),
    ("properties: {a: {examples: [c], enum: [b], enforcement: {mode: warn}}}\n", [("schema-example", 4, 29)], "`c`"),
    ("properties: {a: {type: list, items: {enum: [b]}, examples: ['b,c']}}\n", [("schema-example", 4, 61)], "item 2"),
    ("properties: {a: {aliases: [b, b]}}\n", [("schema-repeated-member", 4, 31)], "twice"),
    ("properties: {a: {enum: [b, c], value_aliases: {b: c}}}\n", [("schema-value-alias", 4, 48)], "allowed value"),
    ("properties: {a: {enum: [b], value_aliases: {c: d, d: b}}}\n", [("schema-value-alias", 4, 48)], "in the end"),
    ("properties: {a: {type: boolean, value_aliases: {yes: ja}}}\n", [("schema-value-alias", 4, 54)], "not allowed"),
    ("properties: {a: {enum: [b], deprecated_values: {c: gone}}}\n", [("schema-deprecated-value", 4, 49)], "enum"),
    # renames and requirements
    ("properties: {a: {deprecated: {reason: renamed}}}\n", [("schema-rename", 4, 39)], "add `renamed_to`"),
    (
        "properties: {a: {deprecated: {reason: obsolete, renamed_to: b}}, b: {}}\n",
        [("schema-rename", 4, 61)],
        "renamed",
    ),
    (
        "properties: {a: {deprecated: {reason: renamed, renamed_to: 'f_*'}}, 'f_*': {}}\n",
        [("schema-rename", 4, 60)],
        "key",
    ),
    (
        "properties: {a: {deprecated: {reason: renamed, renamed_to: a}}}\n",
        [("schema-rename-circle", 4, 60)],
        "to itself",
    ),
    ("properties: {a: {requires: [a]}}\n", [("schema-requires", 4, 29)], "itself"),
    ("properties: {a: {requires: ['f_*']}, 'f_*': {}}\n", [("schema-requires", 4, 29)], "namespace"),
    ("properties: {a: {requires: [customer]}, customers: {}}\n", [("schema-requires", 4, 29)], "`customers`"),
    # notices
    ("properties: {a: {enforcement: {mode: warn, block_from: 2020-01-01}}}\n", [("schema-past-date", 4, 56)], "blocks"),
    ("properties: {a: {enum: [b, c], cardinality: 1}}\n", [("schema-cardinality", 4, 45)], "2 values"),
    ("properties: {a: {type: boolean, cardinality: high}}\n", [("schema-cardinality", 4, 46)], "2 values"),
)


@pytest.mark.parametrize(("body", "expected", "advice"), REPORTED)
def test_reported(body: str, expected: list[tuple[str, int, int]], advice: str, write: Write) -> None:
    findings = check_schema(write(body), today=date(2026, 7, 1))
    assert told(findings) == expected
    assert all(advice in finding.violation.message for finding in findings[-1:])


def test_all_faults_at_once_in_the_order_of_the_file(write: Write) -> None:
    path = write(
        "naming: snakecase\n"
        "reserved: [tmp]\n"
        "properties:\n"
        "  environment: {enum: [production], examples: [prod], owner: 3}\n"
        "  quality_score: {type: number, minimum: 2, maximum: 1, descripton: x}\n"
        "  tmp: {pattern: '('}\n"
        "  a: {type: int, minimum: 1}\n"  # the minimum rests on a type that is not known
        "  a: {}\n"
    )
    with pytest.raises(SchemaInvalid) as raised:
        load_schema(path)
    assert told(raised.value.findings) == [
        ("schema-wrong-value", 4, 9),
        ("schema-example", 7, 48),
        ("schema-wrong-type", 7, 62),
        ("schema-contradictory-limits", 8, 42),
        ("schema-unknown-field", 8, 57),
        ("schema-reserved-key", 9, 3),
        ("schema-pattern", 9, 18),
        ("schema-wrong-value", 10, 13),
        ("schema-duplicate-key", 11, 3),
    ]
    assert "(and 8 more)" in str(raised.value)


def test_a_finding_is_fit_for_machines(write: Write) -> None:
    path = write("properties:\n  environment: {enumm: [production]}  # oops\n")
    (finding,) = check_schema(path)
    assert finding.place == FilePlace(path, Span(5, 17, 5, 22), "  environment: {enumm: [production]}  # oops")
    violation = finding.violation
    assert (violation.severity, violation.key, violation.suggestion) == (Severity.ERROR, "environment", "enum")
    assert violation.context["field"] == "enumm"
    assert finding.schema == "acme"


def test_columns_are_code_points(write: Write) -> None:
    (finding,) = check_schema(write("properties: {a: {description: '𝔘𝔫𝔦', enumm: [b]}}\n"))
    assert told((finding,)) == [("schema-unknown-field", 4, 38)]


def test_warnings_and_notices_do_not_refuse_a_schema(write: Write) -> None:
    path = write("properties: {a: {enum: [b], cardinality: high}, c: {pattern: b}}\n")
    assert {finding.violation.severity for finding in check_schema(path)} == {Severity.WARNING, Severity.INFO}
    assert set(load_schema(path).properties) == {"a", "c"}


def test_a_missing_file_a_folder_and_a_nonsense_path_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SchemaNotFound, match="propguard init"):
        load_schema(tmp_path / "properties.yaml")
    with pytest.raises(SchemaNotFound):
        load_schema(tmp_path / "a" / "b")
    with pytest.raises(UsageError, match="is a folder"):
        load_schema(str(tmp_path))
    with pytest.raises(UsageError):
        load_schema("a\0b")


def test_control_characters_never_reach_a_message(write: Write) -> None:
    body = 'properties: {"a\\e[31m": {"\\e]0;x": 1, enum: ["\\e[2J"], type: integer, requires: ["\\e"]}}\n'
    findings = check_schema(write(body))
    assert findings
    assert all("\x1b" not in finding.violation.message for finding in findings)
