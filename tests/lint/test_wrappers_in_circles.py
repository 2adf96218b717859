"""Functions that call each other over many files, each adding to what it was given, are followed so far and no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from propguard.lint.project import Project, survey

if TYPE_CHECKING:
    from pathlib import Path

    from propguard.lint.project import Survey

BY_KEY = """\
def send{this}(key, value, extra=None):
    headers = {{"Helicone-Property-" + key: value}}
    send{next}(key + "-{this}", value)
    send{far}(extra or key, value)
    return headers
"""
BY_MAP = """\
def send{this}(headers, **given):
    headers.update({{f"Helicone-Property-{{name}}": value for name, value in given.items()}})
    send{next}(headers, app="{this}", **given)
    send{far}(headers, **given)

def name{this}(key, value):
    headers = {{"Helicone-Property-" + key: value}}
    name{next}("a{this}" + key, value + "{this}")
    name{far}(value, key)
"""
BY_METHOD = """\
class Sender{this}:
    def tag(self, key, value):
        self.headers["Helicone-Property-" + key] = value
        Sender{next}().tag(f"{{key}}{this}", value)
        Sender{far}().tag(key, value + "{this}")
"""


def circle(folder: Path, count: int, code: str) -> Survey:
    """A project of `count` files, each of which calls two of the others."""
    folder.mkdir()
    for this in range(count):
        numbers = {"this": this, "next": (this + 1) % count, "far": (this + 4) % count}
        imports = "".join(f"from m{numbers[which]} import *\n" for which in ("next", "far"))
        (folder / f"m{this}.py").write_text(imports + code.format(**numbers))
    return survey(Project(str(folder), sorted(map(str, folder.iterdir()))))


@pytest.mark.parametrize("code", [BY_KEY, BY_MAP, BY_METHOD])
def test_twice_the_files_are_twice_the_work(tmp_path: Path, code: str) -> None:
    """What is found grows with the functions, not with the ways through them."""
    few, many = (circle(tmp_path / str(count), count, code) for count in (7, 14))
    assert len(many.wrappers) <= 3 * len(few.wrappers)
    assert sum(len(one.usages) for one in many.readings.values()) <= 3 * sum(
        len(one.usages) for one in few.readings.values()
    )


def test_what_is_not_followed_is_told(tmp_path: Path) -> None:
    """A call by which a function hands on more than is looked for at its callers has a key that is not known."""
    found = circle(tmp_path / "project", 7, BY_KEY)
    for reading in found.readings.values():
        untold = [usage for usage in reading.usages if usage.span.line in (5, 6) and not usage.handed]
        assert any("*" in (usage.written_key or "*") for usage in untold)


def test_a_long_chain_is_told_where_it_is_not_followed(tmp_path: Path) -> None:
    """Beyond so many functions, one behind the other, at the last call that is looked at."""
    last = 12
    for number in range(last):
        body = f"from m{number + 1} import send{number + 1}\ndef send{number}(key, value):\n    send{number + 1}(key, value)\n"
        (tmp_path / f"m{number}.py").write_text(body)
    (tmp_path / f"m{last}.py").write_text(
        f'def send{last}(key, value):\n    return {{"Helicone-Property-" + key: value}}\n'
    )
    found = survey(Project(str(tmp_path), sorted(map(str, tmp_path.iterdir()))))
    told = [usage for reading in found.readings.values() for usage in reading.usages if not usage.handed]
    assert [(usage.path[-5:], usage.span.line, usage.key_kind) for usage in told] == [("m6.py", 3, "dynamic")]
