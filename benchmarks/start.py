"""How long a command takes that has next to nothing to do: what a pre-commit hook and an editor feel."""

from __future__ import annotations

import sys

from benchmarks.processes import BIN, show, timed
from benchmarks.tree import EXAMPLE

BASE = "python -c 'import click'"


def main() -> None:
    propguard = str(BIN / "propguard")
    commands = {
        BASE: [sys.executable, "-c", "import click"],
        "propguard lint, a good file": [propguard, "lint", str(EXAMPLE / "app" / "good.py")],
        "propguard lint, a file with nine findings": [propguard, "lint", str(EXAMPLE / "app" / "chat.py")],
        "propguard lint, a file without usages": [propguard, "lint", str(EXAMPLE / "properties.yaml")],
        "propguard check environment=production": [
            propguard,
            "check",
            "--schema",
            "standard",
            "environment=production",
        ],
        "propguard --version": [propguard, "--version"],
    }
    show(timed(commands, rounds=21), "start", BASE)


if __name__ == "__main__":
    main()
