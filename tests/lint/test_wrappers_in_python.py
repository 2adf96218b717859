"""Wrappers in Python: which usages a piece of code gives that writes properties through functions of its own."""

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


@pytest.mark.parametrize(("code", "usages"), PYTHON)
def test_a_call_is_a_usage_at_its_argument(code: str, usages: list[str]) -> None:
    """A call is a usage at its argument, and the place of the prefix is one without a key."""
    assert told("a.py", code) == usages
