"""Comments that suppress findings: which are taken out, which are not, and what is said of comments that do nothing."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.compilers import Checker
from propguard.lint.edits import edited
from propguard.lint.run import judge_source
from propguard.lint.source import Source
from propguard.lint.suppression import RulesInForce, in_force
from tests.lint.documents import SCHEMA, safe_fixes

if TYPE_CHECKING:
    from collections.abc import Collection

    from propguard.model.finding import Finding

GENEROUS = 15.0
"""Seconds, on a slow machine with other things to do; the budget of a file is ten."""

TODAY = date(2026, 6, 1)
CHECKER = Checker(SCHEMA, today=TODAY)
H = 'h = {"Helicone-Property-Env": "staging"}'
GOOD = 'h = {"Helicone-Property-Environment": "staging"}'


def judged(path: str, code: str | bytes, rules: Collection[str] | None = None) -> list[Finding]:
    data = code.encode() if isinstance(code, str) else code
    in_force = RulesInForce(lambda _, rule: rules is None or rule in rules, TODAY)
    return judge_source(path, data, lambda _: (CHECKER, "test"), in_force)


def found(path: str, code: str | bytes, rules: Collection[str] | None = None) -> list[str]:
    return [finding.violation.rule for finding in judged(path, code, rules)]


SUPPRESSED = [
    # On the line of the finding.
    ("a.py", f"{H}  # propguard: ignore[key-alias]"),
    ("a.py", f"{H}  # propguard: ignore[key-alias] -- the old dashboard reads it"),
    ("a.py", f"{H}  # propguard:ignore [ key-alias ] until 2026-06-01 -- to its last day"),
    ("a.py", f"{H}  # propguard: ignore"),
    ("a.py", f"{H}  # noqa: E501  # propguard: ignore"),
    ("a.py", f"{H}  # propguard: ignore[key-alias] -- see #12  # noqa: E501"),
    ("a.py", f"{H}  #propguard: ignore\r\n"),
    ("a.py", f"# caf\xe9\n{H}  # propguard: ignore[key-alias] -- caf\xe9"),
    (
        "a.py",
        'h = {"Helicone-Property-Env": "x", "Helicone-Property-Environment": "prod"}  # propguard: ignore[key-alias,value-alias]',
    ),
    ("a.js", f"const {H}; // propguard: ignore[key-alias]"),
    ("a.js", f"const {H}; /* propguard: ignore[key-alias] */"),
    ("a.js", f"/* propguard: ignore[key-alias] */ const {H};"),
    ("a.ts", f"const {H} as const; // propguard: ignore[key-alias]"),
    ("a.tsx", "<A h={{'Helicone-Property-Env': x /* propguard: ignore[key-alias] */}} />"),
    ("a.sh", "curl -H 'Helicone-Property-Env: staging' x # propguard: ignore[key-alias]"),
    ("a.md", f"```py\n{H}  # propguard: ignore[key-alias]\n```\n"),
    # On a line of its own, about the next line of code.
    ("a.py", f"# propguard: ignore[key-alias]\n{H}"),
    ("a.py", f"# propguard: ignore[key-alias]\n# more\n\n{H}"),
    ("a.py", f"if x:\n    # propguard: ignore[key-alias]\r\n    {H}\r\n"),
    ("a.py", 'f(\n    # propguard: ignore[key-alias]\n    h={"Helicone-Property-Env": "staging"},\n)'),
    ("a.js", f"/*\n * propguard: ignore[key-alias] -- why\n */\nconst {H};"),
    ("a.js", f"/** propguard: ignore[key-alias] */\nconst {H};"),
    ("a.tsx", "<A>\n  {/* propguard: ignore[key-alias] */}\n  <B h={{'Helicone-Property-Env': x}} />\n</A>"),
    ("a.tsx", "<A\n  // propguard: ignore[key-alias]\n  h={{'Helicone-Property-Env': x}}\n/>"),
    ("a.md", f"> ```py\n> # propguard: ignore[key-alias]\n> {H}\n> ```\n"),
    ("a.md", "```console\n$ # propguard: ignore[key-alias]\n$ curl -H 'Helicone-Property-Env: x' x\n```\n"),
    # A line goes on behind a backslash, and in a string that has many lines.
    ("a.sh", "# propguard: ignore[key-alias]\ncurl x \\\n  -d y \\\n  -H 'Helicone-Property-Env: staging'"),
    ("a.sh", "curl x \\\n  -H 'Helicone-Property-Env: staging' \\\n  -d y # propguard: ignore[key-alias]"),
    (
        "a.js",
        "h = {'Helicone-Property-App': `${a}\n${{'Helicone-Property-Env': x}}\n`}; // propguard: ignore[key-alias]",
    ),
    # A whole file, from anywhere in it.
    ("a.py", f"# propguard: ignore-file[key-alias] -- generated\nx = 1\n{H}"),
    ("a.py", f"{H}\nx = 1\n# propguard: ignore-file"),
    ("a.js", f"const {H};\n// propguard: ignore-file[key-alias]"),
    ("a.md", f"<!-- propguard: ignore-file -->\n\ntext\n\n```py\n{H}\n```\n"),
    # In Markdown a comment is about the fence below it.
    ("a.md", f"<!-- propguard: ignore[key-alias] -- shown on purpose -->\n\n```py\nx = 1\n{H}\n```\n"),
    ("a.md", f"<!-- propguard: ignore[key-alias] -->\n<!-- other -->\n- ```py\n  {H}\n  ```\n"),
    ("a.mdx", f"{{/* propguard: ignore[key-alias] */}}\n```py\n{H}"),
    # A part of a file that could not be judged.
    ("a.py", 'h = {"Helicone-Property-App" = = "x"  # propguard: ignore[unparsed-file]'),
]


@pytest.mark.parametrize(("path", "code"), SUPPRESSED)
def test_what_a_comment_suppresses_is_not_found(path: str, code: str) -> None:
    """Wherever a comment can stand in a language; and the comment is not called idle."""
    assert found(path, code.replace("propguard:", "proguard:")) != []
    assert found(path, code) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        # No comment: text, expressions, prose.
        ("a.py", f'{H}; s = "# propguard: ignore"'),
        ("a.py", f'"""\n# propguard: ignore-file\n"""\n{H}'),
        ("a.js", f"{H}; r = /propguard: ignore/"),
        ("a.tsx", f"<A>propguard: ignore-file {{{H}}}</A>"),
        ("a.sh", "curl -H 'Helicone-Property-Env: staging' 'x # propguard: ignore'"),
        ("a.md", f"propguard: ignore-file\n\n```py\n{H}\n```\n"),
        ("a.md", f"Write `<!-- propguard: ignore-file -->` so.\n\n```py\n{H}\n```\n"),
        ("a.md", f"```html\n<!-- propguard: ignore-file -->\n```\n\n```py\n{H}\n```\n"),
        # Words about it.
        ("a.py", f"# see how propguard: ignore works\n{H}"),
        ("a.py", f"{H}  # propguard: see the handbook"),
        ("a.py", f"{H}  # PROPGUARD: IGNORE"),
        ("a.py", f"{H}  # xpropguard: ignored"),
        ("a.py", f"#!/usr/bin/python # propguard: ignore-file\n{H}"),
        ("a.py", f"# propguard:\n# ignore-file\n{H}"),
    ],
)
def test_what_is_no_such_comment_changes_nothing(path: str, code: str) -> None:
    """The finding stands, and nothing is said of the text."""
    assert found(path, code) == ["key-alias"]


