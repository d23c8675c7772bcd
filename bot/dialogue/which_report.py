"""Which of the reports on the books is meant: by its code, by a name, by its number in the list, or the last one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dialogue.talk import Talk
from domain.closing import Periods
from domain.office import NamesShown, Office
from domain.organisation import UnitId
from domain.period import Quarter
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.names import is_same_name, is_written_alike, near_name, of_name, proper_name, told_apart
from messages.readers import Answer, NotUnderstood, OneOf, Words
from storage.queries.admissions import Reported
from storage.queries.revisions import Report

A_PAGE: Final = 7
"""Reports offered at once: with «Xem thêm» what fits on a small screen."""
_NO_NAMES: Final = frozenset(
    [
        "sua",
        "nham",
        "sai",
        "roi",
        "thanh",
        "la",
        "moi",
        "dung",
        "ngay",
        "thang",
        "nam",
        "sinh",
        "ten",
        "nu",
        "so",
        "quy",
        "bao",
        "cao",
        "ma",
        "chi",
        "thoi",
        "lai",
        "hom",
        "qua",
        "nay",
        "hai",
        "ba",
        "tu",
        "bay",
        "sau",
        "tam",
        "chin",
        "muoi",
        "ket",
        "nap",
        "rut",
        "khong",
        "phai",
        "chua",
    ]
)
"""Words of corrections that are names, too, when they are folded."""
_BESIDE: Final = ("day", "gender", "year", "decision", "withdrawn")
_OLDER: Final[tuple[Report, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFacts:
    """What the asker's units reported within about a year, the latest first.

    Those of open quarters are `in_time`, those of closed ones, which are corrected with a reason, `late`; `last` are
    those of the asker's own last message, if it was sent within a day.
    """

    office: Office
    today: date
    names: NamesShown
    now: Quarter
    in_time: tuple[Report, ...]
    late: tuple[Report, ...]
    withdrawn: tuple[Report, ...]
    last: tuple[Report, ...]
    periods: Periods
    namesakes: Callable[[UnitId, str], tuple[Reported, ...]]

    @property
    def reports(self) -> tuple[Report, ...]:
        """All that may be corrected."""
        return (*self.in_time, *self.late)

    def counted_on(self, report: Report) -> date:
        """The day that puts a report into a quarter."""
        return report.figures.counted_on(self.office.count_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a name in the line stands for: whose report it may be, and the name as it should be, if it is another.

    `unknown` is a name that nobody bears, in a line that does not say that it is the right one.
    """

    reports: tuple[Report, ...] = ()
    becomes: str | None = None
    unknown: str | None = None


def named(talk: Talk, facts: CorrectFacts, *, is_known: bool) -> Named:
    """«Hoa» is whose report it is; «Hòa» is that, and how she is called; «Hoan» how the one nearest to it is called."""
    typed = talk.given("named", Words())
    if typed is None:
        return Named(reports=_called(talk, facts))
    renames = talk.given("renames", Words()) is not None
    name, same = proper_name(typed), _of_line(talk, facts) or _first(of_name, facts, typed)
    if same and all(not is_same_name(fold(one.name), fold(name)) for one in same):
        return Named(reports=same, becomes=name)
    if not same:
        near = _first(near_name, facts, typed)
        return Named(reports=near, becomes=name) if near or renames else Named(unknown=name)
    has_marks = not is_written_alike(name, fold(name))
    spelled_anew = has_marks and all(
        fold(one.name) == fold(name) and not is_written_alike(one.name, name) for one in same
    )
    return Named(reports=same, becomes=name if spelled_anew and (renames or not is_known) else None)


def _called(talk: Talk, facts: CorrectFacts) -> tuple[Report, ...]:
    """Those whose given name stands beside the new value, typed in one case: «sua toan ngay 16/3»."""
    lines = [talk.answers[key].said for key in _BESIDE if key in talk.answers]
    typed = frozenset(fold(" ".join(lines)).split()) - _NO_NAMES
    found = [one for one in facts.reports if fold(one.name).split()[-1] in typed]
    in_time = tuple(one for one in found if one in facts.in_time)
    return in_time or tuple(found)


def _first(
    find: Callable[[Sequence[Report], str], tuple[Report, ...]], facts: CorrectFacts, name: str
) -> tuple[Report, ...]:
    """Whom a name means: somebody of an open quarter before somebody of a closed one."""
    return find(facts.in_time, name) or find(facts.late, name)


def _of_line(talk: Talk, facts: CorrectFacts) -> tuple[Report, ...]:
    """The report whose code stands in the same line as the name."""
    code = talk.answers.get("report")
    if code is None or code.said != talk.answers["named"].said:
        return ()
    return tuple(one for one in facts.reports if one.code == code.value)


def which_reports(talk: Talk, facts: CorrectFacts, of_name: Named, *, is_known: bool) -> tuple[Report, ...]:
    """The report meant, or several of one message; `is_known` says that what is to be changed was told already."""
    offered = of_name.reports or facts.in_time or facts.late
    if "report" not in talk.answers and of_name.unknown is None:
        if len(offered) > 1 and not of_name.reports and is_known and facts.last:
            offered = facts.last
        if len(offered) == 1:
            return offered
    shown = facts.reports if offered == facts.in_time else offered
    return _asked(talk, facts, shown, of_name.unknown, is_known=is_known)


def _asked(
    talk: Talk, facts: CorrectFacts, offered: Sequence[Report], unknown: str | None, *, is_known: bool
) -> tuple[Report, ...]:
    together = facts.last if is_known and 1 < len(facts.last) <= A_PAGE and offered == facts.last else ()
    page = 0
    while True:
        shown = offered[page * A_PAGE : (page + 1) * A_PAGE]
        older = len(offered) > (page + 1) * A_PAGE
        options = (
            *((choice, (one,)) for choice, one in zip(choices(shown, facts), shown, strict=True)),
            *(((Choice("all", labels.all_of(len(together))), together),) if together else ()),
            *(((Choice("older", labels.OLDER), _OLDER),) if older else ()),
        )
        reader: OneOf[tuple[Report, ...]] = OneOf(options, other=lambda answer: _typed(answer, facts))
        found = talk.ask("report", reader, {"unknown": unknown}, item=str(page) if page else "")
        if found:
            return found
        page += 1


def choices(reports: Sequence[Report], facts: CorrectFacts) -> tuple[Choice, ...]:
    """Reports to choose from, by code, name and day."""
    names = told_apart(reports, facts.names)
    return tuple(
        Choice(one.code, labels.report(one.code, name, facts.counted_on(one)))
        for one, name in zip(reports, names, strict=True)
    )


def _typed(answer: Answer, facts: CorrectFacts) -> tuple[Report, ...]:
    """A report by the code or the name that was typed; told in words when it can be corrected no more."""
    wanted = (answer.value or answer.said).strip()
    for one in (*facts.reports, *facts.withdrawn):
        if one.code == wanted.upper():
            if one.withdrawn:
                raise NotUnderstood("report_withdrawn", {"code": one.code})
            return (one,)
    found = _first(of_name, facts, wanted)
    if len(found) != 1:
        raise NotUnderstood("no_such_report", {"several": len(found) > 1})
    return found
