"""Wrappers in TypeScript: which usages a piece of code gives that writes properties through functions of its own."""

from __future__ import annotations

import pytest

from tests.lint.documents import told

TYPESCRIPT: list[tuple[str, list[str]]] = [
    # the prefix is put before a key
    (
        """\
export function tag(key: string, value: string) { return { [`Helicone-Property-${key}`]: value }; }
tag("app", "chat");
""",
        ["1 * = *", "2 app = chat"],
    ),
    # and the key is put in small letters
    (
        """\
const tag = (key, value) => ({ ["Helicone-Property-" + key.toLowerCase()]: value });
tag("App", "chat");
""",
        ["1 * = *", "2 app = chat"],
    ),
    # every underscore rewritten
    (
        """\
const tag = (key, value) => ({ [`Helicone-Property-${key.replace(/_/g, "-")}`]: value });
tag("user_tier_x", "gold");
""",
        ["1 * = *", "2 user-tier-x = gold"],
    ),
    # only the first rewritten
    (
        """\
const tag = (key, value) => ({ [`Helicone-Property-${key.replace("_", "-")}`]: value });
tag("user_tier_x", "gold");
""",
        ["1 * = *", "2 user-tier_x = gold"],
    ),
    # split, each piece raised, joined
    (
        """\
const name = (key) => "Helicone-Property-" + key.split("_").map((p) => p[0].toUpperCase() + p.slice(1)).join("-");
const h = { [name("user_tier")]: "gold" };
""",
        ["1 * = *", "2 user-tier = gold"],
    ),
    # split and joined
    (
        """\
const tag = (key, value) => ({ ["Helicone-Property-" + key.split("_").join("-")]: value });
tag("user_tier", "gold");
""",
        ["1 * = *", "2 user-tier = gold"],
    ),
    # only where it is absent
    (
        """\
const name = (key) => key.startsWith("Helicone-Property-") ? key : `Helicone-Property-${key}`;
fetch(u, { headers: { [name("app")]: "chat", [name("Helicone-Property-env")]: "dev" } });
""",
        ["1 * = *", "2 app = chat", "2 env = dev"],
    ),
    # destructured options imply keys, one with a default
    (
        """\
function ask(prompt, { feature, tier = "free" }) {
  return post({ headers: { "Helicone-Property-Feature": feature, "Helicone-Property-Tier": tier } });
}
ask("hi", { feature: "chat" });
ask("hi", { feature: "search", tier: "gold" });
""",
        ["2 feature = *", "2 tier = free", "4 feature = chat", "5 feature = search", "5 tier = gold"],
    ),
    # the rest of what is destructured
    (
        """\
function ask(prompt, { model, ...props }) {
  return post({ headers: Object.fromEntries(Object.entries(props).map(([k, v]) => [`Helicone-Property-${k}`, v])) });
}
ask("hi", { model: "x", app: "chat" });
""",
        ["2 * = *", "4 app = chat"],
    ),
    # a map that is the default
    (
        """\
function ask(prompt, props = { app: "chat" }) {
  const headers = {};
  for (const [k, v] of Object.entries(props)) headers[`Helicone-Property-${k}`] = v;
  return post({ headers });
}
ask("hi", { env: "dev" });
""",
        ["3 * = *", "6 env = dev"],
    ),
    # a field that the constructor declares
    (
        """\
class Client {
  constructor(private readonly props: Record<string, string>) {}
  headers() { return Object.fromEntries(Object.entries(this.props).map(([k, v]) => [`Helicone-Property-${k}`, v])); }
}
new Client({ app: "chat" }).headers();
""",
        ["3 * = *", "5 app = chat"],
    ),
    # a private field, in a chain
    (
        """\
class Client {
  #props = {};
  with(key, value) { this.#props[`Helicone-Property-${key}`] = value; return this; }
}
new Client().with("app", "chat").with("env", "dev");
""",
        ["3 * = *", "5 app = chat", "5 env = dev"],
    ),
    # an object literal with methods
    (
        """\
const helicone = { tag(key, value) { return { [`Helicone-Property-${key}`]: value }; }, other: (value) => ({ "Helicone-Property-Env": value }) };
helicone.tag("app", "chat");
helicone.other("dev");
""",
        ["1 * = *", "1 env = *", "2 app = chat", "3 env = dev"],
    ),
    # a factory of an object
    (
        """\
function createClient(base) { return { tag: (key, value) => ({ [`Helicone-Property-${key}`]: value }) }; }
const client = createClient("x");
client.tag("app", "chat");
""",
        ["1 * = *", "3 app = chat"],
    ),
    # a function that gives back a function
    (
        """\
const withKey = (key) => (value) => ({ [`Helicone-Property-${key}`]: value });
withKey("app")("chat");
""",
        ["1 * = *", "2 app = *"],
    ),
    # a decorator with arguments
    (
        """\
function Tagged(key, value) { return function (target, name, descriptor) { post({ headers: { [`Helicone-Property-${key}`]: value } }); }; }
class S { @Tagged("app", "chat") run() {} }
""",
        ["1 * = *", "2 app = chat"],
    ),
    # an asynchronous storage
    (
        """\
const storage = new AsyncLocalStorage();
const withProps = (props, work) => storage.run(props, work);
function headers() { const out = {}; for (const [k, v] of Object.entries(storage.getStore())) out[`Helicone-Property-${k}`] = v; return out; }
withProps({ app: "chat" }, () => 1);
""",
        ["3 * = *", "4 app = chat"],
    ),
    # several hops
    (
        """\
const a = (key, value) => ({ [`Helicone-Property-${key}`]: value });
const b = (key, value) => a(key, value);
const c = (props) => Object.entries(props).map(([k, v]) => b(k, v));
c({ app: "chat" });
""",
        ["1 * = *", "4 app = chat"],
    ),
    # a reduction of keys
    (
        """\
function headers(props) { return Object.keys(props).reduce((acc, key) => ({ ...acc, [`Helicone-Property-${key}`]: props[key] }), {}); }
headers({ app: "chat" });
""",
        ["1 * = *", "2 app = chat"],
    ),
    # a reduction of entries
    (
        """\
function headers(props) { return Object.entries(props).reduce((acc, [k, v]) => { acc[`Helicone-Property-${k}`] = v; return acc; }, {}); }
headers({ app: "chat" });
""",
        ["1 * = *", "2 app = chat"],
    ),
    # forEach into headers
    (
        """\
function headers(props) { const h = new Headers(); Object.entries(props).forEach(([k, v]) => h.set(`Helicone-Property-${k}`, v)); return h; }
headers({ app: "chat" });
""",
        ["1 * = *", "2 app = chat"],
    ),
    # for … in
    (
        """\
function headers(props) { const h = {}; for (const k in props) { if (props[k]) h["Helicone-Property-" + k] = String(props[k]); } return h; }
headers({ app: "chat", n: 3 });
""",
        ["1 * = *", "2 app = chat", "2 n = 3"],
    ),
    # the PUT call
    (
        """\
const put = (id, key, value) => fetch(`https://api.helicone.ai/v1/request/${id}/property`, { method: "PUT", body: JSON.stringify({ key, value }) });
put("1", "app", "chat");
""",
        ["1 * = *", "2 app = chat"],
    ),
    # an abstract class
    (
        """\
abstract class Base { protected tag(key: string, value: string) { return { [`Helicone-Property-${key}`]: value }; } }
class Child extends Base { run() { this.tag("app", "chat"); super.tag("env", "dev"); } }
""",
        ["1 * = *", "2 app = chat", "2 env = dev"],
    ),
    # a parameter and a method of the same name
    (
        """\
const tag = (key, value) => ({ [`Helicone-Property-${key}`]: value });
function g(tag) { tag("app", "chat"); }
other.tag("env", "dev");
""",
        ["1 * = *"],
    ),
]


@pytest.mark.parametrize(("code", "usages"), TYPESCRIPT)
def test_a_call_is_a_usage_at_its_argument(code: str, usages: list[str]) -> None:
    """The same; what is taken apart in the parameters is known by its name."""
    assert told("a.ts", code) == usages
