"""Values that cannot be: a default where something is given, an empty text under a condition, what a wrapper leaves out."""

from __future__ import annotations

import pytest

from tests.lint.documents import told


def _calls(path: str, code: str) -> list[str]:
    """What the last line of a piece of code writes, be it nothing."""
    last = code.count("\n") + 1
    return [usage.partition(" ")[2] for usage in told(path, code) if usage.startswith(f"{last} ")]


_PYTHON = 'def send(text, tier=None):\n    return post(headers={"Helicone-Property-Tier": VALUE})\n'
_PYTHON_IF = (
    'def send(text, tier=""):\n    found = {}\n    CONDITION:\n        found["Helicone-Property-Tier"] = tier\n'
    "    return post(headers=found)\n"
)
_PYTHON_MAP = (
    'def send(tags):\n    return post(headers={f"Helicone-Property-{a}": VALUE for a, b in tags.items() IF})\n'
)
_PYTHON_LOOP = (
    "def send(tags):\n    found = {}\n    for a, b in tags.items():\n        CONDITION\n            continue\n"
    '        found[f"Helicone-Property-{a}"] = b\n    return post(headers=found)\n'
)
_TYPESCRIPT = 'function send(text, { tier }) { return fetch(url, { headers: { "Helicone-Property-Tier": VALUE } }); }\n'
_TYPESCRIPT_SPREAD = "function send({ tier }) { return fetch(url, { headers: { ...(VALUE) } }); }\n"
_HEADER = '{ "Helicone-Property-Tier": tier }'
_TYPESCRIPT_MAP = (
    "function send(tags) { const found = {}; Object.entries(tags)FILTER.forEach(([a, b]) => "
    "{ found[`Helicone-Property-${a}`] = String(b); }); return fetch(url, { headers: found }); }\n"
)
_TYPESCRIPT_ASSIGNED = (
    "function send(tier) { CONDITION { tier = 'free'; } return fetch(url, "
    '{ headers: { "Helicone-Property-Tier": tier } }); }\n'
)


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        # a fallback is none where a value is given, and one where none is
        ("a.py", _PYTHON.replace("VALUE", 'tier or "free"') + 'send("", "gold")', ["tier = gold"]),
        ("a.py", _PYTHON.replace("VALUE", 'tier or "free"') + 'send("", "")', ["tier = free"]),
        ("a.py", _PYTHON.replace("VALUE", 'tier or "free"') + 'send("", unknown)', ["tier = free"]),
        ("a.py", _PYTHON.replace("VALUE", 'tier if tier else "free"') + 'send("", "gold")', ["tier = gold"]),
        ("a.py", _PYTHON.replace("VALUE", '"free" if tier is None else tier') + 'send("", "gold")', ["tier = gold"]),
        ("a.py", ('def send(tags):\n    post(headers={"Helicone-Property-Tier": tags.get("tier", "free")})\n'
                 'send({"tier": "gold"})'), ["tier = gold"]),
        # through another wrapper
        ("a.py", _PYTHON.replace("VALUE", 'tier or "free"') + 'def ask(tier):\n    send("", tier=tier)\nask("gold")',
         ["tier = gold"]),
        # assigned where nothing is given
        ("a.ts", _TYPESCRIPT_ASSIGNED.replace("CONDITION", "if (!tier)") + 'send("gold");', ["tier = gold"]),
        ("a.ts", _TYPESCRIPT_ASSIGNED.replace("CONDITION", "if (!tier)") + 'send("");', ["tier = free"]),
        ("a.ts", _TYPESCRIPT.replace("VALUE", 'tier ?? "free"') + 'send("", { tier: "gold" });', ["tier = gold"]),
        ("a.ts", _TYPESCRIPT.replace("VALUE", 'tier || "free"') + 'send("", { tier: "" });', ["tier = free"]),
        ("a.go", ('package a\nfunc Send(tier string) {\n\tif tier == "" {\n\t\ttier = "free"\n\t}\n'
                 '\trequest.Header.Set("Helicone-Property-Tier", tier)\n}\nfunc main() { Send("gold") }'), ["tier = gold"]),
        ("a.rb", ('def send_it(tier: nil)\n  post(headers: { "Helicone-Property-Tier" => tier || "free" })\nend\n'
                 'send_it(tier: "gold")'), ["tier = gold"]),
        ("a.php", ("<?php function send($tier = null) { return post(['headers' => ['Helicone-Property-Tier' => "
                  "$tier ?? 'free']]); }\nsend('gold');"), ["tier = gold"]),
        ("a.kt", ('fun send(tier: String?) { request.header("Helicone-Property-Tier", tier ?: "free") }\n'
                 'fun main() { send("gold") }'), ["tier = gold"]),
        # an empty default is none under a condition
        ("a.py", 'def send(tier=""):\n    if tier:\n        found["Helicone-Property-Tier"] = tier', ["tier = *"]),
        ("a.py", 'tier = getenv("TIER", "")\nif tier:\n    found["Helicone-Property-Tier"] = tier', ["tier = *"]),
        ("a.py", 'def send(tier=""):\n    if text and tier != "":\n        found["Helicone-Property-Tier"] = tier',
         ["tier = *"]),
        # without the condition it is one
        ("a.py", 'def send(tier=""):\n    found["Helicone-Property-Tier"] = tier', ["tier = "]),
        ("a.py", 'def send(tier=""):\n    if text:\n        found["Helicone-Property-Tier"] = tier', ["tier = "]),
        ("a.py", 'def send(tier=""):\n    if not tier:\n        found["Helicone-Property-Tier"] = tier', ["tier = "]),
        # what a wrapper leaves out is not written
        ("a.py", _PYTHON_IF.replace("CONDITION", "if tier") + 'send("", "")', []),
        ("a.py", _PYTHON_IF.replace("CONDITION", "if tier") + 'send("", "gold")', ["tier = gold"]),
        ("a.py", _PYTHON_IF.replace("CONDITION", "if tier is not None") + 'send("", None)', []),
        ("a.py", _PYTHON_IF.replace("CONDITION", "if tier is not None") + 'send("", "")', ["tier = "]),
        ("a.py", _PYTHON_MAP.replace("VALUE", "str(b)").replace("IF", "if b is not None") + 'send({"a": None, "b": 1})',
         ["b = 1"]),
        ("a.py", _PYTHON_MAP.replace("VALUE", "b").replace("IF", "if b") + 'send({"a": "", "b": "x"})', ["b = x"]),
        ("a.py", _PYTHON_MAP.replace("VALUE", "b").replace("IF", "") + 'send({"a": ""})', ["a = "]),
        ("a.py", _PYTHON_LOOP.replace("CONDITION", "if not b:") + 'send({"a": "", "b": "x"})', ["b = x"]),
        ("a.py", _PYTHON_LOOP.replace("CONDITION", "if b is None:") + 'send({"a": None, "b": "x"})', ["b = x"]),
        ("a.ts", _TYPESCRIPT_SPREAD.replace("VALUE", f"tier && {_HEADER}") + 'send({ tier: "" });', []),
        ("a.ts", _TYPESCRIPT_SPREAD.replace("VALUE", f"tier && {_HEADER}") + 'send({ tier: "x" });', ["tier = x"]),
        ("a.ts", _TYPESCRIPT_SPREAD.replace("VALUE", f"tier ? {_HEADER} : {{}}") + 'send({ tier: "" });', []),
        ("a.ts", _TYPESCRIPT_SPREAD.replace("VALUE", f"tier !== undefined ? {_HEADER} : {{}}") + "send({ tier: undefined });",
         []),
        ("a.ts", _TYPESCRIPT_MAP.replace("FILTER", ".filter(([, b]) => b != null)") + "send({ a: null, b: 1 });",
         ["b = 1"]),
        ("a.ts", _TYPESCRIPT_MAP.replace("FILTER", "") + "send({ a: null });", ["a = null"]),
        # what is made text of is not what is text already
        ("a.py", _PYTHON.replace("VALUE", "tier if isinstance(tier, str) else dumps(tier)") + 'send("", 5)', ["tier = *"]),
        ("a.ts", _TYPESCRIPT.replace("VALUE", 'typeof tier === "string" ? tier : dumped(tier)') + 'send("", { tier: "x" });',
         ["tier = x"]),
    ],
)  # fmt: skip
def test_only_what_can_be_is_a_value(path: str, code: str, expected: list[str]) -> None:
    """At the last line."""
    assert _calls(path, code) == expected


def test_a_map_that_may_be_missing_keeps_its_keys() -> None:
    """Where another one stands in for it that is empty."""
    code = (
        "fun send(tags: Map<String, String>?) {\n"
        '    for ((name, value) in tags ?: emptyMap()) request.header("Helicone-Property-$name", value)\n}\n'
        'fun main() { send(mapOf("tier" to "gold")) }'
    )
    assert _calls("a.kt", code) == ["tier = gold"]
