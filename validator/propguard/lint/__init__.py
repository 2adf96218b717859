"""Door 1, the code: files to usages, usages to findings, findings to fixes."""

from propguard.lint.files import Listing, list_files
from propguard.lint.project import repository_of
from propguard.lint.run import LintResult, UsagesResult, lint_paths, lint_text, usages_in_paths
from propguard.lint.suppression import RulesInForce

__all__ = [
    "LintResult",
    "Listing",
    "RulesInForce",
    "UsagesResult",
    "lint_paths",
    "lint_text",
    "list_files",
    "repository_of",
    "usages_in_paths",
]
