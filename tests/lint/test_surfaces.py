"""The forms of the platform's own libraries: each row of the table has an example, and means only this platform's."""

from __future__ import annotations

from pathlib import Path

import pytest

from propguard.lint.prefilter import may_hold_usage
from propguard.lint.read import read
from propguard.lint.source import Source
from propguard.lint.surfaces import SURFACES, Surface

CASES = Path(__file__).parents[1] / "cases" / "lint"


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_each_form_has_an_example_in_which_it_is_read(surface: Surface) -> None:
    """The folders are read against their `expected.txt` with all others; here it is that there is one, and none is idle."""
    folder = CASES / f"surface_{surface.id}"
    expected = (folder / "expected.txt").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix != ".txt")
    assert " usage " in expected
    assert any(name in code for name in surface.names)


def test_each_form_is_in_the_table_once() -> None:
    assert len({surface.id for surface in SURFACES}) == len(SURFACES)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        # A method of the same name of somebody else: the keys go where that one sends them, as headers do.
        ("a.ts", b'builder.withProperties({ "Helicone-Property-App": "chat" });'),
        # Without the prefix the platform takes no attribute.
        ("a.ts", b'import { HeliconeAsyncLogger } from "@helicone/async"; logger.withProperties({ App: "chat" });'),
        ("a.py", b'Traceloop.set_association_properties({"App": "chat", "Helicone-Session-Id": "x"})'),
        # Options of other platforms, and properties that are not below the platform's name.
        ("a.ts", b'm("x", { providerOptions: { openai: { properties: { App: "helicone" } } } });'),
        ("a.py", b'create(extra_body={"properties": {"App": "helicone"}, "tags": ["helicone"]})'),
        # Reads, and what is not known to hold any.
        ("a.ts", b"const { properties } = extraBody.helicone; use(properties);"),
        ("a.ts", b'm("x", { extraBody: { helicone: metadata() } });'),
        # A limit by the user counts by a column; one by what is not known names nothing.
        ("a.py", b'headers = {"Helicone-RateLimit-Policy": "10;w=60;s=user"}'),
        ("a.py", b'headers = {"Helicone-RateLimit-Policy": f"10;w=60;s={segment}"}'),
        ("a.py", b'headers = {"X-RateLimit-Policy": "helicone;s=app"}'),
    ],
)
def test_what_only_looks_like_one_of_the_forms_is_none(path: str, code: bytes) -> None:
    """Nothing is read that keeps its case, goes without the prefix, or is named by a limit."""
    found = read(Source(path, code)).usages
    assert [usage for usage in found if usage.door == "api" or usage.written_key != "App"] == []
    assert all(b"Helicone-Property-App" in code for _ in found)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (b'm("x", { extraBody: { helicone: { tags: ["a"] } } })', True),
        (b'{"Helicone-RateLimit-Policy": p}', True),
        (b"new OpenAI({ heliconeMeta: { properties } })", True),
        # The option alone is anybody's, and so is the platform's name.
        (b"m({ extraBody: { reasoning: 1 } })", False),
        (b"baseURL: 'https://oai.helicone.ai/v1'", False),
    ],
)
def test_a_file_is_looked_at_that_names_the_platform_and_a_form(code: bytes, expected: bool) -> None:
    """So that no other is parsed for it."""
    assert may_hold_usage(code) is expected


def test_the_name_in_a_limit_is_the_place_to_rename_at() -> None:
    """A property that is renamed is renamed there, too, wherever the text of the policy stands."""
    code = b'POLICY = "10;w=60;s=Customer;u=cents"\nheaders["Helicone-RateLimit-Policy"] = POLICY\n'
    (usage,) = read(Source("a.py", code)).usages
    assert (usage.stored_key, usage.door, usage.values) == ("customer", "header", ())
    assert usage.key_edit == usage.span
    assert (usage.span.line, usage.span.column, usage.span.end_column) == (1, 21, 29)
