"""What an edited message says otherwise than before of what was recorded from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.dialogue.new_value import changes_as_json
from bot.dialogue.running import Edited
from messages.fold import fold
from messages.names import is_same_name, is_written_alike, near_name, proper_name
from messages.understand.heard import Heard, Intent, PersonSaid
from storage.queries.revisions import Report

_REPORTS: Final = (Intent.ADMISSION, Intent.CORRECT, Intent.UNKNOWN)
"""What a line may mean that still speaks of the same admissions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The amendments that an edit asks for, as the conversation `correct` takes them, and whom it names for the first time."""

    amends: tuple[Mapping[str, Any], ...]
    added: tuple[PersonSaid, ...]


def differences(edited: Edited) -> Differences | None:
    """What differs, of whom; None where it cannot be told of whom the message speaks now."""
    now = edited.heard
    if now.intent not in _REPORTS or (now.intent is Intent.UNKNOWN and not now.people and now.date is None):
        return None
    pairs = _paired(edited)
    if pairs is None:
        return None
    amends = [_row(report, dict(_changes(report, person, edited))) for report, person in pairs.items()]
    gone = [_row(report, {"withdrawn": True}) for report in edited.reports if _is_gone(report, pairs, edited)]
    taken = [id(person) for person in pairs.values()]
    return Differences(
        amends=tuple(row for row in (*amends, *gone) if row["changes"]),
        added=tuple(p for p in now.people if id(p) not in taken) if _names_anew(edited) else (),
    )


def _row(report: Report, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"admission": report.admission, "changes": changes_as_json(changes)}


def _names_anew(edited: Edited) -> bool:
    """Whether the names in the message are those of a report: in a correction they only say which one is meant."""
    intents = {edited.heard.intent, *(each.intent for each in edited.before)}
    return bool(edited.heard.people) and Intent.CORRECT not in intents


def _paired(edited: Edited) -> dict[Report, PersonSaid | None] | None:
    """Each report with the person of it in the new line: by name, then by a name that is near, then in order."""
    if not _names_anew(edited):
        same = {_names(edited.heard), *map(_names, edited.before)}
        return dict.fromkeys(edited.reports) if len(same) == 1 else None
    pairs: dict[Report, PersonSaid | None] = {}
    for bears in (_bears, _nearly_bears):
        for report in edited.reports:
            found = [person for person in _left(pairs, edited) if bears(report, person)]
            if report not in pairs and found:
                pairs[report] = found[0]
    reports, people = [report for report in edited.reports if report not in pairs], _left(pairs, edited)
    if len(reports) == len(people):
        return pairs | dict(zip(reports, people, strict=True))
    return pairs or None


def _left(pairs: Mapping[Report, PersonSaid | None], edited: Edited) -> list[PersonSaid]:
    taken = [id(person) for person in pairs.values()]
    return [person for person in edited.heard.people if id(person) not in taken]


def _bears(report: Report, person: PersonSaid) -> bool:
    return is_same_name(fold(report.name), fold(person.name))


def _nearly_bears(report: Report, person: PersonSaid) -> bool:
    return bool(near_name([report], person.name))


def _is_gone(report: Report, pairs: Mapping[Report, PersonSaid | None], edited: Edited) -> bool:
    """Whether the message named somebody before whom it does not name any more."""
    named = [person for heard in edited.before for person in heard.people]
    return report not in pairs and any(_bears(report, person) for person in named)


def _changes(report: Report, person: PersonSaid | None, edited: Edited) -> Iterator[tuple[str, Any]]:
    """The figures that the message tells otherwise than the books, and otherwise than some version of it before."""
    figures, now = report.figures, edited.heard
    dated = figures.dated_by(edited.count_by)
    for field, value, before in (
        (dated, now.date, [each.date for each in edited.before]),
        ("decision_no", now.decision, [each.decision for each in edited.before]),
    ):
        if value not in (None, getattr(figures, field)) and any(old != value for old in before):
            yield field, value
    if person is None:
        return
    before_of = [_of(person, heard) for heard in edited.before]
    if _is_renamed(report, person, before_of):
        yield "name", proper_name(person.name)
    for field in ("gender", "birth_year", "birth_date"):
        value = getattr(person, field)
        told_otherwise = any(old is None or getattr(old, field) != value for old in before_of)
        if value not in (None, getattr(figures, field)) and told_otherwise:
            yield field, value


def _of(person: PersonSaid, heard: Heard) -> PersonSaid | None:
    return next((each for each in heard.people if fold(each.name) == fold(person.name)), None)


def _is_renamed(report: Report, person: PersonSaid, before: Sequence[PersonSaid | None]) -> bool:
    """Whether the name is another: neither a part of it, nor the same without its marks, nor as it always stood."""
    new, folded = person.name, fold(person.name)
    if is_written_alike(new, report.name) or fold(report.name).endswith(f" {folded}"):
        return False
    if folded == fold(report.name) and is_written_alike(new, folded):
        return False
    return any(each is None or not is_written_alike(each.name, new) for each in before)


def _names(heard: Heard) -> frozenset[str]:
    return frozenset(fold(person.name) for person in heard.people)
