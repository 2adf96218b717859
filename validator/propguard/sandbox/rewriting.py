"""What the platform's parser makes of SQL before it is run.

The platform sends each query through npm's `node-sql-parser`, and runs the text as it came where that fails. The parser needs
Node, so it is a program of whoever wants it: it gets each query as JSON on a line of its own and answers with JSON, null
where it could not read the query.
"""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Rewriting:
    """The program `command`, kept alive between queries until this process ends; no command leaves every query as it is."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process: subprocess.Popen[str] | None = None
        if command:
            self._process = subprocess.Popen(
                list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )

    def rewritten(self, sql: str) -> str:
        """The query as it is run."""
        if self._process is None:
            return sql
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(sql) + "\n")
        self._process.stdin.flush()
        text = json.loads(self._process.stdout.readline())
        return text if isinstance(text, str) else sql
