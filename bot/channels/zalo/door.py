"""The door to Zalo's Bot Platform: one call, its result, and each way in which it can go wrong."""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus
from typing import Final

import httpx

Json = dict[str, object]
"""A JSON object as it came from outside: nothing in it is certain."""

CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0

# At INFO it writes down each URL, and the URL holds the token.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class ZaloError(Exception):
    """A call did not succeed; its words name no URL, for that holds the token."""


class NotSent(ZaloError):
    """The call surely did not reach Zalo: no connection was to be had."""


class InDoubt(ZaloError):
    """The call may have taken effect: no answer came, or none that can be read."""


class ServerTrouble(ZaloError):
    """Zalo, or something between, answered with an HTTP status that is not Zalo's word on the call."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Refused(ZaloError):
    """Zalo's own word on the call: `ok: false`, which comes with any HTTP status, 200 included."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}".strip())
        self.code, self.description = code, description


class ZaloDoor:
    """Makes calls as one bot; needs a running event loop from the first call on."""

    def __init__(self, token: str, api_url: str, *, read_seconds: float = READ_SECONDS) -> None:
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._token, self._read_seconds = token, read_seconds
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def call(self, method: str, params: Json, *, read_seconds: float | None = None) -> object:
        """Call a method and answer its `result`; raises ZaloError and nothing else."""
        answer = await self._exchange(method, params, read_seconds or self._read_seconds)
        return self._result_in(answer)

    async def _exchange(self, method: str, params: Json, read_seconds: float) -> httpx.Response:
        timeout = httpx.Timeout(read_seconds, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS)
        body = json.dumps(params, ensure_ascii=False).encode("utf-8", "replace")
        try:
            return await self._open().post(self._base + method, content=body, timeout=timeout)
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.UnsupportedProtocol,
        ) as error:
            raise NotSent(type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise InDoubt(type(error).__name__) from None

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            headers = {"Content-Type": "application/json", "User-Agent": "chibo"}
            # The machine's own proxy settings are not ours: what goes to Zalo goes there directly.
            self._client = httpx.AsyncClient(headers=headers, trust_env=False)
        return self._client

    def _result_in(self, answer: httpx.Response) -> object:
        envelope = _envelope_in(answer)
        if envelope is None and answer.is_success:
            raise InDoubt("an answer that is not Zalo's")
        if envelope is None or (answer.is_server_error and not _code_in(envelope)):
            raise ServerTrouble(answer.status_code)
        if envelope["ok"] is True and answer.is_success:
            return envelope.get("result")
        words = str(envelope.get("description", ""))[:200].replace(self._token, "***")
        raise Refused(_code_in(envelope) or answer.status_code, words)


def _envelope_in(answer: httpx.Response) -> Json | None:
    """Zalo's envelope; None where something else answered, such as a proxy's page."""
    try:
        content = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and isinstance(content.get("ok"), bool) else None


def _code_in(envelope: Json) -> int | None:
    code = envelope.get("error_code")
    if isinstance(code, str) and re.fullmatch(r"-?[0-9]{1,9}", code):
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def is_idle(error: ZaloError) -> bool:
    """Whether a long poll has only ended without anything having come."""
    status = getattr(error, "code", getattr(error, "status", None))
    return status == HTTPStatus.REQUEST_TIMEOUT
