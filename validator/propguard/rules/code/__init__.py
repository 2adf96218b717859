"""Rules about source code alone."""

from propguard.rules.code import dynamic_key, put_map_body, unparsed_file

CODE_RULES = (dynamic_key.RULE, put_map_body.RULE, unparsed_file.RULE)

__all__ = ["CODE_RULES"]
