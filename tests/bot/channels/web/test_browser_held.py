"""A telephone that has lost its session and not what it had not sent: that goes out as its author's, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.channels.web.visitor import COOKIE, SIGNED_IN
from tests.harness.accessibility import fits, serious
from tests.harness.telephone import PHONE, answer, sign_in, type_in
from tests.harness.web_product import WebProduct

pytestmark = pytest.mark.browser

AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
WRITTEN = "kn Leo Thị Mận nữ sn 1999 ngày 15/3"
OTHER = "kn Vi Văn Khoa nam sn 2000 ngày 16/3"


@pytest.fixture(scope="module")
def office(sqlite_shelf, tmp_path_factory) -> Iterator[WebProduct]:
    folder = tmp_path_factory.mktemp("office")
    office = WebProduct(sqlite_shelf.take("plan", folder / "chibo.db"), folder, AT)
    with office.running():
        yield office


def further_code(office: WebProduct, unit: str) -> str:
    """A code that opens a further session for whoever leads a unit."""
    people = json.loads(office.command("people", "list", "--json"))["appointments"]
    (number,) = [str(one["person"]) for one in people if one["unit"] == unit]
    invited = office.command(
        "people", "invite", "--role", "secretary", "--unit", unit, "--person", number, "--json"
    )
    return str(json.loads(invited)["code"])


def write_and_lose_the_session(office: WebProduct, device: BrowserContext, unit: str, *lines: str) -> Page:
    """The page of a secretary who wrote without a line, and whose cookie was gone when it came back."""
    page = sign_in(device, office.url, office.code("secretary", unit), f"{unit} · bí thư")
    device.set_offline(True)
    for line in lines:
        type_in(page, line)
    expect(page.locator("#unsent .bubble")).to_have_count(len(lines))
    device.clear_cookies()
    device.set_offline(False)
    return page


def test_it_waits_unseen_until_the_same_person_signs_in_again_and_is_on_the_books_once(office, open_device):
    device = open_device(PHONE)
    page = write_and_lose_the_session(office, device, "Biên Sơn", WRITTEN, "1")
    expect(page.get_by_text("Máy này còn giữ 2 tin chưa gửi")).to_be_visible()
    expect(page.locator("#unit")).to_have_text("chibo")
    expect(page.locator(".bubble")).to_have_count(0)
    assert fits(page)
    assert serious(page) == []
    type_in(page, "xin chào")
    expect(page.locator(".bubble").last).to_contain_text("mã mời gồm 13 ký tự")
    expect(page.get_by_text("Máy này còn giữ 2 tin chưa gửi")).to_be_visible()
    type_in(page, further_code(office, "Biên Sơn"))
    expect(answer(page)).to_contain_text("BS-22-01")
    expect(page.locator("#held")).to_be_hidden()
    expect(page.locator("#unsent .bubble")).to_have_count(0)
    assert office.admitted("Biên Sơn") == ["Leo Thị Mận"]


def test_it_does_not_go_out_in_the_name_of_whoever_signs_in_instead(office, open_device):
    device = open_device(PHONE)
    page = write_and_lose_the_session(office, device, "Tân Mộc", OTHER)
    expect(page.get_by_text("Máy này còn giữ 1 tin chưa gửi")).to_be_visible()
    type_in(page, office.code("secretary", "Phong Vân"))
    expect(page.locator("#unit")).to_have_text("Phong Vân · bí thư")
    type_in(page, "tiến độ")
    expect(answer(page)).to_contain_text("Phong Vân · quý I/2022")
    page.reload()
    expect(page.locator("#unit")).to_have_text("Phong Vân · bí thư")
    expect(page.get_by_text("Vi Văn Khoa")).to_have_count(0)
    assert (office.admitted("Phong Vân"), office.admitted("Tân Mộc")) == ([], [])
    assert OTHER not in office.heard()[-4:]
    type_in(page, "đăng xuất")
    page.get_by_role("button", name="1. Đúng, đăng xuất").click()
    expect(page.get_by_text("Máy này còn giữ 1 tin chưa gửi")).to_be_visible()
    type_in(page, further_code(office, "Tân Mộc"))
    expect(answer(page)).to_contain_text("Đồng chí kiểm tra giúp")
    page.get_by_role("button", name="1. Đúng, ghi nhận").click()
    expect(answer(page)).to_contain_text("TM-22-01")
    assert office.admitted("Tân Mộc") == ["Vi Văn Khoa"]


def test_a_sign_in_gives_the_browser_another_session_than_the_one_that_was_planted_in_it(office, open_device):
    device, planter = open_device(PHONE), open_device(PHONE)
    planted = {"name": COOKIE, "value": "P" * 43, "url": office.url}
    for each in (device, planter):
        each.add_cookies([planted])
    page = sign_in(device, office.url, office.code("secretary", "Kiên Lao"), "Kiên Lao · bí thư")
    (cookie,) = [one for one in device.cookies() if one["name"] == SIGNED_IN]
    assert (cookie["value"] != "P" * 43, cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    page.reload()
    expect(page.locator("#unit")).to_have_text("Kiên Lao · bí thư")
    other = planter.new_page()
    other.goto(f"{office.url}/chat")
    expect(other.get_by_text("Chào đồng chí.")).to_be_visible()
    expect(other.locator("#unit")).to_have_text("chibo")
