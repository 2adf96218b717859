"""What commands found, rendered: one file per format. A reporter opens nothing and decides nothing."""

from propguard.report.envelope import Report
from propguard.report.formats import FORMATS, render

__all__ = ["FORMATS", "Report", "render"]
