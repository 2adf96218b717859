"""Markdown: which parts of a file are code, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Point, Range

from propguard.lint.grammar import NONE, Grammar
from propguard.lint.languages.grammars import FENCES
from propguard.lint.languages.loading import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node


MARKDOWN = Grammar(
    name="markdown",
    load=lambda: grammar("tree_sitter_markdown"),
    comments=NONE,
    plain=NONE,
    content=NONE,
    scopes=NONE,
    names=NONE,
    calls={},
    arguments=NONE,
)


def fences(root: Node, data: bytes, hits: Iterable[int]) -> Iterator[tuple[str, list[Range]]]:
    """The language and the parts of each fence in which one of `hits` lies, in a language that is read.

    The marks of quotations and the indentation of lists are no part of the code.
    """
    seen = set()
    for hit in hits:
        node = root.descendant_for_byte_range(hit, hit)
        while node is not None and node.type != "fenced_code_block":
            node = node.parent
        if node is None or node.id in seen:
            continue
        seen.add(node.id)
        language = FENCES.get(_language(node, data))
        content = next((child for child in node.children if child.type == "code_fence_content"), None)
        if language is not None and content is not None:
            yield language, _parts(content, data, prompts=language == "shell")


def _language(fence: Node, data: bytes) -> str:
    """The first word of the info string, without the braces and attributes that some tools put around it."""
    info = next((child for child in fence.children if child.type == "info_string"), None)
    if info is None:
        return ""
    text = data[info.start_byte : info.end_byte].decode("utf-8", "replace").strip().lstrip("{.")
    return text.replace("{", " ").replace(",", " ").replace("}", " ").replace(":", " ").split(" ")[0].lower()


def _parts(content: Node, data: bytes, *, prompts: bool) -> list[Range]:
    """The code of a fence: its bytes between the marks that belong to the lines around it."""
    gaps = [(child.start_byte, child.end_byte) for child in content.children if child.type == "block_continuation"]
    if prompts:
        gaps = _with_prompts(gaps, content, data)
    parts, start = [], content.start_byte
    for gap_start, gap_end in [*gaps, (content.end_byte, content.end_byte)]:
        if gap_start > start:
            parts.append(Range(_point(data, start), _point(data, gap_start), start, gap_start))
        start = max(start, gap_end)
    return parts or [content.range]


def _with_prompts(gaps: list[tuple[int, int]], content: Node, data: bytes) -> list[tuple[int, int]]:
    """`gaps`, and the `$ ` with which a console session shows what was typed."""
    starts = [content.start_byte, *(end for _, end in gaps)]
    newline = data.find(b"\n", content.start_byte, content.end_byte)
    while newline >= 0:
        starts.append(newline + 1)
        newline = data.find(b"\n", newline + 1, content.end_byte)
    prompts = {(start, start + 2) for start in starts if data.startswith(b"$ ", start)}
    return sorted({*gaps, *prompts})


def _point(data: bytes, offset: int) -> Point:
    start = data.rfind(b"\n", 0, offset) + 1
    return Point(data.count(b"\n", 0, offset), offset - start)
