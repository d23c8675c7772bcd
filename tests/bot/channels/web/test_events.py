"""The live stream over real HTTP."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator

import httpx
import pytest

from bot.channels.web.chat import MOST_STREAMS
from tests.harness.patience import WITHIN
from tests.harness.web_server import WebServer


@pytest.fixture
def server(site) -> Iterator[WebServer]:
    with WebServer(site.app, site.channel.close) as server:
        yield server


@pytest.fixture
def browser(server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=WITHIN) as client:
        client.get("/chat")
        yield client


def say(browser, text):
    assert browser.post("/chat/messages", json={"id": str(uuid.uuid4()), "text": text}).status_code == 200


class Stream:
    """A stream that is open: `read` waits for the next event with lines."""

    def __init__(self, response: httpx.Response) -> None:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        self._lines = response.iter_lines()
        self.id = ""

    def read(self) -> list[str]:
        fields: dict[str, str] = {}
        for line in self._lines:
            name, _, value = line.partition(":")
            if line:
                fields[name] = value.strip()
            elif fields.get("event") == "lines":
                self.id = fields["id"]
                return [said["text"] for said in json.loads(fields["data"])["lines"]]
            else:
                fields = {}
        raise EOFError


def test_a_stream_begins_with_the_last_lines_and_goes_on_with_new_ones(browser):
    say(browser, "một")
    with browser.stream("GET", "/chat/events") as response:
        stream = Stream(response)
        assert stream.read() == ["một", "Đã nghe: một"]
        say(browser, "hai")
        assert stream.read() == ["hai", "Đã nghe: hai"]


def test_a_stream_goes_on_where_the_last_one_broke_off(browser):
    say(browser, "một")
    with browser.stream("GET", "/chat/events") as response:
        stream = Stream(response)
        stream.read()
    say(browser, "hai")
    with browser.stream("GET", "/chat/events?after=0-", headers={"Last-Event-ID": stream.id}) as response:
        stream = Stream(response)
        assert stream.read() == ["hai", "Đã nghe: hai"]
        say(browser, "ba")
        assert stream.read() == ["ba", "Đã nghe: ba"]


def test_what_another_process_writes_comes_too(browser, site, bot):
    """Nobody rings here: the stream finds it when it next asks the books."""
    say(browser, "một")
    with browser.stream("GET", "/chat/events") as response:
        stream = Stream(response)
        stream.read()
        site.channel.ring = lambda address: None
        say(browser, "hai")
        assert stream.read() == ["hai", "Đã nghe: hai"]


def test_somebody_elses_stream_stays_silent(browser, server):
    with httpx.Client(base_url=server.url, timeout=WITHIN) as other:
        other.get("/chat")
        with other.stream("GET", "/chat/events") as response:
            stream = Stream(response)
            assert stream.read() == []
            say(browser, "của tôi")
            say(other, "của tôi, không phải của người kia")
            assert stream.read()[0] == "của tôi, không phải của người kia"


def test_a_closed_channel_ends_its_streams(browser, server):
    with browser.stream("GET", "/chat/events") as response:
        stream = Stream(response)
        assert stream.read() == []
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        with pytest.raises(EOFError):
            stream.read()
        stopping.join()
    server.start()


def test_one_address_cannot_hold_any_number_of_streams(browser, site):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site.channel, "listeners", lambda address: MOST_STREAMS)
        assert browser.get("/chat/events").status_code == 429
