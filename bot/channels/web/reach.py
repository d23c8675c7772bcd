"""Whether the office's own pages can be opened at an address: a short look from here, and what to do where not."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import httpx

SECONDS: Final = 5.0
"""How long an answer is waited for."""
_NO_SUCH_NAME: Final = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_SERVER: Final = "chạy chibo run; xem tên miền, tường lửa và máy chủ trung gian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Why the pages could not be opened, and what to do.

    `unanswered`: nobody answered at all, which from inside the office's own network need not mean anything.
    """

    words: str
    mend: str
    unanswered: bool = False


async def unreached(url: str, seconds: float = SECONDS) -> Unreached | None:
    """What is wrong with the pages that should be at `url` (without a path of theirs); None when they answer well."""
    try:
        # The machine's own proxy settings are not those of the phones.
        async with httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            answer = await client.get(f"{url.rstrip('/')}/healthz")
    except httpx.TimeoutException:
        return Unreached(words=f"không trả lời trong {seconds:g} giây", mend=_SERVER, unanswered=True)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return _no_connection(error)
    return _judged(answer)


def _no_connection(error: Exception) -> Unreached:
    if "certificate" in str(error).lower():
        return Unreached(
            words="chứng chỉ https không đúng", mend="cài hoặc gia hạn chứng chỉ của tên miền này"
        )
    if _is_unknown_name(error):
        return Unreached(words="không có tên miền này", mend="sửa CHIBO_PUBLIC_URL, hoặc đăng ký tên miền")
    return Unreached(words="không kết nối được", mend=_SERVER, unanswered=True)


def _is_unknown_name(error: BaseException | None) -> bool:
    """Whether those who know names have said that there is none such; that nobody could be asked is not their word."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return error.errno in _NO_SUCH_NAME
        error = error.__cause__ or error.__context__
    return False


def _judged(answer: httpx.Response) -> Unreached | None:
    status = _status_in(answer)
    if status is None:
        words = f"có máy chủ trả lời (HTTP {answer.status_code}) nhưng không phải chibo"
        return Unreached(words=words, mend="cho máy chủ trung gian chuyển tiếp tới cổng CHIBO_WEB_PORT")
    if answer.status_code != HTTPStatus.OK:
        return Unreached(
            words="chibo trả lời nhưng không đọc được cơ sở dữ liệu", mend="xem CHIBO_DATABASE_URL"
        )
    return None


def _status_in(answer: httpx.Response) -> object:
    """What the pages say of themselves; None where it is not they who answered."""
    try:
        content = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    return content.get("status") if isinstance(content, dict) else None