@pytest.mark.parametrize(
    ("path", "code", "message"),
    [
        (
            "a.py",
            "x = 1  # propguard: ignore[key-alias]",
            "`key-alias` is not found here, so that this comment suppresses nothing",
        ),
        ("a.py", "x = 1  # propguard: ignore", "this comment suppresses nothing, as nothing is found here"),
        (
            "a.py",
            "# propguard: ignore-file[key-case]",
            "`key-case` is not found in this file, so that this comment suppresses nothing",
        ),
        ("a.py", f"{H}  # propguard: ignore[key-case, key-alias]", "`key-case` is not found here"),
        (
            "a.py",
            f"{H}  # propguard: ignore[key-case, key-alias, value-empty]",
            "`key-case`, `value-empty` are not found here",
        ),
        (
            "a.py",
            f"{H}  # propguard: ignore[key-alais, key-alias]",
            "there is no rule `key-alais` (did you mean `key-alias`?)",
        ),
        (
            "a.py",
            "# propguard: ignore[nonsense]",
            "there is no rule `nonsense`, so that this comment suppresses nothing",
        ),
        (
            "a.py",
            "# propguard: ignore[unused-suppression]",
            "`unused-suppression` is not found here, so that this comment suppresses nothing",
        ),
        (
            "a.py",
            f"# propguard: ignore[key-alias]\nx = 1\n{GOOD}",
            "`key-alias` is not found here, so that this comment suppresses nothing",
        ),
        (
            "a.md",
            "<!-- propguard: ignore -->\n\ntext\n\n```py\nx\n```",
            "this comment suppresses nothing, as nothing is found here",
        ),
        (
            "a.js",
            "f(); /* propguard: ignore[key-case] */",
            "`key-case` is not found here, so that this comment suppresses nothing",
        ),
        ("a.py", "# propguard: ignored[key-alias]", "`ignored` is not a word that is known"),
        ("a.py", "# propguard: disable=key-alias", "`disable` is not a word that is known"),
        ("a.py", "# propguard: ignore[]", "a rule is missing between its brackets"),
        ("a.py", "# propguard: ignore[key-alias,]", "a rule is missing between its brackets"),
        ("a.py", "# propguard: ignore[key-alias", "it is not understood"),
        ("a.py", "# propguard: ignore key-alias", "it is not understood"),
        ("a.py", "# propguard: ignore[key-alias] for now", "it is not understood"),
        ("a.py", "# propguard: ignore until 2026-13-01", "no date"),
        ("a.py", "# propguard: ignore until tomorrow", "no date"),
        ("a.py", "# propguard: ignore until 20270101", "no date"),
    ],
)
def test_a_comment_that_suppresses_nothing_is_told(path: str, code: str, message: str) -> None:
    """As is one that cannot be understood, and a rule that does not exist."""
    (finding,) = judged(path, code)
    assert finding.violation.rule == "unused-suppression"
    assert message in finding.violation.message


