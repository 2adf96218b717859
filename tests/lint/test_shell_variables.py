"""Shell scripts: variables that hold headers are read as in a `.env` file, here-documents as what they become."""

from __future__ import annotations

import pytest

from propguard.lint.edits import edited
from propguard.lint.source import Source
from tests.lint.documents import judged, safe_fixes, told

APP = "Helicone-Property-App"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f'export X_HEADERS="Helicone-Auth: $KEY\n{APP}: chat"', ["2 app = chat"]),
        (f"X_HEADERS='{APP}: chat' claude -p hi", ["1 app = chat"]),
        (f"x_headers='{APP}: chat' claude -p hi", ["1 app = chat"]),
        (f"declare -x x_headers='{APP}: chat'", ["1 app = chat"]),
        (f"X_HEADERS=$'A: b\\n{APP}: chat\\nHelicone-Property-B: c' claude", ["1 app = chat", "1 b = c"]),
        (f'X_HEADERS="A: b"$\'\\n\'"{APP}: chat"', ["1 app = chat"]),
        (f'export X_HEADERS="{APP}: ${{NAME:-chat}}"', ["1 app = chat"]),
        (f'export X_HEADERS="{APP}: $(date)"', ["1 app = *"]),
        (f'export X_HEADERS=\'{{"{APP}": "chat"}}\'', ["1 app = chat"]),
        (f'export X_HEADERS="{{\\"{APP}\\": \\"chat\\"}}"', ["1 app = chat"]),
        (f'export X_HEADERS="$(cat <<EOF\nA: b\n{APP}: chat\nEOF\n)"', ["3 app = chat"]),
        (f'env X_HEADERS="A: b\n{APP}: chat" claude', ["2 app = chat"]),
        (f'docker run -e "X_HEADERS={APP}: chat" image', ["1 app = chat"]),
        (f'echo "X_HEADERS={APP}: chat" >> .env', ["1 app = chat"]),
        (f"cat > .env <<EOF\nX_HEADERS='{APP}: chat'\nEOF", ["2 app = chat"]),
        (f"cat <<EOF > a.yaml\nheaders:\n  {APP}: chat\nEOF", ["3 app = chat"]),
        (f'python3 - <<EOF\nh = {{"{APP}": "chat"}}\nEOF', ["2 app = chat"]),
        (f"HEADER='{APP}: chat'\ncurl -H \"$HEADER\" x", ["2 app = chat"]),
        (f"curl -H $'{APP}: chat' x", ["1 app = chat"]),
        (f'curl -H "{APP}: ${{NAME:-chat}}" x', ["1 app = chat"]),
        (f'NAME=mail\ncurl -H "{APP}: ${{NAME:-chat}}" x', ["2 app = chat | mail"]),
        (f'curl -H "{APP}: ${{NAME:-}}" x', ["1 app = *"]),
        # Not handed to any program.
        (f'headers="{APP}: chat"', []),
        (f'echo "X_HEADERS={APP}: chat"', []),
        (f'echo "set X_HEADERS={APP}: chat" >> notes', []),
        (f"# export X_HEADERS='{APP}: chat'", []),
        (f"cat <<EOF\nSend {APP}: chat\nEOF", []),
        (f'X_NAME="{APP}"', []),
    ],
)
def test_variables_are_read_as_in_a_file_of_them(script: str, expected: list[str]) -> None:
    """Whichever quotes they are in, and however they are set for a program."""
    assert told("a.sh", script) == expected


@pytest.mark.parametrize(
    "script",
    [
        "export X_HEADERS='Helicone-Property-Environment: prod'\n",
        "X_HEADERS=$'A: b\\nHelicone-Property-Environment: prod' claude\n",
        'export X_HEADERS="$(cat <<EOF\nHelicone-Property-Environment: prod\nEOF\n)"\n',
        'curl -H "Helicone-Property-Environment: ${ENV:-prod}" x\n',
    ],
)
def test_a_value_is_fixed_where_it_stands(script: str) -> None:
    """Within the quotes of the shell."""
    findings = judged("a.sh", script.encode())
    assert [finding.violation.rule for finding in findings] == ["value-alias"]
    fixed, _ = edited(Source("a.sh", script.encode()), safe_fixes(findings))
    assert fixed.decode() == script.replace("prod", "production")


def test_a_script_of_a_workflow_is_read_alike() -> None:
    """And so is one in a fence."""
    script = f"export X_HEADERS='{APP}: chat'"
    assert told("a.yml", f"steps:\n  - run: |\n      {script}\n") == ["3 app = chat"]
    assert told("a.md", f"```sh\n{script}\n```\n") == ["2 app = chat"]
