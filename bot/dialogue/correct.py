"""Correcting what was reported: which report, what of it, and the new value; or withdrawing it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.dialogue.correct_line import correct_fills
from bot.dialogue.late import closed_of, reason_asked
from bot.dialogue.namesakes import veiled
from bot.dialogue.new_value import WHAT, changes_from_json, new_value, what_to_change
from bot.dialogue.place import places_of
from bot.dialogue.quarter import in_closed_quarter, reported_now
from bot.dialogue.talk import Asker, Talk, dialogue
from bot.dialogue.which_report import CorrectFacts, Named, choices, named, which_reports
from domain.amendment import Amendment
from domain.candidate import may_be_same
from domain.commands import CorrectAdmissions
from domain.errors import NameTaken
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.readers import OneOf, WholeNumber, Words
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.admissions import namesakes
from storage.queries.periods import periods_of
from storage.queries.revisions import Report, reports_of
from storage.session import Session

LOOKS_BACK: Final = timedelta(days=400)
LAST_FOR: Final = timedelta(days=1)
"""For how long «nhầm, …» means what the sender reported last."""
EDITED: Final = "edited"
"""The answer that an edited message gives: which admissions, and what of each is another now."""
WITHDRAWN: Final[Mapping[str, Any]] = {"withdrawn": True}


def correct_facts(session: Session, asker: Asker) -> CorrectFacts:
    """Fetch what the asker's units reported."""
    today, count_by = asker.today, asker.office.count_by
    units = list(dict.fromkeys(place.unit.id for place in places_of(session, asker)))
    every = reports_of(session, units, today - LOOKS_BACK)
    periods = periods_of(session)
    in_force = tuple(one for one in every if not one.withdrawn)
    is_late = in_closed_quarter(periods, today)
    late = tuple(one for one in in_force if is_late(one.counted_on(count_by)))
    in_time = tuple(one for one in in_force if one not in late)
    return CorrectFacts(
        office=asker.office,
        today=today,
        names=asker.names,
        now=reported_now(session, asker),
        in_time=in_time,
        late=late,
        withdrawn=tuple(one for one in every if one.withdrawn),
        last=_last_of(in_force, asker),
        periods=periods,
        namesakes=lambda unit, name: veiled(asker.person, namesakes(session, unit, name, today, count_by)),
    )


def _last_of(reports: Sequence[Report], asker: Asker) -> tuple[Report, ...]:
    own = [one for one in reports if one.person == asker.person.id and asker.at - one.reported_at < LAST_FOR]
    return tuple(one for one in own if one.inbox_id is not None and one.inbox_id == own[0].inbox_id)


@dialogue(
    "correct",
    opens_on=Intent.CORRECT,
    needs=Action.REPORT,
    facts=correct_facts,
    fills=correct_fills,
    asks=(
        *("report", "withdraw", "what", "name", "day", "gender", "year", "decision", "same"),
        *("because", "confirm"),
    ),
    takes_words=("name",),
)
def correct(talk: Talk, facts: CorrectFacts) -> CorrectAdmissions | Say:
    """Change what a report says, or withdraw it."""
    amendments = _amendments(talk, facts)
    if isinstance(amendments, Say):
        return amendments
    changed = tuple(each for each in amendments if each.after is None or each.changes)
    if not changed:
        offers = (labels.CORRECT, labels.MENU)
        return Say("correct/unchanged", {"codes": [each.code for each in amendments]}, offers)
    others = tuple(code for each in changed for code in _namesakes(talk, facts, each))
    quarters = {quarter for each in changed for quarter in each.quarters(facts.office.count_by)}
    closed = closed_of(facts.periods, quarters, facts.today)
    because = reason_asked(talk, closed, labels.AMENDED_BECAUSE)
    command = CorrectAdmissions(amendments=changed, others=others, because=because)
    talk.confirm(command, {"amendments": changed, "count_by": facts.office.count_by})
    return command


