"""What the conversations about status have in common: the quarter and page asked for, and what is still in view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.dialogue import view
from bot.dialogue.quarter import quarter_said, reported_now
from bot.dialogue.talk import Asker, Elsewhere, Fills
from domain.period import Quarter
from domain.policy import overseen
from messages import labels, places
from messages.channel import Choice
from messages.figure_words import KINDS, Figure
from messages.fold import fold
from messages.places import At
from messages.readers import Answer
from messages.understand.heard import Heard, Intent
from storage.session import Session

_OF_ALL: Final = frozenset({"tinh", "hinh", "tong", "hop", "toan", "huyen", "cum", "chung", "don", "vi"})
"""Words by which a line asks for the whole, and not only for another quarter of what is in view."""


def status_fills(heard: Heard, line: Answer) -> Fills:
    """The quarter that a line names, or the place that a choice leads to; `only` where it says nothing but a quarter."""
    at = At.parse(heard.code)
    if at is not None:
        said = {"quarter": at.quarter.code, "at": str(at)}
        return {key: Answer(line.said, line.at, value) for key, value in said.items()}
    quarter = quarter_said(heard, line)
    only = heard.quarter is not None and heard.unit is None and _OF_ALL.isdisjoint(fold(line.said).split())
    return {**quarter, **({"only": line} if only else {})}


def place_asked(answers: Mapping[str, Answer]) -> At | None:
    """The place that a choice led to."""
    return At.parse(answers["at"].value) if "at" in answers else None


def page_asked(answers: Mapping[str, Answer], where: int = 0) -> int:
    """The page that a choice led to, from 1 on; it stands among the numbers of the place."""
    at = place_asked(answers)
    return at.rest[where] if at is not None and len(at.rest) > where else 1


def quarter_asked(session: Session, asker: Asker, *, viewed: bool = True) -> Quarter:
    """The quarter that was named, else that of what is in view, else the one that is being reported now."""
    named = asker.answers.get("quarter")
    if named is not None and named.value:
        return Quarter.parse(named.value)
    return asker.view.quarter if viewed and asker.view else reported_now(session, asker)


def page_of(pages: tuple[tuple[str, ...], ...], page: int) -> tuple[tuple[str, ...], bool]:
    """The lines of a page, the last one for any beyond it, and whether there is one after it."""
    shown = min(max(page, 1), len(pages))
    return pages[shown - 1], shown < len(pages)


def is_cluster(asker: Asker) -> bool:
    """Whether somebody sees the units that they oversee, and no others."""
    return overseen(asker.person) is not None


def ways_back(quarter: Quarter, now: Quarter, *, cluster: bool) -> tuple[Choice, Choice]:
    """To the roll-up of the same quarter, and to all its units."""
    if quarter != now:
        return places.whole(quarter, cluster=cluster), places.rows(quarter)
    return (labels.CLUSTER if cluster else labels.ROLLUP), labels.UNIT


def same_of_another_quarter(asker: Asker) -> Elsewhere | None:
    """What is in view, for the quarter that was named and nothing besides; None where the whole was asked for."""
    in_view, quarter = asker.view, asker.answers.get("quarter")
    if in_view is None or quarter is None or "only" not in asker.answers:
        return None
    code = quarter.value or ""
    there = _intent_of(in_view)
    at = At(Quarter.parse(code), in_view.unit or "Q", _rest_of(in_view))
    if there is None:
        return None
    answers = {"quarter": quarter, "at": Answer(quarter.said, quarter.at, str(at))}
    if in_view.unit:
        answers["unit"] = Answer(in_view.unit, quarter.at, in_view.unit)
    return Elsewhere(there, answers)


def _intent_of(in_view: view.View) -> Intent | None:
    if in_view.unit:
        return Intent.UNIT_STATUS
    of_many = {view.ROWS: Intent.UNIT_LIST, view.RISKS: Intent.AT_RISK, view.FIGURE: Intent.FIGURE}
    return of_many.get(in_view.what.partition("-")[0])


def _rest_of(in_view: view.View) -> tuple[int, ...]:
    kind = in_view.what.partition("-")[2]
    return (KINDS.index(Figure(kind)) + 1, 1) if kind in set(KINDS) else (1,)
