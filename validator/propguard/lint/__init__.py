"""Door 1, the code: files to usages, usages to findings, findings to fixes."""

from propguard.lint.run import LintResult, UsagesResult, lint_paths, usages_in_paths

__all__ = ["LintResult", "UsagesResult", "lint_paths", "usages_in_paths"]
