"""The schema's own life: schemas, usages and profiles in, text and findings out; nothing here opens a file."""

from propguard.evolve.changelog import changelog_entry
from propguard.evolve.coverage import Coverage, coverage
from propguard.evolve.diff import Change, diff
from propguard.evolve.exposure import weigh
from propguard.evolve.versions import Advice, advise

__all__ = ["Advice", "Change", "Coverage", "advise", "changelog_entry", "coverage", "diff", "weigh"]
