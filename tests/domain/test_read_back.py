"""What a choice carries that files a quarter in one tap."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import Quarter
from domain.read_back import ReadBack, mark_of, read_back_of

DAY = date(2022, 3, 10)
shown = st.builds(
    ReadBack,
    unit=st.from_regex(r"[A-Z][A-Z0-9]{1,4}", fullmatch=True),
    quarter=st.builds(Quarter, st.integers(2020, 2060), st.integers(1, 4)),
    admitted=st.integers(0, 300),
    mark=st.integers(0, 99_999),
)


@given(shown)
def test_a_code_is_read_as_what_it_was_made_of(read_back: ReadBack) -> None:
    assert read_back_of(read_back.code) == read_back


def test_without_figures_there_are_none() -> None:
    assert read_back_of("BS-2022-1") == ReadBack(unit="BS", quarter=Quarter(2022, 1))


@pytest.mark.parametrize("code", [None, "", "BS-22-01", "VM-3", "QC-12", "BS-2022-5", "BS-2022-1-2"])
def test_any_other_code_is_none(code: str | None) -> None:
    assert read_back_of(code) is None


def test_the_mark_changes_with_whom_and_when() -> None:
    one = ("BS-22-01", "Vi Văn Toàn", DAY)
    marks = [mark_of([]), mark_of([one]), mark_of([("BS-22-01", "Vi Văn Toản", DAY)]), mark_of([one, one])]
    marks.append(mark_of([("BS-22-01", "Vi Văn Toàn", date(2022, 3, 11))]))
    assert len(set(marks)) == len(marks)
    assert marks[0] == 0
