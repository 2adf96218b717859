"""Every exception that leaves propguard.

* PropguardError          what all of them are
  + UsageError            the call cannot be carried out as it was asked; the message says what to do
  + SchemaNotFound        no property schema where one was looked for
  + SchemaInvalid         the property schema has faults; `.findings` holds all of them
  + PropertyRejected      properties break the schema, so nothing was sent; `.violations` holds all of them
  + EngineFailed          a database did not answer a query of an audit
    - TooMuchAsked          it has not the time or the memory for it; fewer requests at once may do
  + HeliconeError         the platform did not do what it was asked for
    - AuthenticationFailed  it does not know the API key, or the key may not do this
    - RequestNotFound       it has no such request, or not yet
    - RateLimited           it was asked too often; `.retry_after` says how many seconds to wait, where it told
    - FeatureOff            it has what was asked for switched off for this organisation
    - WriteRefused          it understood what was asked and will not do it
    - Unreachable           no answer that can be relied on: whether it was done is not known
      ~ NotVerified           an emptiness that cannot be told from a failure, between `.since` and `.until`

A problem in a user's files is a finding, returned. An exception means that the job could not be done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from propguard.model.finding import Finding, Violation
    from propguard.model.written import Written


class PropguardError(Exception):
    """The job could not be done; the message is one sentence for the user."""

    def __reduce__(self) -> tuple[object, ...]:
        """As it is, whatever it was made of: it may be raised in a process other than the one that tells the user."""
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(kind: type[PropguardError], args: tuple[object, ...], state: dict[str, object]) -> PropguardError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


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


class PropertyRejected(PropguardError):
    """Properties break the schema; nothing was sent.

    `violations` holds all of them, in the order of the properties.
    """

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        first = violations[0]
        more = "" if len(violations) == 1 else f" (and {len(violations) - 1} more)"
        super().__init__(f"{first.message}{more}")


class EngineFailed(PropguardError):
    """A database did not answer a query; the message is its own."""


class TooMuchAsked(EngineFailed):
    """A database has not the time or the memory for a query; of a shorter window of time it may answer it."""


class HeliconeError(PropguardError):
    """The platform did not do what it was asked for.

    `written` holds the properties that the same call had written before; the message names their keys.
    """

    written: tuple[Written, ...] = ()


class AuthenticationFailed(HeliconeError):
    """The platform does not know the API key, or the key may not do this."""


class RequestNotFound(HeliconeError):
    """The platform has no such request, or not yet: what has just been sent is stored some seconds later."""


class RateLimited(HeliconeError):
    """The platform was asked too often; `retry_after` is the number of seconds to wait, null where it did not say."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class FeatureOff(HeliconeError):
    """The platform has what was asked for switched off for this organisation."""


class WriteRefused(HeliconeError):
    """The platform understood what was asked and will not do it; asking again changes nothing."""


class Unreachable(HeliconeError):
    """There was no answer, or none that can be relied on: whether it was done is not known."""


class NotVerified(Unreachable):
    """From `since` to before `until` the platform shows nothing, which cannot be told from a failure."""

    def __init__(self, message: str, since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        super().__init__(message)


def system_reason(error: OSError) -> str:
    """What the operating system says, as a part of a sentence."""
    return (error.strerror or str(error)).lower()
