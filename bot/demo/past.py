"""The demo's past: what the units had done by the morning of 24 March 2022, made up but likely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.candidate import Step

BEGAN: Final = date(2022, 2, 15)
"""When the people of the demo joined."""
TOLD: Final = date(2022, 2, 21)
"""When the units told how strong they are."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody admitted at a unit: reported on `said_on`, after the ceremony."""

    unit: str
    name: str
    gender: str
    born: int
    ceremony_on: date
    said_on: date


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A candidate of a unit, with the steps taken and their days."""

    unit: str
    name: str
    steps: tuple[tuple[Step, date], ...]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A unit that had its word on the quarter: nothing to report, or all is reported."""

    unit: str
    is_nil: bool
    on: date


@dataclass(frozen=True, slots=True)
class Strong:
    """How many members a unit has, and when it admitted somebody last before this year: told on `TOLD`."""

    unit: str
    members: int
    last: date


def _day(day: int, month: int) -> date:
    return date(2022, month, day)


ADMITTED: Final = (
    Admitted("Hồng Giang", "Nguyễn Văn Lực", "nam", 1996, _day(18, 2), _day(19, 2)),
    Admitted("Hồng Giang", "Trần Thị Thúy", "nữ", 1999, _day(18, 2), _day(19, 2)),
    Admitted("Chính quyền", "Ngô Quang Hiếu", "nam", 1990, _day(22, 2), _day(22, 2)),
    Admitted("Chính quyền", "Đàm Thị Vân Anh", "nữ", 1994, _day(22, 2), _day(22, 2)),
    Admitted("Đồng Cốc", "Hoàng Thị Dịu", "nữ", 1998, _day(25, 2), _day(26, 2)),
    Admitted("Đồng Cốc", "Vi Văn Khoa", "nam", 2000, _day(25, 2), _day(26, 2)),
    Admitted("Đồng Cốc", "Lý Văn Phúc", "nam", 1995, _day(25, 2), _day(26, 2)),
    Admitted("Thanh Hải", "Giáp Văn Tiến", "nam", 1997, _day(1, 3), _day(2, 3)),
    Admitted("Thanh Hải", "Nguyễn Thị Loan", "nữ", 1993, _day(1, 3), _day(2, 3)),
    Admitted("Quý Sơn", "Trương Văn Mạnh", "nam", 2001, _day(3, 3), _day(4, 3)),
    Admitted("Kiên Thành", "Leo Thị Bảy", "nữ", 1996, _day(4, 3), _day(4, 3)),
    Admitted("Tân Sơn", "Nông Văn Chiến", "nam", 1999, _day(5, 3), _day(7, 3)),
    Admitted("Phong Vân", "Lâm Văn Hải", "nam", 1994, _day(8, 3), _day(8, 3)),
    Admitted("Phong Vân", "Chu Thị Xuân", "nữ", 1998, _day(8, 3), _day(8, 3)),
    Admitted("Trù Hựu", "Vi Văn Toàn", "nam", 1997, _day(10, 3), _day(11, 3)),
    Admitted("THPT số 3", "Vũ Thị Hằng", "nữ", 1991, _day(12, 3), _day(14, 3)),
    Admitted("Giáp Sơn", "Phạm Đức Thịnh", "nam", 1995, _day(15, 3), _day(15, 3)),
    Admitted("Tân Quang", "Dương Văn Tâm", "nam", 2002, _day(18, 3), _day(18, 3)),
)

SPOKE: Final = (
    Spoke("Chính quyền", is_nil=False, on=_day(15, 3)),
    Spoke("Kiên Thành", is_nil=False, on=_day(16, 3)),
    Spoke("Công an", is_nil=True, on=_day(17, 3)),
    Spoke("Kim Sơn", is_nil=True, on=_day(18, 3)),
    Spoke("Phong Vân", is_nil=False, on=_day(21, 3)),
    Spoke("Giáp Sơn", is_nil=False, on=_day(22, 3)),
    Spoke("Hồng Giang", is_nil=False, on=_day(22, 3)),
    Spoke("Đèo Gia", is_nil=True, on=_day(23, 3)),
)

ON_THE_WAY: Final = (
    OnTheWay("Trù Hựu", "Lê Thị Nga", ((Step.CELL_RESOLVED, _day(15, 2)), (Step.DECIDED, _day(16, 3)))),
    OnTheWay("Trù Hựu", "Hoàng Văn Nam", ((Step.APPLIED, _day(1, 3)),)),
    OnTheWay("Biên Sơn", "Lê Văn Cường", ((Step.CELL_RESOLVED, _day(20, 2)), (Step.DECIDED, _day(16, 3)))),
    OnTheWay("Biên Sơn", "Vi Thị Hạ", ((Step.TRAINED, _day(16, 2)), (Step.VETTED, _day(12, 3)))),
    OnTheWay("THPT số 3", "Nguyễn Minh Đức", ((Step.DECIDED, _day(18, 3)),)),
    OnTheWay("THPT số 3", "Trần Thu Trang", ((Step.CELL_RESOLVED, _day(10, 3)),)),
    OnTheWay("Thanh Hải", "Giáp Thị Hòa", ((Step.DECIDED, _day(19, 3)),)),
    OnTheWay("Quý Sơn", "Lục Văn Thủy", ((Step.RECOMMENDED, _day(7, 3)),)),
    OnTheWay("Chũ", "Nguyễn Hoàng Anh", ((Step.DECIDED, _day(21, 3)),)),
)

STRONG: Final = (
    Strong("Biên Sơn", 286, date(2021, 11, 18)),
    Strong("Chũ", 634, date(2021, 12, 22)),
    Strong("Quý Sơn", 512, date(2021, 12, 3)),
    Strong("Trù Hựu", 301, date(2021, 10, 20)),
    Strong("Công an", 165, date(2021, 9, 2)),
    Strong("THPT số 3", 48, date(2021, 5, 19)),
    Strong("Kho bạc", 11, date(2018, 9, 2)),
    Strong("Hạt Kiểm lâm", 14, date(2018, 3, 26)),
    Strong("Bưu điện", 8, date(2020, 2, 3)),
    Strong("Thiên Lâm Đạt", 5, date(2021, 2, 3)),
    Strong("Vật tư Kỹ thuật NN", 6, date(2017, 8, 15)),
    Strong("Cơ điện", 7, date(2020, 5, 19)),
)
