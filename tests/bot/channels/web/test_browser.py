"""The page in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.channels.web.strangers import Strangers
from bot.channels.web.visitor import COOKIE, SIGNED_IN
from domain.people import PersonId
from storage.queries import invitations, people, senders
from storage.queries.channels import leave_web
from storage.session import unit_of_work
from tests.bot.channels.web.conftest import ZONE
from tests.bot.channels.web.test_strangers import GOOD, UNKNOWN, bind, invite
from tests.harness.accessibility import fits
from tests.harness.telephone import DESK, PHONE, keeps_nothing, new_device, type_in
from tests.harness.web_server import WebServer

pytestmark = pytest.mark.browser

SINCE = date(2022, 1, 1)
ASK = "Đồng chí kiểm tra giúp:\nKết nạp: Nguyen Thi Hoa (nữ, 1999)\nNgày: 15/3/2022 → tính vào quý I/2022\nĐơn vị: Biên Sơn"


DOWN = 10**6
SCROLL_UP = """log => new Promise(done => {
  log.addEventListener("scroll", () => done(), { once: true });
  log.scrollTop = 0;
})"""
"""Done when the page, which listened first, knows that one reads further up."""


def answer(text: str) -> tuple[str, bool]:
    if text.startswith("kn"):
        return ASK, True
    if text.startswith("Đúng") or text == "1":
        return "Đã ghi nhận lúc 08:01 ngày 24/3/2022 · mã BS-22-01", False
    return f"Đã nghe: {text}", False


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = new_device(chromium)
    yield context
    context.close()


@pytest.fixture
def server(site, bot) -> Iterator[WebServer]:
    bot.answer = answer
    with WebServer(site.app, site.channel.close) as server:
        yield server


@pytest.fixture
def page(server, context) -> Iterator[Page]:
    """The page, opened; an error in its script, or anything that its policy forbids, fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: "Content Security" in said.text and errors.append(said.text))
    page.goto(f"{server.url}/chat")
    yield page
    assert errors == []


def session_of(context: BrowserContext) -> str:
    """The token by which a browser is known."""
    tokens = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    return tokens.get(SIGNED_IN, tokens[COOKIE])


def said(page: Page) -> list[str]:
    return page.locator("#said .bubble").all_inner_texts()


def has_said(page: Page, *texts: str) -> None:
    expect(page.locator("#said .bubble")).to_have_text(texts, use_inner_text=True)


def test_an_admission_is_reported_with_a_reload_in_the_middle(page):
    type_in(page, "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3")
    has_said(page, "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3", ASK)
    page.reload()
    page.get_by_role("button", name="1. Đúng, ghi nhận").click()
    has_said(
        page,
        "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3",
        ASK,
        "Đúng, ghi nhận",
        "Đã ghi nhận lúc 08:01 ngày 24/3/2022 · mã BS-22-01",
    )
    expect(page.locator(".choices")).to_have_count(0)
    expect(page.locator("#said .own .meta").last).to_contain_text("đã gửi")


def test_a_reply_taller_than_the_screen_is_read_from_its_start(page, bot):
    bot.answer = lambda text: ("Đồng chí muốn làm gì?\n" + "một việc\n" * 30 + "hết.", True)
    for times in range(1, 4):
        type_in(page, "menu")
        expect(page.locator("#said .bubble")).to_have_count(2 * times)
        top = page.locator("#said .bubble").last.bounding_box()["y"]
        log = page.locator("#log").bounding_box()["y"]
        assert 0 <= top - log < 60
    last = page.locator(".choices button").last
    expect(last).not_to_be_in_viewport()
    page.get_by_role("button", name="Xem tiếp ↓").click()
    expect(last).to_be_in_viewport(ratio=1)


