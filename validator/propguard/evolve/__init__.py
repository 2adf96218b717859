"""The schema's own life: how it changes. Schemas, usages and profiles come in as values; nothing is opened here."""

from propguard.evolve.changelog import changelog_entry
from propguard.evolve.diff import Change, diff
from propguard.evolve.exposure import Seen, weigh
from propguard.evolve.versions import Advice, advise

__all__ = ["Advice", "Change", "Seen", "advise", "changelog_entry", "diff", "weigh"]
