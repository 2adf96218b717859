"""Schemas at revisions of git: judged, shown and compared as they stood there; and files that are none of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import SCHEMA

if TYPE_CHECKING:
    from tests.cli.shop import Call, Write

FAULTY = SCHEMA.replace("max_length", "max_lenght")
OF_DBT = "version: 2\nmodels:\n  - name: invoices\n    columns: [{name: id}]\n"


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def commit() -> None:
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "all")


def test_a_schema_is_judged_as_it_stood(write: Write, call: Call) -> None:
    """With what it extended then; what is wrong now is not held against it."""
    extending = SCHEMA.replace("name: shop", "name: shop\nextends: [base.yaml]")
    write({"base.yaml": SCHEMA, "properties.yaml": extending, "deep/er/properties.yaml": SCHEMA})
    commit()
    write({"base.yaml": FAULTY, "properties.yaml": FAULTY})
    assert call("schema", "check", "git:HEAD:properties.yaml").code == 0
    shutil.rmtree("deep")
    assert call("schema", "check", "git:HEAD:deep/er/properties.yaml").code == 0
    assert call("schema", "check", "properties.yaml").code == 1
    write({"properties.yaml": extending})
    git("commit", "-qam", "faulty")
    answer = call("schema", "check", "git:HEAD:properties.yaml", "--format", "json")
    assert answer.code == 1
    assert {finding["path"] for finding in json.loads(answer.out)["findings"]} == {"base.yaml"}


def test_a_schema_is_shown_as_it_stood(write: Write, call: Call) -> None:
    """In every format."""
    commit()
    write({"properties.yaml": SCHEMA.replace("app", "team")})
    for arguments in ((), ("--format", "json"), ("--format", "json-schema"), ("--origin",)):
        answer = call("schema", "show", "git:HEAD:properties.yaml", *arguments)
        assert answer.code == 0
        assert "app" in answer.out
        assert "team" not in answer.out


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("git:HEAD:gone.yaml", "there was no gone.yaml at HEAD"),
        ("git:HEAD", "names no file"),
        ("git:nope:properties.yaml", "git knows no revision `nope` here"),
        ("git:HEAD:sub", "sub is a folder at HEAD"),
        ("git:HEAD:link.yaml", "link.yaml is a link at HEAD"),
        ("git:HEAD:../elsewhere.yaml", "is in no git repository"),
    ],
)
def test_what_did_not_stand_there_is_reported(named: str, said: str, write: Write, call: Call) -> None:
    """In a sentence, with exit code 2, by every command that takes a schema by its revision."""
    write({"sub/a.txt": ""})
    subprocess.run(["ln", "-s", "properties.yaml", "link.yaml"], check=True)
    commit()
    subprocess.run(["rm", "link.yaml"], check=True)
    for command in ("check", "show"):
        answer = call("schema", command, named)
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
        assert said in answer.err


def test_a_repair_of_a_faulty_schema_is_let_through(write: Write, call: Call) -> None:
    """There is nothing sound to compare it with, which is said; two files that are named are not."""
    write({"properties.yaml": FAULTY})
    commit()
    write({"properties.yaml": SCHEMA, "old.yaml": FAULTY})
    answer = call("schema", "diff", "--allow-major", "git:HEAD", "properties.yaml")
    assert answer.code == 0
    assert "has no faults any more" in answer.err
    assert "max_lenght" in answer.err
    assert call("schema", "diff", "old.yaml", "properties.yaml").code == 2
    write({"properties.yaml": FAULTY})
    assert call("schema", "diff", "--allow-major", "git:HEAD", "properties.yaml").code == 2


def test_a_file_of_another_program_is_passed_over(write: Write, call: Call) -> None:
    """It only has the name of a schema; a forgotten `file_format` is reported."""
    write({"models/properties.yml": OF_DBT, "broken/properties.yml": "models: [\n"})
    commit()
    write({"models/properties.yml": OF_DBT + "  - name: orders\n"})
    for path in ("models/properties.yml", "broken/properties.yml"):
        checked = call("schema", "check", path)
        assert (checked.code, checked.out) == (0, "")
        assert f"{path} is no property schema" in checked.err
        compared = call("schema", "diff", "--allow-major", "git:HEAD", path)
        assert (compared.code, compared.out) == (0, "")
        assert f"{path} is no property schema" in compared.err
    write({"new.yaml": SCHEMA.split("\n", 1)[1], "odd.yaml": SCHEMA.replace("property-schema/1", "property_schema")})
    for path in ("new.yaml", "odd.yaml"):
        assert call("schema", "check", path).code == 1


def test_a_schema_that_is_one_no_more_is_no_file_of_another_program(write: Write, call: Call) -> None:
    """Taking out `file_format` gets no change past the hook."""
    commit()
    write({"properties.yaml": "models: []\n"})
    assert call("schema", "diff", "--allow-major", "git:HEAD", "properties.yaml").code == 2
