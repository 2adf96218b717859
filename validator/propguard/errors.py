"""Every exception that leaves propguard.

* PropguardError          what all of them are
  + UsageError            the call cannot be carried out as it was asked; the message says what to do
  + SchemaNotFound        no property schema where one was looked for
  + SchemaInvalid         the property schema has faults; `.findings` holds all of them

A problem in a user's files is a finding, returned. An exception means that the job could not be done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.model.finding import Finding


class PropguardError(Exception):
    """The job could not be done; the message is one sentence for the user."""


class UsageError(PropguardError):
    """What was asked for cannot be carried out as it stands."""


class SchemaNotFound(PropguardError):
    """No property schema was found where one was looked for."""


class SchemaInvalid(PropguardError):
    """A property schema has faults.

    `findings` holds all of them in the order of the file, each with its place.
    """

    def __init__(self, path: str, findings: tuple[Finding, ...]) -> None:
        self.path = path
        self.findings = findings
        first = findings[0]
        more = "" if len(findings) == 1 else f" (and {len(findings) - 1} more)"
        super().__init__(f"{path} is not a valid property schema: {first.where()}{first.violation.message}{more}")
