"""The product as an office runs it, and people at its pages: codes typed, lines lost, tables held against the roll-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.harness.accessibility import fits, serious
from tests.harness.ledger import Ledger
from tests.harness.telephone import DESK, PHONE, answer, sign_in, type_in
from tests.harness.web_product import WebProduct

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
STATES = {
    "not_due": "không phải báo",
    "silent": "chưa báo",
    "draft": "chưa chốt",
    "nil": "không phát sinh",
    "filed": "đã chốt",
}
READ = """rows => rows.map(row => {
  const seen = [...row.querySelectorAll('.state')].find(state => state.offsetParent !== null);
  const figures = [...row.querySelectorAll('td.figure:not(.faint)')].map(cell => cell.innerText);
  return [row.querySelector('th a').innerText, ...figures, seen.innerText.replace(/^\\S+ /, '').trim()];
})"""
"""The rows of the table as they are seen: name, figures, and the state without its sign."""
SHORT = {account.name: account.short for account in Ledger().accounts}


@pytest.fixture(scope="module")
def office(sqlite_shelf, tmp_path_factory) -> Iterator[WebProduct]:
    """An installation that runs while the tests of this module do."""
    folder = tmp_path_factory.mktemp("office")
    office = WebProduct(sqlite_shelf.take("plan", folder / "chibo.db"), folder, AT)
    with office.running():
        yield office


def is_usable_at_every_size_and_hour(page: Page) -> None:
    """Nothing is wider than the screen, with letters twice as large, too, and axe has nothing serious to say, by day and by night."""
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '36px'")
    assert fits(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert fits(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert serious(page) == [], (size, scheme)


@pytest.mark.parametrize(
    ("size", "unit", "name"),
    [(PHONE, "Biên Sơn", "Nguyễn Thị Hoa"), (DESK, "Trù Hựu", "Trần Văn Minh")],
    ids=["phone", "desk"],
)
def test_a_report_in_the_middle_of_which_the_network_goes_is_on_the_books_once(
    office, open_device, size, unit, name
):
    device = open_device(size)
    page = sign_in(device, office.url, office.code("secretary", unit), f"{unit} · bí thư")
    type_in(page, "menu")
    page.get_by_role("button", name="1. Báo cáo kết nạp").click()
    expect(answer(page)).to_contain_text("Đơn vị kết nạp đồng chí nào?")
    device.set_offline(True)
    type_in(page, f"{name}, 1999")
    type_in(page, "15/3")
    expect(page.locator("#unsent .meta")).to_have_text(["chưa gửi được, sẽ gửi lại", "đang gửi…"])
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    assert fits(page)
    device.set_offline(False)
    expect(answer(page)).to_contain_text("Ngày: 15/3/2022 → tính vào quý I/2022")
    page.get_by_role("button", name="1. Đúng, ghi nhận").click()
    expect(answer(page)).to_contain_text("Đã ghi nhận lúc")
    expect(page.locator("#unsent .bubble")).to_have_count(0)
    assert fits(page)
    assert office.admitted(unit) == [name]
    row = next(row for row in office.rollup()["units"] if row["unit"].endswith(unit))
    assert (row["admitted"]["quarter"], row["filing"]) == (1, "draft")


def as_shown(unit: dict[str, Any]) -> list[str]:
    """A row of the table, as the roll-up's JSON has the unit."""
    admitted, target = unit["admitted"], unit["target"]
    over = " · vượt" if unit["verdict"] == "over" else ""
    figures = [f"{admitted[span]}/{target[span]}" for span in ("quarter", "year")]
    return [SHORT[unit["unit"]], *figures, STATES[unit["filing"]] + over]


@SIZES
def test_the_table_on_the_page_is_the_roll_up(office, open_device, size):
    page = sign_in(open_device(size), office.url, office.code("district"), "Lục Ngạn · cán bộ Ban Tổ chức")
    page.get_by_role("link", name="Tình hình", exact=True).click()
    expect(page.get_by_role("heading", name="Tình hình quý I/2022")).to_be_visible()
    page.wait_for_load_state()
    shown = page.locator("table.units tbody tr:not(.block)").evaluate_all(READ)
    whole = office.rollup()
    assert shown == [as_shown(unit) for unit in whole["units"]]
    totals = whole["totals"]
    assert page.locator(".figures dd:not(.small)").all_inner_texts()[:2] == [
        f"{totals[span]['admitted']}/{totals[span]['target']}" for span in ("quarter", "year")
    ]
    assert fits(page)


