"""The page, what belongs to it, and the server's health."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from bot.channels.web.visitor import COOKIE
from storage.session import open_engine, reading


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
async def html(client):
    return (await client.get("/chat")).text


async def test_the_root_leads_to_the_chat(client):
    response = await client.get("/")
    assert response.status_code == 307
    assert response.headers["location"] == "/chat"


async def test_the_session_is_out_of_reach_of_scripts_and_other_sites(site):
    async with site.client() as client:
        cookie = (await client.get("/chat")).headers["set-cookie"]
    assert re.match(COOKIE + r"=[A-Za-z0-9_-]{43};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_behind_https_the_session_travels_over_https_only(build):
    async with build(public_url="https://chibo.example").client() as client:
        assert "Secure" in (await client.get("/chat")).headers["set-cookie"]


async def test_a_second_visit_keeps_the_session(client):
    token = client.cookies[COOKIE]
    await client.get("/chat")
    assert client.cookies[COOKIE] == token


async def test_nothing_on_the_page_is_inline_or_from_elsewhere(client, html):
    policy = (await client.get("/chat")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, attributes in Tags(html).seen:
        assert tag != "style"
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert tag != "script" or attributes.get("src")
        for address in (attributes.get("src"), attributes.get("href")):
            assert address is None or address.startswith("/chat")


async def test_everything_the_page_names_is_there_and_may_be_kept(client, html):
    names = re.findall(r'"(/chat/static/[^"]+)"', html)
    assert {name.rpartition("/")[2] for name in names} == {
        "icon.svg",
        "icon-180.png",
        "chat.css",
        "chat.js",
    }
    for name in names:
        response = await client.get(name)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]


async def test_every_module_that_a_script_imports_is_served(client, html):
    base = re.search(r'"(/chat/static/[^/]+/)', html)[1]
    script = (await client.get(base + "chat.js")).text
    imported = re.findall(r'"\./([a-z]+\.js)"', script)
    assert set(imported) == {"bubbles.js", "kept.js", "live.js", "unsent.js", "demo.js"}
    for name in imported:
        response = await client.get(base + name)
        assert response.headers["content-type"].startswith("text/javascript")


async def files_of(client) -> list[str]:
    worker = (await client.get("/chat/worker.js")).text
    return json.loads(re.search(r"FILES = (\[.*\]);", worker)[1])


async def test_what_opens_the_page_without_a_line_has_all_that_the_page_needs(client, html):
    files = await files_of(client)
    needed = {link for link in re.findall(r'"(/chat/static/[^"]+)"', html) if "icon-180" not in link}
    base = files[0].rpartition("/")[0]
    for script in (name for name in files if name.endswith(".js")):
        body = (await client.get(script)).text
        needed |= {f"{base}/{name}" for name in re.findall(r'from "\./([a-z]+\.js)"', body)}
    assert needed == set(files)
    assert {(await client.get(name)).status_code for name in files} == {200}


async def test_the_worker_serves_the_chat_alone_and_is_asked_for_anew(client):
    response = await client.get("/chat/worker.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["service-worker-allowed"] == "/chat"
    assert response.headers["cache-control"] == "no-cache"
    assert "worker-src 'self'" in response.headers["content-security-policy"]


async def test_the_worker_is_another_one_as_soon_as_the_page_is(build):
    async def worker(site) -> str:
        async with site.client() as client:
            return (await client.get("/chat/worker.js")).text

    assert await worker(build()) == await worker(build())
    assert await worker(build()) != await worker(build(office="Ban Tổ chức Huyện ủy Sơn Động"))


async def test_the_demo_has_no_worker_for_it_shows_many_peoples_telephones(build):
    async with build(demo=True).client() as client:
        assert (await client.get("/chat/worker.js")).status_code == 404
        assert "data-worker" not in (await client.get("/chat?as=bien-son")).text


async def test_a_file_of_an_older_release_is_not_kept(client):
    response = await client.get("/chat/static/old/chat.css")
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.css", "%2e%2e%2fpage.py", "chat.html"])
async def test_other_files_are_not_served(client, name):
    assert (await client.get(f"/chat/static/x/{name}")).status_code == 404


async def test_the_office_is_written_safely(html):
    assert "Ban Tổ chức Huyện ủy Lục Ngạn" in html


async def test_the_manifest_names_an_icon_that_is_there(client):
    manifest = (await client.get("/chat/manifest.webmanifest")).json()
    assert manifest["start_url"] == "/chat"
    assert (await client.get(manifest["icons"][0]["src"])).headers["content-type"] == "image/svg+xml"


async def test_without_a_demo_there_are_no_people_and_no_clock(client, html):
    assert "Biên Sơn" not in html
    assert (await client.get("/chat/clock")).status_code == 404
    assert (await client.get("/chat?as=bien-son")).status_code == 200


async def test_it_is_well_when_the_database_answers(client):
    assert (await client.get("/healthz")).status_code == 200


async def test_it_is_unwell_when_the_database_does_not(build, bot, tmp_path):
    bot.engine = open_engine(f"sqlite:///{tmp_path}/no/such/folder/chibo.db")
    async with build().client() as client:
        assert (await client.get("/healthz")).status_code == 503
        await client.get("/chat")
        unread = await client.get("/chat/messages")
    assert unread.status_code == 503
    assert "error" in unread.json()
    assert reading(bot.engine)
