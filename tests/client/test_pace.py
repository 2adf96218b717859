"""The pace: what answers say of how often the platform may be asked."""

from __future__ import annotations

import pytest

from propguard.client.pace import Pace, seconds_for
from propguard.helicone.protocol import RateLimit


def test_nobody_waits_where_nothing_is_said() -> None:
    pace = Pace(8, 0.0)
    for now in (0.0, 0.1, 0.1):
        assert pace.wait(now) == 0.0
        pace.begin(now)
        pace.heard(None)
        pace.answered(now)


def test_a_refusal_makes_everybody_wait_as_long_as_it_says() -> None:
    """The longest of several counts."""
    pace = Pace(8, 0.0)
    pace.refused(1.0, 20.0)
    pace.refused(2.0, 3.0)
    assert pace.wait(2.0) == 19.0
    assert pace.wait(21.0) == 0.0


def test_a_refusal_that_says_nothing_makes_wait_longer_each_time() -> None:
    pace = Pace(1, 0.0)
    waits = []
    for number in range(8):
        pace.refused(100.0 * number, None)
        waits.append(pace.wait(100.0 * number))
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (5.0, 30.0)


@pytest.mark.parametrize(
    ("limit", "interval"),
    [
        (RateLimit(remaining=1000, reset=100.0), 0.0),
        (RateLimit(remaining=17, reset=100.0), 0.0),
        (RateLimit(remaining=9, reset=100.0), 10.0),
        (RateLimit(remaining=0, reset=100.0), 100.0),
        (RateLimit(remaining=0, reset=None), 0.0),
        (RateLimit(remaining=None, reset=100.0), 0.0),
    ],
)
def test_the_last_calls_of_a_window_are_spread_over_its_rest(limit: RateLimit, interval: float) -> None:
    pace = Pace(8, 0.0)
    pace.begin(0.0)
    pace.heard(limit)
    assert pace.wait(0.0) == interval


def test_a_new_window_ends_the_spreading_at_once() -> None:
    pace = Pace(8, 0.0)
    pace.begin(0.0)
    pace.heard(RateLimit(remaining=0, reset=300.0))
    pace.heard(RateLimit(remaining=1000, reset=300.0))
    assert pace.wait(1.0) == 0.0


def test_a_platform_that_is_down_is_asked_less_and_less() -> None:
    """Some failures are nobody's doing; only where all calls fail is it an outage, and one answer ends it."""
    pace = Pace(2, 0.0)
    waits = []
    for number in range(40):
        pace.unanswered(100.0 * number)
        waits.append(pace.wait(100.0 * number))
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert waits == sorted(waits)
    assert (waits[3], waits[-1]) == (1.0, 30.0)
    pace.answered(5000.0)
    pace.unanswered(5000.0)
    assert pace.wait(5000.0) == 0.0


def test_silence_is_counted_from_the_last_answer() -> None:
    pace = Pace(2, 10.0)
    pace.refused(20.0, 1.0)
    pace.unanswered(30.0)
    assert pace.silence(40.0) == 30.0
    pace.answered(40.0)
    assert pace.silence(45.0) == 5.0


@pytest.mark.parametrize(
    ("writes", "longest", "seconds"), [(10_000, 1, 300.0), (20_000, 1, 600.0), (10_000, 10_000, 10_998.9), (0, 0, 0.0)]
)
def test_how_long_it_takes_is_bounded_by_calls_and_by_the_longest_request(
    writes: int, longest: int, seconds: float
) -> None:
    assert seconds_for(writes, longest, 10_000) == pytest.approx(seconds)