def test_a_code_serves_once_and_an_ended_session_serves_nobody(office, open_device):
    code = office.code("district")
    device = open_device()
    page = sign_in(device, office.url, code, "Lục Ngạn · cán bộ Ban Tổ chức")
    other = open_device().new_page()
    other.goto(f"{office.url}/chat")
    type_in(other, code)
    expect(other.get_by_text("Mã mời này không dùng được.")).to_be_visible()
    expect(other.locator("#unit")).to_have_text("chibo")
    stolen = device.cookies()
    type_in(page, "đăng xuất")
    page.get_by_role("button", name="1. Đúng, đăng xuất").click()
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    thief = open_device()
    thief.add_cookies(stolen)
    kept = thief.new_page()
    for path, words in (("/tinhhinh", "Đồng chí vào bằng mã mời."), ("/chat", "Chào đồng chí.")):
        kept.goto(office.url + path)
        expect(kept.get_by_text(words)).to_be_visible()
    expect(kept.locator("#said .bubble")).to_have_count(0)
    assert kept.request.get(f"{office.url}/tinhhinh").status == 401


def test_a_successor_at_the_same_telephone_is_shown_nothing_of_who_held_it_before(office, open_device):
    page = sign_in(open_device(), office.url, office.code("deputy", "Tân Sơn"), "Tân Sơn · phó bí thư")
    type_in(page, "tiến độ")
    expect(answer(page)).to_contain_text("Tân Sơn · quý I/2022")
    listed = office.command("people", "list")
    (held,) = [line.split()[0] for line in listed.splitlines() if "phó bí thư" in line and "Tân Sơn" in line]
    office.command("people", "end", held)
    code = office.code("deputy", "Phong Vân")
    type_in(page, code)
    expect(page.get_by_label("Tin nhắn của đồng chí")).to_have_value(code.replace("-", ""))
    expect(page.locator("#said .bubble")).to_have_count(0)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("#unit")).to_have_text("Phong Vân · phó bí thư")
    expect(page.locator("#said")).not_to_contain_text("Tân Sơn")


def test_a_script_in_what_somebody_wrote_runs_nowhere(office, open_device):
    written = "kn <img src=x onerror=alert(1)> Hoa nữ sn 1999 ngày 15/3"
    secretary, district = open_device(), open_device()
    alerts: list[str] = []
    for device in (secretary, district):
        device.on("dialog", lambda dialog: alerts.append(dialog.message))
    page = sign_in(secretary, office.url, office.code("secretary", "Tân Mộc"), "Tân Mộc · bí thư")
    type_in(page, written)
    page.get_by_role("button", name="1. Đúng, ghi nhận").click()
    expect(answer(page)).to_contain_text("TM-22-01")
    board = sign_in(district, office.url, office.code("district"), "Lục Ngạn · cán bộ Ban Tổ chức")
    board.goto(f"{office.url}/tinhhinh/so/TM-22-01")
    expect(board.get_by_text(f"Tin gốc: «{written}»")).to_be_visible()
    assert (page.locator("#said img").count(), board.locator("main img").count(), alerts) == (0, 0, [])


