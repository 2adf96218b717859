"""Real files and projects, mutilated, and others derived from grammars: nothing stops the linter, and nothing takes long."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint.derivation import LANGUAGES, derived, project
from tests.lint.mutation import EXAMPLES, PROJECTS, mutilated
from tests.lint.ordeal import Tally, endure_file, endure_mending, endure_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TALLY = Tally()


@pytest.fixture(autouse=True)
def _counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """What each test has tried travels with its report, as it may run elsewhere."""
    TALLY.inputs, TALLY.slowest = 0, 0.0
    yield
    record_property("fuzzed", [TALLY.inputs, TALLY.slowest])


def part(percent: int) -> settings:
    """So much of the number of examples that is usual."""
    return settings(max_examples=max(1, settings.default.max_examples * percent // 100))  # type: ignore[union-attr]


@pytest.mark.parametrize("suffix", sorted(EXAMPLES))
@given(data=st.data())
def test_a_mutilated_file_is_read_and_judged(suffix: str, data: st.DataObject) -> None:
    """Or said to be unreadable; in less than two seconds."""
    endure_file(TALLY, f"a{suffix}", mutilated(data, data.draw(st.sampled_from(EXAMPLES[suffix]))))


@pytest.mark.parametrize("suffix", sorted(EXAMPLES))
@part(40)
@given(data=st.data(), unsafe=st.booleans())
def test_a_mutilated_file_that_is_mended_is_as_sound_as_before(suffix: str, data: st.DataObject, unsafe: bool) -> None:
    """No fault in its syntax where there was none, and it is mended for good."""
    content = mutilated(data, data.draw(st.sampled_from(EXAMPLES[suffix])))
    endure_mending(f"a{suffix}", content, unsafe=unsafe)


@pytest.mark.parametrize("name", sorted(PROJECTS))
@part(20)
@given(data=st.data())
def test_a_project_with_a_mutilated_file_is_read_and_judged(name: str, data: st.DataObject) -> None:
    """Whatever one module has become, those that import it are read, and it is read itself."""
    files = dict(PROJECTS[name])
    path = data.draw(st.sampled_from(sorted(files)))
    files[path] = mutilated(data, files[path])
    with TemporaryDirectory() as folder:
        endure_project(TALLY, Path(folder), files)


@pytest.mark.parametrize("language", LANGUAGES)
@part(200)
@given(data=st.data())
def test_a_derived_project_is_read_and_judged(language: str, data: st.DataObject) -> None:
    """Circles of imports, of calls, of bases and of names come to an end."""
    with TemporaryDirectory() as folder:
        endure_project(TALLY, Path(folder), project(data, language))


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data(), unsafe=st.booleans())
def test_a_derived_file_is_judged_and_mended(language: str, data: st.DataObject, unsafe: bool) -> None:
    """Alone, as a file that an editor hands over is."""
    grammar, paths = LANGUAGES[language]
    content = derived(data, grammar).encode()
    endure_file(TALLY, paths[0], content)
    endure_mending(paths[0], content, unsafe=unsafe)
