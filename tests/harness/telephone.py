"""A telephone, or a computer, with the chat's page in a real browser: opened, typed into, read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.harness.patience import WITHIN

PHONE: Final = {"width": 360, "height": 740}
DESK: Final = {"width": 1280, "height": 800}

OpenDevice = Callable[..., BrowserContext]


def new_device(chromium: Browser, size: dict[str, int] = PHONE) -> BrowserContext:
    """A device that nobody has used yet."""
    device = chromium.new_context(viewport=size, locale="vi-VN", reduced_motion="reduce")
    device.set_default_timeout(WITHIN * 1000)
    return device


@contextmanager
def devices(chromium: Browser) -> Iterator[OpenDevice]:
    """Opens devices of a size; an error in a page's script, or what its policy forbids, fails the test at the end."""
    errors: list[str] = []
    opened: list[BrowserContext] = []

    def open_device(size: dict[str, int] = PHONE) -> BrowserContext:
        device = new_device(chromium, size)
        device.on("weberror", lambda error: errors.append(str(error.error)))
        device.on("console", lambda said: "Content Security" in said.text and errors.append(said.text))
        opened.append(device)
        return device

    yield open_device
    for device in opened:
        device.close()
    assert errors == []


def sign_in(device: BrowserContext, url: str, code: str, title: str) -> Page:
    """A page of the chat at which a code was typed, and which shows whose it is since."""
    page = device.new_page()
    page.goto(f"{url}/chat")
    type_in(page, code)
    expect(page.locator("#unit")).to_have_text(title)
    return page


def type_in(page: Page, text: str) -> None:
    """Type a message and send it, as soon as the page has come whole."""
    page.wait_for_load_state()
    page.get_by_label("Tin nhắn của đồng chí").fill(text)
    page.get_by_role("button", name="Gửi").click()


def answer(page: Page) -> Locator:
    """The bubble of what the bot said last."""
    return page.locator("#said .line:not(.own) .bubble").last


def keeps_nothing(page: Page) -> None:
    """No word is left on the device, once what is still on its way has got there; only the number of whose session it is."""
    with suppress(TooLate):
        page.wait_for_function("Object.keys(localStorage).every(key => key === 'chibo.whose.')")
    kept = page.evaluate("({ ...localStorage })")
    assert set(kept) <= {"chibo.whose."}
    assert all(whose.isdigit() for whose in kept.values())
