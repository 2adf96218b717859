"""What an expression comes out as: every way, and a star where it may be anything."""

from __future__ import annotations

import pytest

from tests.lint.documents import parsed, shown

PYTHON = [
    ('"a"', ["a"]),
    ("'''a'''", ["a"]),
    ('""', [""]),
    ('f""', [""]),
    ('b"a"', ["a"]),
    ('r"\\n"', ["\\n"]),
    ('rb"\\n"', ["\\n"]),
    ('"\\n"', ["\n"]),
    ('f"{{a}}"', ["{a}"]),
    ('f"a{x}b"', ["a*b"]),
    ('f"{x}{y}"', ["*"]),
    ('f"a{x!r}"', ["a*"]),
    ('f"a{x:>3}"', ["a*"]),
    ("f\"a{'b'}c\"", ["abc"]),
    ("f\"{'b' if x else 'c'}d\"", ["bd", "cd"]),
    ('"a" "b"', ["ab"]),
    ('"a" + "b" + "c"', ["abc"]),
    ('"a" + x', ["a*"]),
    ('"a" + 1', ["a*"]),
    ('("a")', ["a"]),
    ('(\n"a"  # why\n)', ["a"]),
    ('"a" if x else "b"', ["a", "b"]),
    ('"a" if x else y', ["a", "*"]),
    ('"a" if x else "b" if y else "a"', ["a", "b", "a"]),
    ('x or "a"', ["a", "*"]),
    ('"" or "a"', ["a"]),
    ('None or "a"', ["a"]),
    ('x and "a"', ["a", "*"]),
    ('x.get("k", "a")', ["a", "*"]),
    ('x.get("k")', ["*"]),
    ('os.getenv("K", "a")', ["a", "*"]),
    ('os.environ.get("K", "a")', ["a", "*"]),
    ('getattr(x, "k", "a")', ["a", "*"]),
    ('x.pop("k", "a")', ["a", "*"]),
    ('get("k", "a")', ["*"]),
    ("str(1)", ["1"]),
    ("str(True)", ["True"]),
    ("str(None)", ["None"]),
    ("str(x)", ["*"]),
    ('"A".lower()', ["a"]),
    ('"a".upper()', ["A"]),
    ('" a ".strip()', ["a"]),
    ('"xa".strip("x")', ["*"]),
    ('"a".encode()', ["a"]),
    ('"a".replace("a", "b")', ["b"]),
    ('"a%sb" % x', ["a*b"]),
    ('"%s-%s" % ("a", "b")', ["a-b"]),
    ('"%d%%" % 3', ["3%"]),
    ('"%(k)s" % {"k": "a"}', ["*"]),
    ('"a{}b".format(x)', ["a*b"]),
    ('"{}-{}".format("a", "b")', ["a-b"]),
    ('"{1}-{0}".format("a", "b")', ["b-a"]),
    ('"{k}".format(k="a")', ["a"]),
    ('"{{}}{}".format("a")', ["{}a"]),
    ('"{0.x}{1!r}{2:>3}".format(x, y, z)', ["*"]),
    ('"{}{}".format("a")', ["a*"]),
    ("True", ["boolean true"]),
    ("1", ["integer 1"]),
    ("1.5", ["number 1.5"]),
    ("None", ["null None"]),
    ("-1", ["number *"]),
    ("x", ["*"]),
    ("x.y", ["*"]),
    ("x[0]", ["*"]),
    ('["a"]', ["list *"]),
    ('{"a": 1}', ["map *"]),
    ("[one for one in x]", ["list *"]),
    ("lambda: 1", ["*"]),
    ("x == y", ["boolean *"]),
    ("not x", ["boolean *"]),
    ("len(x)", ["number *"]),
    ("str(len(x))", ["*"]),
    ('f"{1}-{True}"', ["1-True"]),
    ('f"{0x10}"', ["*"]),
    ("json.dumps([1])", ["*"]),
    ("tidied([1])", ["*"]),
]
TYPESCRIPT = [
    ('"a"', ["a"]),
    ("'a'", ["a"]),
    ("`a`", ["a"]),
    ("``", [""]),
    ("`a${x}b`", ["a*b"]),
    ('`${"a"}-${`b`}`', ["a-b"]),
    ('`${x ? "a" : "b"}c`', ["ac", "bc"]),
    ("`{{a}}`", ["{{a}}"]),
    ('"\\u{61}\\x62"', ["ab"]),
    ('"a" + "b"', ["ab"]),
    ('"a" as const', ["a"]),
    ('"a" satisfies string', ["a"]),
    ('("a")!', ["a"]),
    ('x ? "a" : "b"', ["a", "b"]),
    ('x ?? "a"', ["a", "*"]),
    ('x || "a"', ["a", "*"]),
    ('x && "a"', ["a", "*"]),
    ('undefined ?? "a"', ["a"]),
    ("String(1)", ["1"]),
    ("String(true)", ["true"]),
    ("String(null)", ["null"]),
    ('"A".toLowerCase()', ["a"]),
    ('"a".concat("b", x)', ["ab*"]),
    ('"a".toString()', ["a"]),
    ("true", ["boolean true"]),
    ("12", ["integer 12"]),
    ("1.5", ["number 1.5"]),
    ("null", ["null null"]),
    ("undefined", ["null undefined"]),
    ("[1]", ["list *"]),
    ("({a: 1})", ["map *"]),
    ("!x", ["boolean *"]),
    ("x === y", ["boolean *"]),
    ("Date.now()", ["number *"]),
    ("String(Date.now())", ["*"]),
    ("`${1}${undefined}`", ["1undefined"]),
    ('["a", "b"].join("+")', ["a+b"]),
    ("JSON.stringify({a: 1})", ["*"]),
    ("await x", ["*"]),
    ("x.y", ["*"]),
    ("x?.y", ["*"]),
    ("/a/", ["*"]),
]
SHELL = [
    ('"a"', ["a"]),
    ("'a'", ["a"]),
    ("'a\\n'", ["a\\n"]),
    ('"a\\"b\\n"', ['a"b\\n']),
    ("a", ["a"]),
    ("a\\ b", ["a b"]),
    ('"a$x"', ["a*"]),
    ('"a${x}b"', ["a*b"]),
    ('"a${x:-d}b"', ["adb", "a*b"]),
    ('"$(ls)"', ["*"]),
    ("\"a\"'b'c", ["abc"]),
    ('""', [""]),
    ("''", [""]),
]


