"""Names: what they are bound to where they stand, and where that cannot be known."""

from __future__ import annotations

import pytest

from tests.lint.documents import parsed, shown

# The name to look up is the last `NAME` of each.
PYTHON = [
    ("print(NAME)", ["*"]),
    ('NAME = "a"\nprint(NAME)', ["a"]),
    ('NAME: str = "a"\nprint(NAME)', ["a"]),
    ('NAME = "a"\nNAME = "b"\nprint(NAME)', ["a", "b"]),
    ('def f():\n    print(NAME)\nNAME = "a"\nf(NAME)', ["a"]),
    ('NAME = "a"\ndef f():\n    return NAME', ["a"]),
    ('NAME = "a"\ndef f(NAME):\n    return NAME', ["*"]),
    ('NAME = "a"\ndef f(*, NAME="b"):\n    return NAME', ["b", "*"]),
    ('NAME = "a"\ndef f(NAME: str):\n    return NAME', ["*"]),
    ('NAME = "a"\ndef f(*NAME):\n    return NAME', ["*"]),
    ('NAME = "a"\ndef f(**NAME):\n    return NAME', ["*"]),
    ('NAME = "a"\nf = lambda NAME: NAME', ["*"]),
    ('NAME = "a"\ndef f():\n    NAME = "b"\n    return NAME', ["b"]),
    ('def f():\n    NAME = "b"\nprint(NAME)', ["*"]),
    ('NAME = "a"\nfor NAME in x:\n    print(NAME)', ["*"]),
    ('NAME = "a"\nx = [NAME for NAME in y]\nprint(NAME)', ["*"]),
    ('NAME = "a"\nwith x as NAME:\n    print(NAME)', ["*"]),
    ('NAME = "a"\ntry: pass\nexcept E as NAME: print(NAME)', ["*"]),
    ('NAME = "a"\nNAME += "b"\nprint(NAME)', ["*"]),
    ('NAME, x = "a", "b"\nprint(NAME)', ["*"]),
    ('NAME = "a"\ndel NAME\nprint(NAME)', ["*"]),
    ("from x import NAME\nprint(NAME)", ["*"]),
    ("from x import y as NAME\nprint(NAME)", ["*"]),
    ('NAME = "a"\nimport NAME\nprint(NAME)', ["*"]),
    ('NAME = "a"\ndef NAME(): pass\nprint(NAME)', ["*"]),
    ('NAME = "a"\nclass NAME: pass\nprint(NAME)', ["*"]),
    ('NAME = "a"\ndef f():\n    global NAME\n    return NAME', ["*"]),
    ('if (NAME := "a"):\n    print(NAME)', ["a"]),
    ('x.NAME = "a"\nprint(NAME)', ["*"]),
    ('f(NAME="a")\nprint(NAME)', ["*"]),
    ('NAME = "a"\nx.NAME = "b"\nf(NAME="c")\nprint(NAME)', ["a"]),
    ("NAME = NAME\nprint(NAME)", ["*"]),
    ("A = NAME\nNAME = A\nprint(NAME)", ["*"]),
    ('NAME = "a" + NAME\nprint(NAME)', ["a*"]),
    ('A = "a"\nB = A\nNAME = B + "b"\nprint(NAME)', ["ab"]),
    ("\n".join(f'NAME = "{number}"' for number in range(20)) + "\nprint(NAME)", ["*"]),
    ('class C:\n    NAME = "a"\n    x = f(NAME)', ["a"]),
]
TYPESCRIPT = [
    ("f(NAME)", ["*"]),
    ('const NAME = "a";\nf(NAME)', ["a"]),
    ('export const NAME: string = "a";\nf(NAME)', ["a"]),
    ('let NAME = "a";\nNAME = "b";\nf(NAME)', ["a", "b"]),
    ('let NAME;\nNAME = "b";\nf(NAME)', ["b"]),
    ('let NAME = "a";\nNAME += "b";\nf(NAME)', ["*"]),
    ('let NAME = "a";\nNAME++;\nf(NAME)', ["*"]),
    ('let NAME = "a";\nfunction g() { NAME = "b"; }\nf(NAME)', ["a", "b"]),
    ('const NAME = "a";\n{ const NAME = "b"; f(NAME) }', ["b"]),
    ('const NAME = "a";\n{ const NAME = "b"; }\nf(NAME)', ["a"]),
    ('const NAME = "a";\nfunction g(NAME: string) { f(NAME) }', ["*"]),
    ('const NAME = "a";\nfunction g(NAME = "b") { f(NAME) }', ["b", "*"]),
    ('const NAME = "a";\nfunction g(...NAME: string[]) { f(NAME) }', ["*"]),
    ('const NAME = "a";\nfunction g({ NAME }: X) { f(NAME) }', ["*"]),
    ('const NAME = "a";\nfunction g({ x: NAME }: X) { f(NAME) }', ["*"]),
    ('const NAME = "a";\nfunction g([NAME]: X) { f(NAME) }', ["*"]),
    ('const NAME = "a";\nfunction g({ NAME = "b" }: X) { f(NAME) }', ["b", "*"]),
    ('const NAME = "a";\nx.map(NAME => f(NAME))', ["*"]),
    ('const NAME = "a";\nx.map((NAME) => f(NAME))', ["*"]),
    ('const NAME = "a";\nx.map(async (y) => { f(NAME) })', ["a"]),
    ('const NAME = "a";\nclass C { m(NAME: string) { f(NAME) } }', ["*"]),
    ('const NAME = "a";\nclass C { m() { f(NAME) } }', ["a"]),
    ("const { NAME } = x;\nf(NAME)", ["*"]),
    ("const [NAME] = x;\nf(NAME)", ["*"]),
    ('import NAME from "x";\nf(NAME)', ["*"]),
    ('import { NAME } from "x";\nf(NAME)', ["*"]),
    ('import { y as NAME } from "x";\nf(NAME)', ["*"]),
    ('import * as NAME from "x";\nf(NAME)', ["*"]),
    ('const NAME = "a";\nfor (const NAME of x) f(NAME)', ["*"]),
    ('const NAME = "a";\ntry {} catch (NAME) { f(NAME) }', ["*"]),
    ('const NAME = "a";\nfunction NAME() {}\nf(NAME)', ["*"]),
    ('const NAME = "a";\nconst o = { NAME: "b" }; o.NAME = "c";\nf(NAME)', ["a"]),
    ('const x = "a";\nconst NAME = `${x}b`;\nf(NAME)', ["ab"]),
    ('const NAME$ = "b";\nconst NAME = "a";\nf(NAME)', ["a"]),
]
SHELL = [
    ('echo "$NAME"', ["*"]),
    ('NAME="a"\necho "$NAME"', ["a"]),
    ('export NAME="a"\necho "${NAME}"', ["a"]),
    ('readonly NAME=a\necho "${NAME}b"', ["ab"]),
    ('NAME=a\nNAME=b\necho "$NAME"', ["a", "b"]),
    ('NAME=a\nfor NAME in x; do echo "$NAME"; done', ["*"]),
    ('NAME=a\nunset NAME\necho "$NAME"', ["*"]),
    ('NAME=$(ls)\necho "$NAME"', ["*"]),
    ('read -r NAME\necho "$NAME"', ["*"]),
]


@pytest.mark.parametrize(("code", "ways"), PYTHON)
def test_python(code: str, ways: list[str]) -> None:
    """Assignments count, whatever else binds the name makes it unknown."""
    here = parsed(code)
    assert shown(here.evaluator.ways(here.node("NAME"))) == ways


@pytest.mark.parametrize(("code", "ways"), TYPESCRIPT)
def test_typescript(code: str, ways: list[str]) -> None:
    """Blocks are scopes, parameters and patterns make a name unknown."""
    here = parsed(code, "typescript")
    assert shown(here.evaluator.ways(here.node("NAME"))) == ways


@pytest.mark.parametrize(("code", "ways"), SHELL)
def test_shell(code: str, ways: list[str]) -> None:
    """A script is one scope."""
    here = parsed(code, "shell")
    command = here.node("NAME")
    while command.type != "string":
        assert command.parent is not None
        command = command.parent
    assert shown(here.evaluator.ways(command)) == ways


def test_uses_of_a_name_are_those_that_see_it() -> None:
    """Where an inner scope binds the name anew, it is another one."""
    here = parsed(
        'NAME = "a"\nf(NAME)\ndef g():\n    h(NAME)\ndef i(NAME):\n    j(NAME)\ndef k():\n    NAME = 1\n    l(NAME)\nx.NAME\nf(NAME=1)\n'
    )
    declared = here.document.node_at(0, 4)
    assert declared is not None
    lines = [here.document.source.span(use.start_byte, use.end_byte).line for use in here.bindings.references(declared)]
    assert lines == [2, 4]
