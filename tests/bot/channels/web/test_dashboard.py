"""The dashboard: what the district and overseers see of the quarter, who may not, and what the log has of it."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from bot.channels.web import FileRoom, WebChannel, web_routes
from bot.channels.web.visitor import COOKIE, address_of
from bot.opened import Opener
from domain.file_link import Linking
from domain.period import Quarter
from domain.rollup_json import rollup_json
from messages.channel import File
from scheduler.days_off import timetable_of
from storage.faults import Unavailable
from storage.queries import senders
from storage.queries.channels import leave_web
from storage.queries.rollup import roll_up
from storage.session import DatabaseFault
from storage.tables import audit
from tests.harness.stage import Someone, Stage, bind_address

NOW = datetime.fromisoformat("2022-03-31T16:00:00+07:00")
Q1 = Quarter(2022, 1)


@dataclass
class Office:
    """The office's site over the books of a stage, and a browser that one holds."""

    stage: Stage
    client: httpx.AsyncClient
    now: datetime = NOW
    is_down: bool = False
    is_read_only: bool = False

    async def sign_in(self, someone: Someone) -> None:
        """Make this browser somebody's."""
        await self.client.get("/chat")
        address = address_of(self.client.cookies[COOKIE])
        with self.stage.begin() as session:
            senders.lock_senders(session, [("web", address)], self.now)
            bind_address(session, "web", address, someone.id)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def run(self, work):
        if self.is_read_only:
            raise Unavailable
        with self.stage.begin() as session:
            return work(session)

    def read(self):
        if self.is_down:
            raise DatabaseFault
        return self.stage.begin()

    def seen(self) -> list[tuple[str, str]]:
        """What the log says that people looked at."""
        query = select(audit.c.act, audit.c.subject).where(audit.c.act.like("see %")).order_by(audit.c.id)
        with self.stage.begin() as session:
            return [tuple(row) for row in session.execute(query)]


@pytest.fixture
def stage(plan_url: str):
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


@pytest.fixture
async def office(stage: Stage) -> AsyncIterator[Office]:
    office = Office(stage, httpx.AsyncClient())

    async def make(enclosure) -> File:
        return File(name=enclosure.name, media_type="image/png", content=enclosure.subject.encode())

    routes = web_routes(
        receive=lambda _: asyncio.sleep(0),
        read=office.read,
        channel=WebChannel(),
        now=lambda: office.now,
        office=stage.office.name,
        zone=stage.office.timezone,
        files=FileRoom(
            read=office.read,
            books=office,
            make=make,
            linking=Linking(public_url="", lasts=timedelta(hours=1), new_token=lambda: "t" * 43),
            office=stage.office,
            now=lambda: office.now,
        ),
        opened=Opener(stage.office, timetable_of(stage.office), "web"),
    )
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://chibo.test") as office.client:
        yield office


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "web", "Trần Thị Bình")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "web", "Hoàng Văn Thắng")


def reports(secretary: Someone, line: str) -> None:
    secretary.says(line, NOW)
    assert "Đã ghi nhận" in secretary.says("1", NOW)


