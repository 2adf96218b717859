"""Schemas that extend others: who wins, what may not be loosened, and what is said of a file that is not there."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from propguard.errors import SchemaInvalid
from propguard.model.finding import FilePlace, Severity
from propguard.schemafile import check_schema, load_schema
from propguard.schemafile.layers import DEEPEST_EXTENDS, MOST_FILES
from tests.schemafile.conftest import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.model.finding import Finding
    from tests.schemafile.conftest import Write

STRICT = "may_loosen: false\n"


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.violation.rule for finding in findings]


def test_later_wins_per_property_and_field_by_field(write: Write) -> None:
    write(
        "naming: any\nproperties: {a: {enum: [x, y], description: first, owner: one}, b: {max_length: 3}}\n", "one.yaml"
    )
    write("limits: {key_length: 50}\nreserved: [tmp]\nproperties: {a: {description: second}, c: {}}\n", "two.yaml")
    schema = load_schema(
        write(
            "extends: [one.yaml, two.yaml]\nlimits: {value_length: 40}\nreserved: [old]\n"
            "properties: {a: {owner: three}, d: {}}\n"
        )
    )
    a = schema.properties["a"]
    assert (a.enum, a.description, a.owner, a.max_length) == (("x", "y"), "second", "three", 40)
    assert list(schema.properties) == ["a", "b", "c", "d"]
    assert (schema.naming, schema.limits.key_length, schema.reserved) == ("any", 50, ("tmp", "old"))
    assert schema.properties["b"].max_length == 3


def test_the_standard_schema_is_extended_by_name(write: Write) -> None:
    path = write(
        "extends: [standard]\nproperties: {environment: {enum: [production, qa], value_aliases: {prod: production}}}\n"
    )
    assert check_schema(path) == ()
    schema = load_schema(path)
    assert schema.name == "acme"
    assert schema.properties["environment"].enum == ("production", "qa")
    assert "env" in schema.properties["environment"].aliases
    assert "customer_id" in schema.properties


def test_a_package_is_extended_without_running_it(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "acme_rules"
    (package / "inner").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('run')")
    (package / "inner" / "__init__.py").write_text("raise RuntimeError('run')")
    write("properties: {a: {}}\n", "site/acme_rules/rules/props.yaml")
    write("properties: {b: {}}\n", "site/acme_rules/inner/props.yaml")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    schema = load_schema(
        write("extends: ['acme_rules:rules/props.yaml', 'acme_rules.inner:props.yaml']\nproperties: {c: {}}\n")
    )
    assert list(schema.properties) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "reference",
    ["gone.yaml", "../gone.yaml", "nobody_has_this:x.yaml", "json:gone.yaml", "json.x.y:z", "standart", "."],
)
def test_what_is_not_there_is_a_fault_at_its_place(reference: str, write: Write) -> None:
    path = write(f"extends: [standard, '{reference}']\nproperties: {{}}\n")
    (finding,) = check_schema(path)
    assert isinstance(finding.place, FilePlace)
    assert (finding.violation.rule, finding.place.span.line, finding.place.span.column) == (
        "schema-extends-missing",
        4,
        21,
    )


def test_faults_of_what_is_extended_are_reported_in_its_own_file(write: Write) -> None:
    parent = write("properties: {a: {enumm: [x]}, b: {examples: ['']}}\n", "parent.yaml")
    child = write("extends: [parent.yaml]\nproperties: {c: {type: int}}\n")
    with pytest.raises(SchemaInvalid) as raised:
        load_schema(child)
    places = [(finding.place.path, finding.violation.rule) for finding in raised.value.findings]  # type: ignore[union-attr]
    assert places == [(child, "schema-wrong-value"), (parent, "schema-unknown-field"), (parent, "schema-example")]


def test_what_contradicts_an_inherited_field_is_told_where_it_is_written(write: Write) -> None:
    path = write("extends: [standard]\nproperties: {category_confidence: {type: string, examples: [sure]}}\n")
    findings = check_schema(path)
    assert set(rules(findings)) == {"schema-misplaced-field"}
    assert all(finding.where().startswith(f"{path}:5:14: ") for finding in findings)


def test_notices_of_what_is_extended_are_left_to_it(write: Write) -> None:
    write("properties: {a: {pattern: x, enum: [x], cardinality: high}}\n", "parent.yaml")
    assert check_schema(write("extends: [parent.yaml]\nproperties: {}\n")) == ()


def test_circles_are_told_once_and_end(write: Write) -> None:
    write("extends: [b.yaml]\nproperties: {}\n", "a.yaml")
    b = write("extends: [sub/c.yaml]\nproperties: {}\n", "b.yaml")
    c = write("extends: [../a.yaml]\nproperties: {}\n", "sub/c.yaml")
    (finding,) = check_schema(os.path.join(os.path.dirname(b), "a.yaml"))
    assert isinstance(finding.place, FilePlace)
    assert (finding.violation.rule, finding.place.path) == ("schema-extends-cycle", c)
    assert "a.yaml → b.yaml → c.yaml → a.yaml" in finding.violation.message


def test_a_shared_parent_is_no_circle(write: Write) -> None:
    write("properties: {a: {max_length: 1}}\n", "base.yaml")
    write("extends: [base.yaml]\nproperties: {b: {}}\n", "one.yaml")
    write("extends: [base.yaml]\nproperties: {a: {max_length: 2}}\n", "two.yaml")
    schema = load_schema(write("extends: [two.yaml, one.yaml]\nproperties: {}\n"))
    assert set(schema.properties) == {"a", "b"}
    assert schema.properties["a"].max_length == 1  # the order is that in which the files are laid over each other


def test_depth_and_number_are_bounded(write: Write) -> None:
    for number in range(DEEPEST_EXTENDS + 5):
        write(f"extends: [d{number + 1}.yaml]\nproperties: {{}}\n", f"d{number}.yaml")
    assert rules(check_schema(write("extends: [d0.yaml]\nproperties: {}\n"))) == ["schema-extends-cycle"]
    for number in range(MOST_FILES + 5):
        write("properties: {}\n", f"w{number}.yaml")
    wide = ", ".join(f"w{number}.yaml" for number in range(MOST_FILES + 5))
    assert set(rules(check_schema(write(f"extends: [{wide}]\nproperties: {{}}\n")))) == {"schema-extends-cycle"}


LOOSENED = (
    ("a: {enum: [x, y]}", "properties: {a: {enum: [x, z]}}", "enum"),
    ("a: {type: number}", "properties: {a: {type: string}}", "type"),
    ("a: {format: date}", "properties: {a: {format: date-time}}", "format"),
    ("a: {pattern: '^x$'}", "properties: {a: {pattern: '^.*$'}}", "pattern"),
    ("a: {pattern: '^c_[0-9]+$'}", "properties: {a: {pattern: '^c_[0-9a-f]+$'}}", "which takes `c_a`"),
    ("'f_*': {format: date}", "properties: {f_x: {pattern: '^2026-.*$'}}", "format"),
    ("'f_*': {pattern: '^[a-z]+$'}", "properties: {f_x: {enum: [a, B]}}", "which takes `B`"),
    ("'f_*': {pattern: '^x'}", "properties: {f_x: {}}", "pattern"),
    (
        "a: {type: list, items: {pattern: '^x+$'}}",
        "properties: {a: {items: {pattern: '^[xy]+$'}}}",
        "items",
    ),
    # of what cannot be told, the strict schema's author is not left in doubt
    ("a: {pattern: '^[[:alpha:]]$'}", "properties: {a: {pattern: '^[a-z]$'}}", "cannot be told"),
    ("a: {min_length: 3}", "properties: {a: {min_length: 2}}", "min_length"),
    ("a: {max_length: 3}", "properties: {a: {max_length: 4}}", "max_length"),
    ("a: {type: number, minimum: 1}", "properties: {a: {minimum: 0}}", "minimum"),
    ("a: {type: number, maximum: 1}", "properties: {a: {maximum: 1.5}}", "maximum"),
    ("a: {type: list, items: {enum: [x]}}", "properties: {a: {items: {enum: [x, y]}}}", "items"),
    ("a: {type: list}", "properties: {a: {separator: ';'}}", "separator"),
    ("a: {required: true}", "properties: {a: {required: false}}", "required"),
    ("a: {requires: [b]}, b: {}", "properties: {a: {requires: []}}", "requires"),
    ("a: {}", "properties: {a: {sensitive: allow}}", "sensitive"),
    ("a: {}", "properties: {a: {enforcement: {mode: warn}}}", "enforcement"),
    (
        "a: {deprecated: {reason: obsolete, sunset: 2999-01-01}}",
        "properties: {a: {deprecated: {reason: obsolete, sunset: 2999-02-01}}}",
        "deprecated",
    ),
    ("a: {enum: [x], deprecated_values: {x: gone}}", "properties: {a: {deprecated_values: {}}}", "deprecated_values"),
    ("a: {cardinality: 5}", "properties: {a: {cardinality: high}}", "cardinality"),
    ("a: {}", "unknown_properties: warning\nproperties: {}", "unknown_properties"),
    ("a: {}", "naming: any\nproperties: {}", "naming"),
    ("a: {}", "limits: {value_length: 2000}\nproperties: {}", "value_length"),
    # a property of its own takes a key out of a namespace, or takes an alias back
    ("'f_*': {enum: [on]}", "properties: {f_x: {}}", "enum"),
    ("'f_*': {max_length: 9}", "properties: {f_x: {}}", "max_length"),
    ("a: {aliases: [b]}", "properties: {b: {}}", "alias"),
    # what was refused for what it is written instead of is accepted again
    ("a: {value_aliases: {x: y}}", "properties: {a: {value_aliases: {}}}", "value_aliases"),
    ("'f_*': {}, a: {aliases: [f_a]}", "properties: {a: {aliases: []}}", "aliases"),
    # a header has one spelling there and two here
    ("a_b: {}", "header_separator: '-'\nproperties: {}", "header_separator"),
    # what closes values ends the search for secrets in them
    ("a: {}", "properties: {a: {pattern: '^.*$'}}", "pattern"),
    ("a: {}", "properties: {a: {format: email}}", "format"),
    ("a: {type: list}", "properties: {a: {sensitive: allow}}", "sensitive"),
    ("a: {type: list}", "properties: {a: {items: {sensitive: allow}}}", "items"),
    ("a: {type: list}", "properties: {a: {items: {min_length: 0}}}", "items"),
)


@pytest.mark.parametrize(("parent", "child", "what"), LOOSENED)
def test_what_may_not_be_loosened(parent: str, child: str, what: str, write: Write) -> None:
    write(f"{STRICT}properties: {{{parent}}}\n", "strict.yaml")
    path = write(f"extends: [strict.yaml]\n{child}\n")
    (finding,) = check_schema(path)
    assert (finding.violation.rule, finding.violation.severity) == ("schema-loosened", Severity.ERROR)
    assert what in finding.violation.message
    write(f"properties: {{{parent}}}\n", "strict.yaml")
    assert rules(check_schema(path)) == []


TIGHTENED = (
    ("a: {enum: [x, y]}", "properties: {a: {enum: [y]}}"),
    ("a: {type: number}", "properties: {a: {type: integer}}"),
    ("a: {}", "properties: {a: {enum: [x], required: true}, b: {}}"),
    ("a: {max_length: 9}", "properties: {a: {max_length: 8, min_length: 2, pattern: '^x+$'}}"),
    ("a: {enforcement: {mode: warn}}", "properties: {a: {enforcement: {mode: warn, block_from: 2999-01-01}}}"),
    ("a: {enforcement: {mode: warn}}", "properties: {a: {enforcement: block}}"),
    # another pattern, all of whose values the one there takes: by itself, or with what else is said here
    ("a: {pattern: '^[a-z0-9_]{1,64}$'}", "properties: {a: {pattern: '^cust_[0-9]{4}$'}}"),
    ("a: {pattern: '^(eu|us)-'}", "properties: {a: {pattern: '^(?:us|eu)-[a-z]+$'}}"),
    ("a: {pattern: '^x{1,9}$'}", "properties: {a: {pattern: '^x+$', max_length: 9}}"),
    ("a: {pattern: '^[a-z]+$'}", "properties: {a: {enum: [eu, us]}}"),
    ("'f_*': {pattern: '^[a-z]+$'}", "properties: {f_x: {enum: ['on', 'off']}}"),
    ("'f_*': {format: date}", "properties: {f_x: {pattern: '^2026-01-0[1-9]$'}}"),
    ("a: {type: list, items: {pattern: '^[a-z]+$'}}", "properties: {a: {items: {pattern: '^[a-f]+$'}}}"),
    ("a: {cardinality: high}", "properties: {a: {cardinality: 5}}"),
    ("'f_*': {enum: [on, off]}", "properties: {f_x: {enum: [on]}}"),
    ("a: {}", "limits: {value_length: 20}\nreserved: [tmp]\nproperties: {}"),
    ("a: {sensitive: allow}", "properties: {a: {sensitive: forbid, description: other}}"),
    # a case style where there was none
    ("a_b: {}", "naming: snake_case\nproperties: {}"),
    # an alias that is refused as an unknown key now; a value that no closed set has
    ("a: {aliases: [b]}", "properties: {a: {aliases: []}}"),
    ("a: {enum: [x], value_aliases: {y: x}}", "properties: {a: {value_aliases: {}}}"),
    ("a: {}", "properties: {a: {type: integer}, b: {pattern: '^[a-z]+$'}}"),
    ("a: {type: list}", "properties: {a: {items: {enum: [x]}}}"),
    ("a: {type: list, max_length: 9}", "properties: {a: {max_length: 8}}"),
)


@pytest.mark.parametrize(("parent", "child"), TIGHTENED)
def test_tightening_and_adding_is_welcome(parent: str, child: str, write: Write) -> None:
    naming = "naming: any\n" if "naming" in child else ""
    write(f"{STRICT}{naming}properties: {{{parent}}}\n", "strict.yaml")
    findings = check_schema(write(f"extends: [strict.yaml]\n{child}\n"))
    assert [finding for finding in findings if finding.violation.severity is not Severity.INFO] == []


def test_both_layers_are_named_and_the_place_is_the_looser_one_s(write: Write) -> None:
    """Also where it is neither the strict file nor the one that is checked that loosens."""
    write(
        f"{STRICT}properties: {{a: {{enum: [x], required: true}}}}\n",
        "strict.yaml",
        head=HEAD.replace("acme", "company"),
    )
    middle = write(
        "extends: [strict.yaml]\nproperties:\n  a:\n    enum: [x, y]\n    required: false\n",
        "middle.yaml",
        head=HEAD.replace("acme", "division"),
    )
    findings = check_schema(write("extends: [middle.yaml]\nproperties: {b: {}}\n"))
    assert [finding.where() for finding in findings] == [f"{middle}:7:5: ", f"{middle}:8:15: "]
    for finding in findings:
        assert "in the schema division than in the schema company" in finding.violation.message
        assert finding.violation.context.items() >= {"schema": "company", "layer": "division"}.items()


def test_a_grandchild_is_bound_as_well(write: Write) -> None:
    write(f"{STRICT}properties: {{a: {{enum: [x, y]}}}}\n", "strict.yaml")
    write("extends: [strict.yaml]\nproperties: {a: {enum: [x]}}\n", "middle.yaml")
    assert rules(check_schema(write("extends: [middle.yaml]\nproperties: {a: {enum: [x, y]}}\n"))) == []
    assert rules(check_schema(write("extends: [middle.yaml]\nproperties: {a: {enum: [z]}}\n"))) == ["schema-loosened"]


def test_a_later_name_takes_an_inherited_alias_for_itself(write: Write) -> None:
    schema = load_schema(
        write("extends: [standard]\nproperties: {release: {max_length: 9}, stage: {}, chat: {aliases: [chat_id]}}\n")
    )
    assert "release" not in schema.properties["version"].aliases
    assert "app_version" in schema.properties["version"].aliases
    assert "chat_id" not in schema.properties["conversation_id"].aliases


def test_another_naming_than_that_of_what_is_extended_is_one_fault(write: Write) -> None:
    (finding,) = check_schema(write("extends: [standard]\nnaming: kebab-case\nproperties: {}\n"))
    assert finding.violation.rule == "schema-key-case"
    assert isinstance(finding.place, FilePlace)
    assert finding.place.span.line == 5


def test_reserving_an_inherited_name_is_told_where_it_is_reserved(write: Write) -> None:
    path = write("extends: [standard]\nreserved: [project]\nproperties: {}\n")
    (finding,) = check_schema(path)
    assert isinstance(finding.place, FilePlace)
    assert (finding.violation.rule, finding.place.path, finding.place.span.line) == ("schema-reserved-key", path, 5)


def test_what_a_child_narrows_away_is_not_inherited(write: Write) -> None:
    """Whoever tightens a property is not told of examples and aliases that somebody else wrote for the wide one."""
    path = write(
        "extends: [standard]\nproperties:\n"
        "  quality_score: {minimum: 0, maximum: 1}\n"
        "  billing_status: {enum: [active, past_due]}\n"
    )
    assert check_schema(path) == ()
    schema = load_schema(path)
    assert "4" not in schema.properties["quality_score"].examples
    assert set(schema.properties["billing_status"].value_aliases.values()) <= {"active", "past_due"}


def test_what_a_child_states_itself_must_fit(write: Write) -> None:
    path = write("extends: [standard]\nproperties:\n  quality_score: {maximum: 1, examples: [4]}\n")
    assert rules(check_schema(path)) == ["schema-example"]


SECRET = "root:x:0:0:correct horse\nname: hush\n"
OUTSIDE = "file_format: property-schema/1\nname: acme\nversion: 1.0.0\nextends: [{}]\nproperties: {{}}\n"


@pytest.mark.parametrize("through", ["../elsewhere.yaml", "link.yaml", "absolute"])
def test_nothing_outside_of_the_project_is_extended_by_path(through: str, tmp_path: Path) -> None:
    """Neither a schema nor anything else; a link leads out like a path."""
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere.yaml"
    (project / "link.yaml").symlink_to(elsewhere)
    reference = str(elsewhere) if through == "absolute" else through
    (project / "properties.yaml").write_text(OUTSIDE.format(reference))
    for content in (SECRET, OUTSIDE.format("standard")):
        elsewhere.write_text(content)
        (finding,) = check_schema(project / "properties.yaml")
        assert finding.violation.rule == "schema-extends-missing"
        assert "leads out of the project" in finding.violation.message
        assert "horse" not in str(finding)


@pytest.mark.parametrize(
    "content",
    [SECRET, "root:x:0:0:correct horse\n", "horse: 1\nhorse: 2\n", "a: !horse 1\n", "[horse: *horse]\n", 'a: "horse\n'],
)
def test_no_line_of_a_file_that_is_no_schema_is_shown(content: str, tmp_path: Path) -> None:
    """However it is come by: named, or extended."""
    (tmp_path / "hush.yaml").write_text(content)
    (tmp_path / "properties.yaml").write_text(OUTSIDE.format("hush.yaml"))
    for name in ("hush.yaml", "properties.yaml"):
        findings = check_schema(tmp_path / name)
        assert findings
        assert "horse" not in str(findings)


def test_what_a_file_in_no_repository_extends_lies_where_the_user_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or below the folder of the settings."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "base.yaml").write_text(OUTSIDE.format("standard"))
    (tmp_path / "inner" / "properties.yaml").write_text(OUTSIDE.format("../base.yaml"))
    monkeypatch.chdir(tmp_path)
    assert check_schema("inner/properties.yaml") == ()
    monkeypatch.chdir(tmp_path / "inner")
    assert len(check_schema("properties.yaml")) == 1
    (tmp_path / "propguard.toml").write_text("")
    assert check_schema("properties.yaml") == ()
