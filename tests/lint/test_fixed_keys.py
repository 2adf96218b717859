"""A wrong key that a wrapper fixes is one finding, in the wrapper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.compilers import Checker
from propguard.lint import lint_paths, lint_text, list_files
from propguard.lint.judge import findings_in
from propguard.lint.read import read
from propguard.lint.source import Source
from propguard.model.schema import Property, PropertySchema
from tests.lint.documents import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.model.finding import Finding

WRAPPER = 'def tag_stage(headers, value):\n    headers["Helicone-Property-Enviroment"] = value\n'
CALLS = (
    'from tags import tag_stage\n\n\ndef send(h):\n    tag_stage(h, "production")\n    tag_stage(h, "staging")\n'
    '    tag_stage(h, value="")\n'
)


def found_in(folder: Path, *names: str, wrapper: str = WRAPPER) -> list[tuple[str, int, Finding]]:
    (folder / ".git").mkdir()
    (folder / "tags.py").write_text(wrapper)
    (folder / "app.py").write_text(CALLS)
    listing = list_files([str(folder / name) for name in names] or [str(folder)])
    result = lint_paths(listing, lambda _: (Checker(SCHEMA), "test"))
    return [(one.place.path.rsplit("/", 1)[1], one.place.span.line, one) for one in result.findings]  # type: ignore[union-attr]


def test_it_is_reported_once_with_the_number_of_its_calls(tmp_path: Path) -> None:
    """And not at every call, where nobody can change it."""
    (one,) = found_in(tmp_path)
    assert one[:2] == ("tags.py", 2)
    assert one[2].violation.message.endswith("; 3 calls write it through this function")
    assert one[2].violation.context["calls"] == 3


def test_where_the_wrapper_is_not_judged_its_calls_are(tmp_path: Path) -> None:
    """Else a run over the changed files alone would be clean for the wrong reason."""
    assert [place[:2] for place in found_in(tmp_path, "app.py")] == [("app.py", 5), ("app.py", 6), ("app.py", 7)]


def test_the_text_of_an_editor_is_judged_as_the_file_would_be(tmp_path: Path) -> None:
    """One text alone holds no body of the wrapper."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "tags.py").write_text(WRAPPER)
    (tmp_path / "app.py").write_text("")
    listing = list_files([str(tmp_path / "app.py")])
    result = lint_text(listing, CALLS.encode(), lambda _: (Checker(SCHEMA), "test"))
    assert [one.place.span.line for one in result.findings] == [5, 6, 7]  # type: ignore[union-attr]


def test_the_values_of_its_calls_are_judged_where_they_stand(tmp_path: Path) -> None:
    """The key being right, each call is judged by the value that it gives."""
    found = found_in(tmp_path, wrapper=WRAPPER.replace("Enviroment", "Environment"))
    assert [(place[:2], place[2].violation.rule) for place in found] == [(("app.py", 7), "value-not-allowed")]


TWO = (
    'def first(headers, value):\n    headers["Helicone-Property-Enviroment"] = value\n\n\n'
    'def second(headers, enviroment):\n    headers["Helicone-Property-Enviroment"] = enviroment\n\n\n'
    "def third(headers, environment):\n    first(headers, environment)\n"
)


def test_each_wrapper_counts_its_own_calls(tmp_path: Path) -> None:
    """Where one file has two that write the same key; a call through another wrapper counts for the one it reaches."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "tags.py").write_text(TWO)
    calls = 'first(h, "a")\nsecond(h, "a")\nsecond(h, enviroment="b")\nthird(h, "c")\n'
    (tmp_path / "app.py").write_text("from tags import first, second, third\n" + calls)
    result = lint_paths(list_files([str(tmp_path)]), lambda _: (Checker(SCHEMA), "test"))
    assert [(one.place.span.line, one.violation.context["calls"]) for one in result.findings] == [(2, 2), (6, 2)]  # type: ignore[union-attr]


def test_a_parameter_that_the_key_is_a_typing_error_of_is_its_value(tmp_path: Path) -> None:
    """The wrong key is what has to be counted, and is seldom spelled as the parameter is."""
    wrapper = WRAPPER.replace("value", "environment")
    (one,) = found_in(tmp_path, wrapper=wrapper)
    assert one[2].violation.context["calls"] == 2  # the third names a parameter that there is not


SPREADING = """def track(headers, **properties):
    for name, value in properties.items():
        headers[f"Helicone-Property-{name}"] = value


def tag(headers, name, value):
    headers["Helicone-Property-" + name] = value


def dashed(headers, **properties):
    for name, value in properties.items():
        headers["Helicone-Property-" + name.replace("_", "-")] = value


def mapped(headers, properties):
    for name, value in properties.items():
        headers["Helicone-Property-" + name] = value


"""
ANOTHER = "which is another property than the declared `user_tier`"
CHANGE_IT = "change how the function spells it"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('track(h, userTier="x")', f"`userTier` is stored as `usertier`, {ANOTHER}; write `user_tier`"),
        ('tag(h, "User-Tier", "x")', f"`User-Tier` is stored as `user-tier`, {ANOTHER}; write `user_tier`"),
        ('mapped(h, {"User-Tier": "x"})', f"`User-Tier` is stored as `user-tier`, {ANOTHER}; write `user_tier`"),
        (  # the caller has it right
            'dashed(h, user_tier="x")',
            f"`user_tier` is sent as `Helicone-Property-user-tier` and stored as `user-tier`, {ANOTHER}; {CHANGE_IT}",
        ),
        (  # here the caller writes the whole header
            'tag(h, "Helicone-Property-User-Tier", "x")',
            f"`Helicone-Property-User-Tier` is stored as `user-tier`, {ANOTHER}; write `Helicone-Property-user_tier`",
        ),
    ],
)
def test_advice_for_the_caller_of_a_wrapper_uses_the_name_that_the_caller_writes(call: str, message: str) -> None:
    """Nobody writes the name of a header as a keyword argument."""
    schema = PropertySchema("test", "1.0.0", properties={"user_tier": Property("user_tier")})
    source = Source("a.py", (SPREADING + call + "\n").encode())
    found = findings_in(source, read(source).usages, Checker(schema), "test")
    assert [one.violation.message for one in found if one.violation.rule != "dynamic-key"] == [message]
