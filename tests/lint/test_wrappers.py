"""What looks like a wrapper and is none."""

from __future__ import annotations

import pytest

from tests.lint.documents import told

SILENT: list[tuple[str, str]] = [
    # another prefix
    (
        "a.py",
        """\
def tag(key, value):
    return {f"X-Other-{key}": value}
tag("app", "chat")
""",
    ),
    # a read
    (
        "a.py",
        """\
def read(headers, key):
    return headers.get(f"Helicone-Property-{key}")
read(h, "app")
""",
    ),
    # log text
    (
        "a.py",
        """\
def tag(key, value):
    log("Helicone-Property-" + key)
tag("app", "chat")
""",
    ),
    # an expectation of a test
    (
        "a.py",
        """\
def check(headers, key):
    assert headers[f"Helicone-Property-{key}"] == "chat"
check(h, "app")
""",
    ),
    # a method of the same name, of something that nobody knows
    (
        "a.py",
        """\
class Client:
    def tag(self, key, value):
        self.headers["X-" + key] = value
other.tag("app", "chat")
""",
    ),
    # another prefix
    (
        "a.ts",
        """\
const tag = (key, value) => ({ [`X-Other-${key}`]: value });
tag("app", "chat");
""",
    ),
    # a read
    (
        "a.ts",
        """\
const read = (headers, key) => headers.get(`Helicone-Property-${key}`);
read(h, "app");
""",
    ),
]


@pytest.mark.parametrize(("path", "code"), SILENT)
def test_what_is_no_wrapper_is_passed_in_silence(path: str, code: str) -> None:
    """However much it looks like one."""
    assert told(path, code) == []
