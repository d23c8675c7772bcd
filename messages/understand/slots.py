"""Filling in what was said, once it is known what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.candidate import Step, WayOut
from domain.period import Quarter
from messages.understand.calls import call_said, words_of_call
from messages.understand.date_said import DateSaid, day_ahead, is_just_ahead
from messages.understand.heard import NO_FACTS, Heard, Intent, PersonSaid
from messages.understand.lessons import lesson_said
from messages.understand.line import CLOSING, Kind
from messages.understand.matters import answer_said, cell_said, invited_cell
from messages.understand.names import is_half_name
from messages.understand.numbers import digit_word
from messages.understand.office import new_target
from messages.understand.people import people_said
from messages.understand.quarters import quarter_admitted_in, quarter_filed
from messages.understand.scene import Scene, figure_at_end
from messages.understand.signs import STEPS, WAYS_OUT, Sign
from messages.understand.spans import is_since_new_year
from messages.understand.strength import members_said

_ABOUT_PEOPLE: Final = frozenset(
    {
        Intent.ADMISSION,
        Intent.CANDIDATE_ADD,
        Intent.CANDIDATE_STEP,
        Intent.CANDIDATE_CLOSE,
        Intent.CANDIDATE_BACK,
        Intent.CORRECT,
        Intent.UNDO,
        Intent.FACTS,
        Intent.HAND_OVER,
        Intent.INVITE,
        Intent.END_APPOINTMENT,
        Intent.UNKNOWN,
    }
)
_COUNTED: Final = frozenset({Intent.ADMISSION, Intent.CANDIDATE_ADD, Intent.CORRECT})
_OF_STEPS: Final = frozenset({Intent.CANDIDATE_STEP, Intent.CANDIDATE_BACK})
_OF_FACTS: Final = frozenset(
    {Intent.ADMISSION, Intent.CANDIDATE_ADD, Intent.CORRECT, Intent.FACTS, Intent.UNKNOWN}
)
_OF_ADMISSIONS: Final = frozenset({Intent.ADMISSION, Intent.CORRECT})
_OF_WHAT_IS_OVER: Final = _OF_ADMISSIONS | {Intent.NIL, Intent.FILE_QUARTER}
_MAY_LIE_AHEAD: Final = _OF_ADMISSIONS | {
    Intent.HAND_OVER,
    Intent.END_APPOINTMENT,
    Intent.CANDIDATE_STEP,
    Intent.CANDIDATE_CLOSE,
}
_MAY_BE_RATIO: Final = frozenset({Intent.ADMISSION, Intent.CORRECT, Intent.UNKNOWN})
_DATED: Final = _ABOUT_PEOPLE | {Intent.AMEND_TARGET, Intent.STRENGTH}
_LARGEST_QUOTA: Final = 12
_LONGEST_COUNT: Final = 4


def filled(scene: Scene, intent: Intent) -> Heard:
    """The meaning with its slots; one that has several readings is left empty and named in `unclear`."""
    if intent is Intent.HEADS and scene.odd_ratio:
        scene.unclear.append("heads")
    people = _people(scene, intent)
    day = _day(scene, intent, people)
    return Heard(
        intent=intent,
        people=people,
        count=_count(scene, intent, people),
        date=day,
        quarter=_quarter(scene, intent, day),
        unit=scene.unit.name if scene.unit and not _answers_by_code(scene, intent) else None,
        step=_step(scene) if intent in _OF_STEPS else None,
        reason=_reason(scene) if intent is Intent.CANDIDATE_CLOSE else None,
        decision=scene.decision,
        heads=scene.ratio if intent is Intent.HEADS else None,
        members=members_said(scene) if intent is Intent.STRENGTH else None,
        code=_code(scene),
        responsible=scene.responsible,
        call=call_said(scene) if intent is Intent.CALL_NOTE else None,
        facts=scene.told if intent in _OF_FACTS else NO_FACTS,
        text=_text(scene, intent),
        unclear=tuple(dict.fromkeys(scene.unclear)),
    )


def _people(scene: Scene, intent: Intent) -> tuple[PersonSaid, ...]:
    if intent not in _ABOUT_PEOPLE:
        return ()
    spans = scene.spans
    if any(is_half_name(scene.line, span) for span in spans):
        scene.unclear.append("people")
    if intent is Intent.ADMISSION:
        spans = [span for span in spans if not scene.in_clause(span.first, (Sign.NOT_YET,))]
    return people_said(scene.line, list(spans), list(scene.facts))


def _day(scene: Scene, intent: Intent, people: Sequence[PersonSaid]) -> date | None:
    if intent in (Intent.PROMISE, Intent.CALL_NOTE):
        return _one_day(scene, scene.ahead)
    if intent not in _DATED or not scene.dates:
        return None
    said = [one for one in scene.dates if not one.quarter]
    if len(said) > 1:
        narrow = _of_the_step if intent is Intent.CANDIDATE_STEP else _of_the_ceremony
        said = narrow(scene, said)
    if intent in _MAY_BE_RATIO and len(said) == 1 and said[0].bare and _may_be_ratio(scene, said[0], people):
        scene.unclear.append("date")
        return None
    if intent in _MAY_LIE_AHEAD and len(said) == 1 and is_just_ahead(said[0], scene.today):
        return day_ahead(said[0])
    return _one_day(scene, said)


def _one_day(scene: Scene, said: Sequence[DateSaid]) -> date | None:
    days = {one.reading.value for one in said}
    if len(days) == 1 and None not in days:
        return days.pop()
    if said:
        scene.unclear.append("date")
    return None


def _of_the_ceremony(scene: Scene, said: list[DateSaid]) -> list[DateSaid]:
    """Without the decision's date, a schooling such as 12/12, and the dates of other steps."""
    words = scene.line.words
    kept = [one for one in said if not (one.first and scene.line.tokens[one.first - 1].claim == "document")]
    kept = [one for one in kept if not (one.bare and words[one.first].endswith(("/12", "10/10")))] or kept
    if len(kept) > 1:
        others = (Sign.DECISION, Sign.DECIDED, Sign.RESOLUTION, *STEPS)
        kept = [one for one in kept if not scene.in_clause(one.first, others)] or kept
    return kept or said


