"""Headers that write properties: spelled so that what is stored is what the schema declares."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

from propguard.client.on_violation import VARIABLE
from propguard.client.policy import Policy, Stats
from propguard.errors import PropertyRejected
from propguard.model.names import Names
from propguard.model.schema import Property
from propguard.model.stored_key import HEADER_PREFIX, stored_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from propguard.model.finding import Violation
    from propguard.model.schema import PropertySchema

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
"""What a header may be called. Source: RFC 9110, section 5.6.2."""

_UNSENDABLE = frozenset({"key-characters", "key-empty", "value-not-string", "value-unsafe-in-header"})
_MOST_POLICIES = 16

_policies: dict[tuple[int, str | None], Policy] = {}


def property_headers(schema: PropertySchema, properties: Mapping[str, str]) -> dict[str, str]:
    """The headers that write `properties`, keys as the schema declares them, to a request to a language model.

    PropertyRejected with everything that breaks the schema or that no header can carry, before an HTTP client raises on
    it or leaves it out. PROPGUARD_ON_VIOLATION may have what breaks the schema sent, dropped or fixed instead; what no
    header can carry is then still dropped or refused. That something is missing is not asked, as other headers may add it.
    """
    policy = _policy_of(schema)
    verdict = policy.verdict(properties, door="header")
    names = Names(schema, "header")
    spelled = {key: _spelling(policy, names, key) for key in verdict.properties}
    told = {violation.key for violation in verdict.refused}
    refused = (
        *verdict.refused,
        *(
            violation
            for key, value in verdict.properties.items()
            if stored_key(key, "header") not in told
            for violation in _uncarried(spelled[key], value)
        ),
        *_repeated(schema, names, spelled.values()),
    )
    if refused:
        raise PropertyRejected(refused)
    return {f"{HEADER_PREFIX}{spelled[key]}": str(value) for key, value in verdict.properties.items()}


def _policy_of(schema: PropertySchema) -> Policy:
    """The policy of a schema, remembered: what it compiles costs more than the call."""
    known = id(schema), os.environ.get(VARIABLE)
    policy = _policies.get(known)
    if policy is None or policy.checker.schema is not schema:
        if len(_policies) >= _MOST_POLICIES:
            _policies.clear()
        policy = _policies[known] = Policy(schema, "raise", stats=Stats(), unsendable=_UNSENDABLE)
    return policy


def _spelling(policy: Policy, names: Names, key: str) -> str:
    """How a header writes `key`: the declared name, whatever the capitals, with the schema's separator."""
    declared = names.declared(stored_key(key, "header"))
    name = key if declared is None or declared.is_namespace else declared.name
    return policy.checker.header_spelling(name, name)


def _uncarried(key: str, value: str) -> Iterator[Violation]:
    """What HTTP forbids though the schema does not: names that are no tokens, and values of what it does not declare."""
    from propguard.rules.key import key_characters
    from propguard.rules.rule import Found, ValueSubject
    from propguard.rules.value import value_unsafe_in_header

    stored = stored_key(key, "header")
    if not _TOKEN.match(key):
        found = Found(f"`{key}` cannot be in a header name; use letters, digits, `_` and `-`")
        yield key_characters.RULE.violation(found, stored, None)
    unsafe = value_unsafe_in_header.find(ValueSubject(stored, value, Property(stored), "header"))
    if unsafe is not None:
        yield value_unsafe_in_header.RULE.violation(unsafe, stored, value)


def _repeated(schema: PropertySchema, names: Names, spelled: Iterable[str]) -> tuple[Violation, ...]:
    """Keys that differ, such as `customer_id` and `customer-id`, and yet are one header."""
    from propguard.rules.judgement import judge_repeated_headers

    counted = Counter(stored_key(key, "header") for key in spelled)
    return judge_repeated_headers(schema, names, (key for key, number in counted.items() if number > 1))
