"""All that is known of one property: its spellings, what is stored under them, and where code writes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from propguard.model.secrets import secret_in
from propguard.rules.formats import matcher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.evidence import KeyEvidence
    from propguard.model.usage import Usage


@dataclass(frozen=True)
class Gathered:
    """One property: `name` is what the schema will call it, `spellings` how often each of its keys was met, as stored or written."""

    name: str
    spellings: Mapping[str, int]
    stored: tuple[KeyEvidence, ...] = ()
    usages: tuple[Usage, ...] = ()

    @property
    def requests(self) -> int:
        return sum(one.requests for one in self.stored)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The texts that code gives it, as far as they are known."""
        texts = (
            value.text.lower() if value.json_type == "boolean" else value.text
            for usage in self.usages
            for value in usage.values
            if value.json_type != "null"
        )
        return tuple(dict.fromkeys(text for text in texts if _is_text(text)))

    @property
    def is_written_in_full(self) -> bool:
        """Whether code writes nothing but texts that are known."""
        return bool(self.usages) and all(
            usage.value_kind in {"literal", "constant"}
            and usage.values
            and all(_is_text(value.text) for value in usage.values)
            for usage in self.usages
        )

    @cached_property
    def counts(self) -> Counter[str]:
        """How many requests have each of the values that are known; of those that only code has, none."""
        counts = Counter(dict.fromkeys(self.written, 0))
        for one in self.stored:
            counts.update({top.value: top.count for top in one.values})
        return counts

    @property
    def is_complete(self) -> bool:
        """Whether `counts` has every value that it has."""
        return all(one.is_complete for one in self.stored) if self.stored else self.is_written_in_full

    @property
    def distinct(self) -> int:
        return max((len(self.counts), *(one.distinct for one in self.stored)))

    @property
    def shortest(self) -> int:
        return min((*(one.shortest for one in self.stored), *map(len, self.written)), default=1)

    @property
    def longest(self) -> int:
        return max((*(one.longest for one in self.stored), *map(len, self.written)), default=0)

    @property
    def empty(self) -> int:
        return sum(one.empty for one in self.stored)

    @cached_property
    def secrets(self) -> int:
        """Requests, and texts in code, with a secret in the value."""
        return sum(one.secret for one in self.stored) + sum(secret_in(text) is not None for text in self.written)

    def share_alike(self, pattern: str) -> float:
        """Which share of the values that are not empty surely matches `pattern`."""
        test = matcher(pattern).match
        met, alike = 0, 0
        for one in self.stored:
            met += one.requests - one.empty
            if one.is_complete:
                alike += sum(top.count for top in one.values if top.value and test(top.value))
            else:
                alike += one.alike.get(pattern, 0)
        texts = [text for text in self.written if text]
        met, alike = met + len(texts), alike + sum(1 for text in texts if test(text))
        return alike / met if met else 0.0


def _is_text(text: str) -> bool:
    """Whether it can be sent, and stand in a file."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
