"""Input that is made to hurt gets one clear error, at once; none crashes the reader."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from propguard.errors import SchemaInvalid
from propguard.model.finding import Severity
from propguard.schemafile import check_schema, load_schema, nodes, standard_schema_path
from propguard.schemafile.examination import examine_file

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b"file_format: property-schema/1\nname: a\nversion: 1.0.0\n"
BOMB = b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 10)) for level in range(1, 12)
)

ONE_ERROR = (
    ("an alias bomb", HEAD + BOMB, "schema-too-large"),
    ("400 KB of brackets", b"[" * 400_000, "schema-too-large"),
    ("200,000 nested mappings", b"{a: " * 200_000, "schema-too-large"),
    ("nested blocks", b"".join(b" " * depth + b"a:\n" for depth in range(500)), "schema-too-large"),
    (
        "depth through aliases",
        b"a: &a [[[[[[[[[[]]]]]]]]]]\nb: &b [[[[[[[[[*a]]]]]]]]]\nc: [[[[[[[[[[[[[[*b]]]]]]]]]]]]]]\n",
        "schema-too-large",
    ),
    ("5 MB", b"a: b\n" * 1_000_000, "schema-too-large"),
    ("a million members", b"a: [" + b"x," * 500_000 + b"]", "schema-too-large"),
    ("an object", HEAD + b"properties: !!python/object/apply:os.system ['true']\n", "schema-tag"),
    ("binary", HEAD + b"description: !!binary aGVsbG8=\n", "schema-tag"),
    ("a tag of its own", b"%TAG ! tag:x,2000:\n---\na: !foo b\n", "schema-tag"),
    ("two documents", HEAD + b"---\n" + HEAD, "schema-syntax"),
    ("an alias to nothing", HEAD + b"properties: *gone\n", "schema-syntax"),
    ("an alias inside itself", HEAD + b"properties: &a {b: *a}\n", "schema-syntax"),
    ("a tab", b"\ta: b\n", "schema-syntax"),
    ("a bell", HEAD + b"description: a\x07\n", "schema-syntax"),
    ("half a surrogate", HEAD + b'description: "\\ud800"\n', "schema-syntax"),
    ("a version of YAML to come", b"%YAML 9.9\n---\na: b\n", "schema-syntax"),
    ("NUL", HEAD + b"description: a\x00b\n", "schema-unreadable"),
    ("Latin-1", HEAD + b"description: caf\xe9\n", "schema-unreadable"),
    ("UTF-16 with a mark", HEAD.decode().encode("utf-16"), "schema-unreadable"),
    ("UTF-16 without", HEAD.decode().encode("utf-16-le"), "schema-unreadable"),
    ("nothing", b"", "schema-wrong-type"),
    ("a comment", b"# nothing\n", "schema-wrong-type"),
    ("a list", b"- a\n", "schema-wrong-type"),
    ("a word", b"hello\n", "schema-wrong-type"),
    ("a list as a key", b"? [a]\n: b\n", "schema-wrong-type"),
    ("a merge of nothing", HEAD + b"properties: {a: {<<: 3}}\n", "schema-wrong-type"),
)


@pytest.mark.parametrize(("content", "rule"), [row[1:] for row in ONE_ERROR], ids=[row[0] for row in ONE_ERROR])
def test_one_error_at_once(content: bytes, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "properties.yaml"
    path.write_bytes(content)
    start = time.process_time()
    (finding,) = check_schema(path)
    assert time.process_time() - start < 5
    assert (finding.violation.rule, finding.violation.severity) == (rule, Severity.ERROR)
    assert len(finding.violation.message) < 400
    with pytest.raises(SchemaInvalid):
        load_schema(path)


NO_YAML = (
    ("a: [b\n", "a `[` or `{` is not closed, or has no comma"),
    ("a: {b: c d: e}\n", "a `[` or `{` is not closed, or has no comma"),
    ("a: b: c\n", "there is a second `: ` in one value"),
    ("a\nb: c\n", "there is no `: ` behind a key"),
    ("a: 'b\n", "a quote is not closed"),
    ("a: 'it's'\n", "put text that holds quotes between others"),
    ("a:\n    b: c\n   d: e\n", "indent them alike"),
    ("a:\n  - b\n  c: d\n", "begin each member with `- `"),
    ("a: - b\n", "a list begins behind a key"),
    ("a: @b\n", "no value begins with this character"),
    ("a:\n\tb: c\n", "indent with spaces where it is a tab"),
    ('a: "\\d+"\n', "use single quotes"),
    ('a: "\\xzz"\n', "use single quotes"),
    ("a: *.py\n", "`&` or `*` begins a name"),
    ("a: & b\n", "`&` or `*` begins a name"),
    ("a: }\n", "there is no value"),
    ("a: |b\n  c\n", "begin it on the next line"),
    ("a: !b!c d\n", "a `!` begins a tag"),
    ("%YAML 9.9\n---\n", "belongs to another kind of YAML file"),
    ("a: b\n... c\n", "belongs to another kind of YAML file"),
)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, nodes._LOADER])
@pytest.mark.parametrize(("content", "words"), NO_YAML)
def test_what_is_no_yaml_is_reported_in_words_of_ours(
    content: str, words: str, loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever parser reads the file: each of its versions has words of its own."""
    monkeypatch.setattr(nodes, "_LOADER", loader)
    path = tmp_path / "properties.yaml"
    head = HEAD.decode()
    path.write_text(content + head if content.startswith("%") else head + content)
    (finding,) = check_schema(path)
    assert finding.violation.rule == "schema-syntax"
    assert words in finding.violation.message
    parsers_words = re.compile("expected|scanning|parsing|token|not allowed|indicator|<|found ")
    assert not parsers_words.search(finding.violation.message + repr(finding.violation.context))


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"properties: {a: {" + b", ".join(b"k%d: 1" % number for number in range(20_000)) + b"}}\n",
        HEAD + b"properties: {a: {enum: [" + b"1, " * 20_000 + b"]}}\n",
        HEAD + b"properties: {" + b", ".join(b"k%d: 1" % number for number in range(20_000)) + b"}\n",
        HEAD + b"properties: {" + b", ".join(b"K%d: {aliases: [a]}" % number for number in range(5_000)) + b"}\n",
    ],
    ids=["fields", "members", "properties", "names"],
)
def test_many_faults_stay_cheap(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "properties.yaml"
    path.write_bytes(content)
    start = time.process_time()
    assert 1000 <= len(check_schema(path)) <= 10_000
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("pattern", "count", "rules"),
    [
        # of letters there are so many kinds that a count makes a program of half a million instructions
        ("^\\p{L}{1,400}$", 2000, ["schema-too-large"]),
        # each is large, and all of them are together, too
        ("^[a-z]{1,900}[0-9]{1,%d}$", 2000, ["schema-too-large"]),
        # an ordinary number of large ones
        ("^\\p{L}{1,100}x{%d}$", 8, []),
    ],
)
def test_large_patterns_are_bounded_together(
    pattern: str, count: int, rules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What none of them may take alone, they may not take together: neither in time nor in memory."""
    monkeypatch.setattr("propguard.rules.schema.schema_too_large.MOST_INSTRUCTIONS", 1_000_000)
    path = tmp_path / "properties.yaml"
    lines = (
        f"  p{number}: {{pattern: '{pattern % (number % 99 + 1) if '%d' in pattern else pattern + str(number)}'}}\n"
        for number in range(count)
    )
    path.write_text(HEAD.decode() + "properties:\n" + "".join(lines))
    start = time.process_time()
    assert [one.violation.rule for one in check_schema(path) if one.violation.severity is Severity.ERROR] == rules
    assert time.process_time() - start < 20


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    examine_file("properties.yaml", content)


with open(standard_schema_path(), "rb") as standard:
    STANDARD = standard.read()
PIECES = [
    b"[",
    b"]",
    b"{",
    b"}",
    b": ",
    b"- ",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!x ",
    b"'",
    b'"',
    b"\n",
    b"  ",
    b"\t",
    b"~",
    b"null",
    b"true",
    b"1e9",
    b"\xc3\xa9",
    b"*",
    b"type: list",
    b"items: {}",
    b"enum",
    b"#",
    b"|",
    b">",
    b"?",
    b"%",
    b"@",
    b"---\n",
]


@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=4))
def test_no_mutation_of_a_schema_crashes_the_reader(changes: list[tuple[int, int, bytes]]) -> None:
    content = STANDARD[:6000]
    for position, length, piece in changes:
        content = content[:position] + piece + content[position + length :]
    examination = examine_file("properties.yaml", content)
    assert examination.schema is not None or examination.errors


FIELDS = st.sampled_from(
    (
        *(
            "description",
            "enum",
            "type",
            "format",
            "pattern",
            "min_length",
            "max_length",
            "minimum",
            "items",
            "aliases",
        ),
        *("value_aliases", "required", "requires", "cardinality", "enforcement", "deprecated", "deprecated_values"),
        *("separator", "examples", "x"),
    )
)
SCALARS = st.sampled_from(
    [
        "a",
        "b",
        "1",
        "-1",
        "0.5",
        "true",
        "~",
        "list",
        "integer",
        "date",
        "'('",
        "'^a$'",
        "2026-01-01",
        "''",
        "a_b",
        "f_*",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda members: f"[{', '.join(members)}]"),
        st.dictionaries(st.one_of(SCALARS, FIELDS), inner, max_size=3).map(
            lambda fields: "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"
        ),
    ),
    max_leaves=6,
)
PROPERTIES = st.dictionaries(
    st.sampled_from(["a", "b", "aB", "a_b", "f_*", "'*'"]), st.dictionaries(FIELDS, VALUES, max_size=4), max_size=3
)


@given(PROPERTIES)
def test_no_properties_crash_the_reader(properties: dict[str, dict[str, str]]) -> None:
    """Whatever is declared, the outcome is a schema or a reason why there is none."""
    body = "".join(
        f"  {name}: {{{', '.join(f'{field}: {value}' for field, value in fields.items())}}}\n"
        for name, fields in properties.items()
    )
    examination = examine_file("properties.yaml", HEAD + b"properties:\n" + (body or "  {}\n").encode())
    assert examination.schema is not None or examination.errors
