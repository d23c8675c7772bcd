"""The bucket: never more than its rate and its burst."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.rates import Bucket, Rate, Rates


def passed(rate: Rate, arrivals: list[float]) -> list[float]:
    """When messages pass that arrive at these times and wait their turn."""
    bucket, times, now = Bucket(rate), [], 0.0
    for arrival in sorted(arrivals):
        now = max(now, arrival)
        now += bucket.wait(now)
        bucket.take(now)
        times.append(now)
    return times


@given(
    st.floats(0.5, 50),
    st.integers(1, 10),
    st.lists(st.floats(0, 20), min_size=1, max_size=60),
)
def test_no_stretch_of_time_sees_more_than_the_rate_and_one_burst(
    per_second: float, burst: int, arrivals: list[float]
) -> None:
    times = passed(Rate(per_second, burst), arrivals)
    for first in range(len(times)):
        for last in range(first, len(times)):
            allowed = burst + (times[last] - times[first]) * per_second
            assert last - first + 1 <= allowed + 1e-6


@given(st.floats(0.5, 50), st.integers(1, 10), st.integers(1, 200))
def test_a_crowd_passes_as_fast_as_the_rate_allows(per_second: float, burst: int, crowd: int) -> None:
    times = passed(Rate(per_second, burst), [0.0] * crowd)
    assert times[-1] == pytest.approx(max(0, crowd - burst) / per_second, abs=1e-6)


def test_a_burst_passes_at_once_and_then_one_by_one() -> None:
    assert passed(Rate(1, 3), [0.0] * 5) == [0, 0, 0, 1, 2]


def test_a_rest_fills_the_bucket_and_no_more() -> None:
    bucket = Bucket(Rate(1, 3))
    bucket.take(0.0)
    assert (bucket.is_full(0.5), bucket.is_full(1.0)) == (False, True)
    assert passed(Rate(1, 3), [0.0, 100.0, 100.0, 100.0, 100.0]) == [0, 100, 100, 100, 101]


@pytest.mark.parametrize(("per_second", "burst"), [(0, 1), (-1, 1), (1, 0)])
def test_a_rate_that_lets_nothing_through_is_refused(per_second: float, burst: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        Rate(per_second, burst)


def test_the_default_leaves_room_below_telegrams_thirty_a_second() -> None:
    rates = Rates.of(25, 1)
    assert rates.overall.per_second + rates.overall.burst == 27
