"""A schema that was exported and imported again says what it said, but for what is listed as lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import jsonschema
import pytest
from hypothesis import given

from propguard.compilers import Checker
from propguard.compilers.json_schema import Draft
from propguard.evolve.export import export_schema
from propguard.evolve.importing import import_schema
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.schemafile import as_document, check_schema, load_schema, standard_schema_path
from propguard.schemafile.examination import examine_file
from tests.strategies import TODAY, schemas_and_records

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.evolve.importing import Imported
    from propguard.evolve.losses import Loss
    from propguard.model.schema import PropertySchema


def read_back(imported: Imported) -> PropertySchema:
    """The schema in what was imported, in which nothing is wrong."""
    examination = examine_file("imported.yaml", imported.text.encode(), TODAY)
    assert not examination.errors, imported.text
    assert examination.schema is not None
    return examination.schema


def errors(schema: PropertySchema, record: dict[str, Any]) -> set[str | None]:
    """The keys at which a record is refused; null for the record as a whole."""
    found = Checker(schema, today=TODAY).check_record(record)
    return {each.key for each in found if each.severity is Severity.ERROR}


def excused(losses: list[Loss], effect: str, schema: PropertySchema, keys: set[str | None]) -> bool:
    """Whether something with that effect was listed for what one of `keys` is, or for one that is not declared, for the schema
    as a whole."""
    owners = {loss.property for loss in losses if loss.effect == effect}
    names = Names(schema, "api")
    for key in keys:
        meant = names.declared(key or "") or names.aliases.get(key or "")
        # A reserved key is refused in whatever case it is written.
        if (key or "").lower() in {owner.lower() for owner in owners if owner is not None} or (
            meant.name if meant is not None else None
        ) in owners:
            return True
    return False


@pytest.mark.parametrize("draft", get_args(Draft))
@given(schemas_and_records())
def test_json_schema(draft: Draft, case: tuple[PropertySchema, dict[str, Any]]) -> None:
    """Each record is refused by both or by neither; where not, the property that makes the difference is in the list."""
    schema, record = case
    exported = export_schema(schema, "json-schema", draft=draft, today=TODAY)
    imported = import_schema(exported.text.encode(), "exported.json", "json-schema", today=TODAY)
    again = read_back(imported)
    losses = [*exported.losses, *imported.losses]
    for one in (record, *({key: value} for key, value in record.items())):
        before, after = errors(schema, one), errors(again, one)
        if before and not after:
            assert excused(losses, "accepts more", schema, before), (one, before)
        if after and not before:
            assert excused(losses, "refuses more", schema, after), (one, after)


@given(schemas_and_records())
def test_weaver(case: tuple[PropertySchema, dict[str, Any]]) -> None:
    """What Weaver has no words for goes along as annotations, so that nothing at all is lost on the way back."""
    schema, _ = case
    exported = export_schema(schema, "weaver", today=TODAY)
    imported = import_schema(exported.text.encode(), "exported.yaml", "weaver", today=TODAY)
    assert as_document(read_back(imported)) == as_document(schema)
    assert not imported.losses


@pytest.mark.parametrize("target", ["json-schema", "weaver"])
def test_the_standard_schema(target: Any, tmp_path: Path) -> None:
    """The same keys, the same closed sets, and `schema check` has nothing to say."""
    schema = load_schema(standard_schema_path())
    exported = export_schema(schema, target, today=TODAY)
    imported = import_schema(exported.text.encode(), "exported", target, today=TODAY)
    path = tmp_path / "properties.yaml"
    path.write_text(imported.text, encoding="utf-8")
    assert [each for each in check_schema(path) if each.violation.severity is not Severity.INFO] == []
    again = load_schema(path)
    assert set(again.properties) == set(schema.properties)
    for name, declared in schema.properties.items():
        assert again.properties[name].enum == declared.enum
        assert again.properties[name].format == declared.format
        if declared.type != "list" or target == "weaver":
            assert again.properties[name].type == declared.type


@given(schemas_and_records())
def test_the_metaschemas_take_every_export(case: tuple[PropertySchema, dict[str, Any]]) -> None:
    """In both drafts, and Portkey's, which is the older one's; a record has the same verdict in both drafts."""
    schema, record = case
    validators: dict[str, Any] = {}
    for draft, kind in (("2020-12", jsonschema.Draft202012Validator), ("draft-07", jsonschema.Draft7Validator)):
        exported = json.loads(export_schema(schema, "json-schema", draft=draft, today=TODAY).text)  # type: ignore[arg-type]  # the two of them
        kind.check_schema(exported)
        assert exported["$schema"] == kind.META_SCHEMA["$schema"]
        validators[draft] = kind(exported)
    assert len({validator.is_valid(record) for validator in validators.values()}) == 1
    portkey = json.loads(export_schema(schema, "portkey", today=TODAY).text)
    jsonschema.Draft7Validator.check_schema(portkey)
    assert (portkey["type"], portkey["additionalProperties"]) == ("object", True)
    assert all(said["type"] == "string" for said in portkey["properties"].values())
