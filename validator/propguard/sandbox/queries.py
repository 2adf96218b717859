"""Which SQL the platform's SQL endpoint takes, and with which words it turns down the rest.

Source: Helicone/helicone at 67df07b8, valhalla/jawn/src/managers/HeliconeSqlManager and lib/db/ClickhouseWrapper.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from propguard.sandbox.storage import TABLE

_TOKEN = re.compile(
    r"""(?P<skipped>\s+|--[^\n]*|/\*.*?\*/)
      |(?P<text>'(?:[^'\\]|\\.|'')*')
      |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
      |(?P<number>[0-9][0-9A-Za-z_.]*)
      |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)

# Outside strings. The functions that read something else than the table are refused by the same list as statements.
_FORBIDDEN_WORDS = frozenset(
    """
    alter attach backup call create delete detach drop exchange execute explain format grant insert into kill merge
    optimize outfile rename replace restore revoke set settings system truncate update use
    """.split()
)
_FORBIDDEN_FUNCTIONS = frozenset(
    """
    azureblobstorage catboostevaluate cluster clusterallreplicas deltalake dictionary executable file fuzzjson fuzzquery
    generaterandom gcs hdfs hudi iceberg input jdbc loop merge mergetreeindex mongodb mysql null numbers numbers_mt odbc
    postgresql redis remote remotesecure s3 s3cluster sleep sleepeachrow sqlite timeseriesdata url urlcluster values view
    viewifpermitted zeros zeros_mt
    """.split()
)
_FORBIDDEN_SIGNS = frozenset('`"$#;')
_END_OF_FROM = frozenset(
    "where prewhere group having order limit union intersect except sample window qualify on using".split()
)


class Refused(Exception):
    """The platform does not run this query; the message is what it answers."""


class _Token(NamedTuple):
    kind: str
    text: str


def admit(sql: str) -> str:
    """The query as it is run. Raises Refused for what the platform turns down."""
    tokens = _tokens(sql)
    if tokens and tokens[-1].text == ";":
        tokens.pop()
        sql = sql.rstrip().rstrip(";")
    if not tokens:
        raise Refused("[MISSING_QUERY_SQL] Query SQL is required")
    if tokens[0].text.lower() != "select":
        raise Refused("[INVALID_STATEMENT] Only SELECT statements are allowed")
    for token, following in zip(tokens, [*tokens[1:], _Token("sign", "")], strict=True):
        _admit_token(token, following.text)
    _admit_tables(tokens)
    return sql


def _tokens(sql: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(sql):
        kind = str(match.lastgroup)
        if kind != "skipped":
            found.append(_Token(kind, match[0]))
    return found


def _admit_token(token: _Token, following: str) -> None:
    word = token.text.lower()
    if token.kind == "sign" and (word in _FORBIDDEN_SIGNS or word == "'" or not word.isprintable()):
        raise Refused(f"[SQL_INJECTION_ATTEMPT] Query contains forbidden characters: {token.text!a}")
    if token.kind == "word" and word in _FORBIDDEN_WORDS:
        raise Refused(f"[SQL_INJECTION_ATTEMPT] Query contains forbidden keywords: {token.text}")
    if token.kind == "word" and following == "(" and word in _FORBIDDEN_FUNCTIONS:
        raise Refused(f"[SQL_INJECTION_ATTEMPT] Query contains a forbidden function: {token.text}")


def _admit_tables(tokens: list[_Token]) -> None:
    """What stands where a table is expected is the table or a subquery: after FROM, JOIN, and a comma in between."""
    in_from = [False]
    expected = False
    for position, token in enumerate(tokens):
        word = token.text.lower()
        if expected:
            _admit_table(tokens, position)
            expected = False
        if word == "(":
            in_from.append(False)
        elif word == ")":
            if len(in_from) == 1:
                raise Refused("[SYNTAX_ERROR] unbalanced parentheses")
            in_from.pop()
        elif word in ("from", "join"):
            in_from[-1] = expected = True
        elif word in _END_OF_FROM:
            in_from[-1] = False
        elif word == "," and in_from[-1]:
            expected = True
    if expected:
        raise Refused("[SYNTAX_ERROR] a table is missing")


def _admit_table(tokens: list[_Token], position: int) -> None:
    name, after = tokens[position].text, tokens[position + 1].text if position + 1 < len(tokens) else ""
    if name == "(":
        if tokens[position + 1 : position + 2] and tokens[position + 1].text.lower() not in ("select", "("):
            raise Refused("[INVALID_TABLE] Only subqueries are allowed in parentheses")
    elif name != TABLE or after in (".", "("):
        raise Refused(f"[INVALID_TABLE] Invalid table {name}, only {TABLE} is allowed")