def test_digits_and_enter_do_what_a_tap_does(page):
    """Typed while nothing is focused: the text box takes it."""
    type_in(page, "kn Hoa")
    expect(page.get_by_role("button", name="2. Sửa")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    has_said(page, "kn Hoa", ASK, "1", "Đã ghi nhận lúc 08:01 ngày 24/3/2022 · mã BS-22-01")


def test_what_is_typed_before_the_script_has_come_is_not_lost(server, context):
    page = context.new_page()
    send = page.get_by_role("button", name="Gửi")

    def type_first(route):
        page.get_by_label("Tin nhắn của đồng chí").fill("một")
        for button in (send, page.get_by_role("button", name="Menu")):
            expect(button).to_be_disabled()
        route.continue_()

    page.route("**/chat.js", type_first)
    page.goto(f"{server.url}/chat")
    send.click()
    has_said(page, "một", "Đã nghe: một")


def test_the_link_of_an_invitation_has_its_code_ready_to_send(page, server):
    page.goto("about:blank")
    page.goto(f"{server.url}/chat#7K3MQ9XT2P4HB")
    expect(page.get_by_label("Tin nhắn của đồng chí")).to_have_value("7K3MQ9XT2P4HB")
    expect(page).to_have_url(f"{server.url}/chat")
    page.get_by_role("button", name="Gửi").click()
    has_said(page, "7K3MQ9XT2P4HB", "Đã nghe: 7K3MQ9XT2P4HB")


def test_whoever_has_signed_out_leaves_nothing_on_the_telephone(page, server, site, bot, context):
    type_in(page, "kn Hoa")
    has_said(page, "kn Hoa", ASK)
    cookie = session_of(context)
    with unit_of_work(bot.engine)() as session:
        address = bot.taken[-1].sender.value
        invitations.bind(
            session,
            senders.sender_of(session, "web", address, SINCE).address_id,
            people.add(session, "Hoa", bot.time),
        )
        assert leave_web(session, PersonId(1)) == 1
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    expect(page.locator("#said .bubble")).to_have_count(0)
    assert session_of(context) != cookie
    keeps_nothing(page)
    type_in(page, "em là người khác")
    has_said(page, "em là người khác", "Đã nghe: em là người khác")
    assert bot.taken[-1].sender.value != address


def test_what_another_page_had_kept_goes_with_the_session_too(page, context, server, bot):
    type_in(page, "kn Hoa")
    has_said(page, "kn Hoa", ASK)
    other = context.new_page()
    other.goto(f"{server.url}/chat")
    bot.closed = DOWN  # for another page that takes it over, too
    type_in(other, "kn Lan")
    expect(other.locator("#unsent .meta")).to_have_text("chưa gửi được, sẽ gửi lại")
    other.close()
    with unit_of_work(bot.engine)() as session:
        own = senders.sender_of(session, "web", bot.taken[-1].sender.value, SINCE).address_id
        invitations.bind(session, own, people.add(session, "Hoa", bot.time))
        leave_web(session, PersonId(1))
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    keeps_nothing(page)
    bot.closed = 0
    type_in(page, "em là người khác")
    has_said(page, "em là người khác", "Đã nghe: em là người khác")
    assert bot.texts() == ["kn Hoa", "em là người khác"]


def test_a_code_that_is_opened_on_a_telephone_just_signed_out_is_ready_to_send(page, server, bot, context):
    type_in(page, "kn Hoa")
    has_said(page, "kn Hoa", ASK)
    page.goto("about:blank")
    with unit_of_work(bot.engine)() as session:
        address = bot.taken[-1].sender.value
        own = senders.sender_of(session, "web", address, SINCE).address_id
        invitations.bind(session, own, people.add(session, "Hoa", bot.time))
        leave_web(session, PersonId(1))
    cookie = session_of(context)
    page.goto(f"{server.url}/chat#7K3MQ9XT2P4HB")
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    expect(page.get_by_label("Tin nhắn của đồng chí")).to_have_value("7K3MQ9XT2P4HB")
    expect(page).to_have_url(f"{server.url}/chat")
    assert session_of(context) != cookie


def test_a_code_that_is_opened_while_the_page_is_open_is_ready_to_send(page, server):
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    page.goto(f"{server.url}/chat#7K3MQ9XT2P4HB")
    expect(page.get_by_label("Tin nhắn của đồng chí")).to_have_value("7K3MQ9XT2P4HB")
    expect(page).to_have_url(f"{server.url}/chat")


def test_a_stranger_is_answered_on_the_page_and_joins_there(build, bot, context):
    invite(bot)

    async def receive(incoming, took_in=bot.receive):
        await took_in(incoming)
        bind(bot, incoming.sender.value)

    bot.receive = receive
    site = build(strangers=Strangers(now=bot.now, office="Huyện ủy", zone=ZONE))
    with WebServer(site.app, site.channel.close) as server:
        page = context.new_page()
        page.goto(f"{server.url}/chat")
        type_in(page, "xin chào")
        bubbles = page.locator("#said .bubble")
        expect(bubbles).to_have_count(2)
        expect(bubbles.nth(1)).to_contain_text("mã mời gồm 13 ký tự")
        type_in(page, UNKNOWN)
        expect(bubbles.nth(3)).to_contain_text("Mã mời này không dùng được")
        expect(page.locator("#hint")).to_be_hidden()
        type_in(page, GOOD)
        expect(bubbles.nth(5)).to_have_text(f"Đã nghe: {GOOD}")
        keeps_nothing(page)


def test_the_whole_page_works_by_keyboard(page):
    type_in(page, "kn Hoa")
    choice = page.get_by_role("button", name="1. Đúng, ghi nhận")
    expect(choice).to_be_visible()
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        if choice.evaluate("button => button === document.activeElement"):
            break
    expect(choice).to_be_focused()
    assert choice.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#said .bubble")).to_have_count(4)
    expect(page.get_by_label("Tin nhắn của đồng chí")).to_be_focused()


def test_what_is_typed_without_network_is_kept_and_sent_once(page, context, bot):
    type_in(page, "một")
    has_said(page, "một", "Đã nghe: một")
    context.set_offline(True)
    type_in(page, "hai")
    expect(page.locator("#unsent .meta")).to_have_text("chưa gửi được, sẽ gửi lại")
    expect(page.get_by_text("Mất kết nối.")).to_be_visible()
    context.set_offline(False)
    has_said(page, "một", "Đã nghe: một", "hai", "Đã nghe: hai")
    expect(page.get_by_text("Mất kết nối.")).to_be_hidden()
    expect(page.locator("#unsent .bubble")).to_have_count(0)
    assert bot.texts() == ["một", "hai"]


def test_what_was_not_sent_outlives_the_page(page, context, server, bot):
    has_said(page)
    server.stop()
    type_in(page, "một")
    type_in(page, "hai")
    expect(page.locator("#unsent .bubble")).to_have_count(2)
    page.close()
    server.start()
    again = context.new_page()
    again.goto(f"{server.url}/chat")
    has_said(again, "một", "Đã nghe: một", "hai", "Đã nghe: hai")
    assert bot.texts() == ["một", "hai"]


def test_two_pages_without_network_do_not_lose_each_others_messages(page, context, server, bot):
    other = context.new_page()
    other.goto(f"{server.url}/chat")
    server.stop()
    type_in(page, "một")
    type_in(other, "hai")
    expect(page.locator("#unsent .bubble")).to_have_count(1)
    expect(other.locator("#unsent .bubble")).to_have_count(1)
    page.close()
    other.close()
    server.start()
    again = context.new_page()
    again.goto(f"{server.url}/chat")
    has_said(again, "một", "Đã nghe: một", "hai", "Đã nghe: hai")
    assert bot.texts() == ["một", "hai"]


def test_what_a_closed_page_had_kept_goes_from_another_one_that_is_open(page, context, server, bot):
    other = context.new_page()
    other.goto(f"{server.url}/chat")
    server.stop()
    type_in(other, "hai")
    expect(other.locator("#unsent .meta")).to_have_text("chưa gửi được, sẽ gửi lại")
    other.close()
    server.start()
    has_said(page, "hai", "Đã nghe: hai")
    assert bot.texts() == ["hai"]
    keeps_nothing(page)


def test_a_page_that_lost_its_session_gets_a_new_one(page, context, server):
    type_in(page, "một")
    has_said(page, "một", "Đã nghe: một")
    context.clear_cookies()
    server.stop()
    server.start()
    expect(page.get_by_text("Chào đồng chí.")).to_be_visible()
    has_said(page)
    type_in(page, "hai")
    has_said(page, "hai", "Đã nghe: hai")


def test_a_message_that_comes_while_one_reads_further_up_is_announced(page, bot):
    for n in range(6):
        type_in(page, f"kn {n}")
        expect(page.locator("#said .bubble")).to_have_count(2 * n + 2)
    page.locator("#log").evaluate(SCROLL_UP)
    bot.remind("Còn 7 ngày đến hạn báo cáo quý I/2022 (31/3).")
    page.get_by_role("button", name="Tin mới").click()
    expect(page.get_by_text("Còn 7 ngày đến hạn")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Tin mới")).to_be_hidden()
    bot.remind("Còn 3 ngày.")
    expect(page.get_by_text("Còn 3 ngày.")).to_be_in_viewport()


def test_an_answer_that_got_lost_on_the_way_does_not_write_twice(page, bot):
    """The message is in the books, but the page never hears so: it sends the same id again."""
    heard = []

    def lose(route):
        if route.request.method != "POST" or heard:
            return route.continue_()
        heard.append(route.fetch().status)
        return route.abort()

    page.route("**/chat/messages*", lose)
    type_in(page, "một")
    has_said(page, "một", "Đã nghe: một")
    expect(page.locator("#unsent .bubble")).to_have_count(0)
    type_in(page, "hai")
    has_said(page, "một", "Đã nghe: một", "hai", "Đã nghe: hai")
    assert heard == [200]
    assert bot.texts() == ["một", "hai"]


def test_the_books_being_closed_for_a_while_loses_nothing(page, bot):
    bot.closed = 2
    type_in(page, "một")
    has_said(page, "một", "Đã nghe: một")
    assert bot.texts() == ["một"]


def test_a_message_that_nobody_takes_says_why_and_lets_the_next_one_through(page, bot):
    type_in(page, "dài " * 6000)
    expect(page.locator(".refused .meta")).to_contain_text("không gửi được: Tin dài quá")
    type_in(page, "ngắn")
    has_said(page, "ngắn", "Đã nghe: ngắn")


def _unless_it_asks_the_time(route) -> None:
    """An answer would put the coming minute in place of what was filled in."""
    return route.abort() if route.request.method == "GET" else route.continue_()


def _is_long(route) -> bool:
    """Something on the way cuts the line where a body is long."""
    return len(route.request.post_data or "") > 2**16


def test_a_megabyte_is_refused_and_lets_the_next_one_through(page, bot):
    page.route("**/chat/messages*", lambda route: route.abort() if _is_long(route) else route.continue_())
    page.locator("#text").evaluate("(text, long) => { text.value = long; }", "a" * 2**20)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator(".refused .meta")).to_contain_text("không gửi được: Tin dài quá")
    type_in(page, "ngắn")
    has_said(page, "ngắn", "Đã nghe: ngắn")
    assert bot.texts() == ["ngắn"]


@pytest.mark.parametrize("status", [400, 404])
def test_what_something_on_the_way_refuses_is_kept_and_sent_again(page, bot, status):
    """A proxy that leads elsewhere, or the page of a hotel's network, is not the server's word on a message."""
    heard = []

    def answer_for_it(route):
        if route.request.method != "POST" or heard:
            return route.continue_()
        heard.append(route.request.post_data_json["text"])
        return route.fulfill(status=status, content_type="text/html", body="<h1>nginx</h1>")

    page.route("**/chat/messages*", answer_for_it)
    type_in(page, "một")
    has_said(page, "một", "Đã nghe: một")
    assert (heard, bot.texts()) == (["một"], ["một"])


def test_old_choices_go_when_a_new_question_comes(page):
    type_in(page, "kn Hoa")
    expect(page.locator(".choices")).to_have_count(1)
    type_in(page, "kn Lan")
    has_said(page, "kn Hoa", ASK, "kn Lan", ASK)
    expect(page.locator(".choices")).to_have_count(1)
    last = page.locator("#said .line").last
    expect(last.locator(".choices button")).to_have_count(3)


def test_two_pages_of_one_person_show_the_same(page, context, server):
    other = context.new_page()
    other.goto(f"{server.url}/chat")
    type_in(page, "một")
    has_said(other, "một", "Đã nghe: một")


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 560}, DESK], ids=["phone", "small", "desk"])
def test_nothing_is_wider_than_the_screen_and_everything_can_be_hit(page, size):
    page.set_viewport_size(size)
    type_in(page, "kn " + "Nguyễnthịhoadàiđằngđẵng" * 12)
    expect(page.locator(".choices button")).to_have_count(3)
    for selector in ("html", "#log"):
        box = page.locator(selector)
        assert box.evaluate("box => box.scrollWidth") <= box.evaluate("box => box.clientWidth")
    for box in page.locator("button:visible").evaluate_all(
        "buttons => buttons.map(each => each.getBoundingClientRect().toJSON())"
    ):
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["left"] >= 0
        assert box["right"] <= size["width"]
    assert page.locator("body").evaluate("body => parseFloat(getComputedStyle(body).fontSize)") >= 17


