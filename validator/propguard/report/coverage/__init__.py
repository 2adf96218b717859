"""A coverage, rendered: the matrix of schema, code and data, what needs a decision first."""

from propguard.report.coverage.formats import COVERAGE_FORMATS, render_coverage

__all__ = ["COVERAGE_FORMATS", "render_coverage"]
