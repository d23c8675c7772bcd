"""Whether the office's own pages can be opened at an address: a short look from here, and what to do where not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import httpx

SECONDS: Final = 5.0
"""How long an answer is waited for."""
_SERVER: Final = "chạy chibo run; xem tên miền, tường lửa và máy chủ trung gian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Why the pages could not be opened, and what to do."""

    words: str
    mend: str


async def unreached(url: str, seconds: float = SECONDS) -> Unreached | None:
    """What is wrong with the pages that should be at `url` (without a path of theirs); None when they answer well."""
    try:
        # The machine's own proxy settings are not those of the phones.
        async with httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            answer = await client.get(f"{url.rstrip('/')}/healthz")
    except httpx.TimeoutException:
        return Unreached(words=f"không trả lời trong {seconds:g} giây", mend=_SERVER)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return _no_connection(error)
    return _judged(answer)


def _no_connection(error: Exception) -> Unreached:
    if "certificate" in str(error).lower():
        return Unreached(
            words="chứng chỉ https không đúng", mend="cài hoặc gia hạn chứng chỉ của tên miền này"
        )
    return Unreached(words="không kết nối được", mend=_SERVER)


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
