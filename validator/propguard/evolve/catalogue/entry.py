"""The part of the catalogue that one property has: what it means, what it may be, how it is written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from propguard.evolve import wording
from propguard.evolve.markdown import code, paragraphs, plain, sentence
from propguard.rules.value.value_unsafe_in_header import is_header_safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from propguard.model.names import Names
    from propguard.model.schema import Property

_MOST_IN_LINE = 8
_MOST_UNFOLDED = 30
_NO_LETTER = re.compile(r"[^A-Za-z0-9_-]")


def anchor(name: str) -> str:
    """What links to a property lead to; no two names have the same."""
    return "property-" + _NO_LETTER.sub(lambda match: f".{ord(match[0]):x}.", name)


def entry(declared: Property, names: Names, longest: int, level: int) -> Iterator[str]:
    """The blocks of one property, the first of them its anchor and heading; `longest` is the schema's limit of values."""
    yield f'<a id="{anchor(declared.name)}"></a>'
    yield f"{'#' * level} {code(declared.name)}"
    yield from paragraphs(declared.description)
    yield "\n".join([*_standing(declared), *_values(declared, longest), *_others(declared), *_written(declared, names)])


def _standing(declared: Property) -> Iterator[str]:
    """Whose it is, and whether it may be relied on."""
    reason = wording.deprecation(declared)
    if reason is not None:
        yield f"- **Deprecated:** {sentence(reason)}"
    if declared.owner:
        yield f"- **Owner:** {plain(declared.owner)}"
    if declared.stability != "stable":
        yield f"- **Stability:** {declared.stability}"
    if declared.required:
        yield "- **Required:** in every request"
    if declared.requires:
        yield f"- **Needs:** {_listed(declared.requires)}"
    until = wording.enforcement(declared)
    if until is not None:
        yield f"- **Enforcement:** {until}"


def _values(declared: Property, longest: int) -> Iterator[str]:
    if declared.enum is not None:
        yield from _closed("Values", declared.enum)
    else:
        yield f"- **Values:** {wording.kind_of_value(declared)}"
    if declared.type == "list":
        yield f"- **Items:** separated by {code(declared.separator)}"
    if declared.type == "list" and declared.items is not None:
        yield from _of_items(declared.items, longest)
    if declared.pattern is not None:
        yield f"- **Pattern:** {code(declared.pattern)}"
    said = list(wording.limits(declared, longest))
    if said:
        yield f"- **Limits:** {', '.join(said)}"
    if declared.sensitive == "allow":
        yield "- **Personal data:** is not looked for in the values"
    if declared.deprecated_values:
        yield "- **Values on their way out:**"
        yield from (f"  - {code(value)}: {sentence(note)}" for value, note in declared.deprecated_values.items())
    if declared.examples:
        yield f"- **Examples:** {_listed(declared.examples)}"


def _of_items(items: Property, longest: int) -> Iterator[str]:
    if items.enum is not None:
        yield from _closed("Values of an item", items.enum)
    if items.pattern is not None:
        yield f"- **Pattern of an item:** {code(items.pattern)}"
    said = list(wording.limits(items, longest))
    if said:
        yield f"- **Limits of an item:** {', '.join(said)}"


def _closed(title: str, values: Sequence[str]) -> Iterator[str]:
    """A few on a line; more of them on a line each, so that a difference shows which; very many folded away."""
    if len(values) <= _MOST_IN_LINE:
        yield f"- **{title}:** {_listed(values)}"
    elif len(values) <= _MOST_UNFOLDED:
        yield f"- **{title}:**"
        yield from (f"  - {code(value)}" for value in values)
    else:
        yield f"- <details><summary><b>{title}:</b> {len(values)}</summary>\n"
        yield from (f"  - {code(value)}" for value in values)
        yield "\n  </details>"


def _others(declared: Property) -> Iterator[str]:
    """Other spellings, which are mended."""
    if declared.value_aliases:
        targets = dict.fromkeys(declared.value_aliases.values())
        sources = {
            target: [alias for alias, meant in declared.value_aliases.items() if meant == target] for target in targets
        }
        yield "- **Do not write:**"
        yield from (f"  - {_listed(aliases)} but {code(target)}" for target, aliases in sources.items())
    if declared.aliases:
        yield f"- **Other names, which are mended:** {_listed(declared.aliases)}"


def _written(declared: Property, names: Names) -> Iterator[str]:
    """How it is written at both doors."""
    value = wording.sample(declared)
    name = declared.name
    rest = "…" if declared.is_namespace else ""
    carried = value if value is not None and is_header_safe(value) else "…"
    yield f"- **As a header:** {code(f'{wording.header_name(names, name)}{rest}: {carried}')}"
    body = json.dumps(
        {"key": name.removesuffix("*") + rest, "value": "…" if value is None else value}, ensure_ascii=False
    )
    yield f"- **By PUT:** {code(body)}"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(code, texts))
