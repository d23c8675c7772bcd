"""Who is ready for the next class, and whose class is at the weekend."""

from __future__ import annotations

from datetime import date

import pytest

from domain.candidate import Candidate, CandidateId, Step, Taken
from domain.candidate_limits import Limits
from domain.class_list import ClassRules, goes_again, is_of_firm, is_ready, needs_class
from domain.organisation import Unit, UnitId, UnitKind

TODAY = date(2022, 4, 1)


def candidate(*steps: tuple[Step, date]) -> Candidate:
    return Candidate(
        id=CandidateId(1),
        unit=UnitId(1),
        name="Vi Văn An",
        folded="vi van an",
        gender=None,
        birth_year=None,
        birth_date=None,
        steps=tuple(Taken(id=n, step=step, on=on) for n, (step, on) in enumerate(steps)),
    )


LISTED = (Step.LISTED, date(2016, 1, 1))
MENTORED = (Step.MENTORED, date(2016, 2, 1))


@pytest.mark.parametrize(
    ("steps", "needs", "ready", "again"),
    [
        ((LISTED,), True, False, False),
        ((LISTED, MENTORED), True, True, False),
        ((LISTED, (Step.APPLIED, date(2022, 1, 1))), True, True, False),
        ((LISTED, (Step.TRAINED, date(2022, 1, 1))), False, True, False),
        ((LISTED, (Step.TRAINED, date(2017, 4, 1))), False, True, False),
        ((LISTED, (Step.TRAINED, date(2017, 3, 31))), True, True, True),
        ((LISTED, MENTORED, (Step.DECIDED, date(2022, 3, 1))), False, True, False),
        ((LISTED, (Step.TRAINED, date(2016, 3, 1)), (Step.ADMITTED, date(2016, 9, 1))), False, True, True),
    ],
)
def test_the_class_is_for_those_with_a_mentor_who_hold_no_certificate_and_no_decision(
    steps, needs, ready, again
):
    one = candidate(*steps)
    limits = Limits()
    found = (needs_class(one, TODAY, limits), is_ready(one), goes_again(one, TODAY, limits))
    assert found == (needs, ready, again)


def unit(name: str) -> Unit:
    return Unit(id=UnitId(1), kind=UnitKind.CELL, name=name, short=name, code="X")


@pytest.mark.parametrize(
    ("names", "is_firm"),
    [
        (["Chi bộ Công ty CP Cơ điện"], True),
        (["Chi bộ CÔNG TY May"], True),
        (["Chi bộ Công an"], False),
        (["Chi bộ Thôn Hạ", "Đảng bộ Công ty May"], True),
        (["Chi bộ Công ty Thủy lợi Nhà nước"], False),
    ],
)
def test_a_firm_is_known_by_whole_words_of_a_name(names, is_firm):
    rules = ClassRules(others=("Thủy lợi",))
    assert is_of_firm([unit(name) for name in names], rules) is is_firm
