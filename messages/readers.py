"""What a question accepts: each reader turns an answer into a value, or says why it cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Generic, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from domain.candidate import may_be_same
from domain.phone import phone_in
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.understand import PersonSaid, read_date, read_people

_MOST_DIGITS: Final = 6
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered, and when: the words, and the value of the choice taken or the slot filled.

    `line` is the message that it came with, by its inbox id.
    """

    said: str
    at: datetime
    value: str | None = None
    line: int | None = None

    def as_json(self) -> dict[str, str | int | None]:
        return {"said": self.said, "at": self.at.isoformat(), "value": self.value, "line": self.line}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Answer:
        at = datetime.fromisoformat(stored["at"])
        return cls(stored["said"], at, stored["value"], stored.get("line"))


class NotUnderstood(Exception):
    """An answer that the question cannot take; `problem` names the template `problems/<problem>`."""

    def __init__(self, problem: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.facts = facts or {}


class Reader(Protocol[T_co]):
    """What a question accepts."""

    def choices(self) -> tuple[Choice, ...]:
        """The answers to offer under the question."""

    def read(self, answer: Answer) -> T_co:
        """The value meant; raises NotUnderstood."""


@dataclass(frozen=True, slots=True)
class OneOf(Generic[T]):
    """One of the things shown, by its number, its button or its words; `other` reads what is none of them."""

    options: tuple[tuple[Choice, T], ...]
    other: Callable[[Answer], T] | None = None

    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for choice, _ in self.options)

    def read(self, answer: Answer) -> T:
        for choice, value in self.options:
            if choice.value == answer.value:
                return value
        if answer.value is None:
            for choice, value in self.options:
                if fold(choice.label) == fold(answer.said):
                    return value
        if self.other is None:
            raise NotUnderstood("not_a_choice")
        return self.other(answer)


@dataclass(frozen=True, slots=True)
class PastDate:
    """A day that is not after the one on which it was said; «hôm qua» means the day before that one."""

    timezone: ZoneInfo
    check: Callable[[date], None] = field(default=lambda _day: None)
    """Raises NotUnderstood for a day that cannot be taken for another reason."""
    offers: tuple[Choice, ...] = ()
    """Their values are days in ISO form; those that cannot be taken are not shown."""
    late: Callable[[date], bool] = field(default=lambda _day: False)
    """Whether a day is late to be told: one to come, of the same name, may be meant instead."""

    def choices(self) -> tuple[Choice, ...]:
        return tuple(offer for offer in self.offers if self._takes(date.fromisoformat(offer.value)))

    def _takes(self, day: date) -> bool:
        try:
            self.check(day)
        except NotUnderstood:
            return False
        return True

    def read(self, answer: Answer) -> date:
        today = answer.at.astimezone(self.timezone).date()
        day = _date_in(answer, today)
        if day > today:
            raise NotUnderstood("date_in_future", {"day": day, "today": today})
        try:
            self.check(day)
        except NotUnderstood:
            meant = _this_year(day, today)
            if not _names_year(answer.said, day) and meant > today:
                # «11/4» said on 10/4: tomorrow was meant, and not a day of last year.
                raise NotUnderstood("date_in_future", {"day": meant, "today": today}) from None
            raise
        ahead = _this_year(day, today)
        is_nearer = timedelta(0) < ahead - today < today - day and not _names_year(answer.said, day)
        if is_nearer and self.late(day):
            raise NotUnderstood("date_in_future", {"day": ahead, "today": today})
        return day


def _names_year(said: str, day: date) -> bool:
    """Whether the year of a day was typed: «25/12/21», but not by «21/12»."""
    short = f"{day.year % 100:02}"
    typed = rf"(?:[/.\-]|năm |nam ){short}\b(?! ?[/.\-] ?[0-9])|\b{day.year}\b"
    return re.search(typed, said.lower()) is not None