def test_a_suppression_that_is_over_suppresses_nothing_any_more() -> None:
    """From the day after; and that it is over is said with what it was for."""
    code = f"{H}  # propguard: ignore[key-alias] until 2026-05-31 -- moving the dashboard"
    findings = judged("a.py", code)
    assert [finding.violation.rule for finding in findings] == ["key-alias", "expired-suppression"]
    assert "`moving the dashboard`" in findings[1].violation.message
    assert findings[1].violation.context == {"until": "2026-05-31", "reason": "moving the dashboard"}
    assert findings[1].fix is None


@pytest.mark.parametrize(
    ("code", "rules", "expected"),
    [
        (f"{H}  # propguard: ignore[key-alias]", {"value-empty", "unused-suppression"}, []),
        ("x = 1  # propguard: ignore[key-alias]", {"value-empty", "unused-suppression"}, []),
        ("x = 1  # propguard: ignore[key-alias]", {"key-alias"}, []),
        ("x = 1  # propguard: ignore[key-alias]", {"key-alias", "unused-suppression"}, ["unused-suppression"]),
        (f"{H}  # propguard: ignore", {"value-empty", "unused-suppression"}, []),
        ("x = 1  # propguard: ignore", {"value-empty", "unused-suppression"}, ["unused-suppression"]),
        # Whoever asks for nothing else asks for all that is idle.
        ("x = 1  # propguard: ignore[key-alias]", {"unused-suppression"}, ["unused-suppression"]),
        (f"{H}  # propguard: ignore[key-alias]", {"unused-suppression"}, []),
        # What is no rule cannot have been run, and is told all the same.
        ("x = 1  # propguard: ignore[key-alais]", {"value-empty", "unused-suppression"}, ["unused-suppression"]),
    ],
)
def test_only_rules_that_were_run_are_called_idle(code: str, rules: set[str], expected: list[str]) -> None:
    """Whoever selects some rules does not hear that the comments about the others do nothing."""
    assert found("a.py", code, rules) == expected


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        # The comment goes, with its line if nothing else is on it.
        ("a.py", "x = 1  # propguard: ignore[key-alias] -- why\ny = 2\n", "x = 1\ny = 2\n"),
        ("a.py", "x = 1\n    # propguard: ignore\ny = 2\n", "x = 1\ny = 2\n"),
        ("a.py", "x = 1\r\n# propguard: ignore\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
        ("a.py", "x = 1\n# propguard: ignore", "x = 1\n"),
        ("a.py", "\ufeff# propguard: ignore\nx = 'é'\n", "\ufeffx = 'é'\n"),
        ("a.py", "é = 'é'  # propguard: ignore\n", "é = 'é'\n"),
        ("a.js", "/*\n * propguard: ignore\n */\nf();\n", "f();\n"),
        ("a.js", "f(/* propguard: ignore */ 1);\n", "f( 1);\n"),
        ("a.js", "return/* propguard: ignore */x;\n", "return x;\n"),
        ("a.tsx", "<A>\n  {/* propguard: ignore */}\n  <B />\n</A>;\n", "<A>\n  <B />\n</A>;\n"),
        ("a.tsx", "<b>a {/* propguard: ignore */} b</b>;\n", "<b>a  b</b>;\n"),
        ("a.sh", "ls # propguard: ignore\n", "ls\n"),
        ("a.md", "a\n\n<!-- propguard: ignore -->\n\nb\n", "a\n\n\nb\n"),
        ("a.md", "> ```py\n> # propguard: ignore\n> x = 1\n> ```\n", "> ```py\n> x = 1\n> ```\n"),
        # Other comments stay.
        ("a.py", "x = 1  # noqa  # propguard: ignore -- why\n", "x = 1  # noqa\n"),
        ("a.py", "x = 1  # propguard: ignore -- why  # noqa\n", "x = 1  # noqa\n"),
        ("a.js", "f(); // eslint-disable-line // propguard: ignore\n", "f(); // eslint-disable-line\n"),
        # The rules that are needed stay, and their day and reason.
        (
            "a.py",
            f"{H}  # propguard: ignore[key-case, key-alias,value-empty] until 2027-01-01 -- x\n",
            f"{H}  # propguard: ignore[key-alias] until 2027-01-01 -- x\n",
        ),
        # What is no rule stays for a person to mend.
        ("a.py", "# propguard: ignore[nonsense, key-alias]\n", "# propguard: ignore[nonsense]\n"),
        ("a.py", "# propguard: ignore[key-alais]\n", "# propguard: ignore[key-alais]\n"),
        ("a.py", "# propguard: ignore[key-alias\n", "# propguard: ignore[key-alias\n"),
        # What cannot be taken out without changing something else stays.
        (
            "a.js",
            "/*\n * Sends.\n * propguard: ignore\n */\nf();\n",
            "/*\n * Sends.\n * propguard: ignore\n */\nf();\n",
        ),
        ("a.js", "a /* propguard: ignore\n*/ b\n", "a /* propguard: ignore\n*/ b\n"),
        (
            "a.tsx",
            "<b>\n  a\n  {/* propguard: ignore */}\n  b\n</b>;\n",
            "<b>\n  a\n  {/* propguard: ignore */}\n  b\n</b>;\n",
        ),
        ("a.py", "x = 1  # propguard: ignore // other\n", "x = 1  # propguard: ignore // other\n"),
    ],
)
def test_a_fix_takes_out_what_suppresses_nothing(path: str, before: str, after: str) -> None:
    """And nothing else."""
    assert edited(Source(path, before.encode()), safe_fixes(judged(path, before)))[0] == after.encode()


