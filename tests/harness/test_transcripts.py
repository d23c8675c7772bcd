"""The files of transcripts are read as they are written, and played with everybody who takes part."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.harness import transcripts
from tests.harness.stage import Stage
from tests.harness.troupe import Troupe

FILE = """\
# 24/3/2022 07:55 · secretary of Trù Hựu
# with: huyện = district of Lục Ngạn (Vi Văn Toàn)
# with: mới = stranger
# admitted: Hoàng Thị Mai 10/3/2022
# digits
~ a remark
> 5
< Biên Sơn · quý I/2022: chưa chốt

  Hai dòng
huyện<< Có tin
>> Lê Văn Cường
huyện> tình hình
huyện< Lục Ngạn
@@ 24/3/2022 08:00
<< Còn 7 ngày
@ 25/3/2022 09:00
>
< Không hiểu
"""


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(FILE, encoding="utf-8")
    return transcripts.read(path)


def test_a_file_is_written_as_it_was_read(transcript):
    assert transcripts.write(transcript, [each.shown for each in transcript.exchanges]) == FILE


def test_a_file_says_who_takes_part_and_what_is_on_the_books(transcript):
    assert [(part.nickname, part.role, part.name) for part in transcript.others] == [
        ("huyện", "district", "Vi Văn Toàn"),
        ("mới", "stranger", ""),
    ]
    assert transcript.books == [("admitted", "Hoàng Thị Mai 10/3/2022")]
    assert transcript.digits
    assert [(each.nickname, each.said, each.free) for each in transcript.exchanges] == [
        ("", "5", False),
        ("", "Lê Văn Cường", True),
        ("huyện", "tình hình", False),
        ("", None, False),
        ("", "", False),
    ]


def test_the_clock_goes_on_by_a_minute_a_message(transcript):
    assert [f"{each.at:%d %H:%M}" for each in transcript.exchanges] == [
        "24 07:55",
        "24 07:56",
        "24 07:57",
        "24 08:00",
        "25 09:00",
    ]


def test_a_nickname_that_nobody_bears_is_refused(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text("# 24/3/2022 07:55 · secretary of Biên Sơn\n> 1\nxã< gì\n", encoding="utf-8")
    with pytest.raises(ValueError, match="nobody"):
        transcripts.read(path)


def test_everybody_sees_what_is_theirs(transcript, sqlite_plan_url):
    troupe = Troupe(Stage(sqlite_plan_url), transcript, "zalo")
    _, _, rollup, reminder, _ = [troupe.play(each) for each in transcript.exchanges]
    assert [(each.nickname, each.unasked) for each in rollup] == [("huyện", False)]
    assert "Tính đến 07:57" in rollup[0].text
    assert ("", True) in [(each.nickname, each.unasked) for each in reminder]
    assert "Còn 7 ngày" in reminder[0].text


def test_the_clock_never_goes_back(sqlite_plan_url):
    stage = Stage(sqlite_plan_url)
    late = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
    stage.heartbeats(late)
    stage.heartbeats(datetime.fromisoformat("2022-03-23T08:00:00+07:00"))
    assert stage.now == late
