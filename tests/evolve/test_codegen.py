"""Generated modules: they are source whatever a schema says, and what they write is what the schema accepts."""

from __future__ import annotations

import ast
import datetime as dt
import keyword
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import tree_sitter_typescript
from hypothesis import given
from hypothesis import strategies as st
from tree_sitter import Language, Parser

from propguard import Checker
from propguard.evolve.codegen import LANGUAGES
from propguard.evolve.codegen.identifiers import method_names, type_names
from propguard.evolve.codegen.outline import entries
from propguard.model.finding import Severity
from propguard.model.names import Names
from propguard.model.schema import Enforcement, Property, PropertySchema
from tests.evolve.hostile import hostile_schemas
from tests.evolve.modules import everything, many, python_of
from tests.strategies import TODAY, schemas, values_for
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from propguard.evolve.codegen.outline import Entry
    from propguard.model.finding import Door

TYPESCRIPT = Parser(Language(tree_sitter_typescript.language_typescript()))

NAMES = {
    # needs no change
    "environment": "environment",
    "feature_flags": "feature_flags",
    # other case styles
    "customerId": "customer_id",
    "Cost-Center": "cost_center",
    "UserID": "user_id",
    # a namespace
    "feature_*": "feature_",
    "feature-*": "feature_2",
    # words of the language, and names that the class needs
    "class": "class_",
    "str": "str_",
    "to_headers": "to_headers_",
    # not words of it where a method stands
    "match": "match",
    "date": "date",
    # what no name can begin with or hold
    "1st": "key_1st",
    "__proto__": "proto",
    "#": "key",
    "日本語": "key_2",
    # comes out like another
    "environment_": "environment_2",
    "ENVIRONMENT": "environment_3",
}


def test_names_of_methods() -> None:
    """Readable where they can be, and never alike."""
    assert method_names(NAMES, {"str", "to_headers"}) == NAMES


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=12))
def test_every_name_becomes_a_name_of_its_own(names: list[str]) -> None:
    """Whatever a schema calls its properties, programs can write it."""
    methods = method_names(names, {"str"})
    types = type_names(methods.values(), {"Final"})
    for given_names in (methods, types):
        assert len(set(given_names.values())) == len(names)
        for name in given_names.values():
            assert name.isidentifier()
            assert name.isascii()
            assert not keyword.iskeyword(name)
            assert not name.startswith("_")


def test_a_property_that_needs_no_change_keeps_its_name() -> None:
    """Though another one that comes first would come out like it."""
    assert method_names(["userId", "user_id"], ()) == {"userId": "user_id_2", "user_id": "user_id"}


@given(hostile_schemas())
def test_generated_python_is_python(schema: PropertySchema) -> None:
    """No text of a schema is more than text: the module has the statements of a harmless one."""
    tree = ast.parse(LANGUAGES["python"](schema))
    allowed = (ast.Expr, ast.ImportFrom, ast.Import, ast.If, ast.Assign, ast.AnnAssign, ast.ClassDef, ast.FunctionDef)
    assert all(isinstance(statement, allowed) for statement in tree.body)
    _, *calls = [statement.value for statement in tree.body if isinstance(statement, ast.Expr)]
    assert {call.func.id for call in calls} <= {"_rule", "_spelling"}  # type: ignore[attr-defined]  # calls of names
    classes = [statement.name for statement in tree.body if isinstance(statement, ast.ClassDef)]
    assert classes == ["_Keys", "Properties", "_Rule"]
    closed = [entry for entry in entries(schema, (), ()) if entry.kind == "closed"]
    literals = [statement for statement in tree.body if isinstance(statement, ast.Assign)]
    said = [ast.literal_eval(f"[{ast.unparse(literal.value.slice)},]") for literal in literals if _is_public(literal)]  # type: ignore[attr-defined]  # a subscript
    assert [_flat(values) for values in said] == [list(entry.values) for entry in closed]


