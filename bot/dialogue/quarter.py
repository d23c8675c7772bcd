"""Which quarter is meant when none is named, and which still take reports."""

from __future__ import annotations

from bot.dialogue.talk import Asker, Fills, Talk
from domain.deadline import reported_quarter
from domain.period import Quarter
from messages.readers import Answer, Words
from messages.understand.heard import Heard
from storage.queries.progress import grace_days_of
from storage.session import Session


def quarter_said(heard: Heard, line: Answer) -> Fills:
    """The quarter that the opening line named, if it did."""
    return {} if heard.quarter is None else {"quarter": Answer(line.said, line.at, heard.quarter.code)}


def quarter_meant(talk: Talk, now: Quarter) -> Quarter:
    """The quarter that was named, else the one that is being reported now."""
    named = talk.given("quarter", Words())
    return now if named is None else Quarter.parse(named)


def reported_now(session: Session, asker: Asker) -> Quarter:
    """The quarter being reported on a day: the one before while its days of grace last, else the running one."""
    grace = grace_days_of(session, Quarter.of(asker.today).previous.year)
    return reported_quarter(asker.today, grace)
