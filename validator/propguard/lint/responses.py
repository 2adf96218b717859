"""Headers of answers: a server writes them to its clients, so they are no properties of a request.

What is called tells, or what a map of headers is given to: `res.setHeader(…)`, `w.Header().Set(…)`, `JSONResponse(…, headers={…})`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from propguard.lint.document import Document

_ANSWER = re.compile(r"\$?(?:res|resp|rsp|response|reply)|(?:[A-Z]\w*)?Response(?:Entity|Builder)?")
"""What an answer is called wherever it stands in a path, and the classes of answers."""

_NAMED_AFTER_ANSWER = re.compile(r"\$?\w*(?:_resp(?:onse)?|Resp(?:onse)?)")
"""What a variable may be called that holds an answer; as a method it may be one that gives it."""

_MAKING = frozenset(
    {"HTTPException", "HttpException", "make_response", "merge_resp_headers", "put_resp_header", "writeHead"}
)
"""Calls that make an answer, or add to one."""

_CONTEXTS = frozenset({"c", "ctx", "context"})
_OF_CONTEXTS = frozenset({"Header", "header", "set"})
"""What the frameworks of web servers call the request and its answer in one, and its methods that write to the answer."""

_WORDS = re.compile(rb"(?i)res|rsp|reply|HttpException|writeHead|\bc\b|\bctx\b|\bcontext\b|\bHeader\b")
"""A part of each word that the tables above and the patterns know, whatever its case."""

_HOLDERS = frozenset({"HeaderMap", "Headers", "dict", "freeze", "fromEntries"})
"""Calls that only make a map of headers."""

_REQUEST = re.compile(r"(?i)\$?\w*req(?:uest)?s?")


def is_of_response(document: Document, node: Node) -> bool:
    """Whether `node`, the name of a header, is written to an answer."""
    if not _names_answers(document.source.data):
        return False
    grammar = document.grammar
    for inner, parent in pairwise(document.lineage(node)):
        if parent.type in grammar.subscripts and inner != document.child(parent, 0):
            whole = document.child(parent, 0)
            return whole is not None and _is_answer(document.called_path(whole), whole)
        if document.is_pair(parent) and _REQUEST.fullmatch(document.label(parent)):
            return False
        if parent.type in grammar.calls and document.called_name(parent) not in _HOLDERS:
            return _is_call_of_answer(document, parent)
        if parent.type in grammar.functions or parent.type in grammar.statements:
            return False
    return False


@lru_cache(maxsize=1)
def _names_answers(data: bytes) -> bool:
    """Whether a file holds a word without which nothing here is an answer; most that send requests hold none."""
    return _WORDS.search(data) is not None


def _is_call_of_answer(document: Document, call: Node) -> bool:
    """Whether a call makes an answer, or is one of a method of an answer."""
    path = document.called_path(call)
    if path and (path[-1] in _MAKING or _ANSWER.fullmatch(path[-1])):
        return True
    if len(path) == 2 and path[0] in _CONTEXTS and path[1] in _OF_CONTEXTS:
        return True
    receiver = document.receiver(call)
    is_of_call = receiver is not None and receiver.type in document.grammar.calls
    if is_of_call and path[-2:-1] == ["Header"]:  # in Go a field of requests, and a method of what writes the answer
        return not any(map(_REQUEST.fullmatch, path[:-2]))
    return receiver is not None and _is_answer(path[:-1], receiver)


def _is_answer(path: list[str], whole: Node) -> bool:
    """Whether one of the words of a path that ends in headers, or in an answer itself, is that of an answer."""
    if not path or any(map(_REQUEST.fullmatch, path)):
        return False
    is_variable = not whole.type.endswith("call")
    return any(map(_ANSWER.fullmatch, path)) or (is_variable and _NAMED_AFTER_ANSWER.fullmatch(path[0]) is not None)
