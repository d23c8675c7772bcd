"""Whether a page can be used: by people with weak eyes, without a mouse, on a small telephone."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def serious(page: Page) -> list[str]:
    """What keeps people with weak eyes or without a mouse from using a page that has come whole, by the rules of axe."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def fits(page: Page) -> bool:
    """Whether nothing of a page that has come whole is wider than the screen."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
