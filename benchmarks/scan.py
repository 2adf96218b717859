"""The linter over a tree of half a gigabyte, against the fastest search there is and against a general code search.

Needs ripgrep (`rg`) and ast-grep on the PATH; what is missing is left out, and said.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.processes import BIN, show, timed
from benchmarks.tree import make_tree

TREE = Path(".benchmarks/tree").absolute()
CACHE = Path(".benchmarks/cache").absolute()
WITH_CACHE = f'PROPGUARD_CACHE_DIR="{CACHE}"'
BASE = "rg -j2 -l Helicone-Property-"

# What a rule for one of these languages must at least say to find the maps and the assignments.
RULE = """\
id: property
language: {language}
rule:
  any:
    - {{kind: pair, has: {{field: key, kind: string, regex: Helicone-Property-}}}}
    - {{kind: {subscript}, regex: Helicone-Property-}}
"""


def main() -> None:
    count, size = make_tree(TREE)
    print(f"{count} files, {size >> 20} MB\n")
    if shutil.which("rg") is None:
        raise SystemExit("ripgrep is needed as the measure: install `rg`")
    commands = {
        BASE: ["rg", "-j2", "-l", "Helicone-Property-", "."],
        "propguard lint, the first time": ["sh", "-c", f'rm -rf "{CACHE}/projects"; {WITH_CACHE} {BIN}/propguard lint'],
        "propguard lint, again": ["sh", "-c", f"{WITH_CACHE} {BIN}/propguard lint"],
    }
    show(timed(commands, rounds=9, folder=TREE), "the whole tree", BASE)
    ast_grep = shutil.which("ast-grep") or shutil.which(str(BIN / "ast-grep"))
    if ast_grep is None:
        print("ast-grep is not installed, so it is left out: pip install -e '.[bench]'")
        return
    del commands[BASE]
    rules = TREE.parent / "rules.yaml"
    languages = (
        ("Python", "subscript"),
        ("JavaScript", "subscript_expression"),
        ("TypeScript", "subscript_expression"),
        ("Tsx", "subscript_expression"),
    )
    rules.write_text(
        "---\n".join(RULE.format(language=language, subscript=subscript) for language, subscript in languages)
    )
    commands["ast-grep, maps and assignments only"] = [
        ast_grep,
        "scan",
        "--rule",
        str(rules),
        "--threads",
        "2",
        "--report-style",
        "short",
    ]
    show(timed(commands, rounds=1, folder=TREE), "the same with ast-grep, once", "propguard lint")


if __name__ == "__main__":
    main()
