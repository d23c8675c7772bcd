from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest

from bench.telegram_load import People, Step, a_name
from bench.telegram_server import Spoken, TelegramServer

START = datetime(2022, 3, 24, 1, tzinfo=UTC)


def test_no_name_comes_twice_in_a_run() -> None:
    assert len({a_name(number) for number in range(7_980)}) == 7_980


async def test_an_update_comes_until_it_is_confirmed_by_a_higher_offset() -> None:
    server = TelegramServer(lambda _: None, start=START)
    url = await server.open()
    server.write(7, "/ketnap")
    async with aiohttp.ClientSession() as bot:

        async def poll(offset: int) -> list[int]:
            async with bot.post(f"{url}/bot1:x/getUpdates", json={"offset": offset, "timeout": 0}) as answer:
                return [update["update_id"] for update in (await answer.json())["result"]]

        assert [await poll(0), await poll(1000), await poll(1001)] == [[1000], [1000], []]
    server.close()


async def test_a_person_waits_for_the_awaited_words_and_presses_the_button_shown() -> None:
    people = People()
    server = TelegramServer(people.hear, start=START)
    pressed: list[str] = []
    server.write = lambda chat, text: people.hear(Spoken(chat, 1, "Đúng không?", [("Đúng, ghi", "y")]))  # type: ignore[method-assign]
    server.press = lambda spoken, data: pressed.append(data) or people.hear(Spoken(7, 2, "Đã ghi"))  # type: ignore[method-assign]
    await people.play(server, 7, (Step(write="x", until="không"), Step(press="Đúng", until="^Đã")))
    assert pressed == ["y"]
    assert len(people.latencies) == 2


async def test_messages_bear_the_time_of_the_run() -> None:
    said: list[Spoken] = []
    server = TelegramServer(said.append, start=START)
    url = await server.open()
    async with (
        aiohttp.ClientSession() as bot,
        bot.post(f"{url}/bot1:x/sendMessage", data={"chat_id": "7", "text": "chào"}) as answer,
    ):
        told = (await answer.json())["result"]
    server.close()
    assert told["date"] == pytest.approx(START.timestamp(), abs=600)
    assert said == [Spoken(7, 1, "chào", [])]
