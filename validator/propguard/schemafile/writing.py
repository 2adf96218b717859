"""A document as YAML text that reads back as the same document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from propguard.model.text import visible
from propguard.schemafile.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from propguard.rules.schema_draft import SchemaPath


class Comments(NamedTuple):
    """What stands about one entry of a document: lines before it, an empty one for space, and a few words behind its first line."""

    before: tuple[str, ...] = ()
    beside: str = ""


class _Dumper(yaml.SafeDumper):
    """Writes in quotes what YAML 1.2 would otherwise take for something else than text; PyYAML knows YAML 1.1 only."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(resolve(text), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(document: dict[Any, Any] | list[Any]) -> str:
    """`document` as YAML text, its fields in their order; characters that do not show are written as escapes."""
    dumped = _dumped(document, allow_unicode=True)
    shows = all(visible(line) == line for line in dumped.split("\n"))
    return dumped if shows else _dumped(document, allow_unicode=False)


def as_commented_yaml(document: Mapping[str, Any], comments: Mapping[SchemaPath, Comments]) -> str:
    """`document` as `as_yaml` writes it, with comments by the path of the entry that they belong to.

    What stands before the document as a whole belongs to the empty path.
    """
    parts = {path[:length] for path, comment in comments.items() if any(comment) for length in range(len(path))}
    head = [f"# {visible(line)}".rstrip() + "\n" for line in comments.get((), Comments()).before]
    return "".join(head) + "".join(_commented(document, (), comments, parts))


def _commented(
    entries: Mapping[Any, Any] | list[Any],
    path: SchemaPath,
    comments: Mapping[SchemaPath, Comments],
    parts: set[SchemaPath],
) -> Iterator[str]:
    """The lines of a collection at `path`; those of `parts` have commented entries of their own."""
    indent = "  " * len(path)
    for step, value in entries.items() if not isinstance(entries, list) else enumerate(entries):
        here = (*path, step)
        before, beside = comments.get(here, Comments())
        nested = here in parts and isinstance(value, dict | list) and bool(value)
        said = None if nested else value
        lines = as_yaml([said] if isinstance(entries, list) else {step: said}).removesuffix("\n").split("\n")
        at = 0
        if nested:
            at = len(lines) - 1  # after a key that is too long for one line, there are two
            lines[at] = lines[at].removesuffix(" null")
        elif (
            beside and len(lines) > 1 and not isinstance(value, dict | list)
        ):  # no room beside a scalar of several lines
            before, beside = (*before, beside), ""
        if beside:
            lines[at] += f"  # {visible(beside)}"
        yield from (f"{indent}# {visible(line)}".rstrip(" ") + "\n" if line else "\n" for line in before)
        yield from (f"{indent}{line}".rstrip(" ") + "\n" for line in lines)
        if nested:
            yield from _commented(value, here, comments, parts)


def _dumped(document: dict[Any, Any] | list[Any], *, allow_unicode: bool) -> str:
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=allow_unicode, width=120)
    return text
