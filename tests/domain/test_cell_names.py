"""The names of cells as people type them."""

from __future__ import annotations

import pytest

from domain.cell_names import is_name, short_name, without_kind


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("thôn Trại Một", "thôn Trại Một"),
        ("chi bộ thôn trại một", "thôn Trại Một"),
        ("CHI BỘ THÔN TRẠI MỘT", "thôn Trại Một"),
        ("chi bo thon Trai Mot", "thôn Trai Mot"),
        ("to dan pho  Minh Khai", "tổ dân phố Minh Khai"),
        ("trường Tiểu học số 1", "Trường Tiểu học số 1"),
        ("Công an xã", "Công an xã"),
        ("chi bộ", ""),
    ],
)
def test_a_name_is_kept_as_names_are_written(typed, short):
    assert short_name(typed) == short


@pytest.mark.parametrize(
    "name", ["", "12", "thôn", "tổ dân phố", "x" * 61, "?!", "thôn Hạ kết nạp Vi Văn An", "thôn Hạ 15/3"]
)
def test_what_is_no_name_is_not_taken(name):
    assert not is_name(name)


def test_kind_marks_and_number_words_make_no_other_cell():
    assert without_kind("thôn Trại Một") == without_kind("Trai 1") == "trai 1"
    assert without_kind("thôn Trại Hai") == "trai 2"
    assert without_kind("thôn") == "thon"
    assert without_kind("Ba Đình") == "ba dinh"
