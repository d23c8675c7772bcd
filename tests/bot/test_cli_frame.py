"""`chibo plan frame`: a frame of several years is laid down, amended with a reason, and shown with its years."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from domain.frame import Frame
from domain.office import Office
from storage.data import shipped_plan_path
from storage.queries.frames import frame_use, frames_of, lay_down, tell_year
from storage.schema import upgrade
from storage.session import open_engine, unit_of_work
from storage.tables import audit, frames

LAID = ("plan", "frame", "2021-2025", "--admissions", "1100", "--number", "04-KH/BTCTU")


@pytest.fixture
def books(tmp_path, chibo):
    engine = open_engine(f"sqlite:///{tmp_path / 'chibo.db'}")
    upgrade(engine)
    yield unit_of_work(engine)
    engine.dispose()


def test_a_frame_is_laid_down_and_shown_with_its_years(chibo, books):
    assert chibo("plan", "import", str(shipped_plan_path())).code == 0
    left = chibo(*LAID, "--signed", "2021-01-27", "--used", "2021=215/210")
    assert (left.code, left.err) == (0, "")
    lines = left.out.splitlines()
    assert lines[0] == "KHUNG KẾT NẠP ĐẢNG VIÊN 2021-2025"
    assert "Giao cả giai đoạn: 1100 đảng viên (kế hoạch số 04-KH/BTCTU, ngày 27/1/2021)" in lines
    assert "2021: 215/210 (cơ quan ghi) · 19,5% khung" in lines
    assert "2022: 0/220 chỉ tiêu giao, mục tiêu 200 · 0,0% khung" in lines
    assert "2023: chưa có kế hoạch trong sổ" in lines
    assert "Đã dùng: 215/1100 (19,5%), còn lại 885." in lines
    assert not any(line.startswith("Sổ chưa có số liệu năm 2021") for line in lines)
    assert chibo("plan", "frame", "2021-2025").out.splitlines()[2:] == lines[2:]


def test_another_frame_of_the_same_years_needs_a_reason_and_ends_the_one_before(chibo, books):
    chibo(*LAID)
    other = ("plan", "frame", "2021-2025", "--admissions", "1150", "--number", "04-KH/BTCTU")
    left = chibo(*other)
    assert left.code == 1
    assert left.err.startswith("Khung 2021-2025 đã có trong sổ, giao 1100, khác với lần này;")
    assert chibo(*other, "--amend", "Công văn số 9").code == 0
    assert chibo(*other).code == 0  # the same once more changes nothing
    with books() as session:
        rows = session.execute(select(frames.c.admissions, frames.c.reason, frames.c.until_at)).all()
        deeds = session.execute(select(audit.c.act).where(audit.c.act == "lay down frame")).all()
    assert [(row.admissions, row.reason, row.until_at is None) for row in rows] == [
        (1100, None, False),
        (1150, "Công văn số 9", True),
    ]
    assert len(deeds) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("plan", "frame", "2025-2021"), 2, "hãy ghi như 2021-2025."),
        (("plan", "frame", "2021-2025"), 1, "Sổ chưa có khung 2021-2025; hãy thêm --admissions"),
        (("plan", "frame", "2021-2025", "--admissions", "5"), 2, "Khung cần --number"),
        ((*LAID, "--used", "2021:5"), 2, "hãy ghi như 2021=215"),
        ((*LAID, "--used", "2020=5"), 1, "Năm 2020 không nằm trong khung 2021-2025"),
        ((*LAID, "--used", "2022=5"), 1, "Sổ đã có kế hoạch năm 2022"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(chibo, books, arguments, code, words):
    chibo("plan", "import", str(shipped_plan_path()))
    left = chibo(*arguments)
    assert (left.code, left.out) == (code, "")
    assert words in left.err
    with books() as session:
        assert frames_of(session) == ()


def test_a_frame_replays_as_the_books_stood(database_url):
    engine = open_engine(database_url)
    upgrade(engine)
    begin = unit_of_work(engine)
    first, later = datetime(2022, 1, 5, tzinfo=UTC), datetime(2022, 6, 1, tzinfo=UTC)
    frame = Frame(first=2021, last=2023, admissions=900, number="04-KH", signed_on=date(2021, 1, 27))
    with begin() as session:
        assert lay_down(session, frame, first)
        assert not lay_down(session, frame, later)
        tell_year(session, 2021, 300, 310, first)
        tell_year(session, 2021, 300, 320, later)
        before = frame_use(session, frame, datetime(2022, 3, 1, tzinfo=UTC), Office())
        now = frame_use(session, frame, later, Office())
        assert frames_of(session, datetime(2022, 1, 1, tzinfo=UTC)) == ()
    assert (before.used, before.left, before.ahead, before.a_year) == (310, 590, (2023,), 590)
    assert (now.used, now.left) == (320, 580)
    engine.dispose()
