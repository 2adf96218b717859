"""Wrappers: which usages a piece of code gives that writes properties through functions of its own."""

from __future__ import annotations

import pytest

from tests.lint.documents import told

PYTHON: list[tuple[str, list[str]]] = [
    # the prefix is put before a key
    (
        """\
def tag(key, value):
    return {f"Helicone-Property-{key}": value}
tag("app", "chat")
""",
        ["2 * = *", "3 app = chat"],
    ),
    # and the key is rewritten
    (
        """\
def tag(key, value):
    return {"Helicone-Property-" + key.replace("_", "-").title(): value}
tag("user_tier", "gold")
""",
        ["2 * = *", "3 user-tier = gold"],
    ),
    # by a pattern
    (
        """\
def tag(key, value):
    return {"Helicone-Property-" + re.sub(r"_", "-", key): value}
tag("user_tier", "gold")
""",
        ["2 * = *", "3 user-tier = gold"],
    ),
    # in a way that is not known
    (
        """\
def tag(key, value):
    return {"Helicone-Property-" + slug(key): value}
tag("app", "chat")
""",
        ["2 * = *", "3 * = chat"],
    ),
    # only where it is absent
    (
        """\
def name(key):
    return key if key.startswith("Helicone-Property-") else f"Helicone-Property-{key}"
h = {name("app"): "chat", name("Helicone-Property-env"): "dev"}
""",
        ["2 * = *", "3 app = chat", "3 env = dev"],
    ),
    # a parameter implies the key
    (
        """\
def ask(prompt, feature):
    return post(headers={"Helicone-Property-Feature": feature})
ask("hi", "chat")
ask("hi", feature="search")
""",
        ["2 feature = *", "3 feature = chat", "4 feature = search"],
    ),
    # a parameter that is about something else does not
    (
        """\
def ask(prompt, model):
    return post(headers={"Helicone-Property-Feature": model})
ask("hi", "chat")
""",
        ["2 feature = *"],
    ),
    # a default
    (
        """\
def ask(prompt, *, feature="chat"):
    return post(headers={"Helicone-Property-Feature": feature})
ask("hi")
ask("hi", feature="search")
""",
        ["2 feature = chat", "4 feature = search"],
    ),
    # keyword arguments
    (
        """\
def ask(prompt, **props):
    return post(headers={f"Helicone-Property-{k}": v for k, v in props.items()})
ask("hi", app="chat", env=x)
""",
        ["2 * = *", "3 app = chat", "3 env = *"],
    ),
    # keyword arguments that are spread into the call
    (
        """\
def ask(prompt, *args, **props):
    headers = {}
    for k, v in props.items():
        headers["Helicone-Property-" + k] = v
    return post(headers=headers)
ask("hi", app="chat")
ask("hi", **{"env": "dev"})
""",
        ["4 * = *", "6 app = chat", "7 env = dev"],
    ),
    # a map and keyword arguments in one
    (
        """\
def tag(props: dict | None = None, /, **more):
    merged = {**(props or {}), **more}
    return {f"Helicone-Property-{k}": v for k, v in merged.items()}
tag({"app": "chat"}, env="dev")
""",
        ["3 * = *", "4 app = chat", "4 env = dev"],
    ),
    # a list of pairs
    (
        """\
def tag(pairs):
    return {f"Helicone-Property-{k}": v for k, v in pairs}
tag([("app", "chat")])
""",
        ["2 * = *", "3 app = chat"],
    ),
    # several hops
    (
        """\
def a(key, value):
    return {f"Helicone-Property-{key}": value}
def b(key, value):
    return a(key, value)
def c(key, value):
    return b(key, value)
c("app", "chat")
""",
        ["2 * = *", "7 app = chat"],
    ),
    # a lambda
    (
        """\
tag = lambda key, value: {f"Helicone-Property-{key}": value}
tag("app", "chat")
""",
        ["1 * = *", "2 app = chat"],
    ),
    # a class that keeps a map
    (
        """\
class Client:
    def __init__(self, props):
        self.props = props
    def ask(self):
        return post(headers={f"Helicone-Property-{k}": v for k, v in self.props.items()})
Client({"app": "chat"}).ask()
""",
        ["5 * = *", "6 app = chat"],
    ),
    # a method, in a chain
    (
        """\
class Client:
    def tag(self, key, value):
        self.headers["Helicone-Property-" + key] = value
        return self
Client().tag("app", "chat").tag("env", "dev")
""",
        ["3 * = *", "5 app = chat", "5 env = dev"],
    ),
    # methods of classes
    (
        """\
class Client:
    PREFIX = "Helicone-Property-"
    @classmethod
    def tag(cls, key, value):
        return {cls.PREFIX + key: value}
    @staticmethod
    def other(key, value):
        return {Client.PREFIX + key: value}
Client.tag("app", "chat")
Client.other("env", "dev")
""",
        ["5 * = *", "8 * = *", "9 app = chat", "10 env = dev"],
    ),
    # an inherited method
    (
        """\
class Base:
    def tag(self, key, value):
        return {f"Helicone-Property-{key}": value}
class Child(Base):
    def go(self):
        self.tag("app", "chat")
        super().tag("env", "dev")
Child().tag("team", "a")
""",
        ["3 * = *", "6 app = chat", "7 env = dev", "8 team = a"],
    ),
    # the fields of a data class
    (
        """\
@dataclass
class Labels:
    app: str = "chat"
    env: str = "dev"
    def headers(self):
        return {"Helicone-Property-App": self.app, "Helicone-Property-Env": self.env}
Labels(app="mail").headers()
""",
        ["6 app = chat", "6 env = dev", "7 app = mail"],
    ),
    # a typed dictionary
    (
        """\
class Props(TypedDict):
    app: str
def ask(props: Props):
    return {f"Helicone-Property-{k}": v for k, v in props.items()}
ask(Props(app="chat"))
ask({"app": "mail"})
""",
        ["4 * = *", "5 * = *", "6 app = mail"],
    ),
    # a decorator with arguments
    (
        """\
def labelled(key, value):
    def around(function):
        def inner(*args):
            return function(*args, headers={f"Helicone-Property-{key}": value})
        return inner
    return around
@labelled("app", "chat")
def f():
    pass
""",
        ["4 * = *", "7 app = chat"],
    ),
    # a context manager
    (
        """\
@contextmanager
def labels(**props):
    token = CURRENT.set({f"Helicone-Property-{k}": v for k, v in props.items()})
    yield
with labels(app="chat"):
    pass
""",
        ["3 * = *", "5 app = chat"],
    ),
    # a context variable
    (
        """\
CURRENT = ContextVar("current", default={})
def label(key, value):
    CURRENT.set({**CURRENT.get(), key: value})
def send():
    post(headers={f"Helicone-Property-{k}": v for k, v in CURRENT.get().items()})
label("app", "chat")
""",
        ["5 * = *", "6 app = chat"],
    ),
    # a function that makes one for a key
    (
        """\
def maker(key):
    def inner(value):
        return {f"Helicone-Property-{key}": value}
    return inner
app = maker("app")
app("chat")
""",
        ["3 * = *", "5 app = *"],
    ),
    # the PUT call
    (
        """\
def put(id, key, value):
    requests.put(f"https://api.helicone.ai/v1/request/{id}/property", json={"key": key, "value": value})
put(1, "app", "chat")
put(1, key="env", value="dev")
""",
        ["2 * = *", "3 app = chat", "4 env = dev"],
    ),
    # a function that calls itself, all there is being a hole
    (
        """\
def name(key):
    return name(key)
h = {"Helicone-Property-" + name("a"): "b"}
""",
        ["3 * = b"],
    ),
    # a parameter of the same name
    (
        """\
def tag(key, value):
    return {f"Helicone-Property-{key}": value}
def other(tag):
    tag("app", "chat")
""",
        ["2 * = *"],
    ),
    # a method of the same name
    (
        """\
def tag(key, value):
    return {f"Helicone-Property-{key}": value}
other.tag("app", "chat")
""",
        ["2 * = *"],
    ),
    # named and not called
    (
        """\
def tag(key, value):
    return {f"Helicone-Property-{key}": value}
print(tag)
""",
        ["2 * = *"],
    ),
    # a function of an inner scope
    (
        """\
def outer():
    def tag(key, value):
        return {f"Helicone-Property-{key}": value}
def tag(key, value):
    return {}
tag("app", "chat")
""",
        ["3 * = *"],
    ),
]
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


@pytest.mark.parametrize(("code", "usages"), PYTHON)
def test_python(code: str, usages: list[str]) -> None:
    """A call is a usage at its argument, and the place of the prefix is one without a key."""
    assert told("a.py", code) == usages


@pytest.mark.parametrize(("code", "usages"), TYPESCRIPT)
def test_typescript(code: str, usages: list[str]) -> None:
    """The same; what is taken apart in the parameters is known by its name."""
    assert told("a.ts", code) == usages


@pytest.mark.parametrize(("path", "code"), SILENT)
def test_what_is_no_wrapper_is_passed_in_silence(path: str, code: str) -> None:
    """However much it looks like one."""
    assert told(path, code) == []
