"""Rules about the rows of a file for `apply`, before their key and value are judged."""

from propguard.rules.row import unparsed_row

ROW_RULES = (unparsed_row.RULE,)

__all__ = ["ROW_RULES"]
