"""What the linter says of a folder, as lines that a person can check against the source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from propguard.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest


def listing(files: Sequence[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The usages and findings in `files`, under the name of each.

    A usage is `line:column usage door shape key_kind key = value_kind value | value`, a finding
    `line:column-end_column rule key value`; what is null is `-`, and what is empty `""`. In a notebook the
    number of the cell and a slash stand before the line.
    """
    usages = _answer(["usages", *files], capsys)["usages"]
    findings = _answer(["lint", *files], capsys)["findings"]
    lines: list[str] = []
    for name in files:
        told = [_told(entry) for entry in (*usages, *findings) if entry["path"] == name]
        lines += [f"[{name}]", *(text for _, text in sorted(told, key=lambda line: line[0]))]
    return lines


def _answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    code = run([*arguments, "--format", "json"])
    printed = capsys.readouterr()
    assert code in {0, 1}, printed.err
    return json.loads(printed.out)


def _told(entry: dict[str, Any]) -> tuple[tuple[int, int, int, int], str]:
    line, column, cell = entry["line"], entry["column"], entry.get("cell")
    place = f"{line}:{column}" if cell is None else f"{cell}/{line}:{column}"
    if "door" in entry:
        return (cell or 0, line, column, 0), " ".join((place, "usage", *_words_of_usage(entry)))
    end = entry["end_column"] if entry["end_line"] == line else f"{entry['end_line']}:{entry['end_column']}"
    words = (entry["rule"], _shown(entry["key"]), _shown(entry["value"]))
    return (cell or 0, line, column, 1), " ".join((f"{place}-{end}", *words))


def _words_of_usage(usage: dict[str, Any]) -> Iterator[str]:
    yield from (usage["door"], usage["shape"], usage["key_kind"], _shown(usage["stored_key"]), "=", usage["value_kind"])
    if usage["values"]:
        yield " | ".join(map(_shown, usage["values"]))


def _shown(text: str | None) -> str:
    return "-" if text is None else text or '""'