def _this_year(day: date, today: date) -> date:
    return date(today.year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _date_in(answer: Answer, today: date, *, ahead: bool = False) -> date:
    if answer.value is not None:
        return date.fromisoformat(answer.value)
    reading = read_date(answer.said, today, ahead=ahead)
    if reading.value is None:
        raise NotUnderstood("not_a_date", {"said": quoted(answer.said)})
    return reading.value


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day from the one on which it was said up to `last`; «thứ 5» means the next one, «mai» the day after."""

    timezone: ZoneInfo
    last: date = date.max
    offers: tuple[Choice, ...] = ()
    """Their values are days in ISO form."""

    def choices(self) -> tuple[Choice, ...]:
        return self.offers

    def read(self, answer: Answer) -> date:
        today = answer.at.astimezone(self.timezone).date()
        day = _date_in(answer, today, ahead=True)
        meant = _this_year(day, today)
        is_named = answer.value is not None or str(day.year % 100) in answer.said
        if day < today or (timedelta(0) < today - meant < day - today and not is_named):
            # «25/2» said in March is no day of the year to come; «5/1» said in December is one.
            raise NotUnderstood("day_passed", {"day": min(day, meant)})
        if day > self.last:
            raise NotUnderstood("day_too_late", {"day": day, "last": self.last})
        return day


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A few sentences of somebody's own; the first `most` characters are kept.

    As an answer they have at least so many words, for a shorter one may be meant to begin something else.
    """

    least_words: int
    most: int

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> str:
        words = (answer.value or answer.said).strip()
        is_short = answer.value is None and len(words.split()) < self.least_words
        if not words or is_short or labels.begins_something(words):
            raise NotUnderstood("too_few_words", {"said": quoted(words)})
        return words[: self.most].rstrip()


@dataclass(frozen=True, slots=True)
class People:
    """The names of one to `most` people, each once; `expected` when it was said how many they are.

    `ways_out` are offered beside them.
    """

    timezone: ZoneInfo
    expected: int | None
    most: int
    ways_out: tuple[Choice, ...] = ()

    def choices(self) -> tuple[Choice, ...]:
        return self.ways_out

    def read(self, answer: Answer) -> tuple[PersonSaid, ...]:
        if answer.value is None:
            people = read_people(answer.said, answer.at.astimezone(self.timezone).date())
        elif answer.value.startswith("["):
            people = people_from_json(answer.value)
        else:  # a choice that was offered, and is there no more
            raise NotUnderstood("not_a_choice")
        if not people:
            raise NotUnderstood("not_a_name", {"said": quoted(answer.said)})
        if self.expected is not None and len(people) != self.expected:
            raise NotUnderstood("not_so_many", {"expected": self.expected, "named": len(people)})
        if len(people) > self.most:
            raise NotUnderstood("too_many_people", {"most": self.most, "named": len(people)})
        if (twice := _named_twice(people)) is not None:
            raise NotUnderstood("named_twice", {"name": twice})
        return tuple(people)


def _named_twice(people: Sequence[PersonSaid]) -> str | None:
    """A name that stands there twice for what may be one person."""
    for at, one in enumerate(people):
        for other in people[:at]:
            if fold(one.name) == fold(other.name) and may_be_same(one.birth_year, other.birth_year):
                return one.name
    return None


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 1000

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> int:
        said = (answer.value or answer.said).strip()
        is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
        if not is_number or not self.least <= int(said) <= self.most:
            raise NotUnderstood("not_a_number", {"least": self.least, "most": self.most})
        return int(said)


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number, as digits that begin with 0."""

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> str:
        number = phone_in(answer.value or answer.said)
        if number is None:
            raise NotUnderstood("not_a_phone", {"said": quoted(answer.said)})
        return number


@dataclass(frozen=True, slots=True)
class Words:
    """Any words at all, as they were said."""

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> str:
        return answer.value or answer.said


def people_as_json(people: Sequence[PersonSaid]) -> str:
    """People as the value of an answer."""
    return json.dumps(
        [
            [p.name, p.gender, p.birth_year, p.birth_date.isoformat() if p.birth_date else None]
            for p in people
        ],
        ensure_ascii=False,
    )


def people_from_json(value: str) -> tuple[PersonSaid, ...]:
    """The inverse of `people_as_json`."""
    rows = cast("list[list[Any]]", json.loads(value))
    return tuple(
        PersonSaid(
            name=name,
            gender=gender,
            birth_year=year,
            birth_date=date.fromisoformat(born) if born else None,
        )
        for name, gender, year, born in rows
    )


_QUOTED: Final = 40


def quoted(said: str) -> str:
    """What somebody said, to be said back to them: its beginning where it is long."""
    words = " ".join(said.split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
