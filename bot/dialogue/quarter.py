"""Which quarter is meant when none is named, and which still take reports."""

from __future__ import annotations

from bot.dialogue.talk import Asker, Fills, Talk
from domain.deadline import reported_quarter
from domain.period import Quarter
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Words
from messages.understand.heard import Heard
from storage.queries.progress import grace_days_of
from storage.session import Session


def quarter_said(heard: Heard, line: Answer) -> Fills:
    """The quarter that the opening line named, if it did; which one may be unclear."""
    if "quarter" in heard.unclear:
        return {"which": Answer(line.said, line.at)}
    return {} if heard.quarter is None else {"quarter": Answer(line.said, line.at, heard.quarter.code)}


def quarter_meant(talk: Talk, now: Quarter, running: Quarter) -> Quarter:
    """The quarter that was named, else the one that is being reported now; asked for when it is unclear."""
    if talk.given("quarter", Words()) is None and talk.given("which", Words()) is None:
        return now
    shown = dict.fromkeys((now, running, running.next))
    options = tuple((Choice(each.code, labels.quarter(each)), each) for each in shown)
    return talk.ask("quarter", OneOf(options, other=_by_code))


def _by_code(answer: Answer) -> Quarter:
    if answer.value is None:
        raise NotUnderstood("not_a_choice")
    return Quarter.parse(answer.value)


def reported_now(session: Session, asker: Asker) -> Quarter:
    """The quarter being reported on a day: the one before while its days of grace last, else the running one."""
    grace = grace_days_of(session, Quarter.of(asker.today).previous.year)
    return reported_quarter(asker.today, grace)
