"""What becomes of properties that break the schema, and how it is told."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard import PropertyRejected, UsageError
from propguard.client.on_violation import CLIENT_WORDS, TRANSPORT_WORDS, OnViolation
from propguard.client.policy import Event, Policy, Stats
from propguard.compilers import Checker
from propguard.model.finding import Door, Severity
from propguard.model.schema import Deprecation, Enforcement, Limits, Property
from tests.strategies import MANY, TODAY, schemas_and_records
from tests.subjects import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from propguard.model.schema import PropertySchema

WRITING: tuple[Door, ...] = ("api", "header")
"""The doors through which properties are sent."""

SCHEMA = schema_of(
    Property("environment", enum=("production", "staging"), aliases=("env",), value_aliases={"prod": "production"}),
    Property("user_tier", enum=("free", "pro")),
    Property("customer_tier", value_aliases={"P": "pro"}, deprecated=Deprecation("renamed", "user_tier")),
    Property("gone", deprecated=Deprecation("renamed", "user_tier", sunset=date(2020, 1, 1))),
    Property("customer_id", pattern="^cust_[0-9]+$"),
    Property("project"),
    Property("billing", enum=("active",), requires=("customer_id",)),
    Property("soft", enum=("a",), enforcement=Enforcement("warn", date(2026, 7, 1))),
    Property("feature_*", enum=("on", "off")),
)


def policy_of(
    on_violation: object = None, schema: PropertySchema = SCHEMA, **options: Any
) -> tuple[Policy, Stats, list[Event]]:
    events: list[Event] = []
    stats = Stats()
    words = cast("OnViolation", on_violation)
    return Policy(schema, words, stats=stats, listener=events.append, today=TODAY, **options), stats, events


class TestNothingWrong:
    """What breaks no rule goes out as it came, and nothing is said of it."""

    @pytest.mark.parametrize("word", CLIENT_WORDS)
    @pytest.mark.parametrize("door", WRITING)
    @pytest.mark.parametrize("properties", [{}, {"environment": "production"}, {"feature_x": "on", "project": "a"}])
    def test_it_is_the_same_object(self, word: str, door: Door, properties: dict[str, str]) -> None:
        policy, stats, events = policy_of(word)
        assert policy.judge(properties, door=door, as_record=True) is properties
        assert (stats.warned, stats.refused, events) == (0, 0, [])


class TestWords:
    """Each word, at what it is about."""

    # properties, door, as_record, what is sent by `drop`, what is sent by `fix` (null: it raises)
    CASES: tuple[tuple[dict[str, str], Door, dict[str, str], dict[str, str] | None], ...] = (
        ({"env": "production"}, "api", {}, {"environment": "production"}),
        ({"Env": "production"}, "header", {}, {"Environment": "production"}),
        ({"env": "prod"}, "api", {}, {"environment": "production"}),
        (
            {"environment": "prod", "project": "a"},
            "api",
            {"project": "a"},
            {"environment": "production", "project": "a"},
        ),
        ({"userTier": "pro"}, "api", {}, {"user_tier": "pro"}),
        ({"Customer-Id": "cust_1"}, "header", {}, {"customer_id": "cust_1"}),
        # renamed: a warning before the sunset, so that only a fix changes it; its own value aliases count
        ({"customer_tier": "free"}, "api", {"customer_tier": "free"}, {"user_tier": "free"}),
        ({"customer_tier": "P"}, "api", {}, {"user_tier": "pro"}),
        ({"gone": "pro"}, "api", {}, {"user_tier": "pro"}),
        ({"project": " a "}, "api", {"project": " a "}, {"project": "a"}),
        # a guess is no safe fix
        ({"environment": "produktion"}, "api", {}, None),
        ({"enviroment": "production"}, "api", {}, None),
        ({"env": "nowhere"}, "api", {}, None),
        # a fix never costs a value; what says the same twice becomes one
        ({"env": "staging", "environment": "production"}, "api", {"environment": "production"}, None),
        ({"env": "staging", "environment": "staging"}, "api", {"environment": "staging"}, {"environment": "staging"}),
        # one header with two values has no right one
        ({"Project": "a", "PROJECT": "b", "environment": "staging"}, "header", {"environment": "staging"}, None),
        # what is missing cannot be left out
        ({"billing": "active"}, "api", {"billing": "active"}, None),
        # before the day, a block is a warning
        ({"soft": "b"}, "api", {"soft": "b"}, {"soft": "b"}),
        ({"key": "v"}, "api", {}, None),
        ({"billable": cast(str, True)}, "api", {}, None),
    )

    @pytest.mark.parametrize(("properties", "door", "dropped", "_fixed"), CASES)
    def test_drop_leaves_out_what_is_wrong(
        self, properties: dict[str, str], door: Door, dropped: dict[str, str], _fixed: object
    ) -> None:
        policy, stats, events = policy_of("drop")
        before = dict(properties)
        assert policy.judge(properties, door=door, as_record=True) == dropped
        assert properties == before
        assert stats.dropped + stats.warned == len(events) > 0

    @pytest.mark.parametrize(("properties", "door", "_dropped", "fixed"), CASES)
    def test_fix_mends_what_is_safe_and_raises_for_the_rest(
        self, properties: dict[str, str], door: Door, _dropped: object, fixed: dict[str, str] | None
    ) -> None:
        policy, stats, events = policy_of("fix")
        if fixed is None:
            with pytest.raises(PropertyRejected):
                policy.judge(properties, door=door, as_record=True)
            assert {event.action for event in events} == {"refused"}
        else:
            assert policy.judge(properties, door=door, as_record=True) == fixed
            assert stats.fixed == sum(event.action == "fixed" for event in events)
            assert stats.fixed > 0 or fixed == properties

    @pytest.mark.parametrize(("properties", "door", "_dropped", "_fixed"), CASES[:-1])
    def test_warn_sends_it_as_it_is(
        self, properties: dict[str, str], door: Door, _dropped: object, _fixed: object
    ) -> None:
        policy, stats, _ = policy_of("warn")
        assert policy.judge(properties, door=door, as_record=True) is properties
        assert stats.warned > 0

    def test_raise_tells_everything_that_is_wrong(self) -> None:
        policy, stats, events = policy_of()
        with pytest.raises(PropertyRejected) as caught:
            policy.judge({"environment": "x", "project": " a", "nothing": "y"}, door="api", request_id="r-1")
        assert [violation.rule for violation in caught.value.violations] == ["value-not-allowed", "unknown-property"]
        assert [(event.action, event.request_id) for event in events] == [("refused", "r-1")] * 2
        assert stats.refused == 2

    def test_no_word_sends_what_is_no_text(self) -> None:
        """The platform would answer 422, whatever the operator wishes, and whether the schema blocks yet or not."""
        for key in ("environment", "soft"):
            for word in ("raise", "warn", "fix"):
                with pytest.raises(PropertyRejected):
                    policy_of(word)[0].judge({key: cast(str, 5)}, door="api")

    def test_nor_of_a_key_that_is_itself_no_more_than_a_warning(self) -> None:
        schema = replace(SCHEMA, unknown_properties="warning")
        with pytest.raises(PropertyRejected, match="null"):
            policy_of("warn", schema)[0].judge({"nobody": cast(str, None)}, door="api")
        assert policy_of("drop", schema)[0].judge({"nobody": cast(str, None)}, door="api") == {}

    def test_a_key_that_is_no_text_is_a_usage_error(self) -> None:
        with pytest.raises(UsageError, match="not int"):
            policy_of("warn")[0].judge({cast(str, 5): "a"}, door="api")


class TestRecords:
    """What is judged of all the properties of one request, and only of them."""

    SCHEMA = replace(
        schema_of(Property("environment", enum=("production",), required=True), Property("project")),
        limits=Limits(properties_per_request=1),
    )

    def test_what_is_missing_is_no_matter_of_a_single_write(self) -> None:
        policy, _, _ = policy_of(schema=self.SCHEMA)
        assert policy.judge({"project": "a"}, door="api") == {"project": "a"}
        with pytest.raises(PropertyRejected, match="`environment` is missing"):
            policy.judge({"project": "a"}, door="api", as_record=True)

    def test_what_a_drop_leaves_missing_is_told(self) -> None:
        policy, stats, events = policy_of("drop", self.SCHEMA)
        assert policy.judge({"environment": "x"}, door="api", as_record=True) == {}
        assert [(event.action, event.violation.rule) for event in events] == [
            ("dropped", "value-not-allowed"),
            ("warned", "required-property-missing"),
        ]
        assert (stats.dropped, stats.warned) == (1, 1)

    def test_what_a_drop_leaves_missing_stops_the_call_where_that_is_asked_for(self) -> None:
        policy, _, _ = policy_of({"customer_id": "drop"})
        with pytest.raises(PropertyRejected) as caught:
            policy.judge({"customer_id": "x", "billing": "active"}, door="api", as_record=True)
        assert [violation.rule for violation in caught.value.violations] == ["dependent-property-missing"]

    def test_too_many_is_a_warning(self) -> None:
        policy, stats, _ = policy_of(schema=self.SCHEMA)
        properties = {"environment": "production", "project": "a"}
        assert policy.judge(properties, door="api", as_record=True) is properties
        assert stats.warned == 1

    def test_a_header_written_twice_letter_by_letter_is_a_duplicate(self) -> None:
        policy, _, _ = policy_of("drop")
        verdict = policy.verdict({"Project": "a", "user_tier": "pro"}, door="header", repeated={"Project"})
        assert verdict.properties == {"user_tier": "pro"}
        refused = policy_of()[0].verdict({"Project": "a"}, door="header", repeated={"Project"}).refused
        assert [violation.rule for violation in refused] == ["duplicate-header"]


class TestPerProperty:
    """One word for each property, found by whatever spelling of it is met."""

    WORDS: Mapping[str, OnViolation] = {"environment": "fix", "feature_*": "drop", "user_tier": "raise", "*": "warn"}

    @pytest.mark.parametrize(
        ("properties", "sent"),
        [
            ({"env": "prod"}, {"environment": "production"}),
            ({"feature_new": "maybe", "project": "a"}, {"project": "a"}),
            ({"nobody": "knows"}, {"nobody": "knows"}),
            ({"userTier": "pro"}, None),
        ],
    )
    def test_the_word_is_that_of_the_property(self, properties: dict[str, str], sent: dict[str, str] | None) -> None:
        policy, _, _ = policy_of(self.WORDS)
        if sent is None:
            with pytest.raises(PropertyRejected):
                policy.judge(properties, door="api")
        else:
            assert policy.judge(properties, door="api") == sent

    def test_the_rest_has_the_first_word(self) -> None:
        with pytest.raises(PropertyRejected):
            policy_of({"environment": "warn"})[0].judge({"nobody": "knows"}, door="api")

    def test_an_exception_is_raised_if_any_of_it_asks_for_one(self) -> None:
        words = {"environment": "raise", "*": "reject"}
        policy, _, _ = policy_of(words, words=TRANSPORT_WORDS)
        assert not policy.verdict({"user_tier": "x"}, door="header").raises
        assert policy.verdict({"user_tier": "x", "environment": "x"}, door="header").raises


class TestChoice:
    """Which words there are, and who decides."""

    @pytest.mark.parametrize("word", TRANSPORT_WORDS)
    def test_the_operator_overrides_all(self, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROPGUARD_ON_VIOLATION", f" {word.upper()} ")
        policy, _, _ = policy_of({"environment": "warn"}, words=TRANSPORT_WORDS)
        verdict = policy.verdict({"environment": "prod"}, door="api")
        expected = {"drop": {}, "fix": {"environment": "production"}}
        assert verdict.properties == expected.get(word, {"environment": "prod"})
        assert bool(verdict.refused) == (word in {"raise", "reject"})

    def test_an_operator_who_rejects_makes_a_client_raise(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROPGUARD_ON_VIOLATION", "reject")
        with pytest.raises(PropertyRejected):
            policy_of("warn")[0].judge({"environment": "prod"}, door="api")

    def test_an_unknown_word_of_the_operator_is_a_usage_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROPGUARD_ON_VIOLATION", "ignore")
        with pytest.raises(UsageError, match=r"PROPGUARD_ON_VIOLATION is `ignore`.* raise, warn, drop, fix, reject"):
            policy_of("warn")

    @pytest.mark.parametrize(
        ("on_violation", "message"),
        [
            ("ignore", "`ignore`, which is none of raise, warn, drop, fix"),
            ("reject", "only GuardTransport"),
            ({"environment": "ignore"}, "none of raise"),
            ({"enviroment": "warn"}, "did you mean `environment`"),
            ({"qqq": "warn"}, "does not declare"),
            (3, "`3`"),
        ],
    )
    def test_an_unknown_word_or_name_is_a_usage_error(self, on_violation: object, message: str) -> None:
        with pytest.raises(UsageError, match=message):
            policy_of(on_violation)

    def test_a_path_is_no_schema(self) -> None:
        with pytest.raises(UsageError, match="load_schema"):
            policy_of("warn", cast("PropertySchema", "properties.yaml"))

    def test_enforcement_begins_on_its_day(self) -> None:
        late = Policy(SCHEMA, stats=Stats(), today=date(2026, 7, 1))
        with pytest.raises(PropertyRejected):
            late.judge({"soft": "b"}, door="api")


class TestTelling:
    """Every drop, fix, warning and refusal is logged, counted and handed on; values only where they are asked for."""

    def test_one_record_each_and_no_value(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, "propguard")
        policy, stats, events = policy_of({"environment": "fix", "*": "drop"})
        policy.judge({"env": "prod", "user_tier": "hunter2", "soft": "hunter2"}, door="api", request_id="r-1")
        told = [(r.action, r.rule, r.key, r.request_id) for r in cast(Any, caplog.records)]
        assert told == [
            ("dropped", "value-not-allowed", "user_tier", "r-1"),
            ("fixed", "key-alias", "env", "r-1"),
            ("fixed", "value-alias", "environment", "r-1"),
            ("warned", "value-not-allowed", "soft", "r-1"),
        ]
        assert [event[0] for event in told] == [event.action for event in events]
        assert [event.replacement for event in events] == [None, "environment", "production", None]
        assert (stats.dropped, stats.fixed, stats.warned) == (1, 2, 1)
        assert not any("hunter2" in str(vars(record)) or "prod" in record.getMessage() for record in caplog.records)

    def test_values_are_logged_when_asked_for(self, caplog: pytest.LogCaptureFixture) -> None:
        policy, _, _ = policy_of("drop", log_values=True)
        policy.judge({"user_tier": "gold"}, door="api")
        assert "`gold` is not an allowed value" in caplog.text
        assert cast(Any, caplog.records[0]).value == "gold"

    def test_a_secret_is_never_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        policy, _, _ = policy_of("drop", log_values=True)
        policy.judge({"project": "sk-" + "a1B2" * 8}, door="api")
        assert "value-sensitive" in caplog.text
        assert "a1B2a1B2" not in caplog.text + str([vars(record) for record in caplog.records])

    def test_hostile_keys_are_shown_escaped(self, caplog: pytest.LogCaptureFixture) -> None:
        policy_of("warn")[0].judge({"a\x1b[2Jb\nc": "v"}, door="api", request_id="r\n1")
        assert "\x1b" not in caplog.text
        assert len(caplog.text.splitlines()) == 1

    def test_a_listener_that_fails_stops_nothing(self, caplog: pytest.LogCaptureFixture) -> None:
        policy = Policy(SCHEMA, "warn", stats=Stats(), listener=lambda event: 1 / 0)
        assert policy.judge({"user_tier": "x"}, door="api") == {"user_tier": "x"}
        assert "listener" in caplog.text

    def test_nothing_is_missed_when_threads_count(self) -> None:
        stats = Stats()

        def count() -> None:
            for _ in range(5000):
                stats.count("sent")

        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert stats.sent == 20_000
        assert repr(stats) == "Stats(sent=20000, fixed=0, dropped=0, warned=0, refused=0)"


@pytest.fixture
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "propguard")


@pytest.mark.usefixtures("_silent")
@MANY
@given(schemas_and_records(), st.sampled_from(CLIENT_WORDS), st.sampled_from(WRITING))
def test_what_goes_out_has_no_error_that_was_not_asked_for(
    drawn: tuple[PropertySchema, dict[str, str]], word: OnViolation, door: Door
) -> None:
    """Whatever the schema and the properties: by raise and fix nothing wrong is sent, by drop only what is not there."""
    schema, record = drawn
    verdict = Policy(schema, word, stats=Stats(), today=TODAY).verdict(record, door=door, as_record=True)
    if verdict.refused:
        assert word != "drop"
        assert all(v.severity is Severity.ERROR or v.rule == "value-not-string" for v in verdict.refused)
        return
    sent = verdict.properties
    assert all(isinstance(value, str) for value in sent.values())
    left = Checker(schema, today=TODAY).check_record(sent, door=door)
    errors = {violation.rule for violation in left if violation.severity is Severity.ERROR}
    allowed = {"required-property-missing", "dependent-property-missing"} if word == "drop" else set[str]()
    assert word == "warn" or errors <= allowed
    if word == "drop":
        assert sent.items() <= record.items()
