"""Generated modules before real compilers: right uses pass and run, wrong ones are refused, deprecated ones struck out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from propguard import Checker
from propguard.evolve.codegen import LANGUAGES
from tests.evolve.modules import everything, many
from tests.strategies import TODAY

if TYPE_CHECKING:
    from pathlib import Path

PYTHON_USE = """\
from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Literal

from many import KEYS, Properties


def within(region: Literal["eu"] | None, state: Literal["enabled"]) -> Properties:
    return Properties().region(region).feature_({"new_ui": state, "fast": "enabled"})


moment = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.timezone.utc)
sizes = [1, 2]
built = (
    within("eu", "enabled")
    .user_tier("pro").quotes('say "hi"').huge("value_999")
    .count(3).score(0.5).score(1).billable(True).day(moment.date()).at(moment)
    .trace(uuid.UUID(int=1)).tags("a", "b").sizes(*sizes).levels("low", "high").levels()
    .feature(None).count_({"x": 1}).tags_({"x": ["p", "q"], "y": ("p",)})
    .class_("c").date("today").key_1st("k").cost_center("one").cost_center_2("two").proto("p").to_string(False)
)
key: Literal["user_tier"] = KEYS.user_tier
record: dict[str, str] = built.to_record()
headers: dict[str, str] = built.to_headers()
print(json.dumps([record, headers]))
"""

PYTHON_WRONG = [
    "Properties().enviroment('x')",  # no such property
    "KEYS.enviroment",
    "Properties().user_tier('premium')",  # outside the set
    "Properties().user_tier(str(1))",
    "Properties().region('mars')",
    "Properties().levels('low', 'medium')",
    "Properties().feature_({'new_ui': 'on'})",
    "Properties().tags_({'x': 'p'})",  # a text is no list of texts
    "Properties().count('3')",  # another type
    "Properties().count(1.5)",
    "Properties().billable('true')",
    "Properties().at('2026-01-31T09:30:00Z')",
    "Properties().at(1.5)",
    "Properties().tags(['a', 'b'])",
    "Properties().to_headers().region",
    "Properties(region='eu')",
]

PYTHON_DEPRECATED = [
    "Properties().tier('a')",
    "KEYS.tier",
    "Properties().region('us')",
    "Properties().feature_({'new_ui': 'disabled', 'fast': 'enabled'})",
]


def python_files(folder: Path) -> Path:
    for name, schema in everything().items():
        (folder / f"{name}.py").write_text(LANGUAGES["python"](schema), encoding="utf-8")
    (folder / "use.py").write_text(PYTHON_USE, encoding="utf-8")
    head = "from many import KEYS, Properties\n"
    (folder / "wrong.py").write_text(head + "\n".join(PYTHON_WRONG) + "\n", encoding="utf-8")
    (folder / "deprecated.py").write_text(head + "\n".join(PYTHON_DEPRECATED) + "\n", encoding="utf-8")
    return folder


EVERY_WRONG_LINE = {("wrong.py", number + 2) for number in range(len(PYTHON_WRONG))}
EVERY_DEPRECATED_LINE = {("deprecated.py", number + 2) for number in range(len(PYTHON_DEPRECATED))}


def test_mypy_takes_what_is_right_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    """In strict mode: no complaint about a generated module, one about each wrong line, a note of each deprecated one."""
    folder = python_files(tmp_path)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--python-version",
        "3.11",
        "--enable-error-code",
        "deprecated",
    ]
    ran = subprocess.run([*command, "."], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    told = re.findall(r"^(\w+\.py):(\d+): error: .*\[([\w-]+)\]$", ran.stdout, re.MULTILINE)
    assert {(name, int(line)) for name, line, code in told if code != "deprecated"} == EVERY_WRONG_LINE
    assert {(name, int(line)) for name, line, code in told if code == "deprecated"} == EVERY_DEPRECATED_LINE


@pytest.mark.external("pyright")
def test_pyright_takes_what_is_right_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    """In strict mode, too, and it strikes out what is deprecated."""
    folder = python_files(tmp_path)
    settings = {"include": ["."], "typeCheckingMode": "strict", "reportDeprecated": "error", "pythonVersion": "3.11"}
    settings |= {"reportUnusedExpression": "none"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    ran = subprocess.run(["pyright", "--outputjson"], cwd=folder, capture_output=True, text=True, check=False)
    told = json.loads(ran.stdout)["generalDiagnostics"]
    places: dict[bool, set[tuple[str, int]]] = {True: set(), False: set()}
    for each in told:
        is_deprecated = each.get("rule") == "reportDeprecated"
        name = each["file"].replace("\\", "/").rpartition("/")[2]
        places[is_deprecated].add((name, each["range"]["start"]["line"] + 1))
    assert places[False] == EVERY_WRONG_LINE
    assert places[True] == EVERY_DEPRECATED_LINE


def test_a_program_with_a_generated_module_runs(tmp_path: Path) -> None:
    """Without propguard and with every warning an error; what it writes is accepted at both doors."""
    folder = python_files(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", "import sys; sys.path.insert(0, '.'); import use"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    accepts(*json.loads(ran.stdout))


def accepts(record: dict[str, str], headers: dict[str, str]) -> None:
    judge = Checker(many(), today=TODAY)
    assert judge.check_record(record) == ()
    assert len(record) == len(headers) > 15
    for name, value in headers.items():
        assert judge.check(name.removeprefix("Helicone-Property-"), value, door="header") == ()


TYPESCRIPT_USE = """\
import { KEYS, Region, propertyHeaders, propertyRecord } from "./many";
import type { Properties } from "./many";

