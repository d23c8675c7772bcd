"""The page opened where there is no line: what was said last is there, what is typed is sent later, and who left leaves nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.harness.patience import WITHIN
from tests.harness.telephone import OpenDevice, answer, keeps_nothing, new_device, sign_in, type_in
from tests.harness.web_product import WebProduct
from tests.harness.web_server import WebServer

pytestmark = pytest.mark.browser

AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
READY = "navigator.serviceWorker.ready.then(registration => registration.active !== null)"
HELD = (
    "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(one => one.keys()))))"
)
PATHS = f"{HELD}.then(all => all.flat().map(request => new URL(request.url).pathname))"
TAKEN_IN = """old => new Promise(done => {
  const look = async () => {
    const names = await caches.keys();
    if (names.length === 1 && names[0] !== old) done(true);
    else setTimeout(look, 50);
  };
  look();
})"""
"""Waits until another release than the old one is kept, and that one alone."""
CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}\b")
LINE = "kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3"


@pytest.fixture
def office(sqlite_shelf, tmp_path) -> Iterator[WebProduct]:
    office = WebProduct(sqlite_shelf.take("plan", tmp_path / "chibo.db"), tmp_path, AT)
    with office.running():
        yield office


@pytest.fixture
def device(open_device: OpenDevice) -> BrowserContext:
    return open_device()


def joined(device: BrowserContext, office: WebProduct) -> Page:
    """The page of somebody who has joined, ready to be opened without a line."""
    page = sign_in(device, office.url, office.code("secretary", "Biên Sơn"), "Biên Sơn · bí thư")
    assert page.evaluate(READY)
    return page


def test_the_page_opens_without_a_line_and_what_is_typed_there_is_sent_once(office, device):
    page = joined(device, office)
    type_in(page, "tiến độ")
    expect(answer(page)).to_contain_text("Biên Sơn · quý I/2022: chưa báo")
    said = answer(page).inner_text()
    page.close()
    office.stop()
    page = device.new_page()
    page.goto(f"{office.url}/chat")
    expect(page.locator("#unit")).to_have_text("Biên Sơn · bí thư")
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    assert answer(page).inner_text() == said
    type_in(page, LINE)
    expect(page.get_by_text("chưa gửi được, sẽ gửi lại")).to_be_visible()
    page.close()
    office.start()
    page = device.new_page()
    page.goto(f"{office.url}/chat")
    expect(answer(page)).to_contain_text("Đồng chí kiểm tra giúp")
    expect(page.locator("#unsent .bubble")).to_have_count(0)
    assert office.heard().count(LINE) == 1
    keys = page.locator("#said .bubble").all_inner_texts()
    assert keys.count(said) == 1


def test_who_has_signed_out_has_left_nothing_to_be_read_without_a_line(office, device):
    page = joined(device, office)
    type_in(page, "đăng xuất")
    page.get_by_role("button", name="1. Đúng, đăng xuất").click()
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    keeps_nothing(page)
    assert {path for path in page.evaluate(PATHS) if not path.startswith("/chat/static/")} == {"/chat"}
    office.stop()
    page = device.new_page()
    page.goto(f"{office.url}/chat")
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    expect(page.locator("#unit")).to_have_text("chibo")
    expect(page.locator("#said .bubble")).to_have_count(0)
    office.start()


def test_who_was_signed_out_elsewhere_is_forgotten_as_soon_as_there_is_a_line(office, device, chromium):
    page = joined(device, office)
    cookies = device.cookies()
    page.close()
    other = new_device(chromium)
    other.add_cookies(cookies)
    there = other.new_page()
    there.goto(f"{office.url}/chat")
    type_in(there, "đăng xuất")
    there.get_by_role("button", name="1. Đúng, đăng xuất").click()
    expect(there.get_by_text("Chào đồng chí.")).to_be_visible()
    other.close()
    page = device.new_page()
    page.goto(f"{office.url}/chat")
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    keeps_nothing(page)


def test_a_few_lines_are_kept_and_none_that_shows_a_code(office, device):
    page = joined(device, office)
    type_in(page, "nối thêm kênh")
    expect(answer(page)).to_contain_text(CODE)
    for number in range(2, 6):
        type_in(page, "menu")
        expect(page.locator("#said .own .bubble")).to_have_count(number + 1)
        expect(page.locator("#said .line:not(.own) .bubble")).to_have_count(number + 1)
    kept = page.evaluate("localStorage.getItem('chibo.kept')")
    assert ("nối thêm kênh" in kept, CODE.search(kept) is not None, len(json.loads(kept)["lines"])) == (
        True,
        False,
        10,
    )
    type_in(page, "menu")
    expect(page.locator("#said .line:not(.own) .bubble")).to_have_count(7)
    type_in(page, "menu")
    expect(page.locator("#said .line:not(.own) .bubble")).to_have_count(8)
    assert page.evaluate("JSON.parse(localStorage.getItem('chibo.kept')).lines.length") == 12


def test_what_is_heard_twice_is_kept_once(office, device):
    page = joined(device, office)
    from_the_start = re.compile("after=[^&]*")
    page.route(
        "**/chat/messages?*",
        lambda route: route.continue_(url=from_the_start.sub("after=", route.request.url)),
    )
    device.set_offline(True)
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    device.set_offline(False)
    expect(page.get_by_text("Mất kết nối.")).to_be_hidden()
    keys = page.evaluate("JSON.parse(localStorage.getItem('chibo.kept')).lines.map(line => line.key)")
    assert keys == list(dict.fromkeys(keys))
    assert keys


def test_what_was_kept_too_long_ago_is_shown_no_more(office, device):
    page = joined(device, office)
    page.goto(f"{office.url}/healthz")  # where no chat goes on that would keep more
    page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage.getItem('chibo.kept'));
          localStorage.setItem('chibo.kept', JSON.stringify({ ...kept, at: kept.at - 8 * 24 * 3600 * 1000 }));
        }"""
    )
    page.close()
    office.stop()
    page = device.new_page()
    page.goto(f"{office.url}/chat")
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    expect(page.locator("#said .bubble")).to_have_count(0)
    keeps_nothing(page)
    office.start()


def test_a_new_release_comes_in_at_once_and_is_what_opens_without_a_line_afterwards(
    build, device, monkeypatch
):
    monkeypatch.setattr("bot.channels.web.page.PATIENCE", int(WITHIN * 1000))
    first, second = build(office="Huyện ủy A"), build(office="Huyện ủy B")

    async def broken(_: object) -> Response:
        return PlainTextResponse("Bad Gateway", 502)

    server = WebServer(first.app, lambda: (first.channel.close(), second.channel.close()))
    with server:
        page = device.new_page()
        page.goto(f"{server.url}/chat")
        assert page.evaluate(READY)
        (old,) = page.evaluate("caches.keys()")
    server._app = second.app
    with server:
        page.goto(f"{server.url}/chat")
        expect(page.locator("#office")).to_have_text("Huyện ủy B")
        assert page.evaluate(TAKEN_IN, old)
    server._app = Starlette(routes=[Route("/{path:path}", broken)])
    with server:
        page.goto(f"{server.url}/chat")
        expect(page.locator("#office")).to_have_text("Huyện ủy B")
        expect(page.get_by_text("Mất kết nối.")).to_be_visible()
