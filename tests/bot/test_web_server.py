"""The web server of a process, asked over HTTP."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.routing import Route

from bot.web_server import WebServer, listen_at


@pytest.mark.parametrize("path", ["/Chat", "/chat/nowhere", "/favicon.ico"])
async def test_an_address_that_was_mistyped_says_so_and_leads_to_the_chat(path):
    stop = asyncio.Event()
    server = WebServer([Route("/chat", lambda _: None)], listen_at("127.0.0.1", 0))
    task = asyncio.create_task(server.run(stop))
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(f"http://127.0.0.1:{server.port}{path}")
    stop.set()
    await task
    assert answer.status_code == 404
    assert "Không có trang này." in answer.text
    assert '<a href="/chat">' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
