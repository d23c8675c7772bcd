from __future__ import annotations

from domain.facts import Facts, Schooling


def test_only_what_was_told_is_told_again() -> None:
    assert Facts().told() == {}
    assert Facts(youth=True, religious=False).told() == {"youth": True, "religious": False}


def test_later_facts_take_the_place_of_earlier_ones_and_leave_the_others() -> None:
    before = Facts(youth=True, schooling=Schooling.COLLEGE)
    assert before.with_told(Facts(youth=False, rural=True)) == Facts(
        youth=False, rural=True, schooling=Schooling.COLLEGE
    )