declare const console: { log(text: string): void };

function within(region: "eu" | null | undefined): Properties {
  return { region, "feature_*": { new_ui: "enabled", fast: "enabled", slow: undefined } };
}

const moment = new Date("2026-01-31T09:30:00Z");
const tags: readonly string[] = ["a", "b"];
const properties: Properties = {
  ...within(Region.eu),
  user_tier: "pro", quotes: 'say "hi"', huge: "value_999", count: 3, score: 1, billable: true,
  day: "2026-01-31", at: moment, trace: "00000000-0000-0000-0000-000000000001",
  tags, sizes: [1, 2], levels: ["low", "high"], feature: null,
  "count_*": { x: 1 }, "tags_*": { x: ["p", "q"], y: ["p"] },
  class: "c", date: "today", "1st": "k", "cost-center": "one", costCenter: "two", toString_: false,
  ["__proto__"]: "p",
};
const key: "user_tier" = KEYS.user_tier;
const record: Record<string, string> = propertyRecord(properties);
const part: Record<string, string> = propertyRecord({ count: 3 }, { partial: true });
const headers: Record<string, string> = propertyHeaders(properties);
console.log(JSON.stringify([record, headers, key, part]));
"""

TYPESCRIPT_WRONG = [
    "propertyHeaders({ enviroment: 'x' });",  # no such property
    "KEYS.enviroment;",
    "propertyHeaders({ user_tier: 'premium' });",  # outside the set
    "propertyRecord({ user_tier: String(1) });",
    "propertyHeaders({ levels: ['low', 'medium'] });",
    "propertyHeaders({ 'feature_*': { new_ui: 'on' } });",
    "propertyHeaders({ feature_new_ui: 'enabled' });",
    "propertyHeaders({ count: '3' });",  # another type
    "propertyHeaders({ billable: 'true' });",
    "propertyHeaders({ at: '2026-01-31T09:30:00Z' });",
    "propertyHeaders({ tags: 'a,b' });",
    "propertyHeaders({ 'tags_*': { x: 'p' } });",
    "Region.mars;",
    "KEYS.user_tier = 'x';",
    "propertyHeaders();",
]


@pytest.mark.external("tsc", "node")
def test_tsc_takes_what_is_right_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    """In strict mode; and the program runs and writes what is accepted, the same as that in Python."""
    for name, schema in everything().items():
        (tmp_path / f"{name}.ts").write_text(LANGUAGES["typescript"](schema), encoding="utf-8")
    (tmp_path / "use.ts").write_text(TYPESCRIPT_USE, encoding="utf-8")
    head = 'import { KEYS, Region, propertyHeaders, propertyRecord } from "./many";\n'
    (tmp_path / "wrong.ts").write_text(head + "\n".join(TYPESCRIPT_WRONG) + "\n", encoding="utf-8")
    good = [*(f"{name}.ts" for name in everything()), "use.ts"]
    made = tsc(tmp_path, "--module", "commonjs", "--outDir", "out", *good)
    assert made == ""
    refused = tsc(tmp_path, "--noEmit", "wrong.ts")
    lines = {int(line) for line in re.findall(r"^wrong\.ts\((\d+),\d+\): error TS\d+", refused, re.MULTILINE)}
    assert lines == {number + 2 for number in range(len(TYPESCRIPT_WRONG))}
    ran = subprocess.run(["node", "out/use.js"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    record, headers, key, part = json.loads(ran.stdout)
    assert part == {"count": "3"}
    assert key == "user_tier"
    accepts(record, headers)
    assert refusals(tmp_path) == list(TYPESCRIPT_REFUSED.values())
    python = subprocess.run(
        [sys.executable, "use.py"], cwd=python_files(tmp_path), capture_output=True, text=True, check=True
    )
    assert json.loads(python.stdout)[0] == record


# What is refused when it runs, as a program in JavaScript has no compiler to refuse it.
TYPESCRIPT_REFUSED = {
    "{ count: 3 }": "required and not set: user_tier",
    "{ user_tier: 'premium' }": '"premium" is no value of user_tier, such as free, pro',
    "{ user_tier: 'pro', feature_: 1 }": '"feature_" is no property',
    "{ user_tier: 'pro', count: -1 }": "-1 is outside of the range of count",
    "{ user_tier: 'pro', count: '3' }": '"3" is no integer that a property can have',
    "{ user_tier: 'pro', billable: 'true' }": '"true" is neither true nor false',
    "{ user_tier: 'pro', at: 'now' }": '"now" is no time; give a Date',
    "{ user_tier: 'pro', day: '2026-02-30' }": '"2026-02-30" is not what a value of day looks like',
    "{ user_tier: 'pro', feature: '' }": "a value of feature has 1 to 1000 characters, not 0",
    "{ user_tier: 'pro', feature: '😀'.repeat(1001) }": "a value of feature has 1 to 1000 characters, not 1001",
    "{ user_tier: 'pro', feature: 7 }": "7 is no text",
    "{ user_tier: 'pro', levels: ['low', 'medium'] }": '"medium" is no value of levels, such as low, high',
    "{ user_tier: 'pro', tags: 'a,b' }": '"a,b" is no list',
    "{ user_tier: 'pro', 'feature_*': { new_ui: 'on' } }": '"on" is no value of feature_new_ui, such as enabled, disabled',
}


def refusals(folder: Path) -> list[str]:
    """What the generated module says to each of these."""
    tried = "".join(f"tried({properties});\n" for properties in TYPESCRIPT_REFUSED)
    program = f"""\