def test_letters_twice_as_large_leave_room_to_read_and_the_buttons_a_row_together(page):
    type_in(page, "kn Hoa")
    expect(page.locator(".choices button")).to_have_count(3)
    page.evaluate("document.documentElement.style.fontSize = '36px'")
    buttons = page.locator(".writing button")
    ends = buttons.evaluate_all("all => all.map(each => each.getBoundingClientRect().bottom)")
    assert len(set(ends)) == 1
    assert page.locator("#log").evaluate("log => log.clientHeight") > PHONE["height"] / 2


def test_what_one_writes_is_seen_with_large_letters_a_keyboard_open_and_no_line(page, context):
    page.evaluate("document.documentElement.style.fontSize = '36px'")
    context.set_offline(True)
    page.set_viewport_size({**PHONE, "height": 407})
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#text")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Gửi")).to_be_in_viewport(ratio=1)


def test_what_says_that_there_is_more_below_does_not_lie_upon_what_one_writes(page, bot):
    bot.answer = lambda _: ("dòng\n" * 60, False)
    type_in(page, "x")
    expect(page.get_by_role("button", name="Xem tiếp")).to_be_visible()
    page.locator("#text").fill("dòng\n" * 6)
    box = page.get_by_role("button", name="Xem tiếp").bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= page.locator("#writing").bounding_box()["y"]