def _is_public(statement: ast.Assign) -> bool:
    target = statement.targets[0]
    return isinstance(target, ast.Name) and not target.id.startswith("_")


def _flat(values: list[Any]) -> list[str]:
    return list(values[0]) if isinstance(values[0], tuple) else values


@given(hostile_schemas())
def test_generated_typescript_is_typescript(schema: PropertySchema) -> None:
    """It is read without an error, and its declarations are those of a harmless one."""
    source = LANGUAGES["typescript"](schema).encode()
    tree = TYPESCRIPT.parse(source).root_node
    assert not tree.has_error
    kinds = {child.type for child in tree.children}
    declarations = {"function_declaration", "interface_declaration", "lexical_declaration"}
    assert kinds <= {"comment", "export_statement"} | declarations
    types = [child for child in tree.children if (child.text or b"").startswith(b"export type")]
    closed = sum(entry.kind == "closed" for entry in entries(schema, (), ()))
    assert len(types) == closed + any(declared.deprecated for declared in schema.properties.values())


@given(hostile_schemas())
def test_the_same_schema_gives_the_same_module(schema: PropertySchema) -> None:
    """Byte for byte, and in lines that end as every line of it does."""
    for make in LANGUAGES.values():
        text = make(schema)
        assert make(schema) == text
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text
        assert all(line == line.rstrip(" ") for line in text.split("\n"))
        text.encode()


# What is left to the checker at the channels: patterns that not every engine reads alike in linear time, and secrets.
UNCHECKED = {"value-pattern", "value-sensitive"}
DEPRECATED = {"deprecated-property", "deprecated-value"}

MOMENT = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))

TYPED: dict[str, list[object]] = {
    "boolean": [True, False],
    "integer": [0, -7, 10, 10**18, True],
    "number": [0.5, 0, -2.5, 1e300, 5e-324, 1e16, 7, -0.0],
    "date": [dt.date(2026, 1, 31), MOMENT, dt.date(1, 1, 1)],
    "date-time": [
        MOMENT,
        dt.datetime(2026, 1, 31, tzinfo=dt.UTC),
        dt.datetime(1900, 1, 1, microsecond=5, tzinfo=dt.UTC),
    ],
    "uuid": [uuid.UUID(int=5), str(uuid.UUID(int=6))],
}


def one_value(entry: Entry, judge: Checker) -> list[object]:
    """What a program would give for one value, or one item, of a property."""
    if entry.kind == "closed":
        return [value for value in entry.values if not (entry.is_list and entry.declared.separator in value)]
    if entry.kind != "text":
        return TYPED[entry.kind]
    of = entry.declared.items if entry.is_list and entry.declared.items is not None else entry.declared
    found = values_for(None if entry.is_list and of is entry.declared else of)
    return [text for text in found if _is_good(text, entry, judge)]


def _is_good(text: str, entry: Entry, judge: Checker) -> bool:
    if entry.is_list and entry.declared.separator in text:
        return False
    return not judge.check_value(entry.declared, entry.declared.name, text) and text != "\ud800"


@given(schemas(), st.data())
def test_what_the_builder_writes_is_accepted(schema: PropertySchema, data: st.DataObject) -> None:
    """By the checker, at both channels; and what the builder refuses, the checker refuses."""
    module, judge = python_of(schema), Checker(schema, today=TODAY)
    built = module.Properties()
    names: set[str] = set()
    for entry in entries(schema, module_methods(), ()):
        values = one_value(entry, judge)
        if not values:
            continue
        value = data.draw(st.sampled_from(values))
        changed = with_value(built, entry, value, data)
        if changed is not None:
            built = changed
            names.add(entry.declared.name)
        elif not entry.declared.is_namespace and not entry.is_list and isinstance(value, str):
            assert errors(judge, entry.declared.name, value), value
    record = built.to_record(partial=True)
    for key, value in record.items():
        assert errors(judge, key, value) <= UNCHECKED, (key, value)
    missing = {each.key for each in judge.check_record(record) if each.rule == "required-property-missing"}
    if missing & {key for key, declared in schema.properties.items() if declared.enforcement.mode == "block"}:
        with pytest.raises(ValueError, match="required and not set"):
            built.to_record()
    try:
        headers = built.to_headers(partial=True)
    except ValueError:
        assert any(judge.check(key, value, door="header") for key, value in record.items())
        return
    assert len(headers) == len(record)
    for name, value in headers.items():
        key = name.removeprefix("Helicone-Property-")
        assert errors(judge, key, value, "header") <= UNCHECKED, (name, value)


