"""A number that a roll-up shows, opened: the units that it is the sum of, and through them the people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogue.quarter import reported_now
from bot.dialogue.status import (
    is_cluster,
    page_asked,
    page_of,
    place_asked,
    quarter_asked,
    status_fills,
    ways_back,
)
from bot.dialogue.talk import Asker, Elsewhere, Fills, Talk, dialogue
from bot.dialogue.view import ALL, FIGURE, seen
from domain.period import Quarter
from domain.policy import Action, may, overseen
from domain.progress import RollUp
from messages import labels, places
from messages.channel import Choice
from messages.figure_words import (
    GROUPS,
    KINDS,
    NEVER_OPENED,
    Figure,
    Shown,
    figures_shown,
    lines_behind,
    lines_of_counts,
    lines_of_heads,
)
from messages.fold import fold
from messages.readers import Answer
from messages.say import Say, in_short
from messages.status_words import pages
from messages.understand.heard import Heard, Intent
from storage.queries.heads import heads_as_of
from storage.queries.issues import open_issues_of
from storage.queries.rollup import group_counts, roll_up
from storage.session import Session

_BY_WORDS: Final = (
    ("it dang vien", Figure.FEW_MEMBERS),
    ("chua ket nap", Figure.LONG_WITHOUT),
    ("khong ket nap", Figure.LONG_WITHOUT),
    ("vuot", Figure.OVER),
    ("chua dat", Figure.BELOW),
    ("khong phat sinh", Figure.NIL),
    ("khong co chi tieu", Figure.WITHOUT_TARGET),
    ("dieu chinh sau chot", Figure.AMENDED),
)
"""Words that ask for a number by what it counts."""
AT_ONCE: Final = 6
"""Numbers that are offered at once to be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts:
    """The roll-up with its numbers; those meant, and of the one that is meant alone the lines behind it."""

    all: RollUp
    now: Quarter
    cluster: bool
    answers_issues: bool
    shown: tuple[Shown, ...]
    meant: tuple[Shown, ...]
    number: int | None
    page: int
    lines: tuple[str, ...] = ()


def figure_facts(session: Session, asker: Asker) -> FigureFacts:
    """Fetch the roll-up in view, and what is behind the number asked for."""
    quarter, among = quarter_asked(session, asker), overseen(asker.person)
    whole = roll_up(session, quarter, asker.now, asker.office, among)
    shown = figures_shown(whole, cluster=is_cluster(asker))
    number = int(asker.answers["number"].value or 0) if "number" in asker.answers else None
    meant = _meant(shown, asker, number)
    return FigureFacts(
        all=whole,
        now=reported_now(session, asker),
        cluster=is_cluster(asker),
        answers_issues=may(asker.person, Action.ANSWER),
        shown=shown,
        meant=meant,
        number=number,
        page=page_asked(asker.answers, where=1),
        lines=_lines(session, meant[0].kind, whole, asker) if len(meant) == 1 else (),
    )


def _meant(shown: Sequence[Shown], asker: Asker, number: int | None) -> tuple[Shown, ...]:
    """The figures of a kind that a choice or words named, or of a number that was typed."""
    at = place_asked(asker.answers)
    if at is not None and at.rest and 0 < at.rest[0] <= len(KINDS):
        kind = KINDS[at.rest[0] - 1]
        return tuple(each for each in shown if each.kind is kind)
    if "kind" in asker.answers:
        return tuple(each for each in shown if each.kind.value == asker.answers["kind"].value)
    return tuple(each for each in shown if each.number == number)


def _lines(session: Session, kind: Figure, whole: RollUp, asker: Asker) -> tuple[str, ...]:
    if kind in NEVER_OPENED or kind is Figure.PLEDGED:
        return ()
    if kind in GROUPS:
        counts = group_counts(session, kind.value, whole.quarter, asker.now, asker.office)
        return lines_of_counts(whole, counts)
    if kind in (Figure.HEADS, Figure.HEADS_TOTAL):
        return lines_of_heads(whole, heads_as_of(session, asker.now))
    if kind is Figure.ISSUES:
        open_ones = open_issues_of(session, [row.unit.id for row in whole.units])
        return tuple(f"{one.code} {one.unit.short}: {in_short(one.text, 150)}" for one in open_ones)
    return lines_behind(kind, whole)


def figure_fills(heard: Heard, line: Answer) -> Fills:
    """The number that was said, or the place that a choice leads to."""
    fills = status_fills(heard, line)
    if "at" in fills:
        return fills
    words = fold(line.said)
    if kind := next((kind for said, kind in _BY_WORDS if said in words), None):
        return {**fills, "kind": Answer(line.said, line.at, kind.value)}
    said = re.search(r"[0-9]{1,6}", line.said) if heard.count is None else None
    number = heard.count if said is None else int(said[0])
    return fills if number is None else {**fills, "number": Answer(line.said, line.at, str(number))}


@dialogue("figure", opens_on=Intent.FIGURE, needs=Action.OVERSEE, facts=figure_facts, fills=figure_fills)
def figure(_talk: Talk, facts: FigureFacts) -> Say:
    """What is behind a number; which one is asked where several have it, or none was named."""
    if len(facts.meant) != 1:
        return _which(facts)
    one = facts.meant[0]
    if one.kind is Figure.ISSUES and facts.answers_issues:
        raise Elsewhere(Intent.ISSUES_LIST, {})
    all_pages = pages(facts.lines)
    lines, more = page_of(all_pages, facts.page)
    words = {
        "one": one,
        "all": facts.all,
        "lines": lines,
        "page": min(facts.page, len(all_pages)),
        "pages": len(all_pages),
        "is_sensitive": one.kind in NEVER_OPENED,
        "of_units": one.kind is not Figure.ISSUES,
    }
    view = seen(f"{FIGURE}-{one.kind.value}", facts.all.quarter)
    return Say("figure/rows", words, _offers(facts, one, more=more), seen=view)


def _offers(facts: FigureFacts, one: Shown, *, more: bool) -> tuple[Choice, ...]:
    quarter, kind = facts.all.quarter, KINDS.index(one.kind) + 1
    following = (places.number(quarter, kind, labels.NEXT_PAGE, facts.page + 1),) if more else ()
    whole, _ = ways_back(quarter, facts.now, cluster=facts.cluster)
    return (*following, places.numbers(quarter), whole, labels.MENU)


def _which(facts: FigureFacts) -> Say:
    """The numbers that can be opened: those that are like the one said, else all, some at a time."""
    quarter, found = facts.all.quarter, facts.meant or facts.shown
    first = 0 if facts.meant else (facts.page - 1) * AT_ONCE
    shown = found[first : first + AT_ONCE]
    offered = [places.number(quarter, KINDS.index(e.kind) + 1, f"{e.words}: {e.number}") for e in shown]
    more = (places.numbers(quarter, facts.page + 1),) if first + AT_ONCE < len(found) else ()
    whole, _ = ways_back(quarter, facts.now, cluster=facts.cluster)
    unknown = facts.number if facts.number is not None and not facts.meant else None
    words = {"quarter": quarter, "unknown": unknown, "several": bool(facts.meant)}
    return Say("figure/which", words, (*offered, *more, whole, labels.MENU), seen=seen(ALL, quarter))
