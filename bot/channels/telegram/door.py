"""The door to Telegram: python-telegram-bot's Bot over aiohttp, answering with the JSON as it came."""

from __future__ import annotations

import io
import json
import logging
import os
import re
from http import HTTPStatus
from typing import Final

# A number of seconds becomes a timedelta in python-telegram-bot's next version; opting in keeps it quiet.
os.environ.setdefault("PTB_TIMEDELTA", "true")

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

Json = dict[str, object]
"""A JSON object as it came from outside: nothing in it is certain."""

_SOCKS_WITH_NAMES: Final = re.compile(r"^(socks[45])[ah]:")

_JSON: Final = {"Content-Type": "application/json"}
CONNECTIONS: Final = 100
IDLE_SECONDS: Final = 50.0  # Telegram closes an idle connection later than this
POOL_SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0

# Its debug lines carry the token's URL, the webhook's secret and people's words.
logging.getLogger("telegram").setLevel(logging.INFO)


class NotSent(NetworkError):
    """The call surely did not reach Telegram: no connection was to be had."""


class ServerTrouble(NetworkError):
    """Telegram, or something between, answered with an HTTP status that is not Telegram's word on the call."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class AiohttpRequest(BaseRequest):
    """How the Bot speaks HTTP: JSON over a pool of connections, several times cheaper than httpx.

    `proxy` is the URL of an http or socks proxy, or empty. Errors name no URL: it holds the token.
    """

    def __init__(self, proxy: str = "", *, read_seconds: float = READ_SECONDS) -> None:
        self._proxy = proxy
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

    @property
    def read_timeout(self) -> float:
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the pool; needs a running event loop."""
        self._open()

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Make one call; raises NotSent, TimedOut, ServerTrouble or NetworkError."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_seconds
        status, answer = await self._exchange(method, url, _body_of(request_data), seconds)
        if status >= HTTPStatus.MULTIPLE_CHOICES and not _is_telegrams(status, answer):
            raise ServerTrouble(status)
        return status, answer

    async def _exchange(
        self, method: str, url: str, body: bytes | aiohttp.FormData, seconds: float
    ) -> tuple[int, bytes]:
        kind = {} if isinstance(body, aiohttp.FormData) else _JSON  # a form names its own boundary
        try:
            async with self._open().request(
                method,
                self._url(url),
                data=body,
                headers=kind,
                timeout=_timeout(seconds),
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()
        except (
            aiohttp.ConnectionTimeoutError,
            aiohttp.ClientConnectorError,
            aiohttp.ClientHttpProxyError,
            ProxyConnectionError,
            ProxyTimeoutError,
            ProxyError,
        ) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                headers={"User-Agent": "chibo"},
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=self._proxy if self._proxy.startswith("http") else None,
            )
        return self._session

    def _connector(self) -> aiohttp.BaseConnector:
        if not self._proxy.startswith("socks"):
            return aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS)
        connector: aiohttp.BaseConnector = ProxyConnector.from_url(
            _SOCKS_WITH_NAMES.sub(r"\1:", self._proxy),
            rdns=True,  # names are looked up behind the proxy, for in front of it they may be falsified
            limit=CONNECTIONS,
            keepalive_timeout=IDLE_SECONDS,
        )
        return connector

    def _url(self, url: str) -> URL:
        known = self._urls.get(url)
        if known is None:
            known = self._urls[url] = URL(url)
        return known


def _body_of(request: RequestData | None) -> bytes | aiohttp.FormData:
    """The call's parameters: JSON, or a form where there are files among them."""
    if request is None or not request.contains_files:
        parameters = request.parameters if request else {}
        return json.dumps(parameters, ensure_ascii=False).encode("utf-8", "replace")
    form = aiohttp.FormData()
    for name, value in request.json_parameters.items():
        form.add_field(name, value.encode("utf-8", "replace").decode())
    for name, (filename, content, media_type) in request.multipart_data.items():
        sent = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, sent, filename=filename, content_type=media_type)
    return form


def _timeout(read_seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=None, connect=POOL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=read_seconds
    )


def _is_telegrams(status: int, answer: bytes) -> bool:
    """Whether a refusal is Telegram's own: a proxy's page saying 403 must not look like a blocked bot."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return False
    try:
        content = json.loads(answer)
    except ValueError:
        return False
    return isinstance(content, dict) and content.get("ok") is False


class Door(Bot):
    """python-telegram-bot's Bot, with one method of ours: any call, its result as plain JSON.

    Parsing each update and each sent message into its classes costs 0.2 to 0.4 ms and fails as a
    whole on one odd field; we need five fields of them.
    """

    async def call(self, method: str, params: Json, *, read_seconds: float | None = None) -> object:
        """Call a method of the Bot API and answer its `result`; raises TelegramError and nothing else."""
        try:
            result: object = await self._post(
                method,
                params,
                read_timeout=BaseRequest.DEFAULT_NONE if read_seconds is None else read_seconds,
            )
        except InvalidToken:
            raise InvalidToken("Telegram does not know this token") from None  # its own words hold the token
        except (KeyError, TypeError) as error:  # a success without a result
            raise TelegramError("Invalid server response") from error
        return result


def open_door(token: str, api_url: str, request: BaseRequest) -> Door:
    """The bot with this token, at this server of the Bot API; nothing is called yet."""
    base = api_url.rstrip("/")
    return Door(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )
