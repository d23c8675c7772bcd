"""When a messenger's month runs short."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quota import Quota, month_of


def test_of_three_thousand_messages_2400_are_told_and_2700_are_short():
    quota = Quota(monthly=3000)
    assert (quota.warned_at, quota.short_at) == (2400, 2700)
    assert [quota.is_crossed(*pair) for pair in ((2399, 2400), (2400, 2401), (2300, 2500))] == [
        True,
        False,
        True,
    ]
    assert [quota.is_short(sent) for sent in (2699, 2700)] == [False, True]


@pytest.mark.parametrize("sent", [0, 10**6])
def test_without_a_number_nothing_ever_runs_short(sent):
    assert not Quota(monthly=0).is_short(sent)
    assert not Quota(monthly=0).is_crossed(0, sent)


@given(st.integers(1, 5000), st.lists(st.integers(1, 900)))
def test_it_is_told_once_however_the_messages_come(monthly, lots):
    quota, sent, told = Quota(monthly=monthly), 0, 0
    for lot in lots:
        told += quota.is_crossed(sent, sent + lot)
        sent += lot
    assert told == (sent >= quota.warned_at)


def test_a_month_is_kept_by_year_and_number():
    assert month_of(date(2022, 3, 1)) == "2022-03"
