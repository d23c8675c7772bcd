"""The bucket: never more than its rate and its burst."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.rates import Bucket, Rate, Rates, Window


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


def test_a_clock_that_is_set_back_costs_one_messages_wait() -> None:
    bucket = Bucket(Rate(2, 3))
    for _ in range(3):
        bucket.take(3600.0)
    assert bucket.wait(0.0) == 0.5
    window = Window(1)
    window.start()
    window.end(3600.0)
    assert (window.wait(3600.5), window.wait(0.0)) == (0.5, 0.0)


@given(
    st.integers(1, 6),
    st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 3), st.floats(0, 1)), min_size=1, max_size=60),
)
def test_whenever_messages_arrive_while_they_are_under_way_no_second_sees_more_than_may(
    most: int, messages: list[tuple[float, float, float]]
) -> None:
    window, now, ends, arrived = Window(most), 0.0, list[float](), list[float]()
    for pause, lasting, share in messages:
        now += pause
        while True:
            for end in sorted(end for end in ends if end <= now):
                window.end(end)
            ends = [end for end in ends if end > now]
            if not (wait := window.wait(now)):
                break
            now = min([now + wait, *ends])
        window.start()
        ends.append(now + lasting)
        arrived.append(now + share * lasting)
    arrived.sort()
    for first, at in enumerate(arrived):
        assert sum(at <= other < at + Window.SPAN - 1e-9 for other in arrived[first:]) <= most


@pytest.mark.parametrize(("per_second", "burst"), [(0, 1), (-1, 1), (1, 0)])
def test_a_rate_that_lets_nothing_through_is_refused(per_second: float, burst: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        Rate(per_second, burst)


def test_by_default_no_second_sees_more_than_telegrams_thirty() -> None:
    rates = Rates.of(25, 1)
    assert rates.overall.per_second + rates.overall.burst == rates.most == 30
