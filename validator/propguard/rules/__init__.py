"""The rule book: one file per rule, listed in `book`, asked in the order of `judgement`."""