def errors(judge: Checker, key: str, value: str, door: Door = "api") -> set[str]:
    """The rules of the errors that are found, those of what is deprecated, or does not always block, left out."""
    declared = Names(judge.schema, door).declared(key.lower() if door == "header" else key)
    if declared is not None and declared.enforcement.mode == "warn":
        return set()
    found = judge.check(key, value, door=door)
    return {violation.rule for violation in found if violation.severity is Severity.ERROR} - DEPRECATED


def module_methods() -> frozenset[str]:
    from propguard.evolve.codegen import python

    return python._METHODS


def with_value(built: Any, entry: Entry, value: object, data: st.DataObject) -> Any:
    """The builder with a property set; None where it refuses the value, or the name that was drawn for a namespace."""
    method = getattr(built, entry.method)
    if not entry.declared.is_namespace:
        try:
            return method(value)
        except ValueError:
            return None
    name = data.draw(
        st.sampled_from(["a", "new_ui", "flags", "flag", "z9", "Id", "tmp", "a" * 200, "", "x y", "NewUi", "a-b"])
    )
    try:
        return method({name: [value] if entry.is_list else value})
    except ValueError:
        return None


def test_a_copy_is_changed() -> None:
    """What is shared by requests is not changed by one of them."""
    module = python_of(schema_of(Property("app"), Property("user_id")))
    shared = module.Properties().app("chat")
    assert shared.user_id("u_1").to_record() == {"app": "chat", "user_id": "u_1"}
    assert shared.to_record() == {"app": "chat"}
    shared.to_record()["app"] = "other"
    assert shared.to_record() == {"app": "chat"}
    assert shared.app(None).to_record() == {"app": "chat"}


WRITTEN: list[tuple[Property, Callable[[Any], Any], str]] = [
    (Property("a", type="boolean"), lambda p: p.a(False), "false"),
    (Property("a", type="integer"), lambda p: p.a(True), "1"),
    (Property("a", type="number"), lambda p: p.a(1e22), "1e+22"),
    (Property("a", format="date"), lambda p: p.a(MOMENT), "2026-01-31"),
    (Property("a", format="date-time"), lambda p: p.a(MOMENT), "2026-01-31T04:00:00.000Z"),
    # a pattern says how it is spelled, so that it is not ours to spell it
    (Property("a", format="date", pattern="^2026"), lambda p: p.a("2026-01-31"), "2026-01-31"),
    (Property("a", type="list"), lambda p: p.a("x", "y"), "x,y"),
    (Property("a", type="list", separator="::", items=Property("", type="integer")), lambda p: p.a(1, 2), "1::2"),
    # the text is as it stands in the schema
    (Property("a", type="number", enum=("1.0", "2")), lambda p: p.a("1.0"), "1.0"),
]


@pytest.mark.parametrize(("declared", "build", "text"), WRITTEN)
def test_values_become_the_text_that_the_schema_wants(
    declared: Property, build: Callable[[Any], Any], text: str
) -> None:
    """Each type of value as its own text."""
    module = python_of(schema_of(declared))
    assert build(module.Properties()).to_record() == {"a": text}


