"""From usages to findings: where each is reported, and what mends it (each rule's own example is tested with the rules)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.compilers import Checker
from propguard.lint.judge import findings_in
from propguard.lint.read import read
from propguard.lint.source import Source
from propguard.model.finding import FilePlace, Severity
from propguard.model.schema import Property, PropertySchema
from propguard.report import FORMATS
from tests.lint.documents import SCHEMA, judged
from tests.report.findings import rendered

if TYPE_CHECKING:
    from propguard.model.finding import Finding


def marked(code: str, findings: list[Finding]) -> list[tuple[str, str]]:
    """The rule of each finding and the characters that it stands at."""
    source = Source("x", code.encode())
    stretches = []
    for found in findings:
        assert isinstance(found.place, FilePlace)
        span = found.place.span
        start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
        stretches.append((found.violation.rule, source.data[start:end].decode()))
    return stretches


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # The key stands where its characters do, the value where its own do.
        ('h = {"Helicone-Property-Env": "x"}', [("key-alias", "Env")]),
        ('h = {"Helicone-Property-Environment": "x"}', [("value-not-allowed", "x")]),
        ('h = {"Helicone-Property-Environment": ""}', [("value-not-allowed", "")]),
        # What is behind a name is reported where it is written.
        ('X = "x"\nh = {"Helicone-Property-Environment": X}', [("value-not-allowed", "x")]),
        # What no single literal holds is reported at the whole expression.
        ('h = {"Helicone-Property-" + "E" + "nv": "x"}', [("key-alias", '"Helicone-Property-" + "E" + "nv"')]),
        ('h = {"Helicone-Property-Environment": "x" + "y"}', [("value-not-allowed", "Environment")]),
        ('h = {"Helicone-Property-\\x45nv": "x"}', [("key-alias", '"Helicone-Property-\\x45nv"')]),
        # Every branch is judged, each where it stands.
        (
            'h = {"Helicone-Property-Environment": "x" if a else "y"}',
            [("value-not-allowed", "x"), ("value-not-allowed", "y")],
        ),
        # One place, one finding, however many ways lead there.
        (
            'X = "x"\nh = {"Helicone-Property-Environment": X}\nh["Helicone-Property-Environment"] = X',
            [("value-not-allowed", "x")],
        ),
        # Numbers, booleans and null are no text.
        ('h = {"Helicone-Property-Billable": True}', [("value-not-string", "True")]),
        ('h = {"Helicone-Property-App": 1}', [("value-not-string", "1")]),
        ('h = {"Helicone-Property-App": None}', [("value-not-string", "None")]),
        ('h = {"Helicone-Property-App": x or None}', [("value-not-string", "None")]),
        # Of the value of a key that is not declared is only said that it must be text.
        ('h = {"Helicone-Property-Nope": ""}', [("unknown-property", "Nope")]),
        ('h = {"Helicone-Property-Nope": 1}', [("unknown-property", "Nope"), ("value-not-string", "1")]),
        # So are expressions that can give nothing but those, at any depth of a name.
        ('h = {"Helicone-Property-App": len(x)}', [("value-not-string", "len(x)")]),
        ('h = {"Helicone-Property-App": x > 1}', [("value-not-string", "x > 1")]),
        ('h = {"Helicone-Property-App": -1}', [("value-not-string", "-1")]),
        ('h = {"Helicone-Property-App": ["a"]}', [("value-not-string", '["a"]')]),
        ('h["Helicone-Property-App"] = {"a": x}', [("value-not-string", '{"a": x}')]),
        ('a = {}\nh["Helicone-Property-App"] = a', [("value-not-string", "App")]),
        ('default_headers = {"Helicone-Property-App": {"a": x}}', [("value-not-string", '{"a": x}')]),
        # A map that describes a header, or stands in something else than headers, is no value of one.
        ('headers = {"Helicone-Property-App": {"type": "string"}}', []),
        ('filters = {"Helicone-Property-App": {"a": x}}', []),
        # A name that is given a text later on is not only a list.
        ('a = []\na = ",".join(a)\nh["Helicone-Property-App"] = a', []),
        # Silent.
        ('h = {"Helicone-Property-App": x}', []),
        ('h = {"Helicone-Property-App": f"{x}"}', []),
        ('h = {"Helicone-Property-Environment": x or "staging"}', []),
    ],
)
def test_findings_stand_at_the_very_characters(code: str, expected: list[tuple[str, str]]) -> None:
    """Those that are wrong, or where no literal holds them, the expression that is."""
    assert marked(code, judged("a.py", code.encode())) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("h = {'Helicone-Property-App': on ? 'x' : undefined}", []),
        ("h = {'Helicone-Property-App': on ? 'x' : null}", []),
        ("h = {'Helicone-Property-App': undefined}", ["value-not-string"]),
        ("h = {'Helicone-Property-Billable': on ? true : false}", ["value-not-string", "value-not-string"]),
    ],
)
def test_a_branch_without_a_value_leaves_the_header_out_in_javascript(code: str, expected: list[str]) -> None:
    """Clients drop a header that is undefined; one that is never anything else is a mistake."""
    assert [found.violation.rule for found in judged("a.js", code.encode())] == expected


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ('h = {"Helicone-Property-Env": "production"}', ("Environment", True)),
        ('h = {"helicone-property-env": "production"}', ("environment", True)),
        ('h = {"Helicone-Property-Environment": "prod"}', ("production", True)),
        ('h = {"Helicone-Property-Billable": True}', ('"true"', True)),
        ('httpx.put(f"/v1/request/{i}/property", json={"key": "env", "value": "production"})', ("environment", True)),
        ('h = {"Helicone-Property-Environmnt": "x"}', ("Environment", False)),
        ('h = {"Helicone-Property-Environment": "stagin"}', ("staging", False)),
        ('P = "Helicone-Property-Env"\nh = {P: "production"}', ("Environment", True)),
        ('P = "Helicone-Property-"\nE = "env"\nh = {P + E: "x"}', ("environment", False)),
        ('V = "prod"\nh = {"Helicone-Property-Environment": V}', ("production", False)),
        ('V = True\nh = {"Helicone-Property-Billable": V}', ('"true"', False)),
        ('h = {"Helicone-Property-Environment": "pr" + "od"}', None),
        ('h = {"Helicone-Property-Environment": "pro\\x64"}', None),
        ('h = {"Helicone-Property-Nope": "x"}', None),
        ('h = {"Helicone-Property-App": None}', None),
    ],
)
def test_what_mends_a_finding(code: str, fix: tuple[str, bool] | None) -> None:
    """Safe where nothing else can be meant and nothing else rests on the literal; none where no literal holds it."""
    (found,) = judged("a.py", code.encode())
    assert (None if found.fix is None else (found.fix.edits[0].text, found.fix.safe)) == fix


def test_a_suggestion_that_would_break_the_literal_is_not_put_there() -> None:
    """A quote, a brace or a backslash may mean something where it would stand."""
    schema = PropertySchema(
        name="x",
        version="1.0.0",
        properties={
            "a": Property(
                "a", enum=('say "hi"', "x y", "${z}"), value_aliases={"q": 'say "hi"', "s": "x y", "d": "${z}"}
            )
        },
    )

    def fixes(path: str, code: str) -> list[str | None]:
        return [found.fix and found.fix.edits[0].text for found in judged(path, code.encode(), schema)]

    assert fixes("a.py", 'h = [("Helicone-Property-A", "q"), ("Helicone-Property-A", "s")]') == [None, "x y"]
    assert fixes("a.js", "h['Helicone-Property-A'] = `d`") == [None]
    assert fixes("a.sh", "curl -H Helicone-Property-A:s") == [None]


def test_header_names_that_differ_in_case_are_told_at_the_last() -> None:
    """Within one map; two maps are two requests."""
    one = 'h = {"Helicone-Property-App": "a", "Helicone-Property-APP": "b"}'
    two = 'h = {"Helicone-Property-App": "a"}; g = {"Helicone-Property-APP": "b"}'
    assert marked(one, judged("a.py", one.encode())) == [("duplicate-header", "APP")]
    assert judged("a.py", two.encode()) == []


def test_a_computed_key_is_a_note() -> None:
    """Never passed in silence, and never in the way."""
    (found,) = judged("a.py", b'h[f"Helicone-Property-{k}"] = "x"')
    assert (found.violation.rule, found.violation.severity) == ("dynamic-key", Severity.INFO)


def test_the_schema_is_named() -> None:
    """In every finding."""
    source = Source("a.py", b'h = {"Helicone-Property-Env": "x"}')
    (found,) = findings_in(source, read(source).usages, Checker(SCHEMA), "conf/properties.yaml")
    assert found.schema == "conf/properties.yaml"


@pytest.mark.parametrize(
    ("code", "path", "rules"),
    [
        ('h = {"Helicone-Property-App": "Zürich"}', "app.py", ["value-unsafe-in-header"]),
        ('const h = {"Helicone-Property-App": "Zürich"};', "app.js", []),
        ('const h = {"Helicone-Property-App": "東京"};', "app.js", ["value-unsafe-in-header"]),
    ],
)
def test_what_the_client_of_a_language_can_encode(code: str, path: str, rules: list[str]) -> None:
    """Python's HTTP clients write ASCII alone, others latin-1."""
    assert [found.violation.rule for found in judged(path, code.encode())] == rules


