"""Choices that lead to a place among the figures: the roll-up of a quarter, a page of units, one admission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.enclosure import Output
from domain.organisation import Unit
from domain.period import Quarter
from domain.progress import RollUp
from messages import labels
from messages.channel import Choice

_MANY: Final = "Q"
_FIRST: Final = 1


@dataclass(frozen=True, slots=True)
class At:
    """A place as the value of a choice carries it: of which unit (or of many), of which quarter, and where there.

    Written «Q-2022-1», «THO-2022-1-2»: `labels.with_code` reads it off the end of a choice's value.
    """

    quarter: Quarter
    unit: str = _MANY
    rest: tuple[int, ...] = ()

    def __str__(self) -> str:
        return "-".join(map(str, (self.unit, self.quarter.year, self.quarter.number, *self.rest)))

    @classmethod
    def parse(cls, code: str | None) -> At | None:
        """The inverse of str(); None for any other code."""
        unit, *numbers = (code or "").split("-")
        if len(numbers) < 2 or not all(number.isdecimal() for number in numbers):
            return None
        year, number, *rest = map(int, numbers)
        if year < 1000 or number not in (1, 2, 3, 4):
            return None
        return cls(Quarter(year, number), unit, tuple(rest))


def whole(quarter: Quarter, *, cluster: bool) -> Choice:
    """The roll-up of a quarter."""
    choice = labels.CLUSTER if cluster else labels.ROLLUP
    return Choice(f"{choice.value} {At(quarter)}", choice.label)


def rows(quarter: Quarter, page: int = _FIRST) -> Choice:
    """All units of a quarter, from one page on."""
    label = labels.UNIT.label if page == _FIRST else labels.NEXT_PAGE
    return Choice(f"{labels.UNIT.value} {At(quarter, rest=(page,))}", label)


def unit(one: Unit, quarter: Quarter, page: int = _FIRST) -> Choice:
    """One unit's quarter, with the people of one page."""
    label = one.short if page == _FIRST else labels.NEXT_PAGE
    return Choice(f"{labels.SEE_UNIT} {At(quarter, one.code, (page,))}", label)


def offers(all_: RollUp, reported: Quarter, *, begun: bool, cluster: bool) -> tuple[Choice, ...]:
    """What is done about a roll-up, by the district or by the overseer of a `cluster`.

    Others are called and reminded where somebody owes the quarter that is being `reported`; files are of one that
    has begun.
    """
    quarter, is_now = all_.quarter, all_.quarter == reported
    is_owed = is_now and any(row.is_owed for row in all_.units)
    return (
        *((labels.CALL_SHEET,) if is_owed else ()),
        labels.UNIT if is_now else rows(quarter),
        *((workbook(quarter), chart(quarter)) if begun and not cluster else ()),
        *((labels.REMIND,) if is_owed and not cluster else ()),
        *((lessons(quarter),) if all_.lessons else ()),
        numbers(quarter),
        labels.MENU,
    )


def workbook(quarter: Quarter) -> Choice:
    """The official table of a quarter as a file."""
    return Choice(labels.export(Output.XLSX, quarter).value, labels.WORKBOOK)


def chart(quarter: Quarter) -> Choice:
    """The chart of a quarter as a picture."""
    return Choice(labels.export(Output.PNG, quarter).value, labels.CHART)


def numbers(quarter: Quarter, page: int = _FIRST) -> Choice:
    """The numbers of a quarter that can be opened."""
    label = labels.NUMBER.label if page == _FIRST else labels.NEXT_PAGE
    return Choice(f"{labels.NUMBER.value} {At(quarter, rest=(0, page))}", label)


def number(quarter: Quarter, kind: int, label: str, page: int = _FIRST) -> Choice:
    """What is behind one number of a quarter; `kind` counts the kinds of figures from 1."""
    return Choice(f"{labels.NUMBER.value} {At(quarter, rest=(kind, page))}", label)


def risks(quarter: Quarter, page: int = _FIRST) -> Choice:
    """Who is likely to miss a quarter."""
    label = labels.RISKS.label if page == _FIRST else labels.NEXT_PAGE
    return Choice(f"{labels.RISKS.value} {At(quarter, rest=(page,))}", label)


def rating(year: int, page: int = _FIRST) -> Choice:
    """What the rating of a year's units rests on."""
    label = labels.RATING.label if page == _FIRST else labels.NEXT_PAGE
    return Choice(f"{labels.RATING.value} {At(Quarter(year, 4), rest=(page,))}", label)


def lessons(quarter: Quarter, page: int = _FIRST) -> Choice:
    """What was learnt from a quarter's batches of decisions."""
    label = labels.LESSONS.label if page == _FIRST else labels.NEXT_PAGE
    return Choice(f"{labels.LESSONS.value} {At(quarter, rest=(page,))}", label)


def admission(code: str, label: str) -> Choice:
    """One admission, by its receipt code, with all that was ever said of it."""
    return Choice(f"{labels.SEE_REPORT} {code}", label)
