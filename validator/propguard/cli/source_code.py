"""The usages in source code, for every command that asks for them, and what could not be read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from propguard.cli.scope import Scope
from propguard.cli.settings import SettingsSource
from propguard.lint import usages_in_paths
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint import UsagesResult


def usages_at(paths: Sequence[str]) -> UsagesResult:
    """Every usage in these files and folders, but for those that the settings exclude. Raises UsageError."""
    scope = Scope(SettingsSource())
    return usages_in_paths(scope.listing(paths), scope.declared())


def say_unread(result: UsagesResult) -> None:
    """Name the files that could not be read on standard error."""
    for finding in result.unread:
        sys.stderr.write(f"propguard: {visible(finding.where() + finding.violation.message)}\n")
