"""Several files: a wrapper or a constant is known in every module that imports it, and in no other."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from propguard.compilers import Checker
from propguard.lint.files import list_files
from propguard.lint.project import Project, survey
from propguard.lint.run import lint_paths
from tests.lint.documents import SCHEMA, shown_usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Files = dict[str, str]

PY = 'def tag(key, value):\n    return {f"Helicone-Property-{key}": value}\n'
TS = "export function tag(key: string, value: string) { return { [`Helicone-Property-${key}`]: value }; }\n"
DEFAULT = "export default function tag(key, value) { return { [`Helicone-Property-${key}`]: value }; }\n"
CJS = "function tag(key, value) { return { [`Helicone-Property-${key}`]: value }; }\n"
CALL = 'tag("app", "chat")\n'
CALLS = 'tag("app", "chat");\n'

# The files, and what is told of the one called `use`.
PYTHON: list[tuple[Files, list[str]]] = [
    ({"a.py": PY, "use.py": "from a import tag\n" + CALL}, ["2 app = chat"]),
    ({"a.py": PY, "use.py": 'from a import tag as label\nlabel("app", "chat")\n'}, ["2 app = chat"]),
    ({"a.py": PY, "use.py": 'import a\na.tag("app", "chat")\n'}, ["2 app = chat"]),
    ({"a.py": PY, "use.py": 'import a as b\nb.tag("app", "chat")\n'}, ["2 app = chat"]),
    ({"a.py": PY, "use.py": "from a import *\n" + CALL}, ["2 app = chat"]),
    ({"pkg/a.py": PY, "pkg/use.py": "from .a import tag\n" + CALL}, ["2 app = chat"]),
    ({"pkg/a.py": PY, "pkg/use.py": 'from . import a\na.tag("app", "chat")\n'}, ["2 app = chat"]),
    ({"pkg/a.py": PY, "pkg/in/use.py": "from ..a import tag\n" + CALL}, ["2 app = chat"]),
    ({"pkg/a.py": PY, "use.py": 'import pkg.a\npkg.a.tag("app", "chat")\n'}, ["2 app = chat"]),
    # handed on by a package, under its own name and under another
    ({"pkg/__init__.py": "from .a import tag\n", "pkg/a.py": PY, "use.py": "from pkg import tag\n" + CALL}, ["2 app = chat"]),
    (
        {"pkg/__init__.py": "from .a import tag as label\n", "pkg/a.py": PY, "use.py": 'from pkg import label\nlabel("app", "chat")\n'},
        ["2 app = chat"],
    ),
    ({"src/pkg/__init__.py": "", "src/pkg/a.py": PY, "tests/use.py": "from pkg.a import tag\n" + CALL}, ["2 app = chat"]),
    ({"b.py": "from a import tag\ndef mark(key, value):\n    return tag(key, value)\n", "a.py": PY, "use.py": 'from b import mark\nmark("app", "chat")\n'}, ["2 app = chat"]),
    # constants, enums and maps of another module
    ({"a.py": 'KEY = "Helicone-Property-App"\n', "use.py": 'from a import KEY\nh = {KEY: "chat"}\n'}, ["2 app = chat"]),
    ({"a.py": 'KEY = "app"\n', "use.py": 'import a\nh = {f"Helicone-Property-{a.KEY}": "chat"}\n'}, ["2 app = chat"]),
    ({"a.py": 'class K(str, Enum):\n    APP = "Helicone-Property-App"\n', "use.py": 'from a import K\nh = {K.APP: "chat"}\n'}, ["2 app = chat"]),
    ({"a.py": 'ENV = "dev"\n', "use.py": 'from a import ENV\nh = {"Helicone-Property-Env": ENV}\n'}, ["2 env = dev"]),
    # a method of a class of another module, and of a class that is derived from it
    (
        {"a.py": 'class Client:\n    def tag(self, key, value):\n        self.h["Helicone-Property-" + key] = value\n', "use.py": 'from a import Client\nclass Own(Client):\n    pass\nClient().tag("app", "chat")\nOwn().tag("env", "dev")\n'},
        ["4 app = chat", "5 env = dev"],
    ),
    # modules that import each other
    ({"a.py": "from use import other\n" + PY, "use.py": "from a import tag\ndef other():\n    " + CALL}, ["3 app = chat"]),
    ({"a.py": "from b import tag\n", "b.py": "from a import tag\n", "use.py": "from a import tag\nh = {'Helicone-Property-A': 1}\n" + CALL}, ["2 a = 1"]),
    ({"a.py": "from b import B\nA = B + 'x'\n", "b.py": "from a import A\nB = A\n", "use.py": "from a import A\nh = {'Helicone-Property-' + A: 1, 'Helicone-Property-App': 2}\n"}, ["2 *xx = 1", "2 app = 2"]),
    # the same name of another module, and of none
    ({"a.py": PY, "b.py": "def tag(key, value): ...\n", "use.py": "from b import tag\n" + CALL}, []),
    ({"a.py": PY, "use.py": "from elsewhere import tag\n" + CALL}, []),
    ({"a.py": PY, "use.py": "import a\ndef tag(key, value): ...\n" + CALL}, []),
]  # fmt: skip
TYPESCRIPT: list[tuple[Files, list[str]]] = [
    ({"a.ts": TS, "use.ts": 'import { tag } from "./a";\n' + CALLS}, ["2 app = chat"]),
    ({"a.ts": TS, "use.ts": 'import { tag } from "./a.js";\n' + CALLS}, ["2 app = chat"]),
    ({"a.ts": TS, "use.ts": 'import { tag as label } from "./a";\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    ({"a.ts": TS, "use.ts": 'import * as a from "./a";\na.tag("app", "chat");\n'}, ["2 app = chat"]),
    ({"a.ts": DEFAULT, "use.ts": 'import label from "./a";\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    ({"a.ts": TS, "use.ts": 'const { tag } = await import("./a");\n' + CALLS}, ["2 app = chat"]),
    # handed on, under its own name and under another
    ({"lib/index.ts": 'export { tag } from "./a";\n', "lib/a.ts": TS, "use.ts": 'import { tag } from "./lib";\n' + CALLS}, ["2 app = chat"]),
    ({"lib/index.ts": 'export * from "./a";\n', "lib/a.ts": TS, "use.ts": 'import { tag } from "./lib";\n' + CALLS}, ["2 app = chat"]),
    ({"lib/index.ts": 'export { tag as label } from "./a";\n', "lib/a.ts": TS, "use.ts": 'import { label } from "./lib";\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    ({"lib/index.ts": 'import { tag } from "./a";\nexport { tag as label };\n', "lib/a.ts": TS, "use.ts": 'import { label } from "./lib";\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    ({"lib/index.ts": 'export { default as label } from "./a";\n', "lib/a.ts": DEFAULT, "use.ts": 'import { label } from "./lib";\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    # CommonJS
    ({"a.js": CJS + "module.exports = { tag };\n", "use.js": 'const { tag } = require("./a");\n' + CALLS}, ["2 app = chat"]),
    ({"a.js": CJS + "module.exports = { tag };\n", "use.js": 'const a = require("./a");\na.tag("app", "chat");\n'}, ["2 app = chat"]),
    ({"a.js": CJS + "exports.tag = tag;\n", "use.js": 'const { tag: label } = require("./a");\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    ({"a.js": CJS + "module.exports = tag;\n", "use.js": 'const label = require("./a");\nlabel("app", "chat");\n'}, ["2 app = chat"]),
    # by paths of the compiler's configuration, and by the packages of a workspace
    (
        {"tsconfig.json": '{\n  // paths\n  "compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}},\n}\n', "src/a.ts": TS, "src/use.ts": 'import { tag } from "@/a";\n' + CALLS},
        ["2 app = chat"],
    ),
    (
        {"package.json": '{"workspaces": ["packages/*"]}', "packages/tags/package.json": '{"name": "@shop/tags", "main": "src/index.ts"}', "packages/tags/src/index.ts": TS, "packages/web/package.json": '{"name": "web"}', "packages/web/use.ts": 'import { tag } from "@shop/tags";\n' + CALLS},
        ["2 app = chat"],
    ),
    # constants, enums and maps of another module
    ({"a.ts": 'export const KEY = "Helicone-Property-App";\n', "use.ts": 'import { KEY } from "./a";\nconst h = { [KEY]: "chat" };\n'}, ["2 app = chat"]),
    ({"a.ts": 'export const KEYS = { app: "Helicone-Property-App" } as const;\n', "use.ts": 'import { KEYS } from "./a";\nconst h = { [KEYS.app]: "chat" };\n'}, ["2 app = chat"]),
    ({"a.ts": 'export enum Keys { App = "Helicone-Property-App" }\n', "use.ts": 'import { Keys } from "./a";\nconst h = { [Keys.App]: "chat" };\n'}, ["2 app = chat"]),
    # imports in circles, and what is handed on in circles
    ({"a.ts": 'import { other } from "./use";\n' + TS, "use.ts": 'import { tag } from "./a";\nexport const other = () => tag("app", "chat");\n'}, ["2 app = chat"]),
    ({"a.ts": 'import { B } from "./b";\nexport const A = B + "x";\n', "b.ts": 'import { A } from "./a";\nexport const B = A;\n', "use.ts": 'import { A } from "./a";\nconst h = { ["Helicone-Property-" + A]: 1, "Helicone-Property-App": 2 };\n'}, ["2 *xx = 1", "2 app = 2"]),
    ({"b/a.ts": 'export * from "./index";\n' + TS, "b/index.ts": 'export * from "./a";\n', "use.ts": 'import { tag } from "./b";\n' + CALLS}, ["2 app = chat"]),
    ({"a.ts": 'export { tag } from "./b";\n', "b.ts": 'export { tag } from "./a";\n', "use.ts": 'import { tag } from "./b";\nconst h = { "Helicone-Property-A": 1 };\n' + CALLS}, ["2 a = 1"]),
    # the same name of another module, and of none
    ({"a.ts": TS, "b.ts": "export const tag = (key, value) => key;\n", "use.ts": 'import { tag } from "./b";\n' + CALLS}, []),
    ({"a.ts": TS, "use.ts": 'import { tag } from "elsewhere";\n' + CALLS}, []),
    ({"a.ts": TS, "use.ts": 'import { other } from "./a";\nfunction f(tag) { tag("app", "chat"); }\n'}, []),
]  # fmt: skip


def put(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def told_of_use(folder: Path, files: Files) -> list[str]:
    put(folder, files)
    readings = survey(Project(str(folder), [str(folder / name) for name in files])).readings
    return [
        shown_usage(usage)
        for path, reading in readings.items()
        for usage in reading.usages
        if path.rpartition("/")[2].startswith("use.")
    ]


@pytest.mark.parametrize(("files", "usages"), PYTHON)
def test_python(tmp_path: Path, files: Files, usages: list[str]) -> None:
    """By every kind of import, through packages and along circles."""
    assert told_of_use(tmp_path, files) == usages


@pytest.mark.parametrize(("files", "usages"), TYPESCRIPT)
def test_typescript(tmp_path: Path, files: Files, usages: list[str]) -> None:
    """By every kind of import and export, and by what the configuration calls a module."""
    assert told_of_use(tmp_path, files) == usages


MANIFEST = {"pyproject.toml": "[project]\n"}
USING = {
    "a.py": PY,
    "pkg/b.py": 'from a import tag\ntag("env", "production")\n',
    "pkg/c.py": "from pkg.b import tag\nENV = {'Helicone-Property-Environment': 'prod'}\n",
}


@pytest.mark.parametrize("is_repository", [True, False])
@pytest.mark.parametrize("name", USING)
def test_a_file_has_the_same_findings_alone_as_with_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_repository: bool
) -> None:
    """A file that is named is read as a part of its project, be that a repository or only a package."""
    put(tmp_path, USING | MANIFEST)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    if is_repository:
        subprocess.run(["git", "init", "--quiet"], check=True)

    def found(path: str) -> list[str]:
        findings = lint_paths(list_files([path]), lambda _: (Checker(SCHEMA), "test")).findings
        return [one.where() + one.violation.rule for one in findings if one.where().startswith(f"{name}:")]

    assert found(name) == found(".")
    assert bool(found(name)) == (name != "a.py")  # what a wrapper is handed is judged where it is called