def test_an_empty_list_is_left_out_where_it_may_not_be_empty() -> None:
    """And is the empty text where it may."""
    module = python_of(schema_of(Property("a", type="list"), Property("b", type="list", min_length=0)))
    assert module.Properties().a().b().to_record() == {"b": ""}


REFUSED: list[tuple[Property, Callable[[Any], Any], str]] = [
    (Property("a", type="number"), lambda p: p.a(float("nan")), "nan is no number"),
    (Property("a", format="date-time"), lambda p: p.a(dt.datetime(2026, 1, 31)), "has no time zone"),  # noqa: DTZ001  # that is the point
    (Property("a", type="list"), lambda p: p.a("x,y"), "separates items"),
    (Property("a"), lambda p: p.a("日本語").to_headers(), "no header can carry the value of a"),
    (Property("a_*"), lambda p: p.a_({"": "x"}), "no key that a_"),
    (Property("a_*"), lambda p: p.a_({"B": "x"}), "not spelled as keys are"),
    (Property("a_*"), lambda p: p.a_({"b" * 99: "x"}), "no key that a_"),
    # what a type checker refuses, too, is refused when nobody asked one
    (Property("a"), lambda p: p.a(7), "7 is no text"),
    (Property("a", enum=("x", "y")), lambda p: p.a("z"), "'z' is no value of a, such as x, y"),
    (Property("a", enum=("x",)), lambda p: p.a("x\n"), "is no value of a"),
    (Property("a", type="boolean"), lambda p: p.a("yes"), "neither True nor False"),
    (Property("a", type="integer"), lambda p: p.a(1.5), "1.5 is no integer"),
    (Property("a", type="integer"), lambda p: p.a("1"), "'1' is no integer"),
    (Property("a", type="number"), lambda p: p.a("0.5"), "'0.5' is no number"),
    (Property("a", format="date"), lambda p: p.a("2026-01-31"), "give a datetime.date"),
    (Property("a", format="date-time"), lambda p: p.a(MOMENT.date()), "give a datetime.datetime"),
    (Property("a", format="uuid"), lambda p: p.a("x"), "not what a value of a looks like"),
    (Property("a", type="list", items=Property("", enum=("x",))), lambda p: p.a("x", "z"), "'z' is no value of a"),
    # what no type can say
    (Property("a"), lambda p: p.a(""), "1 to 1000 characters, not 0"),
    (Property("a", max_length=3), lambda p: p.a("abcd"), "1 to 3 characters, not 4"),
    (Property("a", type="number", minimum=0, maximum=1), lambda p: p.a(1.5), "1.5 is outside of the range of a"),
    (Property("a", type="integer", minimum=0), lambda p: p.a(-1), "outside of the range of a"),
    (Property("a", pattern="^u_[0-9]+$"), lambda p: p.a("u_x"), "not what a value of a looks like"),
    (Property("a", pattern="^u_[0-9]+$"), lambda p: p.a("u_1\n"), "not what a value of a looks like"),
    (Property("a", format="email"), lambda p: p.a("nobody"), "not what a value of a looks like"),
    (Property("a", value_aliases={"b": "c"}), lambda p: p.a("b"), "'b' is another spelling of 'c' for a"),
    (Property("a_*", pattern="^x$"), lambda p: p.a_({"b": "y"}), "not what a value of a_b looks like"),
    (Property("a", type="list", items=Property("", max_length=2)), lambda p: p.a("abc"), "1 to 2 characters"),
    (Property("a", required=True), lambda p: p.to_record(), "required and not set: a"),
    (Property("a", required=True), lambda p: p.to_headers(), "required and not set: a"),
]


@pytest.mark.parametrize(("declared", "build", "message"), REFUSED)
def test_what_no_type_can_refuse_is_refused_when_it_runs(
    declared: Property, build: Callable[[Any], Any], message: str
) -> None:
    """With a sentence, before a request is made."""
    module = python_of(schema_of(declared))
    with pytest.raises(ValueError, match=message):
        build(module.Properties())


