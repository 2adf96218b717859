"""Maps: what one holds that is built in steps, and then has the prefix put before its keys."""

from __future__ import annotations

import pytest

from tests.lint.documents import told

PYTHON: list[tuple[str, list[str]]] = [
    # headers, by name and by `update`
    (
        """\
h = {}
h["Helicone-Property-App"] = "chat"
h.update({"Helicone-Property-Env": "dev"})
""",
        ["2 app = chat", "3 env = dev"],
    ),
    # entry by entry
    (
        """\
props = {"app": "chat"}
props["env"] = "dev"
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # update with keywords
    (
        """\
props = {"app": "chat"}
props.update(env="dev", team="a")
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "2 env = dev", "2 team = a"],
    ),
    # merged in
    (
        """\
props = {"app": "chat"}
props |= {"env": "dev"}
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # setdefault
    (
        """\
props = {"app": "chat"}
props.setdefault("env", "dev")
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # spread
    (
        """\
base = {"app": "chat"}
props = {**base, "env": "dev"}
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # the union of two
    (
        """\
base = {"app": "chat"}
h = {f"Helicone-Property-{k}": v for k, v in (base | {"env": "dev"}).items()}
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # in the branches of a condition
    (
        """\
props = dict(app="chat")
if x:
    props["env"] = "dev"
else:
    props["env"] = "prod"
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "3 env = dev", "5 env = prod"],
    ),
    # one of two
    (
        """\
props = {"app": "chat"} if x else {"env": "dev"}
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "1 env = dev"],
    ),
    # a literal, gone through on the spot
    (
        'h = {f"Helicone-Property-{k}": v for k, v in {"app": "chat", "env": x}.items()}',
        ["1 app = chat", "1 env = *"],
    ),
    # a list of pairs
    (
        'h = {f"Helicone-Property-{k}": v for k, v in [("app", "chat"), ("env", "dev")]}',
        ["1 app = chat", "1 env = dev"],
    ),
    # a list of names
    (
        'h = {f"Helicone-Property-{k}": "1" for k in ("app", "env")}',
        ["1 app = 1", "1 env = 1"],
    ),
    # pairs that are made of a map
    (
        'h = dict((f"Helicone-Property-{k}", v) for k, v in {"app": "chat"}.items())',
        ["1 app = chat"],
    ),
    # pairs in a loop
    (
        """\
h = {}
for k, v in (("app", "chat"), ("env", "dev")):
    h[f"Helicone-Property-{k}"] = v
""",
        ["2 app = chat", "2 env = dev"],
    ),
    # names in a loop
    (
        """\
h = {}
for k in ["app", "env"]:
    h["Helicone-Property-" + k] = values[k]
""",
        ["3 app = *", "3 env = *"],
    ),
    # what is taken out again is told all the same: the linter knows no order of events
    (
        """\
props = {"app": "chat", "secret": "x"}
props.pop("secret")
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat", "1 secret = x"],
    ),
    # put into what comes from elsewhere
    (
        """\
props = load()
props["app"] = "chat"
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["2 app = chat", "3 * = *"],
    ),
    # what a function gives back
    (
        """\
def f():
    props = {"app": "chat"}
    return props
h = {f"Helicone-Property-{k}": v for k, v in f().items()}
""",
        ["2 app = chat"],
    ),
    # put into what a function was given
    (
        """\
def f(props):
    props["env"] = "dev"
    return {f"Helicone-Property-{k}": v for k, v in props.items()}
f({"app": "chat"})
""",
        ["2 env = dev", "3 * = *", "4 app = chat"],
    ),
    # a copy, put into
    (
        """\
def f(props):
    props = dict(props)
    props.update({"env": "dev"})
    return {f"Helicone-Property-{k}": v for k, v in props.items()}
f({"app": "chat"})
""",
        ["3 env = dev", "4 * = *", "5 app = chat"],
    ),
    # keys and values that are zipped together are not known
    (
        """\
props = dict(zip(["app", "env"], ["chat", "dev"]))
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["2 * = *"],
    ),
    # another map is not meant
    (
        """\
props = {"app": "chat"}
other = {"env": "dev"}
h = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat"],
    ),
    # keys without a prefix are none
    (
        """\
props = {"app": "chat"}
h = {k: v for k, v in props.items()}
""",
        [],
    ),
    # the name bound anew
    (
        """\
props = {"app": "chat"}
props = {f"Helicone-Property-{k}": v for k, v in props.items()}
""",
        ["1 app = chat"],
    ),
    # headers, merged in
    (
        """\
h = {}
h |= {"Helicone-Property-App": "chat"}
h = h | {"Helicone-Property-Env": "dev"}
""",
        ["2 app = chat", "3 env = dev"],
    ),
]
TYPESCRIPT: list[tuple[str, list[str]]] = [
    # entry by entry
    (
        """\
const props = { app: "chat" };
props.env = "dev";
const h = Object.fromEntries(Object.entries(props).map(([k, v]) => [`Helicone-Property-${k}`, v]));
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # assign
    (
        """\
const props = { app: "chat" };
Object.assign(props, { env: "dev" }, more);
const h = Object.fromEntries(Object.entries(props).map(([k, v]) => [`Helicone-Property-${k}`, v]));
""",
        ["1 app = chat", "2 env = dev", "3 * = *"],
    ),
    # assign into a new one
    (
        """\
const props = Object.assign({}, { app: "chat" }, { env: "dev" });
const h = Object.fromEntries(Object.entries(props).map(([k, v]) => [`Helicone-Property-${k}`, v]));
""",
        ["1 app = chat", "1 env = dev"],
    ),
    # spread, under a condition
    (
        """\
const base = { app: "chat" };
const props = { ...base, ...(x ? { env: "dev" } : {}) };
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # spread, guarded
    (
        """\
const props = { app: "chat", ...(x && { env: "dev" }) };
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["1 app = chat", "1 env = dev"],
    ),
    # in the branches of a condition
    (
        """\
let props = {};
if (x) props = { app: "chat" };
else props["env"] = "dev";
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["2 app = chat", "3 env = dev"],
    ),
    # a Map
    (
        """\
const props = new Map([["app", "chat"]]);
props.set("env", "dev");
for (const [k, v] of props) h[`Helicone-Property-${k}`] = v;
""",
        ["1 app = chat", "2 env = dev"],
    ),
    # a Map, by forEach
    (
        """\
const props = new Map();
props.set("app", "chat");
props.forEach((v, k) => { h[`Helicone-Property-${k}`] = v; });
""",
        ["2 app = chat"],
    ),
    # names in a loop
    (
        'for (const k of ["app", "env"]) h[`Helicone-Property-${k}`] = values[k];',
        ["1 app = *", "1 env = *"],
    ),
    # names, by forEach
    (
        '["app", "env"].forEach((k) => { h[`Helicone-Property-${k}`] = values[k]; });',
        ["1 app = *", "1 env = *"],
    ),
    # one of two
    (
        """\
const props = x ? { app: "chat" } : { env: "dev" };
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["1 app = chat", "1 env = dev"],
    ),
    # where it was nothing before
    (
        """\
props ??= { app: "chat" };
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["1 app = chat", "2 * = *"],
    ),
    # what is deleted is told all the same
    (
        """\
const props = { app: "chat" };
delete props.app;
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["1 app = chat"],
    ),
    # another map is not meant
    (
        """\
const other = { app: "chat" };
for (const [k, v] of Object.entries(props)) h[`Helicone-Property-${k}`] = v;
""",
        ["2 * = *"],
    ),
    # headers, spread under a condition
    (
        'const h = { ["Helicone-Property-App"]: "chat", ...(user ? { "Helicone-Property-Env": "dev" } : {}) };',
        ["1 app = chat", "1 env = dev"],
    ),
    # Headers, by append and set
    (
        """\
const h = new Headers();
h.append("Helicone-Property-App", "chat");
h.set("Helicone-Property-Env", "dev");
""",
        ["2 app = chat", "3 env = dev"],
    ),
    # the rest of another map is not known
    (
        """\
const { app, ...rest } = { app: "chat", env: "dev" };
for (const [k, v] of Object.entries(rest)) h[`Helicone-Property-${k}`] = v;
""",
        ["2 * = *"],
    ),
]


@pytest.mark.parametrize(("code", "usages"), PYTHON)
def test_python(code: str, usages: list[str]) -> None:
    """Each entry is a usage where it is written, whatever step it is put in by."""
    assert told("a.py", code) == usages


@pytest.mark.parametrize(("code", "usages"), TYPESCRIPT)
def test_typescript(code: str, usages: list[str]) -> None:
    """The same."""
    assert told("a.ts", code) == usages