@pytest.mark.parametrize(("code", "ways"), PYTHON)
def test_python(code: str, ways: list[str]) -> None:
    """An expression of Python."""
    here = parsed(f"(\n0, {code})")
    tuple_node = here.document.root.named_children[0].named_children[0]
    assert shown(here.evaluator.ways(tuple_node.named_children[1])) == ways


@pytest.mark.parametrize("language", ["typescript", "tsx"])
@pytest.mark.parametrize(("code", "ways"), TYPESCRIPT)
def test_typescript(code: str, ways: list[str], language: str) -> None:
    """An expression of TypeScript, with and without JSX."""
    here = parsed(f"[0, {code}]", language)
    array = here.document.root.named_children[0].named_children[0]
    assert shown(here.evaluator.ways(array.named_children[1])) == ways


@pytest.mark.parametrize(("code", "ways"), SHELL)
def test_shell(code: str, ways: list[str]) -> None:
    """A word of a shell."""
    here = parsed(f"curl {code}", "shell")
    command = here.document.root.named_children[0]
    assert shown(here.evaluator.ways(command.named_children[1])) == ways


@pytest.mark.parametrize(
    "code",
    [
        "(" * 200 + '"a"' + ")" * 200,
        "+".join(['"a"'] * 500),
        " or ".join(["x"] * 500),
        "".join('"a" if x else ' for _ in range(300)) + '"b"',
        "f'" + "{x}" * 500 + "'",
    ],
)
def test_a_monster_may_be_anything(code: str) -> None:
    """It costs no more than it is worth."""
    here = parsed(f"(0, {code})")
    tuple_node = here.document.root.named_children[0].named_children[0]
    ways = here.evaluator.ways(tuple_node.named_children[1])
    assert ways
    assert len(ways) <= 33