def _of_the_step(scene: Scene, said: list[DateSaid]) -> list[DateSaid]:
    """The dates in the clauses that speak of steps."""
    return [one for one in said if scene.in_clause(one.first, tuple(STEPS))] or said


def _may_be_ratio(scene: Scene, said: DateSaid, people: Sequence[PersonSaid]) -> bool:
    """Whether «8/7» can be «8 of 7»: with nobody named, or one short name and a figure that fits it."""
    first, _, second = scene.line.words[said.first].replace(" ", "").partition("/")
    if not (first.isdecimal() and second.isdecimal()):
        return False
    done, quota = int(first), int(second)
    if not 0 < done <= _LARGEST_QUOTA + 3 or not 0 < quota <= _LARGEST_QUOTA + 3 or done > 2 * quota + 1:
        return False
    if people:
        known = any(" " in person.name or person.birth_year or person.gender for person in people)
        return not known and done == len(people) <= quota
    return True


def _count(scene: Scene, intent: Intent, people: Sequence[PersonSaid]) -> int | None:
    if intent is Intent.AMEND_TARGET:
        return new_target(scene)
    counts = sorted(set(scene.counts))
    if intent is Intent.UNKNOWN:
        return _only(counts) or _bare_number(scene)
    if intent not in _COUNTED:
        return None
    if intent is Intent.CORRECT and not counts:
        counts = _lone_numbers(scene)
    figure = figure_at_end(scene)
    if intent is Intent.ADMISSION and not counts and figure:
        counts = [figure]
    if not counts and not people and intent is Intent.ADMISSION and _says_a_digit_word(scene):
        scene.unclear.append("people")
    if len(counts) > 1 or (counts and people and counts[0] != len(people)):
        scene.unclear.append("count")
    return _only(counts) if counts else len(people) or None


def _only(counts: list[int]) -> int | None:
    return counts[0] if len(counts) == 1 else None


