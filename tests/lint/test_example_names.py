"""What documentation writes in the place of a name is no usage."""

from __future__ import annotations

import pytest

from tests.lint.documents import told


@pytest.mark.parametrize("name", ["<Name>", "<your key>", "[Name]", "Team-<Id>"])
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", 'headers = {"Helicone-Property-NAME": "x"}'),
        ("a.ts", 'const headers = { "Helicone-Property-NAME": "x" };'),
        ("a.sh", 'curl -H "Helicone-Property-NAME: x" "$URL"'),
        ("a.yaml", 'headers:\n  "Helicone-Property-NAME": x'),
        ("a.md", '```python\nheaders = {"Helicone-Property-NAME": "x"}\n```'),
        ("a.md", '```bash\ncurl -H "Helicone-Property-NAME: x" "$URL"\n```'),
    ],
)
def test_a_name_to_be_put_in_is_no_usage(path: str, code: str, name: str) -> None:
    """In any language."""
    assert told(path, code.replace("NAME", name)) == []


def test_braces_are_one_in_documentation_alone() -> None:
    """In a program they may be a text that was forgotten to be filled in."""
    code = 'headers = {"Helicone-Property-{name}": "x"}'
    assert told("a.md", f"```python\n{code}\n```") == []
    assert told("a.py", code) == ["1 {name} = x"]