def test_a_file_with_very_many_comments_is_told_so() -> None:
    """Its findings stand, in bounded time."""
    start = time.process_time()
    code = f"const {H};\n" + "// propguard: ignore[key-alias]\n" * 5_000
    assert found("a.js", code) == ["unparsed-file", "key-alias"]
    assert time.process_time() - start < 5.0


@pytest.mark.parametrize(
    "code",
    [
        "# propguard: ignore[key-alias]\n" * 900 + H,
        "/*" + "\n * propguard: ignore[key-alias]" * 900 + "*/\n" + f"const {H}",
        "// " + "propguard: ignore[key-alias] " * 900 + "x" * 1_000_000,
        f"// propguard: ignore[key-alias]{' ' * 1_000_000}x\n{H}",
        f"// propguard: ignore -- {'# ' * 500_000}\n{H}",
        "`" + "\n" * 500_000 + "` // propguard: ignore",
        "// propguard: ignore\n" + "\\\n" * 50_000,
        "<!--\n" * 20_000 + "<!-- propguard: ignore",
    ],
)
@pytest.mark.parametrize("path", ["a.js", "a.md"])
def test_no_comment_is_expensive(path: str, code: str) -> None:
    """However many there are, however long, and whatever is around them."""
    start = time.process_time()
    in_force(Source(path, code.encode()), [], RulesInForce(today=TODAY))
    assert time.process_time() - start < GENEROUS


PIECES = st.sampled_from(
    [
        "# propguard: ignore",
        "[key-alias]",
        " until 2027-01-01",
        " -- why",
        "// ",
        "/* ",
        " */",
        "<!-- ",
        " -->",
        "{",
        "}",
        "\n",
        "\r\n",
        "```py\n",
        "```\n",
        "> ",
        '"',
        "`",
        "é",
        "\x00",
        "\\",
        H,
        "<a>",
        "</a>",
        "x = 1",
    ]
)


@given(
    st.lists(PIECES, max_size=20),
    st.sampled_from(["a.py", "a.js", "a.tsx", "a.sh", "a.md", "a.yml", "a.env", "a.json5"]),
)
def test_whatever_stands_around_a_comment_fixes_can_be_applied(pieces: list[str], path: str) -> None:
    """Nothing raises, every place is in the file, and fixing again and again comes to an end."""
    data = "".join(pieces).encode()
    for _ in range(25):
        fixed, count = edited(Source(path, data), safe_fixes(judged(path, data, {"unused-suppression"})))
        if not count:
            return
        assert len(fixed) < len(data)
        data = fixed
    pytest.fail("fixing did not come to an end")