def test_everybody_can_use_the_way_in_and_the_chat_without_a_line(office, open_device):
    device = open_device()
    page = device.new_page()
    page.goto(f"{office.url}/tinhhinh")
    expect(page.get_by_text("Đồng chí vào bằng mã mời.")).to_be_visible()
    is_usable_at_every_size_and_hour(page)
    page.goto(f"{office.url}/chat")
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    is_usable_at_every_size_and_hour(page)
    type_in(page, "7K3MQ-9XT2P-4HB")
    expect(page.get_by_text("Mã mời này không dùng được.")).to_be_visible()
    is_usable_at_every_size_and_hour(page)
    type_in(page, office.code("secretary", "Phong Vân"))
    expect(page.locator("#unit")).to_have_text("Phong Vân · bí thư")
    type_in(page, "kn Phạm Thị Yến nữ sn 1999 ngày 15/3")
    expect(page.get_by_role("button", name="1. Đúng, ghi nhận")).to_be_visible()
    is_usable_at_every_size_and_hour(page)
    device.set_offline(True)
    type_in(page, "2")
    expect(page.get_by_text("chưa gửi được, sẽ gửi lại")).to_be_visible()
    is_usable_at_every_size_and_hour(page)


def test_everybody_can_use_the_page_of_a_file_and_what_it_refuses(office, open_device):
    board = sign_in(open_device(), office.url, office.code("district"), "Lục Ngạn · cán bộ Ban Tổ chức")
    type_in(board, "xuất biểu excel")
    card = board.get_by_role("link", name="Biểu kết nạp quý I-2022.xlsx")
    expect(card).to_be_visible()
    led = board.request.get(f"{office.url}{card.get_attribute('href')}", max_redirects=0)
    link = led.headers["location"].rpartition("/")[0]
    page = open_device().new_page()
    refusals = (
        ("/files/" + "A" * 43, "Không có tệp ở đường dẫn này."),
        ("/chat/files/o1", "Phiên làm việc đã hết."),
    )
    for path, words in ((link, "Đường dẫn chỉ dành cho đồng chí, dùng một lần"), *refusals):
        page.goto(office.url + path)
        expect(page.get_by_text(words)).to_be_visible()
        is_usable_at_every_size_and_hour(page)
    page.goto(office.url + link)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Tải tệp về").click()
    assert fetched.value.suggested_filename == "Biểu kết nạp quý I-2022.xlsx"


FIVE = [
    "kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3",
    "kn Trần Văn Minh nam sn 2000 ngày 16/3",
    "kn Lý Thị Nga nữ sn 2001 ngày 17/3",
    "kn Vi Văn Toàn nam sn 1998 ngày 18/3",
    "kn Hoàng Văn Nam nam sn 1997 ngày 19/3",
]


def test_five_messages_of_a_day_offline_are_on_the_books_in_order_each_once(
    sqlite_shelf, tmp_path, open_device
):
    """All of them are sent twice, for each first answer is lost, and by two windows at once."""
    office = WebProduct(sqlite_shelf.take("plan", tmp_path / "chibo.db"), tmp_path, AT)
    device = open_device()
    device.clock.install(time=AT)
    with office.running():
        page = sign_in(device, office.url, office.code("secretary", "Chũ"), "Chũ · bí thư")
        device.set_offline(True)
        for line in FIVE:
            type_in(page, line)
        expect(page.locator("#unsent .bubble")).to_have_count(5)
    device.clock.fast_forward(24 * 3600 * 1000)
    office.at = AT + timedelta(days=1)
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        sent = route.request.post_data_json if route.request.method == "POST" else None
        if sent is None or sent["id"] in lost:
            return route.continue_()
        lost.append(sent["id"])
        assert route.fetch().ok
        return route.abort()

    with office.running():
        device.route("**/chat/messages*", lose_the_first_answer)
        device.set_offline(False)
        second = device.new_page()
        second.goto(f"{office.url}/chat")
        for confirmed in range(5):
            expect(answer(second)).to_contain_text("Đồng chí kiểm tra giúp")
            second.get_by_role("button", name="1. Đúng, ghi nhận").click()
            expect(answer(second)).to_contain_text(f"CHU-22-0{confirmed + 1}")
        expect(page.locator("#unsent .bubble")).to_have_count(0)
        expect(second.locator("#unsent .bubble")).to_have_count(0)
        assert second.locator("#said .own .bubble").all_inner_texts()[1:6] == FIVE
        assert office.heard()[1:6] == FIVE
        assert len(office.heard()) == 11
        assert [name.split()[-1] for name in office.admitted("Chũ")] == ["Hoa", "Minh", "Nga", "Toàn", "Nam"]
    assert len(lost) == 10
