"""The demo's desk: choosing whose phone one holds, and moving the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.guard import Rejected, from_our_page, json_object


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody whose phone one can hold in the demo.

    `key` stands in the page's URL (a-z, 0-9 and hyphens), `label` in the list («bí thư Biên Sơn»),
    `address` is the value of this person's address on the channel `web`.
    """

    key: str
    label: str
    address: str


class DemoDesk(Protocol):
    """What the demo offers to its page; all but `jump` answer quickly, for the event loop waits."""

    def people(self) -> Sequence[DemoPerson]:
        """The people to choose from, the one shown at first in front; never empty."""

    def now(self) -> datetime:
        """The demo's time, in UTC."""

    def next_reminder(self) -> datetime | None:
        """When the next reminders leave, in UTC; None when no more are to come."""

    def quarter_end(self) -> datetime:
        """The hour of the roll-up on the last day of the quarter that `now` lies in, in UTC."""

    async def jump(self, to: datetime) -> None:
        """Set the clock forward and return when what fell due until then is in the outbox.

        ValueError when `to` has passed already: the demo's time does not run backwards.
        """


class DemoBar:
    """The pages' requests to the demo's desk."""

    def __init__(self, desk: DemoDesk, zone: ZoneInfo) -> None:
        self._desk = desk
        self._zone = zone

    def person(self, key: str) -> DemoPerson | None:
        """The person of this key."""
        return next((person for person in self._desk.people() if person.key == key), None)

    def people(self) -> Sequence[DemoPerson]:
        """The people to choose from."""
        return self._desk.people()

    async def show_clock(self, request: Request) -> Response:
        """The demo's time and the moments that one can jump to."""
        return self._clock()

    async def move_clock(self, request: Request) -> Response:
        """Jump to `{"to": "reminder" | "quarter_end" | an ISO time}`, without an offset meant in the office's zone."""
        from_our_page(request)
        to = self._moment((await json_object(request)).get("to"))
        try:
            await self._desk.jump(to)
        except ValueError:
            raise Rejected(400, "Đồng hồ chỉ đi tới: đồng chí chọn một thời điểm sau lúc này.") from None
        return self._clock()

    def _moment(self, to: object) -> datetime:
        match to:
            case "reminder":
                moment = self._desk.next_reminder()
                if moment is None:
                    raise Rejected(409, "Không còn lần nhắc nào ở phía trước.")
                return moment
            case "quarter_end":
                return self._desk.quarter_end()
            case str():
                return self._typed(to)
            case _:
                raise Rejected(400, "Đồng chí chọn ngày giờ giúp.")

    def _typed(self, to: str) -> datetime:
        try:
            moment = datetime.fromisoformat(to)
            zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=self._zone)
            return zoned.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Rejected(400, "Đồng chí chọn ngày giờ giúp.") from None

    def _clock(self) -> Response:
        reminder = self._desk.next_reminder()
        body = {
            "now": self._desk.now().isoformat(),
            "next_reminder": None if reminder is None else reminder.isoformat(),
            "quarter_end": self._desk.quarter_end().isoformat(),
        }
        return JSONResponse(body, headers={"Cache-Control": "no-store"})
