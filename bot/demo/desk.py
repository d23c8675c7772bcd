"""The demo's desk: whose phone one may hold, and the clock that can be set forward."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from bot.channels.web import DemoPerson
from bot.clock import ShiftedClock
from bot.demo.cast import Character
from domain.deadline import LAST_DAY, Timetable, roll_up_moments
from domain.ladder import reminder_moments
from domain.period import Quarter
from domain.plan import Plan


class Desk:
    """What the demo's page is offered; `beat` lets happen what fell due, `plan` says for which year."""

    def __init__(
        self,
        cast: Iterable[Character],
        clock: ShiftedClock,
        timetable: Timetable,
        plan: Plan,
        beat: Callable[[], Awaitable[None]],
    ) -> None:
        self._people = [DemoPerson(key=one.key, label=one.label, address=one.address) for one in cast]
        self._clock, self._timetable, self._beat = clock, timetable, beat
        self._year, self._grace_days = plan.year, plan.grace_days

    def people(self) -> Sequence[DemoPerson]:
        """The people to choose from, the one shown at first in front."""
        return self._people

    def now(self) -> datetime:
        """The demo's time, in UTC."""
        return self._clock.now()

    def next_reminder(self) -> datetime | None:
        """When the next reminders leave; None when the plan's year holds no more."""
        return self._next(
            moment.at
            for quarter in self._quarters()
            if quarter.year == self._year
            for moment in reminder_moments(quarter, self._grace_days, self._timetable)
        )

    def quarter_end(self) -> datetime:
        """The hour of the next roll-up on the last day of a quarter."""
        moment = self._next(
            moment.at
            for quarter in self._quarters()
            for moment in roll_up_moments(quarter, self._grace_days, self._timetable)
            if moment.name == LAST_DAY
        )
        return moment or self.now()

    async def jump(self, to: datetime) -> None:
        """Set the clock forward and let happen what falls due until then; ValueError when `to` has passed."""
        if to < self.now():
            raise ValueError("the demo's time does not run backwards")
        self._clock.jump_to(to)
        await self._beat()

    def _quarters(self) -> tuple[Quarter, ...]:
        """Those of which something may still be said: the one before in its days of grace."""
        quarter = Quarter.of(self._timetable.today(self.now()))
        return quarter.previous, quarter, quarter.next

    def _next(self, moments: Iterable[datetime]) -> datetime | None:
        now = self.now()
        return min((at for at in moments if at > now), default=None)
