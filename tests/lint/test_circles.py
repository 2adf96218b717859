"""Code that goes in circles, or by many ways to the same place, is read once: in time, and to its end."""

from __future__ import annotations

import time

import pytest

from tests.lint.documents import told

MANY = 14


def of_all(line: str, times: int = MANY) -> str:
    """`line` for each number, with `{this}` and `{next}` put in."""
    return "".join(line.replace("{this}", str(number)).replace("{next}", str(number + 1)) for number in range(times))


@pytest.mark.parametrize(
    ("path", "code", "usages"),
    [
        # a name that is an entry of what is under another name, without end
        (
            "a.ts",
            of_all("const a{this} = y[a{next}];\n", 300) + 'const h = { ["Helicone-Property-" + a0]: "b" };\n',
            ["301 * = b"],
        ),
        # an entry that is found by itself
        ("a.ts", 'const x = y[x ? x : x];\nconst h = { ["Helicone-Property-" + x.trim()]: "b" };\n', ["2 * = b"]),
        # a map that is the base of a class
        (
            "a.py",
            'x = {"app": "b"}\nclass C(x):\n    pass\nh = {f"Helicone-Property-{k}": v for k, v in x.items()}\n',
            ["1 app = b"],
        ),
        # maps made of maps; too deep is not known, and that is told
        (
            "a.py",
            of_all("a{this} = {**a{next}, **a{next}}\na{this} = {**a{next}}\na{this}.update(a{next})\n")
            + 'h = {f"Helicone-Property-{k}": v for k, v in a0.items()}\n',
            ["43 * = *"],
        ),
        # functions that give back what others give back, three times each
        (
            "a.py",
            of_all("def f{this}(x):\n    if x: return f{next}(x)\n    return {**f{next}(x), **f{next}(x)}\n")
            + 'h = {f"Helicone-Property-{k}": v for k, v in f0({"a": "b"}).items()}\n',
            ["43 * = *"],
        ),
        # a member of what has many names
        (
            "a.ts",
            of_all("let a{this} = a{next};\na{this} = b ? a{next} : a{next};\n")
            + 'const f = ({ app }) => ({ "Helicone-Property-App": app });\nf(a0);\n',
            ["29 app = *"],
        ),
        # names that stand for each other
        (
            "a.py",
            'a = b\nb = a\nh = {"Helicone-Property-" + a: b, **h}\nh.update(h)\n',
            ["3 * = *"],
        ),
        # a function that hands on to itself, and a class that is its own base
        (
            "a.py",
            (
                'class C(C):\n    def tag(self, key, value):\n        self.tag(key, value)\n        self.h["Helicone-Property-" + key] = value\n'
                'C().tag("app", "chat")\n'
            ),
            ["4 * = *", "5 app = chat"],
        ),
    ],
)
def test_it_is_read_in_time(path: str, code: str, usages: list[str]) -> None:
    """Much faster than the budget of a file."""
    start = time.process_time()
    assert told(path, code) == usages
    assert time.process_time() - start < 2.0
