"""An audit as one page of HTML that needs no network, no script to be read, and runs nothing that the data says.

The owner of Jinja2. Every text goes through `visible` and is then escaped; the policy in the head lets nothing run and
nothing be drawn but the two texts beside this file, which are named by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TextIO

from propguard.errors import UsageError
from propguard.model.finding import Severity
from propguard.model.text import excerpt, in_ticks, visible
from propguard.report.audit.as_findings import place_of, whole_of
from propguard.report.audit.figures import counted, day_of, days_of, percentage, requests, timeline
from propguard.version import VERSION

try:
    from jinja2 import Environment, FunctionLoader, StrictUndefined
except ImportError:
    raise UsageError("a page is made by a package that is not there: pip install 'propguard[audit]'") from None

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Template

    from propguard.audit import AuditResult
    from propguard.model.profile import Seen

_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MOST_BARS = 120
_MOST_ROWS = 1000
_LONGEST, _SHORT = 2000, 48


def render(result: AuditResult, out: TextIO) -> None:
    """Write the whole page."""
    keys = sorted(result.keys, key=lambda one: one.rank)
    counts = {_NAMES[severity]: sum(one.severity is severity for one in result.findings) for severity in Severity}
    stream = _template().stream(
        result=result,
        findings=result.findings[:_MOST_ROWS],
        keys=keys[:_MOST_ROWS],
        counts={name: number for name, number in counts.items() if number},
        time=timeline(result.days, _MOST_BARS),
        lasts=_Lasts(result.window),
        style_hash=_hash("page.css"),
        script_hash=_hash("page.js"),
        version=VERSION,
    )
    stream.enable_buffering(200)
    out.writelines(stream)


class _Lasts:
    """Where something stood in the time of the whole audit, in percent of it."""

    def __init__(self, window: Seen) -> None:
        self._first, self._last = window

    def __call__(self, seen: Seen) -> tuple[str, str] | None:
        """Begin and length; null where either is not known."""
        if self._first is None or self._last is None or seen.first is None or seen.last is None:
            return None
        whole = (self._last - self._first).total_seconds()
        if whole <= 0:
            return "0", "100"
        begin, end = (
            min(max((time - self._first).total_seconds() / whole * 100, 0), 100) for time in (seen.first, seen.last)
        )
        length = max(end - begin, 3)
        return f"{min(begin, 100 - length):.1f}", f"{length:.1f}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        counted=counted,
        day=day_of,
        days=days_of,
        in_ticks=in_ticks,
        milliseconds=_milliseconds,
        percentage=percentage,
        place=place_of,
        whole_of=whole_of,
        requests=requests,
        severity=_NAMES.__getitem__,
        cut=excerpt,
        whole=lambda text: excerpt(text, _LONGEST),
        score_class=_score_class,
        bar=lambda part, whole: f"{0 if part <= 0 or whole <= 0 else max(min(part / whole, 1) * 100, 1):.1f}",
        number=lambda number: f"{number:,}",
        beginning=lambda text: f"{text[:_SHORT]}…",
    )
    environment.tests["long"] = lambda text: len(text) > _SHORT + 12
    return environment.get_template("page.html.jinja")


def _score_class(score: float | None) -> str:
    if score is None:
        return "unknown"
    return "good" if score >= 0.99 else "fair" if score >= 0.9 else "poor"


def _finalized(value: object) -> object:
    """What every expression of the template goes through before it is escaped, but for macros, whose texts did."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _milliseconds(time: datetime | None) -> int:
    """For sorting; what is not known comes first."""
    return 0 if time is None else math.floor(time.timestamp() * 1000)


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(name: str) -> str:
    """As a Content-Security-Policy names what may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode()}"
