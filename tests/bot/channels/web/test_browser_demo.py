"""The whole product in a browser: the demo in a process of its own, and people at its pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.harness.accessibility import fits, serious
from tests.harness.demo import demo
from tests.harness.port import Port
from tests.harness.telephone import DESK, PHONE, OpenDevice, answer, type_in

pytestmark = pytest.mark.browser


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(open_device: OpenDevice) -> OpenPage:
    """Opens a page on a device of its own."""

    def open_page(url: str, size: dict[str, int] = PHONE) -> Page:
        page = open_device(size).new_page()
        page.goto(url)
        return page

    return open_page


def test_an_admission_is_reported_reminders_come_and_the_district_gets_its_roll_up(tmp_path, open_page):
    with demo(tmp_path) as (_, url):
        secretary = open_page(f"{url}/chat?as=bi-thu-bien-son")
        other = open_page(f"{url}/chat?as=bi-thu-tru-huu")
        district = open_page(f"{url}/chat?as=can-bo-ban-to-chuc", DESK)
        expect(secretary.locator("#unit")).to_contain_text("Biên Sơn")

        type_in(secretary, "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3")
        expect(answer(secretary)).to_contain_text("Đồng chí kiểm tra giúp")
        secretary.reload()
        secretary.get_by_role("button", name="1. Đúng, ghi nhận").click()
        expect(answer(secretary)).to_contain_text("BS-22-01")
        expect(answer(secretary)).to_contain_text("Quý I: 1/1 · Cả năm: 1/5")

        district.get_by_role("button", name="Đến lần nhắc tới").click()
        expect(answer(other)).to_contain_text("Còn 7 ngày đến hạn báo cáo quý I/2022")

        type_in(district, "tình hình")
        expect(answer(district)).to_contain_text("08:00 ngày 24/3/2022")
        district.get_by_role("button", name="Đến cuối quý").click()
        expect(answer(district)).to_contain_text("17:00 ngày 31/3/2022")
        for page in (secretary, other, district):
            assert fits(page)
            page.set_viewport_size(PHONE)
            assert fits(page)


def test_a_report_typed_while_the_server_is_dead_is_counted_once(tmp_path, open_page):
    port = Port()
    with demo(tmp_path, "--port", str(port.number)) as (process, url):
        page = open_page(f"{url}/chat?as=bi-thu-bien-son")
        type_in(page, "kn Nguyen Thi Hoa nu 1999 ngay 15/3")
        expect(answer(page)).to_contain_text("Đồng chí kiểm tra giúp")
        process.kill()
        process.wait()
        page.get_by_role("button", name="1. Đúng, ghi nhận").click()
        expect(page.get_by_text("chưa gửi được, sẽ gửi lại")).to_be_visible()
    with demo(tmp_path, "--port", str(port.number)):
        expect(answer(page)).to_contain_text("BS-22-01")
        type_in(page, "tiến độ")
        expect(answer(page)).to_contain_text("1/1")
        expect(page.locator("#unsent .bubble")).to_have_count(0)


def test_the_district_takes_the_official_files_along(tmp_path, open_page):
    with demo(tmp_path) as (_, url):
        page = open_page(f"{url}/chat?as=can-bo-ban-to-chuc")
        type_in(page, "xuất excel")
        card = page.locator("#said .file").last
        expect(card).to_contain_text("Biểu kết nạp quý I-2022.xlsx")
        expect(card).to_contain_text(re.compile(r"\d+ KB"))
        assert fits(page)
        for _ in range(2):  # a card serves as often as one likes
            with page.expect_download() as download:
                card.click()
            assert download.value.suggested_filename == "Biểu kết nạp quý I-2022.xlsx"
        download.value.save_as(tmp_path / "bieu.xlsx")
        table = load_workbook(tmp_path / "bieu.xlsx")
        assert table.sheetnames == ["Biểu tổng hợp", "Tình hình báo cáo"]
        page.get_by_role("button", name="2. Biểu đồ (hình)").click()
        expect(page.locator("#said .file").last).to_contain_text("Biểu đồ kết nạp quý I-2022.png")
        page.reload()
        expect(page.locator("#said .file")).to_have_count(2)
        page.goto(f"{url}/files/nowhere")
        expect(page.get_by_text("Không có tệp ở đường dẫn này.")).to_be_visible()
        assert fits(page)


def test_everybody_can_use_the_pages(tmp_path, open_page):
    with demo(tmp_path, "--at", "2022-04-01T09:00") as (_, url):
        for size, scheme in product((PHONE, DESK), ("light", "dark")):
            page = open_page(f"{url}/chat?as=can-bo-ban-to-chuc", size)
            page.emulate_media(color_scheme=scheme)
            type_in(page, "tình hình")
            expect(
                page.locator("#said .bubble", has_text="KẾT NẠP ĐẢNG VIÊN QUÝ I/2022").last
            ).to_be_visible()
            assert serious(page) == []
            page.get_by_role("link", name="Tình hình", exact=True).click()
            expect(page.get_by_role("heading", name="Tình hình quý I/2022")).to_be_visible()
            for step, heading in (("Đồng Cốc", "Đồng Cốc · quý I/2022"), ("DC-22-01", "Báo cáo DC-22-01")):
                assert (fits(page), serious(page)) == (True, [])
                page.get_by_role("link", name=step, exact=True).first.click()
                expect(page.get_by_role("heading", name=heading)).to_be_visible()
            expect(page.get_by_text("Người báo: Phạm Văn Quyết")).to_be_visible()
            assert (fits(page), serious(page)) == (True, [])


def test_an_open_board_follows_the_books(tmp_path, open_page):
    with demo(tmp_path, "--at", "2022-04-01T09:00") as (process, url):
        dashboard = open_page(f"{url}/tinhhinh?as=can-bo-ban-to-chuc", DESK)
        expect(dashboard.get_by_text("Chưa báo (16):")).to_be_visible()
        dashboard.get_by_text("Xem biểu đồ").click()
        expect(dashboard.get_by_role("img", name="Biểu đồ tiến độ")).to_have_js_property(
            "complete", value=True
        )
        secretary = open_page(f"{url}/chat?as=bi-thu-bien-son")
        type_in(secretary, "kn Nguyen Thi Hoa nu 1999 ngay 15/3")
        secretary.get_by_role("button", name="1. Đúng, ghi nhận").click()
        expect(answer(secretary)).to_contain_text("BS-22-01")
        dashboard.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(dashboard.get_by_text("Chưa báo (15):")).to_be_visible()
        process.kill()
        process.wait()
        dashboard.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(dashboard.get_by_text("Mất kết nối, số liệu có thể đã cũ.")).to_be_visible()


def test_an_open_board_is_not_sent_again_while_nothing_changes(tmp_path, open_page):
    with demo(tmp_path, "--at", "2022-04-01T09:00") as (_, url):
        board = open_page(f"{url}/tinhhinh?as=can-bo-ban-to-chuc", DESK)
        expect(board.get_by_text("Chưa báo (16):")).to_be_visible()
        heading = board.locator("h2").first.element_handle()
        with board.expect_response(lambda answer: "/tinhhinh" in answer.url) as looked:
            board.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            board.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert looked.value.status == 304
        assert heading.evaluate("each => each.isConnected")


def test_one_finds_somebody_among_all_the_demos_people(tmp_path, open_page):
    with demo(tmp_path) as (_, url):
        page = open_page(f"{url}/chat", DESK)
        people = page.locator("#people a:visible")
        expect(people.first).to_have_text("bí thư Biên Sơn")
        expect(people.nth(9)).to_have_count(0)
        page.get_by_label("Tìm người").fill("thpt so 3")
        expect(people).to_have_text(["bí thư THPT số 3"])
        people.click()
        expect(page.locator("#unit")).to_contain_text("THPT số 3")
        expect(page.locator("#people [aria-current]")).to_have_text("bí thư THPT số 3")
