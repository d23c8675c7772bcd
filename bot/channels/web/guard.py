"""What a request must fulfil before anybody looks at what it says."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.channels.body import TooLarge, body_of, object_in

MOST_BYTES: Final = 96 * 1024
"""The longest body: room for a text of 20,000 characters in any script."""

SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Rejected(Exception):
    """A request that goes no further: the status, and one sentence for the person at the page."""

    def __init__(self, status: int, words: str, retry_after: int | None = None) -> None:
        super().__init__(words)
        self.status, self.words = status, words
        self._retry_after = retry_after

    def response(self) -> Response:
        """The answer to the page."""
        headers = {"Cache-Control": "no-store"}
        if self._retry_after is not None:
            headers["Retry-After"] = str(self._retry_after)
        return JSONResponse({"error": self.words}, status_code=self.status, headers=headers)


Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with the answer to what it rejects."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Rejected as rejected:
            return rejected.response()

    return answered


def from_our_page(request: Request, public_url: str = "") -> None:
    """Refuse a writing request that another site's page made the browser send.

    Browsers say where a request comes from (old ones only its origin); a program that is no browser says
    nothing, and holds no cookies of somebody else's. The content type keeps plain forms out.
    `public_url` is where the page is known to lie; a proxy in front may ask us by another name.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is None and origin is not None:
        ours = {request.headers.get("host"), urlsplit(public_url).netloc or None}
        site = "same-origin" if urlsplit(origin).netloc in ours else "cross-site"
    if site not in (None, "same-origin"):
        raise Rejected(403, "Yêu cầu này đến từ một trang khác nên không được nhận.")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Rejected(415, "Trang này chỉ nhận tin dạng JSON.")


async def json_object(request: Request) -> dict[str, object]:
    """The body of a request, which must be one JSON object of moderate size."""
    try:
        parsed = object_in(await body_of(request, MOST_BYTES))
    except TooLarge:
        raise Rejected(413, "Tin dài quá. Đồng chí chia thành nhiều tin ngắn giúp.") from None
    except ClientDisconnect:
        raise Rejected(400, "Tin chưa tới hết.") from None
    if parsed is None:
        raise Rejected(400, "Tin gửi lên không đọc được.")
    return parsed


class RateLimit:
    """At most `burst` acts at once and then `rate` a second, for each of the keys used lately."""

    def __init__(
        self, *, burst: int, rate: float, keys: int = 10_000, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._rate = rate
        self._keys = keys
        self._seconds = seconds
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one act; raises Rejected (429) when there were too many."""
        now = self._seconds()
        left, at = self._left.pop(key, (float(self._burst), now))
        left = min(float(self._burst), left + (now - at) * self._rate)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > self._keys:
            self._left.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) / self._rate))
            raise Rejected(429, "Đồng chí gửi nhanh quá, tin sẽ được gửi lại sau ít giây.", wait)