def _amendments(talk: Talk, facts: CorrectFacts) -> tuple[Amendment, ...] | Say:
    edited = talk.given(EDITED, Words())
    if edited is not None:
        return tuple(_edited(facts, json.loads(edited)))
    if not facts.reports and "report" not in talk.answers:
        return Say("correct/nothing", {}, (labels.ADMISSION, labels.MENU))
    right = talk.given("fewer", WholeNumber(0, 100))
    if right is not None:
        return _too_many(talk, facts, right)
    told = [key for key in WHAT if key in talk.answers]
    of_name = named(talk, facts, is_known=bool(told))
    known = ["name", *told] if of_name.becomes and "name" not in told else told
    reports = which_reports(talk, facts, of_name, is_known=bool(known))
    changes = _changes(talk, facts, reports[0], of_name, known)
    return tuple(_amended(one, changes) for one in reports)


def _edited(facts: CorrectFacts, rows: Sequence[Mapping[str, Any]]) -> Iterator[Amendment]:
    """What an edited message says of each of the admissions that it reported."""
    on_books = {one.admission: one for one in facts.reports}
    for row in rows:
        report = on_books.get(row["admission"])
        if report is not None:
            yield _amended(report, changes_from_json(row["changes"]))


def _changes(
    talk: Talk, facts: CorrectFacts, report: Report, of_name: Named, known: Sequence[str]
) -> Mapping[str, Any]:
    """The new values, as fields of the figures; what was not told is asked."""
    changes: dict[str, Any] = {}
    for what in known or [what_to_change(talk, facts, report)]:
        changes |= new_value(talk, facts, report, what, of_name.becomes)
    return changes


def _amended(report: Report, changes: Mapping[str, Any]) -> Amendment:
    return Amendment(
        admission=report.admission,
        revision=report.revision,
        code=report.code,
        unit=report.unit,
        before=report.figures,
        after=None if "withdrawn" in changes else replace(report.figures, **changes),
    )


def _too_many(talk: Talk, facts: CorrectFacts, right: int) -> tuple[Amendment, ...] | Say:
    """«nhầm rồi, 1 thôi»: fewer were admitted than were reported; which ones were not is asked."""
    of_quarter = tuple(one for one in facts.reports if facts.counted_on(one) in facts.now)
    reported = facts.last if len(facts.last) > right else of_quarter
    if len(reported) <= right:
        about = {"right": right, "reported": len(reported), "quarter": facts.now}
        return Say("correct/not_fewer", about, (labels.ADMISSION, labels.CORRECT, labels.MENU))
    wrong = reported if right == 0 else _wrong_ones(talk, facts, reported, right)
    return tuple(_amended(one, WITHDRAWN) for one in wrong)


def _wrong_ones(
    talk: Talk, facts: CorrectFacts, reported: Sequence[Report], right: int
) -> tuple[Report, ...]:
    left, wrong = list(reported), list[Report]()
    while len(left) > right:
        reader = OneOf(tuple(zip(choices(left, facts), left, strict=True)))
        about = {"reported": len(reported), "right": right, "found": len(wrong)}
        one = talk.ask("withdraw", reader, about, item=str(len(wrong)) if wrong else "")
        left.remove(one)
        wrong.append(one)
    return tuple(wrong)


def _namesakes(talk: Talk, facts: CorrectFacts, amendment: Amendment) -> Iterator[str]:
    """The receipts of others who bear a corrected name; each must be another person, which is asked."""
    after = amendment.after
    if after is None or fold(after.name) == fold(amendment.before.name):
        return
    for other in facts.namesakes(amendment.unit, fold(after.name)):
        if other.code == amendment.code or not may_be_same(other.birth_year, after.birth_year):
            continue
        reader = OneOf(((Choice("same", labels.SAME), True), (Choice("another", labels.ANOTHER), False)))
        if talk.ask("same", reader, {"before": other}, item=other.code):
            raise NameTaken(after.name, other.code)
        yield other.code
