"""A plan of corrections: the requests that need one come out of the database, and rows for `apply` go out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from propguard.audit.correction import Corrector, StoredProperty
from propguard.compilers.corrections import BLANKS_SOMETHING, BLANKS_WHO_KNOWS, corrections_statement
from propguard.engine.windows import Divisible, divided
from propguard.errors import UsageError
from propguard.helicone.protocol import property_write
from propguard.model.names import Names
from propguard.model.secrets import without_secrets
from propguard.rules.rule import StoredKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from propguard.audit.correction import Fate, Settled
    from propguard.compilers import Checker
    from propguard.engine import Engine

MOST_KEYS = 10_000
"""Keys that are told apart; what is beyond is counted together."""


class Change(NamedTuple):
    """What is corrected alike: the rules, the key as it is stored and the key to write, secrets in them masked.

    Both keys are None for all that are beyond MOST_KEYS.
    """

    rules: tuple[str, ...]
    key: str | None
    to: str | None


@dataclass(slots=True)
class RepairResult:
    """What a repair would do, as far as it has come by.

    `changes` counts rows of the plan, `conflicts` what gets none because its request has another value there, and `fates`
    what becomes of every property with a safe fix; `longest` is the most writes to one request. `not_text` properties hold
    bytes that are no UTF-8, and `strange_ids` are requests with an id that the platform does not take. Rows that a write
    would cost something are `costly`, and of others that is `unknown`. `wrong_keys` tells of
    each whether every value of it stands, once the plan is applied, under the correct key as well.
    """

    writes: int = 0
    requests: int = 0
    longest: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    conflicts: Counter[Change] = field(default_factory=Counter)
    fates: Counter[Fate] = field(default_factory=Counter)
    wrong_keys: dict[str, bool] = field(default_factory=dict)
    not_text: int = 0
    strange_ids: int = 0
    costly_rows: int = 0
    costly_requests: int = 0
    unknown_rows: int = 0
    unknown_requests: int = 0

    @property
    def to_hide(self) -> list[str]:
        """The wrong keys that nothing is lost with."""
        return sorted(key for key, is_elsewhere in self.wrong_keys.items() if is_elsewhere)


class Repair:
    """Corrections, by `checker`, of everything that `engine` holds; `today` is the day (UTC) of the checker.

    Rows that would cost a request its prompt or its referrer are left out unless `accepts_side_effects`.
    """

    def __init__(
        self,
        checker: Checker,
        engine: Engine,
        *,
        today: date,
        accepts_side_effects: bool = False,
    ) -> None:
        self._corrector = Corrector(checker)
        self._engine = engine
        self._stored = StoredKeys(Names(checker.schema, "data"), checker.schema, today)
        self._accepts = accepts_side_effects
        self.result = RepairResult()

    def lines(self) -> Iterator[bytes]:
        """The rows of the plan, a line of JSON each, ordered by request; `result` counts them, from nothing.

        Raises UsageError for a request without an id, and, where side effects are not accepted, for the first row of which
        they cannot be known.
        """
        for request_id, settled in self._settled():
            blanks, found = settled
            rows = [one for one in found if one.fate == "corrected"]
            if rows and blanks == BLANKS_WHO_KNOWS and not self._accepts:
                raise UsageError(
                    "every write blanks prompt_id, prompt_version and request_referrer of its request, and the source does "
                    "not say which requests have them; export it with these columns, or pass --accept-side-effects"
                )
            if blanks != BLANKS_SOMETHING or self._accepts:
                yield from (_line(request_id, one) for one in rows)

    def count(self) -> RepairResult:
        """What a plan would hold, with the rows of which the side effects are not known."""
        for _ in self._settled():
            pass
        return self.result

    def _settled(self) -> Iterator[tuple[str, tuple[int, list[Settled]]]]:
        """Each request with what becomes of its properties, counted."""
        self.result = RepairResult()
        for request_id, copies in groupby(self._rows(), key=itemgetter("id")):
            blanks, stored = _merged(copies)
            if not request_id:
                raise UsageError(
                    "the source has requests without `request_id`, and a correction is written to a request by its id"
                )
            if not _is_writable(str(request_id)):
                self.result.strange_ids += 1
                continue
            found = list(self._corrector.settle(stored))
            self._count(blanks, stored, found)
            yield str(request_id), (blanks, found)

    def _rows(self) -> Iterator[dict[str, object]]:
        """Those of the statement; of windows one after the other where all of it is too much at once."""
        if not isinstance(self._engine, Divisible):
            return self._begun(self._engine)
        return chain.from_iterable(rows for _, rows in divided(self._engine, self._begun))

    def _begun(self, part: Engine) -> Iterator[dict[str, object]]:
        """Its rows, the first of which is there: so it has been said by now that they are too much to be sorted."""
        rows = part.rows(corrections_statement(self._stored, part.source, part.view))
        return chain(list(islice(rows, 1)), rows)

    def _count(self, blanks: int, stored: list[StoredProperty], found: list[Settled]) -> None:
        result = self.result
        rows = sum(one.fate == "corrected" for one in found)
        is_left_out = blanks == BLANKS_SOMETHING and not self._accepts
        for unread in (one for one in stored if one.may_have_fix and not one.is_text):
            result.not_text += 1
            self._tell_of_key(unread.key, is_elsewhere=False)
        for one in found:
            result.fates[one.fate] += 1
            if one.fate == "corrected" and not is_left_out:
                _add(result.changes, one)
            elif one.fate == "conflict":
                _add(result.conflicts, one)
            will_be = one.fate == "done" or (one.fate == "corrected" and not is_left_out)
            self._tell_of_key(one.stored.key, is_elsewhere=will_be and (rows == 0 or not is_left_out))
        if rows and blanks == BLANKS_SOMETHING:
            result.costly_rows += rows
            result.costly_requests += 1
        elif rows and blanks == BLANKS_WHO_KNOWS:
            result.unknown_rows += rows
            result.unknown_requests += 1
        if rows and not is_left_out:
            result.writes += rows
            result.requests += 1
            result.longest = max(result.longest, rows)

    def _tell_of_key(self, key: str, *, is_elsewhere: bool) -> None:
        """Remember of a key that should not be, whether all of its values stand elsewhere."""
        told = self.result.wrong_keys
        if key in told or (len(told) < MOST_KEYS and self._corrector.is_wrong(key)):
            told[key] = told.get(key, True) and is_elsewhere


def _is_writable(request_id: str) -> bool:
    try:
        property_write(request_id, "", "")
    except UsageError:
        return False
    return True


def _merged(copies: Iterable[dict[str, object]]) -> tuple[int, list[StoredProperty]]:
    """What a write blanks of a request, and its properties, though the source has it more than once."""
    blanks: set[int] = set()
    stored: dict[StoredProperty, None] = {}
    for copy in copies:
        blanks.add(int(str(copy["blanks"])))
        pairs = copy["pairs"]
        assert isinstance(pairs, list)
        stored.update(
            dict.fromkeys(StoredProperty(key, value, bool(fix), bool(text)) for key, value, fix, text in pairs)
        )
    known = BLANKS_SOMETHING if BLANKS_SOMETHING in blanks else max(blanks)
    return known, list(stored)


def _add(counted: Counter[Change], one: Settled) -> None:
    change = Change(one.correction.rules, without_secrets(one.stored.key), without_secrets(one.correction.key))
    if change not in counted and len(counted) >= MOST_KEYS:
        change = Change(one.correction.rules, None, None)
    counted[change] += 1


def _line(request_id: str, one: Settled) -> bytes:
    row = {
        "request_id": request_id,
        "key": one.correction.key,
        "value": one.correction.value,
        "from": {"key": one.stored.key, "value": one.stored.value},
        "rule": "+".join(one.correction.rules),
        "confidence": one.correction.confidence,
    }
    return json.dumps(row).encode() + b"\n"
