"""One admission opened: what it says, the original message, who said it when, and every change since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dialogue.quarter import reported_now
from bot.dialogue.status import is_cluster, ways_back
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from bot.dialogue.unit_status import names_for
from bot.dialogue.view import seen
from domain.candidate import candidate_code
from domain.errors import NotOverseen
from domain.office import CountBy, NamesShown
from domain.period import Quarter
from domain.policy import Action, overseen
from messages import labels, places
from messages.channel import Choice
from messages.channel_words import channel_name
from messages.names import name_shown
from messages.quoting import quoted_to
from messages.readers import Answer
from messages.say import Say, in_short
from messages.trail_words import (
    LONGEST_QUOTE,
    WITHHELD,
    Amended,
    Source,
    change_words,
    deed_words,
    late_words,
)
from messages.understand.heard import Heard, Intent
from storage.queries.trail import Revised, Trail, trail_of
from storage.session import Session

AT_ONCE: Final = 3
"""Changes that one message tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFacts:
    """The trail asked for, and by what rules it is shown; None where no admission has the code."""

    code: str
    trail: Trail | None
    page: int
    names: NamesShown
    count_by: CountBy
    today: date
    now: Quarter
    cluster: bool


def trail_facts(session: Session, asker: Asker) -> TrailFacts:
    """Fetch the trail; that of a unit which the asker does not oversee is refused."""
    code, page = _code_and_page(asker.answers["code"].value or "")
    trail, among = trail_of(session, code, asker.office.day_of), overseen(asker.person)
    if trail is not None and among is not None and trail.unit.id not in among:
        raise NotOverseen(trail.unit.short)
    return TrailFacts(
        code=code,
        trail=trail,
        page=page,
        names=names_for(asker),
        count_by=asker.office.count_by,
        today=asker.today,
        now=reported_now(session, asker),
        cluster=is_cluster(asker),
    )


def _code_and_page(said: str) -> tuple[str, int]:
    """«BS-22-01-2» is the second page of «BS-22-01»."""
    unit, year, serial, *page = [*said.split("-"), "", ""][:4]
    return f"{unit}-{year}-{serial}", int(page[0]) if page and page[0].isdecimal() else 1


def trail_fills(heard: Heard, line: Answer) -> Fills:
    """The receipt code that was said, or that a choice leads to."""
    return {"code": Answer(line.said, line.at, heard.code or "")}


@dialogue("trail", opens_on=Intent.TRAIL, needs=Action.OVERSEE, facts=trail_facts, fills=trail_fills)
def trail(_talk: Talk, facts: TrailFacts) -> Say:
    """The admission as it stands, where it came from, and some of its changes at a time."""
    found = facts.trail
    if found is None:
        return Say("trail/none", {"code": facts.code}, (labels.UNIT, labels.MENU))
    amended = tuple(_amended(each, found, facts) for each in found.revisions[1:])
    first = (facts.page - 1) * AT_ONCE
    quarter = Quarter.of(found.now.figures.counted_on(facts.count_by))
    words = {
        "code": found.code,
        "unit": found.unit,
        "cell": found.cell,
        "candidate": candidate_code(found.candidate) if found.candidate else "",
        "name": name_shown(found.now.figures.name, facts.names, found.code),
        "now": found.now,
        "quarter": quarter,
        "source": _source(found.revisions[0], found, facts),
        "late": _late(found.revisions[0], found, facts),
        "count": len(amended),
        "amended": amended[first : first + AT_ONCE],
        "is_first": first == 0,
    }
    more = first + AT_ONCE < len(amended)
    view = seen(found.code, quarter)
    return Say("trail/one", words, _offers(found, quarter, facts, more=more), seen=view)


def _offers(found: Trail, quarter: Quarter, facts: TrailFacts, *, more: bool) -> tuple[Choice, ...]:
    following = places.admission(f"{found.code}-{facts.page + 1}", labels.NEXT_PAGE)
    back = ways_back(quarter, facts.now, cluster=facts.cluster)
    return (*((following,) if more else ()), places.unit(found.unit, quarter), *back, labels.MENU)


def _amended(one: Revised, found: Trail, facts: TrailFacts) -> Amended:
    return Amended(
        number=one.number - 1,
        at=one.at,
        what=deed_words(one.reason) + _late(one, found, facts),
        changes=tuple(change_words(change, facts.names) for change in one.changes),
        source=_source(one, found, facts),
    )


def _late(one: Revised, found: Trail, facts: TrailFacts) -> str:
    """Why something came after the close, as far as its words may be shown."""
    shown = quoted_to(one.late_because, found.names, facts.names, facts.today)
    return late_words(one.late_because and (shown or WITHHELD))


def _source(one: Revised, found: Trail, facts: TrailFacts) -> Source:
    """Where a revision came from; a message is withheld where a part of it may not be shown."""
    first = one.messages[0] if one.messages else None
    said = [
        m.words for m in one.messages if not m.words.isdecimal()
    ]  # the number of a choice tells nobody anything
    quotes = [quoted_to(words, found.names, facts.names, facts.today) for words in said]
    return Source(
        by=name_shown(one.by, facts.names) if one.by else "",
        title=one.title,
        channel=channel_name(first.channel) if first else "",
        sent_at=first.sent_at if first else None,
        received_at=first.received_at if first else None,
        quotes=tuple(in_short(words or WITHHELD, LONGEST_QUOTE) for words in quotes),
    )
