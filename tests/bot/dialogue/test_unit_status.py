"""One unit as the district asks for it, by as much of its name as comes to mind."""

from __future__ import annotations

from datetime import datetime

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


def test_another_name_that_fits_several_units_takes_the_place_of_the_first(stage):
    officer = stage.person("district", "", "zalo")
    officer.says("tân", AT)
    answer = officer.says("phong", AT)
    assert "Tôi không tìm thấy" not in answer
    assert "[1. Phong Minh] [2. Phong Vân]" in answer
    assert "Tân" not in officer.says("1", AT)
