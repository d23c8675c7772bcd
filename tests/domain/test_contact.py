"""How far somebody is from being reached, by what the books tell of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contact import LONG_UNSENT, ContactState, Invited, Traces, standing_of

NOW = datetime(2022, 3, 31, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REMINDED = Traces(addresses=1, asked=2, asked_at=NOW - 7 * DAY, asked_last_at=NOW - DAY)
HEARD = Traces(addresses=1, asked_last_at=NOW - 3 * DAY, heard_at=NOW - DAY)
MIDWAY = Traces(addresses=1, asked=1, asked_at=NOW - DAY, script="file_quarter", script_at=NOW - DAY)


@pytest.mark.parametrize(
    ("traces", "facts", "state", "since"),
    [
        (Traces(), {}, "never_linked", None),
        (Traces(addresses=2, blocked_at=NOW - DAY), {}, "blocked", NOW - DAY),
        (Traces(addresses=1, stuck_at=NOW - HOUR, given_up=True), {}, "undelivered", NOW - HOUR),
        (Traces(addresses=1, stuck_at=NOW - LONG_UNSENT), {}, "undelivered", NOW - LONG_UNSENT),
        (Traces(addresses=1, stuck_at=NOW - HOUR), {}, "not_asked", None),
        (Traces(addresses=1, stuck_at=NOW - DAY, given_up=True, heard_at=NOW), {}, "not_asked", None),
        (REMINDED, {}, "unanswered", NOW - 7 * DAY),
        (REMINDED, {"promised": date(2022, 4, 1)}, "promised", None),
        (REMINDED, {"filed_at": NOW - HOUR}, "answered", NOW - HOUR),
        (HEARD, {}, "answered", NOW - DAY),
        (MIDWAY, {}, "halfway", NOW - DAY),
        (MIDWAY, {"promised": date(2022, 4, 1)}, "promised", None),
        (Traces(addresses=1), {}, "not_asked", None),
        (Traces(addresses=1, blocked_at=NOW), {"filed_at": NOW}, "blocked", NOW),
    ],
)
def test_each_state_has_its_traces(traces, facts, state, since):
    standing = standing_of(traces, NOW, **facts)
    assert (standing.state, standing.since) == (state, since)


def test_what_is_told_beside_the_state():
    invited = Invited(at=NOW - 30 * DAY, until=NOW)
    assert standing_of(Traces(), NOW, invited=invited).invited == invited
    assert standing_of(REMINDED, NOW).times == 2
    assert standing_of(MIDWAY, NOW).script == "file_quarter"
    assert standing_of(HEARD, NOW, promised=date(2022, 4, 1)).day == date(2022, 4, 1)


moments = st.none() | st.integers(0, 60).map(lambda days: NOW - timedelta(days=days))


@given(
    st.builds(
        Traces,
        addresses=st.integers(0, 2),
        blocked_at=moments,
        heard_at=moments,
        asked=st.integers(0, 3),
        asked_at=moments,
        asked_last_at=moments,
        stuck_at=moments,
        given_up=st.booleans(),
        script=st.sampled_from(["", "promise"]),
        script_at=moments,
    ),
    moments,
    st.none() | st.just(date(2022, 4, 2)),
)
def test_who_cannot_be_reached_is_said_to_be_so_whatever_was_filed_or_promised(traces, filed, promised):
    with_all = standing_of(traces, NOW, filed_at=filed, promised=promised).state
    alone = standing_of(traces, NOW).state
    assert with_all.is_out_of_reach == alone.is_out_of_reach
    assert (alone is ContactState.NEVER_LINKED) == (traces.addresses == 0)