def test_a_screen_reader_is_told_what_is_what(page):
    log = page.get_by_role("log", name="Hội thoại")
    assert log.get_attribute("aria-live") == "polite"
    type_in(page, "kn Hoa")
    expect(page.get_by_role("list", name="Chọn một câu trả lời, hoặc gõ số")).to_be_visible()
    assert log.get_attribute("aria-busy") is None
    assert page.locator("html").get_attribute("lang") == "vi"
    assert said(page)[0] == "kn Hoa"


def test_markup_in_a_message_is_text(page):
    type_in(page, "<img src=x onerror=alert(1)> https://example.com/a?b=c.")
    has_said(
        page,
        "<img src=x onerror=alert(1)> https://example.com/a?b=c.",
        "Đã nghe: <img src=x onerror=alert(1)> https://example.com/a?b=c.",
    )
    assert page.locator("#said img").count() == 0
    assert page.locator("#said a").first.get_attribute("href") == "https://example.com/a?b=c"


def contrast(page: Page, selector: str) -> float:
    """The WCAG contrast of an element's text to the ground it stands on."""
    return page.locator(selector).first.evaluate(
        """element => {
          const light = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(n => n / 255)
              .map(n => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = of => {
            const colour = getComputedStyle(of).backgroundColor;
            return /, 0\\)$/.test(colour) || colour === 'transparent' ? ground(of.parentElement) : colour;
          };
          const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_by_day_and_by_night(page, context, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    type_in(page, "kn Hoa")
    expect(page.locator(".choices button")).to_have_count(3)
    context.set_offline(True)
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#unsent .meta")).to_have_text("chưa gửi được, sẽ gửi lại")
    expect(page.locator("#lost")).to_be_visible()
    for selector in (
        "#unit",
        "#office",
        ".day",
        ".line .bubble",
        ".own .bubble",
        ".meta",
        ".waiting .bubble",
        ".waiting .meta",
        "#lost",
        ".send",
        ".menu",
        "textarea",
    ):
        assert contrast(page, selector) >= 4.5, selector
    context.set_offline(False)


class TestDemo:
    """The demo's desk at the page."""

    @pytest.fixture
    def site(self, build):
        return build(demo=True)

    def test_one_takes_up_the_phone_of_another_person(self, page):
        page.set_viewport_size(DESK)
        type_in(page, "một")
        has_said(page, "một", "Đã nghe: một")
        page.get_by_role("link", name="cán bộ Ban Tổ chức").click()
        has_said(page)
        expect(page.locator(".people [aria-current]")).to_contain_text("cán bộ Ban Tổ chức")
        page.get_by_role("link", name="bí thư Biên Sơn").click()
        has_said(page, "một", "Đã nghe: một")

    def test_the_clock_jumps_on_a_phone_too(self, page, bot):
        expect(page.locator("#clock")).to_contain_text("24/3/2022")
        page.locator("#demo summary").click()
        page.get_by_role("button", name="Đến cuối quý").click()
        expect(page.locator("#clock")).to_contain_text("31/3/2022")
        page.locator("#demo summary").click()
        page.get_by_label("Hoặc chọn ngày, giờ").fill("2022-04-05T08:00")
        page.get_by_role("button", name="Đến", exact=True).click()
        expect(page.locator("#clock")).to_contain_text("5/4/2022")
        assert fits(page)

    def test_the_past_cannot_be_chosen(self, page):
        page.set_viewport_size(DESK)
        expect(page.locator("#clock")).to_contain_text("24/3/2022")
        page.route("**/chat/clock", _unless_it_asks_the_time)
        page.locator("#moment").fill("2022-03-01T08:00")
        page.get_by_role("button", name="Đến", exact=True).click()
        assert page.locator("#moment").evaluate("input => input.validity.rangeUnderflow")
        expect(page.locator("#clock")).to_contain_text("24/3/2022")
