from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from domain.unit_code import unit_code


def test_a_code_is_made_of_initials() -> None:
    assert unit_code("Biên Sơn", ()) == "BS"
    assert unit_code("Đảng bộ xã Đèo Gia", ()) == "DG"


def test_a_name_of_one_word_gives_its_beginning() -> None:
    assert unit_code("Chũ", ()) == "CHU"


def test_a_clash_is_resolved_by_the_last_word() -> None:
    assert unit_code("Trù Hựu", {"TH"}) == "THU"
    assert unit_code("Thanh Hải", {"TH", "THU"}) == "THA"


def test_a_number_in_the_name_tells_schools_apart() -> None:
    assert unit_code("Trường THPT số 3", ()) == "TS3"


def test_a_code_never_runs_out() -> None:
    taken: set[str] = set()
    for _ in range(300):
        taken.add(unit_code("Tân Sơn", taken))
    assert len(taken) == 300


@given(st.text(), st.sets(st.text(alphabet="ABCDHNST234", min_size=2, max_size=4)))
def test_any_name_gets_a_good_code_that_is_free(name: str, taken: set[str]) -> None:
    code = unit_code(name, taken)
    assert re.fullmatch(r"[A-Z][A-Z0-9]{1,3}", code)
    assert code not in taken
