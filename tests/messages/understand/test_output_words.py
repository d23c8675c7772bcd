from __future__ import annotations

import pytest

from domain.enclosure import Output
from messages.understand.output_words import read_output


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("xuất excel quý 1", Output.XLSX),
        ("bảng tính", Output.XLSX),
        ("tep word", Output.DOCX),
        ("báo cáo quý I", Output.DOCX),
        ("gửi biểu đồ", Output.PNG),
        ("ve bieu do quy 2", Output.PNG),
        ("hình", Output.PNG),
        ("xuất biểu", None),
        ("excel và word", None),
        ("cái nào cũng được", None),
        ("", None),
    ],
)
def test_one_file_is_named_or_none(text, output):
    assert read_output(text) is output
