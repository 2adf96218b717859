"""Which keys are spellings of one property, how the schema spells it, and in which style."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from propguard.evolve.infer.gathered import Gathered
from propguard.model.naming import fold, in_style, is_in_style, words
from propguard.model.secrets import masked, secret_in
from propguard.model.stored_key import is_system_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from propguard.model.evidence import KeyEvidence
    from propguard.model.schema import Naming
    from propguard.model.usage import Usage

LONGEST_KEY = 200
"""Code points of a key that is declared, or is the alias of one that is."""

_PREFERRED: Naming = "snake_case"
_FOREIGN = re.compile(r"[^A-Za-z0-9]+")
_STYLES_TRIED: tuple[Naming, ...] = ("snake_case", "kebab-case", "camelCase", "PascalCase", "Train-Case")
_STYLES_CHOSEN: dict[Naming, float] = {"kebab-case": 2 / 3, "camelCase": 0.9, "PascalCase": 0.9, "Train-Case": 0.9}
"""Which share of the keys must be in a style for it to be chosen over the preferred one, in which headers can write all keys."""


class Names(NamedTuple):
    """The properties that the keys are, most requests first; `undeclarable` are keys that no schema can name."""

    naming: Naming
    properties: tuple[Gathered, ...]
    undeclarable: tuple[str, ...]


class _Cluster:
    """Keys that are the same but for case and separators."""

    def __init__(self) -> None:
        self.spellings: Counter[str] = Counter()
        self.hints: Counter[str] = Counter()
        """How code writes the keys, with the capitals that headers lose."""
        self.stored: list[KeyEvidence] = []
        self.usages: list[Usage] = []


def named(stored: Sequence[KeyEvidence], usages: Sequence[Usage]) -> Names:
    """The properties that the keys of `stored` and `usages` are; of computed keys those that begin with something known."""
    clusters: dict[str, _Cluster] = {}
    undeclarable: dict[str, None] = {}
    partial: dict[str, list[Usage]] = {}
    for evidence in stored:
        cluster = _cluster_of(evidence.key, clusters, undeclarable)
        if cluster is not None:
            cluster.spellings[evidence.key] += evidence.requests
            cluster.stored.append(evidence)
    for usage in usages:
        key, written = usage.stored_key, usage.written_key
        if key is None or written is None or is_system_key(key):
            continue
        if usage.key_kind == "partial":
            partial.setdefault(key, []).append(usage)
            continue
        cluster = _cluster_of(key, clusters, undeclarable)
        if cluster is not None:
            cluster.spellings[key] += 1
            cluster.hints[written] += 1
            cluster.usages.append(usage)
    naming = _naming(clusters.values())
    properties = [_gathered(cluster, naming, key) for key, cluster in clusters.items()]
    for key, places in partial.items():
        if _begins_in_style(key, naming):
            properties.append(Gathered(key, {key: len(places)}, usages=tuple(places)))
        else:
            undeclarable[key] = None
    properties.sort(key=lambda one: (-one.requests, -len(one.usages), one.name))
    return Names(naming, tuple(properties), tuple(undeclarable))


def _cluster_of(key: str, clusters: dict[str, _Cluster], undeclarable: dict[str, None]) -> _Cluster | None:
    plain = fold(_plain(key))
    if not key or len(key) > LONGEST_KEY or "*" in key or not plain or secret_in(key):
        undeclarable[masked(key) if secret_in(key) else key] = None
        return None
    return clusters.setdefault(plain, _Cluster())


def _plain(key: str) -> str:
    """`key` with what no header name can carry taken for separators, and letters for those that they look like."""
    if key.isascii() and not _FOREIGN.search(key):
        return key
    letters = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return _FOREIGN.sub("_", letters).strip("_")


def _naming(clusters: Iterable[_Cluster]) -> Naming:
    """The style that the keys of several words are in: one with capitals only where hardly any other is met."""
    votes: Counter[str] = Counter()
    total = 0
    for cluster in clusters:
        styles = {style for key in cluster.spellings if (style := _style_of(key)) is not None}
        total += bool(styles)
        if len(styles) == 1:
            votes.update(styles)
    for style, share in _STYLES_CHOSEN.items():
        if total and votes[style] >= share * total:
            return style
    return _PREFERRED


def _style_of(key: str) -> Naming | None:
    """The one style in which several words are written like that; null where the words cannot be told apart, or no style fits."""
    if len(words(key)) < 2 or (key.islower() and key.isalnum()):
        return None
    return next((style for style in _STYLES_TRIED if is_in_style(key, style)), None)


def _gathered(cluster: _Cluster, naming: Naming, folded: str) -> Gathered:
    """The name is a spelling in the style, else one put into it: that of the most words, as the others have lost where they end."""
    met = {*cluster.spellings, *cluster.hints}
    options = {_in_style(_plain(key), naming, folded) for key in met} | {key for key in met if is_in_style(key, naming)}

    def worth(name: str) -> tuple[int, bool, int, str]:
        return len(words(name)), name in cluster.spellings, cluster.spellings[name], name

    return Gathered(max(options, key=worth), dict(cluster.spellings), tuple(cluster.stored), tuple(cluster.usages))


def _in_style(plain: str, naming: Naming, folded: str) -> str:
    name = in_style(plain, naming)
    for option in (name, in_style(f"key_{plain}", naming), in_style(f"key_{folded}", naming)):
        if is_in_style(option, naming):
            return option
    return folded


def _begins_in_style(key: str, naming: Naming) -> bool:
    """Whether a key with a star at its end, and no other, is a namespace."""
    beginning = key.removesuffix("*")
    return "*" not in beginning and bool(beginning) and is_in_style(f"{beginning}x", naming, lower_cased=True)