def words(html: str) -> str:
    """What is read of a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def test_its_rows_are_those_of_the_roll_up(stage, office, officer, secretary):
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    await office.sign_in(officer)
    page = (await office.get("/tinhhinh?quarter=2022-Q1")).text
    with stage.begin() as session:
        whole = rollup_json(roll_up(session, Q1, NOW, stage.office), stage.office.timezone)
    rows = re.findall(
        r'<tr class="(?!block)(\w+)[^"]*">.*?<strong>(\d+)/(\d+)</strong>.*?(\d+)/(\d+)</td>', page, re.DOTALL
    )
    shown = [(state, *map(int, figures)) for state, *figures in rows]
    assert shown == [
        (
            unit["filing"],
            unit["admitted"]["quarter"],
            unit["target"]["quarter"],
            unit["admitted"]["year"],
            unit["target"]["year"],
        )
        for unit in whole["units"]
    ]
    totals = whole["totals"]["quarter"]
    assert f"Kết nạp quý I {totals['admitted']}/{totals['target']}" in words(page)


async def test_who_is_missing_stands_above_everything_else(office, officer, secretary):
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    await office.sign_in(officer)
    page = words((await office.get("/tinhhinh")).text)
    assert "Chưa báo (28): Biển Động" in page
    assert page.index("Chưa báo (28)") < page.index("Từng đơn vị")


async def test_the_units_of_one_state_can_be_seen_alone(office, officer, secretary):
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    await office.sign_in(officer)
    page = words((await office.get("/tinhhinh?state=draft")).text)
    assert "Biên Sơn" in page
    assert "Biển Động" not in page
    assert "Không có đơn vị nào" in words((await office.get("/tinhhinh?state=filed")).text)


async def test_a_unit_shows_whom_it_admitted_and_each_of_them_where_it_came_from(office, officer, secretary):
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    await office.sign_in(officer)
    unit = (await office.get("/tinhhinh/don-vi/BS?quarter=2022-Q1")).text
    assert "Vi Văn Toàn 10/3/2022 BS-22-01" in words(unit)
    way = re.search(r'href="(/tinhhinh/so/BS-22-01[^"]*)"', unit)[1].replace("&amp;", "&")
    number = words((await office.get(way)).text)
    assert "Hoàng Văn Thắng" in number
    assert "«kn Vi Văn Toàn ngày 10/3»" in number


async def test_the_log_has_who_looked_at_what_and_an_unchanged_dashboard_is_looked_at_once(
    office, officer, secretary
):
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    await office.sign_in(officer)
    mark = (await office.get("/tinhhinh")).headers["etag"]
    office.now = NOW + timedelta(minutes=5)
    again = await office.get("/tinhhinh", **{"If-None-Match": mark})
    assert (again.status_code, again.text, again.headers["chibo-as-of"]) == (304, "", "16:05, 31/3/2022")
    await office.get("/tinhhinh/don-vi/BS?quarter=2022-Q1")
    await office.get("/tinhhinh/so/BS-22-01")
    assert office.seen() == [
        ("see dashboard", "2022-Q1"),
        ("see unit", "BS 2022-Q1"),
        ("see number", "BS-22-01"),
    ]


async def test_the_page_knows_its_mark_so_that_its_first_look_is_none(office, officer):
    await office.sign_in(officer)
    page = await office.get("/tinhhinh")
    assert f'"{re.search(r"data-mark=.([0-9a-f]+)", page.text)[1]}"' == page.headers["etag"]


async def test_the_mark_changes_with_the_books(office, officer, secretary):
    await office.sign_in(officer)
    mark = (await office.get("/tinhhinh")).headers["etag"]
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    fresh = await office.get("/tinhhinh", **{"If-None-Match": mark})
    assert fresh.status_code == 200
    assert fresh.headers["etag"] != mark


async def test_an_overseer_sees_the_own_cluster_with_initials_and_no_files(stage, office, secretary):
    reports(secretary, "kn Vi Văn Toàn ngày 10/3")
    overseer = stage.person("overseer", "Biên Sơn", "web", "Lê Văn Tám")
    await office.sign_in(overseer)
    page = words((await office.get("/tinhhinh")).text)
    assert "1 đơn vị đồng chí phụ trách" in page
    assert "Biển Động" not in page
    assert "Excel" not in page
    unit = words((await office.get("/tinhhinh/don-vi/BS?quarter=2022-Q1")).text)
    assert "V.V.T." in unit
    assert "Vi Văn Toàn" not in unit + words((await office.get("/tinhhinh/so/BS-22-01")).text)
    for path in ("/tinhhinh/don-vi/CHU?quarter=2022-Q1", "/tinhhinh/so/CHU-22-01"):
        assert (await office.get(path)).status_code == 404
    for path in ("/tinhhinh/bieu-do", "/tinhhinh/tep/xlsx"):
        assert (await office.get(path)).status_code == 403


async def test_nobody_else_sees_anything(office, secretary):
    stranger = await office.get("/tinhhinh")
    assert (stranger.status_code, "Chưa báo" in stranger.text) == (401, False)
    await office.sign_in(secretary)
    for path in ("", "/don-vi/BS", "/so/BS-22-01", "/bieu-do", "/tep/xlsx"):
        refused = await office.get(f"/tinhhinh{path}")
        assert (refused.status_code, "chỉ dành cho" in refused.text) == (403, True)
    assert office.seen() == []


async def test_a_stranger_who_asks_too_often_has_to_wait_and_an_officer_has_not(impatient, office, officer):
    await office.get("/chat")
    answers = [(await office.get("/tinhhinh")).status_code for _ in range(3)]
    await office.sign_in(officer)
    answers += [(await office.get("/tinhhinh")).status_code]
    assert answers == [401, 401, 429, 200]


async def test_a_session_that_was_ended_shows_nothing_of_it_to_whoever_kept_its_cookie(
    stage, office, officer
):
    await office.sign_in(officer)
    stolen = office.client.cookies[COOKIE]
    with stage.begin() as session:
        leave_web(session, officer.id)
    for path in ("/tinhhinh", "/tinhhinh/don-vi/BS", "/tinhhinh/tep/xlsx"):
        assert (await office.get(path)).status_code == 401
    assert (await office.get("/chat/messages")).status_code == 410
    words = {"id": str(uuid.uuid4()), "text": "kn Vi Văn Toàn ngày 10/3"}
    assert (await office.client.post("/chat/messages", json=words)).status_code == 410
    await office.get("/chat/anew")
    assert office.client.cookies[COOKIE] != stolen
    assert (await office.get("/chat/messages")).json()["lines"] == []


async def test_a_session_that_lives_is_not_taken_by_a_link(office, officer):
    await office.sign_in(officer)
    await office.get("/chat/anew")
    assert (await office.get("/tinhhinh")).status_code == 200


async def test_the_files_are_fetched_at_a_link_of_ones_own(office, officer):
    await office.sign_in(officer)
    answer = await office.get("/tinhhinh/tep/xlsx?quarter=2022-Q1")
    assert answer.headers["location"] == f"/files/{'t' * 43}/Bieu-ket-nap-quy-I-2022.xlsx"
    assert "Tải tệp về" in (await office.get(f"/files/{'t' * 43}")).text
    chart = await office.get("/tinhhinh/bieu-do?quarter=2022-Q1")
    assert (chart.headers["content-type"], chart.content) == ("image/png", b"png 2022-Q1")
    assert chart.headers["cache-control"] == "private, no-cache"  # no longer than the session
    same = {"if-none-match": chart.headers["etag"]}
    again = await office.get("/tinhhinh/bieu-do?quarter=2022-Q1", **same)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "?quarter=2022-Q5",
        "?quarter=1999-Q1",
        "/don-vi/KHONG?quarter=2022-Q1",
        "/so/BS-22-99",
        "/so/x",
        "/tep/exe",
    ],
)
async def test_what_there_is_not_is_said_in_a_line(office, officer, path):
    await office.sign_in(officer)
    answer = await office.get(f"/tinhhinh{path}")
    assert (answer.status_code, "Không có trang này" in answer.text) == (404, True)


async def test_a_name_with_a_script_in_it_stays_a_name(office, officer, secretary):
    stage = office.stage
    stage.prepare("admitted", "<script>alert(1)</script> 10/3/2022", secretary, NOW)
    await office.sign_in(officer)
    for path in ("/tinhhinh/don-vi/BS?quarter=2022-Q1", "/tinhhinh/so/BS-22-01"):
        page = (await office.get(path)).text
        assert "<script>alert" not in page
        assert "&lt;" in page


async def test_books_that_cannot_be_read_are_an_apology(office, officer):
    await office.sign_in(officer)
    office.is_down = True
    answer = await office.get("/tinhhinh")
    assert (answer.status_code, "Máy chủ đang bận" in answer.text) == (503, True)


async def test_what_cannot_be_written_into_the_log_is_not_shown(office, officer):
    await office.sign_in(officer)
    office.is_read_only = True
    for path in ("/tinhhinh", "/tinhhinh/tep/xlsx"):
        assert (await office.get(path)).status_code == 503