def test_a_part_of_a_request_needs_nothing_that_is_required() -> None:
    """As when a request's headers come from two places; what is only warned of is never refused."""
    warned = Enforcement("warn")
    module = python_of(
        schema_of(
            Property("a", required=True),
            Property("b", required=True, enum=("x",), enforcement=warned),
        )
    )
    part = module.Properties().b("other")
    assert part.to_record(partial=True) == {"b": "other"}
    assert part.to_headers(partial=True) == {"Helicone-Property-b": "other"}
    assert part.a("y").to_record() == {"b": "other", "a": "y"}


TAKEN = ["a_b", "a_old", "a_reserved", "a_c_d", "A_B"]


@pytest.mark.parametrize("key", TAKEN)
def test_a_namespace_does_not_take_the_key_of_another(key: str) -> None:
    """Of a property, an alias, a reserved key, a longer namespace."""
    schema = schema_of(
        Property("a_*"), Property("a_b", aliases=("a_old",)), Property("a_c_*"), naming="any", reserved=("a_reserved",)
    )
    with pytest.raises(ValueError, match="is no key that a_"):
        python_of(schema).Properties().a_({key[2:]: "x"})


def test_headers_are_spelled_as_the_schema_says() -> None:
    """With underscores, or with dashes."""
    declared = (Property("user_id"), Property("feature_*"))
    for separator, names in (("_", ["user_id", "feature_new_ui"]), ("-", ["user-id", "feature-new-ui"])):
        module = python_of(schema_of(*declared, header_separator=separator))
        headers = module.Properties().user_id("u_1").feature_({"new_ui": "on"}).to_headers()
        assert list(headers) == [f"Helicone-Property-{name}" for name in names]


@pytest.mark.parametrize(("length", "names"), [(88, [*everything()]), (120, ["standard", "lists", "dashes"])])
def test_formatters_leave_generated_python_alone(length: int, names: list[str], tmp_path: Path) -> None:
    """With their own width, and in wider lines; and nothing is imported in vain."""
    for name, schema in everything().items():
        if name not in names:
            continue
        (tmp_path / f"{name}.py").write_text(LANGUAGES["python"](schema), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    formatted = subprocess.run(
        [*ruff, "format", "--isolated", "--no-cache", "--diff", "--line-length", str(length), str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert formatted.stdout == ""
    rules = ["--select", "B,C4,E4,E7,E9,F,I,PIE,PYI,RET,RUF,SIM,TC,UP,W", "--ignore", "RUF001,RUF002,RUF003"]
    linted = subprocess.run(
        [*ruff, "check", "--isolated", "--no-cache", "--target-version", "py311", *rules, str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.stdout == "All checks passed!\n"


def test_what_is_deprecated_is_marked_where_it_stands() -> None:
    """Keys, values and members in TypeScript have the tag; a call with such a member takes a signature that has it."""
    text = LANGUAGES["typescript"](many())
    for line in ('  tier: "tier",', "  tier?: Tier | null | undefined;", '  us: "us",', '  disabled: "disabled",'):
        comment = text[: text.index(line)].rpartition("/**")[2]
        assert "@deprecated" in comment
        assert comment.rstrip().endswith("*/")
        assert comment.count("*/") == 1
    assert 'Omit<\n  Properties,\n  "tier"\n>' in text
    assert "deprecated" not in LANGUAGES["typescript"](everything()["one"])


@pytest.mark.slow
def test_a_schema_of_thousands_is_quickly_generated() -> None:
    """Five thousand properties, a thousand closed values."""
    properties = (Property(f"key_{number}", description="Text. " * 20) for number in range(5000))
    schema = schema_of(*properties, Property("huge", enum=tuple(f"value_{number}" for number in range(1000))))
    for make in LANGUAGES.values():
        assert make(schema).count("key_4999") > 2
