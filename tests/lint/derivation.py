"""Small projects derived from grammars: every way of writing a property, put together in ways that nobody would think of.

There are few names, so that most of them mean something: modules that import each other in circles, functions that call
themselves, a class that is its own base and names handed on without end are met all the time.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEEPEST = 7
MOST = 250
"""Symbols in one file from which on only first choices are made."""

NAMES: Mapping[str, Sequence[str]] = {
    "name": ("x", "f", "g", "C", "D", "K", "headers", "props", "key", "value"),
    "function": ("f", "g", "h"),
    "class": ("C", "D"),
    "key": ("Env", "env", "App", "User-Id", "user_id", "é", "a b", ""),
    "text": ("prod", "production", "a", "", "None", "😀"),
    "prefix": ("Helicone-Property-", "helicone-property-", "Helicone-Property"),
}

PYTHON: Mapping[str, Sequence[str]] = {
    **NAMES,
    "file": ("<line><line><line>", "<line><line><line><line><line><line>", "<line><line><line><line><line><line><line><line><line>"),
    "line": ("K = <value>\n", "<import>\n", "<function-definition>", "<class-definition>", "<statement>\n", "<statement>\n"),
    "import": (
        *("from <module> import <name>", "from <module> import <name> as <name>", "import <module>", "from . import <name>"),
        *("import <module> as <name>", "from <module> import *", "from .<module> import <name>", "from .. import <name>"),
    ),
    "module": ("a", "b", "pkg", "pkg.c"),
    "function-definition": (
        "def <function>(<parameters>):\n    <statement>\n    return <value>\n",
        "def <function>(<parameters>) -> dict:\n    <statement>\n    <statement>\n    <statement>\n    return <value>\n",
        "def <function>(<parameters>):\n    def g(<parameters>):\n        <statement>\n        return <value>\n    return g\n",
        "@<function>\ndef <function>(<parameters>):\n    for key, value in <value>.items():\n        <statement>\n    return <value>\n",
        "@contextmanager\ndef <function>(<parameters>):\n    with <value> as x:\n        <statement>\n        yield <value>\n",
    ),
    "parameters": ("key, value", "", "x", "props", "**props", "*x, **props", "key=<string>, *, value=None", "self, key, value", "key: str, value: str = <string>"),
    "class-definition": (
        "class <class>:\n    K = <value>\n    def __init__(self, <parameters>):\n        self.props = <value>\n        <method-statement>\n",
        "class <class>(<class>):\n    def <function>(self, <parameters>):\n        <method-statement>\n        return <value>\n",
        "@dataclass\nclass <class>:\n    key: str = <string>\n    value: dict = field(default_factory=dict)\n    def h(self):\n        return <value>\n",
        "class <class>(Enum):\n    K = <string>\n    x = <string>\n",
        "class <class>(TypedDict):\n    key: str\n    value: str\n",
    ),
    "method-statement": ("<statement>", "self.props[<string>] = <value>", "super().__init__(<arguments>)", "self.<function>(<arguments>)", "self.props.update(<value>)"),
    "statement": (
        *("<name> = <value>", "<name>[<value>] = <value>", "<name>.update(<value>)", "<name> |= <value>", "pass"),
        *("<call>", "<name>.setdefault(<value>, <value>)", "requests.put(<url>, json=<value>)", "client.post(headers=<value>)"),
        *("<name>, <name> = <value>, <value>", "<name> = <name>", "if <name> not in <name>: <name>[<value>] = <value>"),
        *("for <name> in <value>: <name>[<value>] = <value>", "for key, value in <value>.items(): x[<header>] = value", "<name> += <value>"),
        *("global <name>", "del <name>", "<name>: dict[str, str] = <value>", "lambda <parameters>: <value>", "client.headers[<header>] = <value>"),
    ),
    "value": (
        *("<string>", "<name>", "<map>", "<call>", "<header>", "<name>.<name>", "<name>[<value>]", "<map>", "None", "self.props"),
        *("<value> | <value>", "<value> or <value>", "<value> if x else <value>", "<value> + <value>", "(<value>)", "dict(<arguments>)"),
        *("{<header>: value for key, value in <value>.items()}", "{**<value>, <header>: <value>}", "<value>.<change>", "str(<value>)"),
        *("<name>.get(<string>, <value>)", "[<value>, <value>]", "(<value>, <value>)", "lambda <parameters>: <value>", "partial(<function>, <arguments>)"),
        *("f\"<prefix>{<name>}\"", "\"<prefix>%s\" % <value>", "\"<prefix>{}\".format(<value>)", "<class>(<arguments>)", "type(self).K"),
    ),
    "change": ("lower()", "replace(\"_\", \"-\").title()", "removeprefix(\"<prefix>\")", "strip()", "split(\"-\")", "upper()", "format(<value>)", "value"),
    "map": ("{<header>: <string>}", "{}", "{<header>: <value>, <header>: <value>}", "{<string>: <value>}", "{**<value>}", "{\"key\": <value>, \"value\": <value>}"),
    "header": ("\"<prefix><key>\"", "f\"<prefix>{key}\"", "\"<prefix>\" + <value>", "f'<prefix>{<value>}'", "K", "\"<prefix>\" + key.title()"),
    "url": ("\"/v1/request/1/property\"", "f\"{K}/v1/request/{x}/property\"", "<value>"),
    "string": ("\"<key>\"", "\"<text>\"", "'<text>'", "f\"<text>{<name>}\""),
    "call": ("<function>(<arguments>)", "<name>(<arguments>)", "<name>.<function>(<arguments>)", "<class>(<arguments>).<function>(<arguments>)", "<function>(<arguments>)(<arguments>)"),
    "arguments": ("<value>", "<value>, <value>", "", "*<value>, **<value>", "key=<value>, value=<value>", "**<value>", "props=<value>", "<function>, <value>"),
}  # fmt: skip

TYPESCRIPT: Mapping[str, Sequence[str]] = {
    **NAMES,
    "file": ("<line><line><line>", "<line><line><line><line><line><line>", "<line><line><line><line><line><line><line><line><line>"),
    "line": ("export const K = <value>;\n", "<import>;\n", "<function-definition>\n", "<class-definition>\n", "<statement>;\n", "<statement>;\n"),
    "import": (
        *("import { <name> } from <module>", "import { <name> as <name> } from <module>", "import <name> from <module>", "export * from <module>"),
        *("import * as <name> from <module>", "export { <name> } from <module>", "export { <name> as default } from <module>", "export * as <name> from <module>"),
        *("const { <name> } = require(<module>)", "const <name> = require(<module>)", "module.exports = { <name>, <name>: <name> }", "exports.<name> = <value>"),
        *("export { <name>, <name> as <name> }", "export default <value>", "module.exports = <name>", "const <name> = await import(<module>)"),
    ),
    "module": ("\"./a\"", "\"./b\"", "\"./lib\"", "\"../a\"", "\"./lib/c\"", "\"./c\"", "\"@/a\"", "\".\""),
    "function-definition": (
        "export function <function>(<parameters>) { <statement>; return <value>; }",
        "export const <function> = async (<parameters>) => { <statement>; <statement>; return <value>; };",
        "const <function> = (<parameters>) => <value>;",
        "export default function <function>(<parameters>) { return { <function>: (<parameters>) => <value>, g() { <statement> } }; }",
        "function <function>(<parameters>) { return function (<parameters>) { <statement>; return <value>; }; }",
        "function* <function>(<parameters>) { for (const [key, value] of Object.entries(<value>)) { <statement>; } yield <value>; }",
    ),
    "parameters": ("key, value", "", "x", "props: Record<string, string>", "...x", "{ key, value }", "{ key, ...props }", "key = <string>", "{ key: x = <string> } = {}", "key: string, value?: string", "{ props: { key } }"),
    "class-definition": (
        "class <class> { K = <value>; constructor(private <parameters>) { this.props = <value>; } }",
        "export class <class> extends <class> { <function>(<parameters>) { this.props[<value>] = <value>; return <value>; } }",
        "export class <class> { static K = <value>; #x = {}; get props() { return <value>; } with(<parameters>) { <statement>; return this; } }",
        "export enum <class> { K = <string>, x = <string> }",
        "interface <class> extends <class> { key: string; props?: <class>; }",
    ),
    "statement": (
        *("const <name> = <value>", "let <name> = <value>", "<name>[<value>] = <value>", "Object.assign(<name>, <value>)", "<name> = <value>"),
        *("<call>", "<name>.set(<value>, <value>)", "fetch(<url>, { method: \"PUT\", body: JSON.stringify(<value>) })", "fetch(x, { headers: <value> })"),
        *("const { <name>, ...<name> } = <value>", "for (const [key, value] of Object.entries(<value>)) { x[<header>] = value }", "<name>.<name> = <value>"),
        *("for (const key in <value>) { x[<header>] = <value>[key] }", "Object.entries(<value>).forEach(([key, value]) => { <name>[<header>] = value })"),
        *("if (!(<value> in <name>)) { <statement> }", "<name> ??= <value>", "return <value>", "new Headers(<value>)", "<name>.<function>(<arguments>)"),
    ),
    "value": (
        *("<string>", "<name>", "<map>", "<call>", "<header>", "<name>.<name>", "<name>[<value>]", "<map>", "null", "this.props"),
        *("<value> ?? <value>", "<value> || <value>", "<value> ? <value> : <value>", "<value> + <value>", "(<value>)", "<value> as const"),
        *("Object.fromEntries(Object.entries(<value>).map(([key, value]) => [<header>, value]))", "{ ...<value>, [<header>]: <value> }", "<value>.<change>"),
        *("String(<value>)", "[<value>, <value>]", "(<parameters>) => <value>", "new <class>(<arguments>)", "await <value>", "<value>!", "Object.assign({}, <value>, <value>)"),
        *("Object.keys(<value>).reduce((x, key) => ({ ...x, [<header>]: <value>[key] }), {})", "`<prefix>${<value>}`", "<value>?.<name>", "<function>.bind(null, <value>)"),
    ),
    "change": ("toLowerCase()", "replace(/_/g, \"-\")", "replace(\"<prefix>\", \"\")", "trim()", "split(\"-\").map((x) => x).join(\"_\")", "slice(3)", "concat(<value>)", "value"),
    "map": ("{ [<header>]: <string> }", "{}", "{ <header-name>: <value>, <header-name>: <value> }", "{ [<value>]: <value> }", "{ ...<value> }", "{ key, value: <value> }", "{ <name>: <value> }"),
    "header-name": ("\"<prefix><key>\"", "[<header>]", "'<prefix><key>'"),
    "header": ("\"<prefix><key>\"", "`<prefix>${key}`", "\"<prefix>\" + <value>", "K", "`<prefix>${<value>}`"),
    "url": ("\"/v1/request/1/property\"", "`${K}/v1/request/${x}/property`", "<value>"),
    "string": ("\"<key>\"", "\"<text>\"", "'<text>'", "`<text>${<name>}`"),
    "call": ("<function>(<arguments>)", "<name>(<arguments>)", "<name>.<function>(<arguments>)", "new <class>(<arguments>).<function>(<arguments>)", "<function>(<arguments>)(<arguments>)"),
    "arguments": ("<value>", "<value>, <value>", "", "...<value>", "{ key: <value>, value: <value> }", "{ props: <value> }", "<function>, <value>"),
}  # fmt: skip

LANGUAGES = {
    "python": (PYTHON, ("a.py", "b.py", "pkg/__init__.py", "pkg/c.py")),
    "typescript": (TYPESCRIPT, ("a.ts", "b.ts", "lib/index.ts", "lib/c.ts")),
    "javascript": (TYPESCRIPT, ("a.js", "b.mjs", "lib/index.js", "lib/c.js")),
}

_SYMBOL = re.compile(r"<([a-z-]+)>")


def project(data: st.DataObject, language: str) -> dict[str, bytes]:
    """The content of each file of a project of one to four modules."""
    grammar, paths = LANGUAGES[language]
    return {path: derived(data, grammar).encode() for path in paths[: data.draw(st.integers(1, len(paths)))]}


def derived(data: st.DataObject, grammar: Mapping[str, Sequence[str]]) -> str:
    """A text that `grammar` gives for `file`."""
    used = Counter[str]()

    def filled(symbol: str, depth: int) -> str:
        choices = grammar[symbol]
        used["symbols"] += 1
        ends = depth > DEEPEST or used["symbols"] > MOST
        choice = 0 if ends and symbol not in NAMES else data.draw(st.integers(0, len(choices) - 1))
        return _SYMBOL.sub(lambda match: filled(match[1], depth + 1), choices[choice])

    return filled("file", 0)
