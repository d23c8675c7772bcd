"""The weeks in which a digest goes, and what a week has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.digest import Week, Weeks, is_last_month
from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import Filed, FilingKind, Tally, UnitProgress

Q1 = Quarter(2022, 1)
SINCE, UNTIL = (datetime(2022, 3, day, 1, tzinfo=UTC) for day in (7, 14))


def row(number: int, admitted: int, target: int, filed_on: int | None = None) -> UnitProgress:
    unit = Unit(
        id=UnitId(number),
        kind=UnitKind.GRASSROOTS,
        name=f"Xã {number}",
        short=f"Xã {number}",
        code=f"X{number}",
    )
    filed = None if filed_on is None else datetime(2022, 3, filed_on, 1, tzinfo=UTC)
    return UnitProgress(
        unit=unit,
        quarter=Q1,
        target=Tally(quarter=target),
        admitted=Tally(quarter=admitted),
        filed=filed and Filed(kind=FilingKind.FILED, at=filed),
    )


def week(*pairs: tuple[UnitProgress, UnitProgress | None]) -> Week:
    return Week(
        quarter=Q1,
        since=SINCE,
        until=UNTIL,
        rows=tuple(now for now, _ in pairs),
        before={before.unit.id: before for _, before in pairs if before},
    )


@pytest.mark.parametrize(
    ("today", "is_last"),
    [
        (date(2022, 2, 28), False),
        (date(2022, 3, 1), True),
        (date(2022, 3, 31), True),
        (date(2022, 4, 1), False),
    ],
)
def test_the_last_month_of_a_quarter(today, is_last):
    assert is_last_month(Q1, today) is is_last
    assert Weeks.LAST_MONTH.holds(Q1, today) is is_last
    assert Weeks.ALWAYS.holds(Q1, today)
    assert not Weeks.NEVER.holds(Q1, today)


def test_a_week_tells_what_came_in_who_filed_and_who_owes_the_most_first():
    found = week(
        (row(1, 3, 4), row(1, 1, 4)),
        (row(2, 0, 3), row(2, 1, 3)),
        (row(3, 1, 1, filed_on=8), None),
        (row(4, 1, 1, filed_on=6), row(4, 1, 1)),
        (row(5, 0, 0), row(5, 0, 0)),
    )
    assert [(r.unit.short, more) for r, more in found.gained] == [("Xã 1", 2), ("Xã 3", 1)]
    assert [r.unit.short for r in found.filed] == ["Xã 3"]
    assert [r.unit.short for r in found.owing] == ["Xã 2", "Xã 1"]
    assert not found.says_nothing


def test_a_week_in_which_all_have_filed_before_says_nothing():
    done = (row(4, 1, 1, filed_on=6), row(4, 1, 1))
    assert week(done).says_nothing
    assert week(done, (row(2, 0, 3), None)).only({UnitId(4)}).says_nothing
