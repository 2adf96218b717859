"""`lint -`: the text of one file from standard input, as an editor has it before it is saved."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.shop import Answer, Call, Write

    LintText = Callable[..., Answer]

WRAPPER = """\
def ask(prompt, tier):
    return client.post(url, headers={"Helicone-Property-User-Tier": tier})
"""


@pytest.fixture
def lint_text(call: Call, monkeypatch: pytest.MonkeyPatch) -> LintText:
    """Lints a text as the file of a name."""

    def run(text: str, name: str, *arguments: str) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return call("lint", "-", "--stdin-filename", name, *arguments)

    return run


@pytest.mark.parametrize("name", ["app.py", "new.py", "pkg/deep/new.py"])
def test_the_text_is_judged_and_not_the_file(lint_text: LintText, write: Write, name: str) -> None:
    """Whether the file exists or not; places bear its name."""
    write({"app.py": GOOD})
    answer = lint_text(BAD, name, "--format", "json")
    assert answer.code == 1
    assert {one["path"] for one in json.loads(answer.out)["findings"]} == {name}


def test_wrappers_of_other_files_are_known(lint_text: LintText, write: Write, project: Path) -> None:
    """The rest of the project is read from the disk."""
    write({"llm.py": WRAPPER, "use.py": "", "pyproject.toml": ""})
    text = 'from llm import ask\nask("hi", tier="golden")\n'
    answer = lint_text(text, "use.py", "--format", "json")
    assert json.loads(answer.out)["summary"]["usages"] == 1


def test_settings_and_language_follow_from_the_name(lint_text: LintText, write: Write) -> None:
    """An excluded file is not judged, and a language that is not read is reported, as ever."""
    write({"propguard.toml": 'exclude = ["legacy/"]'})
    excluded = lint_text(BAD, "legacy/a.py")
    assert (excluded.code, excluded.out) == (0, "")
    other = lint_text(BAD, "a.vue", "--format", "concise")
    assert "warning[unparsed-file]" in other.out


@pytest.mark.parametrize(
    "arguments",
    [("-",), ("-", "app.py", "--stdin-filename", "a.py"), ("app.py", "--stdin-filename", "a.py")]
    + [("-", "--stdin-filename", "a.py", flag) for flag in ("--fix", "--diff", "--write-baseline", "--prune-baseline")],
)
def test_half_of_it_is_refused(call: Call, write: Write, arguments: tuple[str, ...]) -> None:
    """Before anything is read."""
    write({"app.py": GOOD})
    answer = call("lint", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert "--stdin-filename" in answer.err