def test_no_format_shows_a_secret_of_the_code() -> None:
    """Neither in a message nor in the source excerpt, where carets still stand under the right characters."""
    secret = "glpat-" + "a1B2-" * 4
    found = judged("app.py", f'h = {{"Helicone-Property-App": "{secret}", "Helicone-Property-{secret}": "x"}}'.encode())
    assert "value-sensitive" in [one.violation.rule for one in found]
    for format_name in FORMATS:
        text = rendered(found, format_name)
        assert secret not in text
        assert secret.lower() not in text
    assert '"glpa**********************"' in rendered(found, "text")


@pytest.mark.parametrize(
    ("code", "is_safe"),
    [
        ('h = {"Helicone-Property-Env": "production"}', True),
        ('h = {"Helicone-Property-Env": "prod"}', True),  # a value alias
        ('h = {"Helicone-Property-Env": stage}', True),  # no value is at hand
        # The value is none of the property that the name is an alias of, so that may be another thing.
        ('h = {"Helicone-Property-Env": "blue"}', False),
        ('h = {"Helicone-Property-Env": "production" if a else "blue"}', False),
        # The header is read again under its old name.
        ('h = {"Helicone-Property-Env": "production"}\nprint(h["Helicone-Property-Env"])', False),
        ('h = {"Helicone-Property-Env": "production"}\nprint(h.get("helicone-property-env"))', True),  # another name
        # Both write it, and both are renamed.
        ('h = {"Helicone-Property-Env": "production"}\nh["Helicone-Property-Env"] = "staging"', True),
    ],
)
def test_a_name_is_safely_replaced_only_where_value_and_readers_agree(code: str, is_safe: bool) -> None:
    found = [one for one in judged("app.py", code.encode()) if one.violation.rule == "key-alias"]
    assert found
    assert all(one.fix is not None and one.fix.safe == is_safe for one in found)


@pytest.mark.parametrize(
    ("rest", "is_safe"),
    [("", True), ("print(run['env'])", False), ("print(run.env)", False), ("print(process.env.X)", True)],
)
def test_a_key_of_a_map_that_is_read_later_is_not_safely_replaced(rest: str, is_safe: bool) -> None:
    """The one who reads it by its old name would find nothing."""
    code = (
        "def tag(props):\n    return {f'Helicone-Property-{k}': v for k, v in props.items()}\n"
        f"run = {{'env': 'production'}}\nh = tag(run)\n{rest}\n"
    )
    (found,) = [one for one in judged("app.py", code.encode()) if one.violation.rule == "key-alias"]
    assert found.fix is not None
    assert found.fix.safe == is_safe
