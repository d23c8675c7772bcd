"""The roll-up in words and as JSON: the facts of the district's report, never a row that says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.at_risk import AtRisk
from domain.office import NamesShown, Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import (
    Breakdown,
    Filed,
    FilingKind,
    HeadsRate,
    PlanTerms,
    RollUp,
    Tally,
    UnitProgress,
)
from domain.rollup_json import rollup_json
from domain.strength import FewMembers, LongWithout
from messages import places
from messages.rollup_words import Named, rollup_words, unit_words
from messages.say import LONGEST, Hearer, say
from storage.data import shipped_units

OFFICE = Office()
Q1 = Quarter(2022, 1)
AT = datetime(2022, 3, 31, 10, 0, tzinfo=UTC)
FILED, NIL = (Filed(kind=kind, at=datetime(2022, 3, 30, 2, 5, tzinfo=UTC)) for kind in FilingKind)
PLAN = PlanTerms(
    year=2022, number="72-KH/HU", signed_on=date(2022, 2, 11), pledged=200, heads_rate=90, grace_days=5
)


def row(number: int, name: str, admitted: int, target: int, filed: Filed | None = None) -> UnitProgress:
    unit = Unit(
        id=UnitId(number),
        kind=UnitKind.GRASSROOTS,
        name=f"Đảng bộ {name}",
        short=name,
        code=f"U{number}",
        block=1,
        position=number,
    )
    return UnitProgress(
        unit=unit,
        quarter=Q1,
        target=Tally(quarter=target, to_date=target, year=target * 4),
        admitted=Tally(quarter=admitted, to_date=admitted, year=admitted),
        filed=filed,
    )


ROWS = (
    row(1, "Hồng Giang", 3, 2, FILED),
    row(2, "Quý Sơn", 1, 2, FILED),
    row(3, "Biên Sơn", 0, 1),
    row(4, "Chũ", 0, 2, NIL),
    row(5, "Trù Hựu", 2, 2),
    row(6, "Kim Sơn", 0, 0),
)
WHOLE = RollUp(
    plan=PLAN,
    as_of=AT,
    quarter=Q1,
    units=ROWS,
    breakdown=Breakdown(women=2, minority=1, village_heads=1),
    district="Lục Ngạn",
)


def words(whole: RollUp) -> list[str]:
    return say([rollup_words(whole, "Ban Tổ chức")], Hearer.on("telegram", OFFICE)).text.splitlines()


def test_the_roll_up_reads_as_the_district_reports():
    assert words(WHOLE) == [
        "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Lục Ngạn",
        "Tính đến 17:00 ngày 31/3/2022",
        "Kết nạp: 6/9 chỉ tiêu quý (66,7%)",
        "Từ đầu năm: 6/36 chỉ tiêu giao (16,7%) · 6/200 mục tiêu (3,0%)",
        "Trong đó: nữ 2 · DTTS 1 · trưởng, phó thôn 1",
        "Trưởng thôn là đảng viên: chưa có số liệu",
        "Báo cáo: 3/5 đơn vị có chỉ tiêu đã chốt",
        "Chưa báo (1): Biên Sơn",
        "Chưa chốt (1): Trù Hựu",
        "Không phát sinh (1): Chũ",
        "Chưa đạt (2): Quý Sơn 1/2, Chũ 0/2",
        "Vượt (1): Hồng Giang 3/2",
        "Không có chỉ tiêu quý I: 1 đơn vị",
    ]


def test_what_is_known_is_added():
    whole = replace(
        WHOLE,
        heads=HeadsRate(members=271, total=301),
        issues_open=3,
        closed_on=date(2022, 4, 5),
        amended_after_close=ROWS[:1],
        before_amended=(replace(ROWS[0], admitted=Tally(quarter=2)),),
        district="",
    )
    lines = words(whole)
    assert lines[0] == "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Ban Tổ chức"
    assert lines[1] == "Tính đến 17:00 ngày 31/3/2022 (đã khóa sổ, hết ngày 5/4)"
    assert "Trưởng thôn là đảng viên: 271/301 (90,0%)" in lines
    assert lines[-2:] == ["Vướng mắc đang mở: 3", "Điều chỉnh sau chốt (1): Hồng Giang 3/2 (khi chốt 2/2)"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({}, ""),
        ({"closed_on": date(2022, 4, 5)}, " (đã khóa sổ, hết ngày 5/4)"),
        (
            {"closed_on": date(2022, 3, 31), "closed_at": AT},
            " (huyện đã khóa sổ lúc 17:00 ngày 31/3/2022)",
        ),
        ({"reopened_until": date(2022, 4, 20)}, " (mở lại đến hết ngày 20/4)"),
    ],
)
def test_it_says_whether_the_quarter_is_closed_and_by_whom(state, told):
    assert words(replace(WHOLE, **state))[1] == f"Tính đến 17:00 ngày 31/3/2022{told}"


def test_the_heads_of_some_communes_are_not_those_of_the_district():
    nine = replace(WHOLE, heads=HeadsRate(members=9, total=10), heads_told=1, heads_awaited=29)
    assert "Trưởng thôn là đảng viên: 9/10 (90,0%), 1/29 xã đã báo" in words(nine)
    assert "Trưởng thôn là đảng viên: 9/10 (90,0%)" in words(replace(nine, heads_told=29))


def test_units_are_singled_out_for_what_they_are_before_what_went_well():
    whole = replace(
        WHOLE,
        few_members=(FewMembers(unit=ROWS[0].unit, members=5, above="Trù Hựu"),),
        long_without=(LongWithout(unit=ROWS[5].unit, since=date(2018, 3, 15)),),
    )
    lines = words(whole)
    assert lines[-4:-1] == [
        "Ít đảng viên (1): Hồng Giang (Trù Hựu) 5",
        "Lâu chưa kết nạp (1): Kim Sơn từ 3/2018",
        "Vượt (1): Hồng Giang 3/2",
    ]


def test_an_empty_quarter_has_no_empty_lists():
    whole = replace(WHOLE, units=(row(1, "Kim Sơn", 0, 0),), breakdown=Breakdown())
    assert words(whole)[2:] == [
        "Kết nạp: 0/0 chỉ tiêu quý (–)",
        "Từ đầu năm: 0/0 chỉ tiêu giao (–) · 0/200 mục tiêu (0,0%)",
        "Trưởng thôn là đảng viên: chưa có số liệu",
        "Báo cáo: 0/0 đơn vị có chỉ tiêu đã chốt",
        "Không có chỉ tiêu quý I: 1 đơn vị",
    ]


def test_a_country_of_silent_units_still_fits_one_message():
    whole = replace(WHOLE, units=tuple(row(n, f"Lâm nghiệp số {n}", 0, 1) for n in range(1, 400)))
    lines = words(whole)
    assert len("\n".join(lines)) <= LONGEST
    assert lines[7].startswith("Chưa báo (399): Lâm nghiệp số 1, ")
    assert lines[7].endswith(" và 354 đơn vị khác")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            ROWS[1],
            [
                "Đảng bộ Quý Sơn · quý I/2022: đã chốt lúc 09:05 ngày 30/3/2022",
                "Quý I: 1/2 · Cả năm: 1/8",
                "Đã kết nạp: V.V.T. (10/3)",
                "Còn thiếu 1 đồng chí cho quý I.",
            ],
        ),
        (
            ROWS[5],
            [
                "Đảng bộ Kim Sơn · quý I/2022: không phải báo",
                "Quý I: 0/0 · Cả năm: 0/0",
                "Quý I không có chỉ tiêu.",
            ],
        ),
        (ROWS[4], ["Đảng bộ Trù Hựu · quý I/2022: chưa chốt", "Quý I: 2/2 · Cả năm: 2/8"]),
    ],
)
def test_one_unit_reads_as_the_district_sees_it(now, expected):
    admitted = [Named(name="Vi Văn Toàn", on=date(2022, 3, 10))] if now is ROWS[1] else []
    hearer = Hearer(NamesShown.INITIALS, OFFICE.timezone, OFFICE.name)
    assert say([unit_words(now, admitted)], hearer).text.splitlines() == expected


def test_the_json_is_the_public_one():
    found = rollup_json(replace(WHOLE, amended_after_close=ROWS[:1]), OFFICE.timezone)
    assert list(found) == [
        "plan",
        "as_of",
        "quarter",
        "totals",
        "filings",
        "units",
        "breakdown",
        "heads",
        "issues_open",
        "lessons",
        "closed_on",
        "amended_after_close",
        "few_members",
        "long_without_admission",
        "at_close",
    ]
    assert found["plan"] == {"year": 2022, "number": "72-KH/HU", "pledged": 200, "assigned": 36}
    assert found["as_of"] == "2022-03-31T17:00:00+07:00"
    assert found["quarter"] == "2022-Q1"
    assert found["totals"] == {
        "quarter": {"target": 9, "admitted": 6},
        "to_date": {"target": 9, "admitted": 6},
        "year": {"target": 36, "admitted": 6},
    }
    assert found["filings"] == {"not_due": 1, "silent": 1, "draft": 1, "nil": 1, "filed": 2}
    assert found["units"][1] == {
        "unit": "Đảng bộ Quý Sơn",
        "block": 1,
        "target": {"quarter": 2, "to_date": 2, "year": 8},
        "admitted": {"quarter": 1, "to_date": 1, "year": 1},
        "filing": "filed",
        "verdict": "below",
    }
    assert found["breakdown"]["women"] == 2
    assert found["heads"] is None
    assert found["amended_after_close"] == ["Đảng bộ Hồng Giang"]


def test_the_json_gives_the_rate_of_village_heads():
    found = rollup_json(replace(WHOLE, heads=HeadsRate(members=271, total=301)), OFFICE.timezone)
    assert found["heads"] == {"members": 271, "total": 301, "rate": 90.0}


def test_the_fifty_five_units_fit_whole_even_if_all_are_late():
    units = [unit for unit in shipped_units() if unit.block]
    rows = tuple(replace(row(n, "", 0 if n % 2 else 1, 2), unit=unit) for n, unit in enumerate(units, 1))
    lines = words(replace(WHOLE, units=rows, issues_open=9))
    assert len(rows) == 55
    assert lines[-1] == "Vướng mắc đang mở: 9"
    assert all(any(unit.short in line for line in lines) for unit in units)


def test_a_roll_up_with_everything_at_its_longest_fits_with_its_choices():
    units = [unit for unit in shipped_units() if unit.block]
    rows = tuple(replace(row(n, "", 0 if n % 2 else 1, 2), unit=unit) for n, unit in enumerate(units, 1))
    risks = tuple(AtRisk(unit=unit, missing=12) for unit in units)
    whole = replace(
        WHOLE,
        units=rows,
        at_risk=risks,
        few_members=tuple(FewMembers(unit=unit, members=8, above=units[0].short) for unit in units),
        long_without=tuple(
            LongWithout(unit=unit, since=date(2018, 12, 1), above=units[0].short) for unit in units
        ),
        amended_after_close=rows,
        before_amended=tuple(replace(each, admitted=Tally(quarter=9)) for each in rows),
        issues_open=99,
        heads=HeadsRate(members=271, total=301),
        heads_awaited=29,
        breakdown=Breakdown(
            women=10, minority=10, religious=10, youth=10, rural=10, private_sector=10, village_heads=10
        ),
    )
    offers = places.offers(whole, whole.quarter, begun=True, cluster=False)
    for words_of in (
        rollup_words(whole, "Ban Tổ chức", offers),
        rollup_words(whole, "", offers, cluster=True),
    ):
        message = say([words_of], Hearer.on("zalo", OFFICE), offers, "q1")
        assert len(message.as_plain_text()) <= LONGEST
        assert not message.text.endswith("…")
        assert "Điều chỉnh sau chốt (55): " in message.text
        assert "Có nguy cơ không đạt (55): " in message.text
        assert "Ít đảng viên (55): " in message.text
        assert "Lâu chưa kết nạp (55): " in message.text
