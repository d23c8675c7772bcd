"""Counting what a messenger takes in a month, and telling the administrators before it is used up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.office import Office
from domain.people import Role
from domain.quota import Quota, month_of
from messages.say import Hearer, Say, say
from storage.queries import outbox, sent_counts
from storage.queries.delivery import Blocked, GivenUp, Outcome, Postponed, Sent
from storage.queries.outbox import Draft
from storage.queries.recipients import Reached, recipients
from storage.queries.sent_counts import SentCount
from storage.session import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """The count of one channel's messages, by months where the office is."""

    channel: str
    quota: Quota
    office: Office

    def note(self, session: Session, outcomes: Sequence[Outcome], at: datetime) -> None:
        """Count what went out, of messages that then failed as well, and what was refused.

        Tells the administrators when it is time.
        """
        more = SentCount(
            sent=sum(one.count for one in outcomes if isinstance(one, Sent | Postponed | GivenUp | Blocked)),
            refused=sum(isinstance(one, GivenUp) and one.over_quota for one in outcomes),
        )
        if more == SentCount():
            return
        after = sent_counts.add(session, self.channel, self._month(at), more)
        if self.quota.is_crossed(after.sent - more.sent, after.sent):
            self._tell(session, "problems/quota_short", after, at)
        if after.refused == more.refused > 0:
            self._tell(session, "problems/quota_over", after, at)

    def is_short(self, session: Session, now: datetime) -> bool:
        """Whether what is left of the month has to be spared."""
        return self.quota.is_short(sent_counts.count_of(session, self.channel, self._month(now)).sent)

    def _month(self, at: datetime) -> str:
        return month_of(self.office.day_of(at))

    def _tell(self, session: Session, template: str, count: SentCount, at: datetime) -> None:
        """Tell each administrator, once in a month."""
        day = self.office.day_of(at)
        log.warning("%s: %d messages of %d this month", self.channel, count.sent, self.quota.monthly)
        facts = {"channel": self.channel, "month": day, "count": count, "quota": self.quota}
        reached: dict[int, Reached] = {
            one.person: there for one, there in recipients(session, (Role.ADMIN,), day)
        }
        for person, there in reached.items():
            words = say([Say(template, facts)], Hearer.on(there.channel, self.office))
            key = f"{template}:{self.channel}:{self._month(at)}:{person}"
            draft = Draft(address_id=there.address_id, kind="notice", text=words.text, key=key)
            outbox.put_once(session, draft, at)
