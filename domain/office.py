"""What an office has decided for itself, as far as the rules depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


class CountBy(StrEnum):
    """Which date puts an admission into a quarter; when that one is missing the other serves."""

    CEREMONY = "ceremony"
    DECISION = "decision"


class NamesShown(StrEnum):
    """How people's names stand in messages that go through a foreign messenger."""

    FULL = "full"
    INITIALS = "initials"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office's name in messages, its time zone, what it counts by, and how it shows names abroad.

    Within `remind_again_hours` nobody is reminded twice by hand without a question. Units with fewer than
    `few_members`, or without any admission for `years_without`, are singled out in the status; 0 singles out none.
    """

    name: str = "Ban Tổ chức Huyện ủy Lục Ngạn"
    timezone: ZoneInfo = VIETNAM
    count_by: CountBy = CountBy.CEREMONY
    names: NamesShown = NamesShown.INITIALS
    remind_again_hours: int = 4
    few_members: int = 9
    years_without: int = 3

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment, where the office is."""
        return moment.astimezone(self.timezone).date()

    def names_on(self, channel: str) -> NamesShown:
        """How names are shown on a channel: the web chat runs on the office's own server, so in full."""
        return NamesShown.FULL if channel == "web" else self.names
