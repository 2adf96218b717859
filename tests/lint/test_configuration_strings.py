"""Strings of configuration: what the linter makes of them is what everybody makes of them, byte by byte."""

from __future__ import annotations

import itertools
import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from propguard.lint.budget import Budget
from propguard.lint.configuration.dotenv import as_json
from propguard.lint.configuration.scalars import Scalars
from propguard.lint.languages.grammars import grammar_of
from propguard.lint.parse import parse
from propguard.lint.source import Source

CHARACTERS = st.sampled_from([*"ab:- #'\"\\/{}$x0", "\n", "\t", "é", "日", "😀", "\u2028", "\x07"])
TEXTS = st.text(CHARACTERS, max_size=30)
LINES = st.lists(st.text(st.sampled_from("ab'\"\\ :é#"), max_size=8), max_size=6)


def read_back(language: str, text: str) -> str:
    """What the linter makes of the first value in a configuration, each byte of it checked to be where it is said to be."""
    source = Source("x", text.encode())
    source = as_json(source) if language == "dotenv" else source
    document = parse(source, grammar_of(language), Budget())
    scalars, nodes = Scalars(document), [document.root]
    values = []
    while nodes:
        node = nodes.pop()
        if node.type in document.grammar.strings:
            values.append(node)
        nodes.extend(reversed(node.named_children))
    value = values[1]
    runs = scalars.runs(value)
    assert all(value.start_byte <= run.start <= run.end <= len(source.data) for run in runs)
    assert all(before.end <= after.start for before, after in itertools.pairwise(runs))
    return b"".join(run.data for run in runs).decode()


@given(TEXTS, st.booleans(), st.sampled_from(["json", "json5"]))
def test_a_string_of_json(text: str, ascii_only: bool, language: str) -> None:
    """With escapes and without, surrogate pairs too."""
    assert read_back(language, json.dumps({"k": text}, ensure_ascii=ascii_only)) == text


@given(
    TEXTS.filter(lambda text: "\u2028" not in text),
    st.booleans(),
    st.sampled_from(["'", '"']),
    st.sampled_from([10, 1000]),
)
def test_a_quoted_string_of_yaml(text: str, unicode: bool, style: str, width: int) -> None:
    """In either kind of quotes, folded over lines."""
    written = yaml.safe_dump({"k": [text]}, default_style=style, allow_unicode=unicode, width=width)
    assert read_back("yaml", written) == yaml.safe_load(written)["k"][0]


@given(
    LINES, st.sampled_from(["|", ">", "|-", ">-"]), st.sampled_from(["\n", "\r\n"]), st.integers(1, 4), st.booleans()
)
def test_a_block_of_yaml(lines: list[str], header: str, newline: str, depth: int, goes_on: bool) -> None:
    """Literal and folded, with blank and indented lines; the blank lines at its end are chomped."""
    body = "".join(f"{' ' * depth}{line.rstrip()}{newline}" if line.strip() else newline for line in ["a", *lines, "b"])
    written = f"k: {header}{newline}{body}" + (f"l: 1{newline}" if goes_on else "")
    expected = yaml.safe_load(written.replace("\r\n", "\n"))["k"]
    assert read_back("yaml", written) == expected


@pytest.mark.parametrize(
    ("language", "written", "meaning"),
    [
        ("yaml", "k: a\n  b\n\n  c", "a b\nc"),
        ("yaml", 'k: "a\\\n   b\\x41\\e\\N"', "abA\x1b\x85"),
        ("yaml", "k: |2\n    a\n", "a\n"),
        ("yaml", "k: | # c\n  a", "a"),
        ("yaml", "k: |\n", ""),
        ("yaml", "k: >\n  a\n    b\n  c\n", "a\n  b\nc\n"),
        ("toml", "k = 'a\\n'", "a\\n"),
        ("toml", 'k = """\na\\\n   b"""', "ab"),
        ("toml", "k = '''\r\na\nb'''", "a\nb"),
        ("toml", 'k = ""', ""),
        ("json", '{"k": "\\ud83d"}', "\ufffd"),
        ("json", '{"k": "\\/\\x"}', "/x"),
        ("json5", "{k: 'a\\\nb'}", "ab"),
    ],
)
def test_what_else_strings_may_hold(language: str, written: str, meaning: str) -> None:
    """Broken ones, too, are something."""
    if language == "toml":
        assert tomllib.loads(written.replace("\r\n", "\n"))["k"] == meaning
    assert read_back(language, written) == meaning


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("K=v", "v"),
        ("  export K = v w  # c", "v w"),
        ("K=v#w", "v#w"),
        ("K=", ""),
        ("K='a\"\\n'", 'a"\\n'),
        ("K=\"a\nb\\n\\\"c\\\"\"", 'a\nb\n"c"'),
        ("K=`a'b`", "a'b"),
        ('K="open', '"open'),
        ("# K=v\nL=w", "w"),
    ],
)  # fmt: skip
def test_a_variable_of_an_environment(line: str, value: str) -> None:
    """Bare, in any quotes, over several lines, with a comment behind it."""
    assert read_back("dotenv", line) == value