def _bare_number(scene: Scene) -> int | None:
    said = [t for t in scene.line.tokens if t.kind is not Kind.MARK and t.word not in CLOSING]
    if len(said) != 1 or len(scene.line.tokens) > _MOST_AROUND:
        return None
    token = said[0]
    return int(token.word) if token.kind is Kind.NUMBER and len(token.word) <= _LONGEST_COUNT else None


_MOST_AROUND: Final = 3  # «2.», «2 ạ», «2) nhé»


def _lone_numbers(scene: Scene) -> list[int]:
    tokens = scene.line.tokens
    numbers = [
        int(token.word)
        for index, token in enumerate(tokens)
        if token.kind is Kind.NUMBER
        and not token.claim
        and len(token.word) < 3
        and scene.line.words[index - 1 : index] != ["thu"]
    ]
    return numbers if len(numbers) == 1 else []


def _says_a_digit_word(scene: Scene) -> bool:
    """«kn hai 15/3»: two people, or somebody called Hai."""
    line = scene.line
    return any(line.is_free_word(index) and digit_word(line, index) for index in range(len(line.tokens)))


def _quarter(scene: Scene, intent: Intent, day: date | None) -> Quarter | None:
    if intent is Intent.ISSUE_ANSWER:
        return None
    if scene.quarter is None:
        month = _month_said(scene, intent) or _first_of_year(scene, intent)
        return month or (Quarter.of(day) if day and intent is Intent.ADMISSION else None)
    if intent is Intent.AMEND_TARGET:
        return scene.quarter.quarter
    if intent not in _OF_ADMISSIONS:
        return quarter_filed(scene.quarter, scene.today)
    reading = quarter_admitted_in(scene.quarter, scene.today)
    if reading.value is None or (day and day not in reading.value):
        scene.unclear.append("quarter")
        return None
    return reading.value


def _first_of_year(scene: Scene, intent: Intent) -> Quarter | None:
    """«từ đầu năm không kết nạp ai» said in the first quarter."""
    now = Quarter.of(scene.today)
    return now if intent is Intent.NIL and now.number == 1 and is_since_new_year(scene.line) else None


def _month_said(scene: Scene, intent: Intent) -> Quarter | None:
    """The quarter of a month: without a year it is over in a report, and of this year in anything else."""
    said = next((one for one in scene.dates if one.quarter), None)
    if said is None or said.quarter is None or not said.yearless or intent in _OF_WHAT_IS_OVER:
        return said.quarter if said else None
    return Quarter(scene.today.year, said.quarter.number)


def _step(scene: Scene) -> Step | None:
    """The furthest of the steps named."""
    found = [step for sign, step in STEPS.items() if sign in scene.signs]
    return found[-1] if found else None


def _reason(scene: Scene) -> WayOut | None:
    return next((way for sign, way in WAYS_OUT.items() if sign in scene.signs), None)


def _answers_by_code(scene: Scene, intent: Intent) -> bool:
    """A matter's code says whose it is; a unit named in the answer is another."""
    return intent is Intent.ISSUE_ANSWER and bool(scene.codes)


def _code(scene: Scene) -> str | None:
    if len(scene.codes) > 1:
        scene.unclear.append("code")
        return None
    return scene.codes[0] if scene.codes else None


def _text(scene: Scene, intent: Intent) -> str:
    if intent is Intent.ISSUE:
        return _matter(scene)
    if intent is Intent.ISSUE_ANSWER:
        return answer_said(scene)
    if intent is Intent.LESSON:
        return lesson_said(scene)
    if intent is Intent.CALL_NOTE:
        return words_of_call(scene) or scene.unit_words
    if intent is Intent.ADD_CELL:
        return cell_said(scene)
    if intent is Intent.INVITE and not scene.unit:
        return scene.unit_words or invited_cell(scene)
    return scene.unit_words


def _matter(scene: Scene) -> str:
    """The words of an issue: what follows «vướng mắc:», or all of them."""
    hit = scene.first(Sign.ISSUE)
    line = scene.line
    if hit is None or hit.first:
        return line.whole
    return line.whole[line.tokens[hit.after - 1].end :].strip(" :,.-–")
