"""Backslashes: what a literal says, letter by letter, as its language reads it."""

from __future__ import annotations

import ast
import json
import re
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.lint import escapes
from propguard.lint.escapes import Dialect, decoded
from tests.lint.documents import parsed

NODE = json.loads(Path(__file__).with_name("javascript_strings.json").read_text(encoding="utf-8"))
"""Literals, and what they are, said by Node.js 20 (`eval(literal).toWellFormed()`)."""

AROUND = {
    "elixir": "f(@)\n",
    "go": "package a\nvar _ = f(@)\n",
    "javascript": "f(@);",
    "kotlin": "fun f() { g(@) }",
    "php": "<?php f(@);",
    "python": "f(@)",
    "ruby": "f(@)\n",
    "rust": "fn f() { g(@); }",
    "shell": "f @\n",
    "typescript": "f(@);",
}
PIECES = [
    *"aé😀08{}",
    *(rf"\{letter}" for letter in "nrtbfvaesqd01789'\"\\-/"),
    r"\12", r"\101", r"\777", r"\x41", r"\xff", r"\u00e9", r"\ud83d", r"\U0001F600", r"\N{BULLET}", "\\\n", r"\é",
]  # fmt: skip


def read(language: str, literal: str) -> str | None:
    """What the linter takes a literal for, None where it does not know."""
    before, after = AROUND[language].split("@")
    here = parsed(before + literal + after, language)
    start = len(before.encode())
    node = here.document.node_at(start, start + len(literal.encode()))
    assert node is not None
    (way,) = here.evaluator.ways(node)
    return way.known


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.sampled_from(["", "b", "f", "u"]))
def test_python_is_read_as_python_reads_it(body: str, prefix: str) -> None:
    """The names of characters and what means nothing included; half a character is none."""
    literal = f'{prefix}"{body}"'
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            meant = ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return
    text = meant.decode("utf-8", "replace") if isinstance(meant, bytes) else meant
    assert read("python", literal) == re.sub("[\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_javascript_is_read_as_node_reads_it(language: str) -> None:
    """Pairs of surrogates, old octal numbers and lines that go on included."""
    wrong = {literal: read(language, literal) for literal, meant in NODE.items() if read(language, literal) != meant}
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "literal", "meant"),
    [
        ("python", r'r"a\nb"', r"a\nb"),
        ("python", r'rb"\x41"', r"\x41"),
        ("python", r'f"\N{BULLET}{{\x7b\x7b"', "•{{{"),
        ("go", r'"\a\b\f\n\r\t\v\\\""', '\a\b\f\n\r\t\v\\"'),
        ("go", r'"\101\x41\u0041\U0001F600"', "AAA😀"),
        ("go", r'"\xc3\xa9\303\251"', "éé"),
        ("go", r'"\xff"', "\ufffd"),
        ("go", r"`a\nb`", r"a\nb"),
        ("rust", r'"\n\r\t\\\0\'\""', "\n\r\t\\\0'\""),
        ("rust", r'"\x41\u{e9}\u{1F600}"', "Aé😀"),
        ("rust", '"a\\\n    b"', "ab"),
        ("rust", r'b"\x41\xc3\xa9"', "Aé"),
        ("rust", r'r"a\nb"', r"a\nb"),
        ("rust", r'r#"a\n"b"#', r'a\n"b'),
        ("rust", r'br"a\n"', r"a\n"),
        ("kotlin", r'"\t\b\n\r\'\"\\\$x"', "\t\b\n\r'\"\\$x"),
        ("kotlin", r'"\u0041\ud83d\ude00"', "A😀"),
        ("kotlin", '"""a\\nb$"""', "a\\nb$"),
        ("kotlin", "\"\"\"${'$'}a\"\"\"", "$a"),
        ("ruby", r'"\a\b\t\n\v\f\r\e\s"', "\a\b\t\n\v\f\r\x1b "),
        ("ruby", r'"\101\x41\x9\u0041\u{41 1F600}\q"', "AA\tAA😀q"),
        ("ruby", r'"\xc3\xa9"', "é"),
        ("ruby", '"a\\\nb"', "ab"),
        ("ruby", r"'a\nb\q'", r"a\nb\q"),
        ("ruby", r"'a\'b\\c'", r"a'b\c"),
        ("ruby", r"%q(a\nb)", r"a\nb"),
        ("ruby", r"%Q(a\nb)", "a\nb"),
        ("ruby", r"%(a\tb)", "a\tb"),
        ("php", r'"\n\t\r\v\e\f\\\$\""', '\n\t\r\v\x1b\f\\$"'),
        ("php", r'"\101\x41\x9\u{1F600}"', "AA\t😀"),
        ("php", r'"\xc3\xa9\400"', "é\0"),
        ("php", r'''"\q\'\u0041"''', r"\q\'\u0041"),
        ("php", r"'a\nb\q'", r"a\nb\q"),
        ("php", r"'a\'b\\c'", r"a'b\c"),
        ("php", '<<<X\na\\tb\\"c\nX', 'a\tb\\"c'),
        ("php", "<<<'X'\na\\tb\nX", "a\\tb"),
        ("elixir", r'"\0\a\b\d\e\f\n\r\s\t\v\\\""', '\0\a\b\x7f\x1b\f\n\r \t\v\\"'),
        ("elixir", r'"\x41\u0041\u{1F600}\x{41}\q"', "AA😀Aq"),
        ("elixir", r'"\xc3\xa9\#{x}"', "é#{x}"),
        ("elixir", '"a\\\nb"', "ab"),
        ("elixir", r"'a\nb'", "a\nb"),
        ("elixir", r"~s(a\nb)", "a\nb"),
        ("elixir", r"~S(a\nb)", r"a\nb"),
        ("shell", r'"\$\`\"\\\n"', r'$`"\\n'),
        ("shell", r"'\n'", r"\n"),
        ("shell", r"$'\n\x41\u0041\101\'\q'", r"""
AAA'\q"""),
    ],
)  # fmt: skip
def test_the_others_are_read_as_they_say(language: str, literal: str, meant: str) -> None:
    """As the reference of each language has it."""
    assert read(language, literal) == meant


@pytest.mark.parametrize(
    ("text", "quoted", "bare"),
    [
        (r"a\nb", r"a\nb", "anb"),
        (r"\$\`\"\\", '$`"\\', '$`"\\'),
        (r"\ x", r"\ x", " x"),
        ("a\\\nb", "ab", "ab"),
    ],
)
def test_a_shell_has_few_escapes(text: str, quoted: str, bare: str) -> None:
    """Between double quotes five characters, without quotes any."""
    assert decoded(text, escapes.SHELL_QUOTED) == quoted
    assert decoded(text, escapes.SHELL_WORD) == bare


@given(st.text(), st.sampled_from([one for one in vars(escapes).values() if isinstance(one, Dialect)]))
def test_no_text_is_too_strange(text: str, dialect: Dialect) -> None:
    """Whatever stands between quotes is read as text that can be written."""
    decoded(text.replace("/", "\\"), dialect).encode()
