"""A wrong key that a wrapper fixes is one finding, in the wrapper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from propguard.compilers import Checker
from propguard.lint import lint_paths, list_files
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


def test_the_values_of_its_calls_are_judged_where_they_stand(tmp_path: Path) -> None:
    """The key being right, each call is judged by the value that it gives."""
    found = found_in(tmp_path, wrapper=WRAPPER.replace("Enviroment", "Environment"))
    assert [(place[:2], place[2].violation.rule) for place in found] == [(("app.py", 7), "value-not-allowed")]
