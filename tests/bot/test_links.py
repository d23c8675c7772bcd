from __future__ import annotations

import asyncio

from pydantic import SecretStr

from bot.links import links_of
from bot.settings import Settings
from domain.invitation import Code
from domain.links import Links
from tests.harness.telegram_faults import server_error
from tests.harness.telegram_server import TelegramServer
from tests.harness.zalo_server import ZaloServer

CODE = Code("7K3MQ9XT2P4HB")


def _settings(server: TelegramServer) -> Settings:
    own = {"telegram_token": SecretStr(server.token), "telegram_api_url": server.url}
    return Settings(_env_file=None).model_copy(update=own)


async def test_the_bot_s_name_is_asked_of_telegram():
    warnings: list[str] = []
    async with TelegramServer() as server:
        links = await asyncio.to_thread(links_of, _settings(server), warnings.append)
    assert links.telegram(CODE) == "https://t.me/chibo_bot?start=7K3MQ9XT2P4HB"
    assert warnings == []


async def test_without_an_answer_of_telegram_there_is_a_warning_and_no_link():
    warnings: list[str] = []
    async with TelegramServer() as server:
        server.fails("getMe", server_error(), times=99)
        links = await asyncio.to_thread(links_of, _settings(server), warnings.append)
    assert links.telegram(CODE) is None
    (warning,) = warnings
    assert warning.startswith("Chưa hỏi được tên bot")
    assert server.token not in warning


async def test_the_name_by_which_people_find_the_bot_is_asked_of_zalo():
    async with ZaloServer() as server:
        own = {"zalo_token": SecretStr(server.token), "zalo_api_url": server.url}
        settings = Settings(_env_file=None).model_copy(update=own)
        assert (await asyncio.to_thread(links_of, settings, lambda _: None)).zalo_name == "bot.chibo"


def test_without_a_token_telegram_is_not_asked():
    assert links_of(Settings(_env_file=None), lambda _: None) == Links()


def test_where_nobody_can_open_the_web_chat_there_is_no_link():
    assert Links().web(CODE) is None
    assert Links(public_url="https://a.example/").web(CODE) == f"https://a.example/chat#{CODE}"