const {{ propertyHeaders }} = require("./many");
const said = [];
function tried(properties) {{
  try {{ propertyHeaders(properties); said.push("sent"); }} catch (error) {{ said.push(error.message); }}
}}
{tried}console.log(JSON.stringify(said));
"""
    (folder / "out" / "refused.js").write_text(program, encoding="utf-8")
    ran = subprocess.run(["node", "out/refused.js"], cwd=folder, capture_output=True, text=True, check=True)
    said: list[str] = json.loads(ran.stdout)
    return said


STRICTER = """--exactOptionalPropertyTypes --noUncheckedIndexedAccess --noUnusedLocals --noUnusedParameters --noImplicitReturns
--declaration --isolatedDeclarations --noPropertyAccessFromIndexSignature --noFallthroughCasesInSwitch"""


@pytest.mark.external("tsc")
def test_generated_typescript_passes_every_stricter_check(tmp_path: Path) -> None:
    """A project that asks for more than `--strict` can have it in its tree."""
    names = [name for name in everything() if name != "none"]  # without a property, a function has nothing to look at
    for name in names:
        (tmp_path / f"{name}.ts").write_text(LANGUAGES["typescript"](everything()[name]), encoding="utf-8")
    assert tsc(tmp_path, "--noEmit", *STRICTER.split(), *(f"{name}.ts" for name in names)) == ""


def tsc(folder: Path, *arguments: str) -> str:
    """What the compiler says of files of a folder."""
    ran = subprocess.run(["tsc", "--strict", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr
