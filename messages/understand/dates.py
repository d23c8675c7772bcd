"""Dates as people write them, day first: «15/3», «ngày 15 tháng 3», «hôm qua», «thứ 4», «3 hôm trước»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from domain.period import Quarter
from messages.understand.calendar import in_month, latest_day, settled
from messages.understand.date_said import READABLE, DateSaid, Frame
from messages.understand.line import Kind, Line
from messages.understand.numbers import number_at
from messages.understand.reading import Reading
from messages.understand.relative_days import (
    WHO,
    ago,
    day_at,
    is_i,
    later_today,
    relative_day,
    short_weekday,
    since,
    tomorrow,
    weekday_at,
    weekend,
)
from messages.understand.spelling import may_be, word_set
from messages.understand.years import near_year, year_after

_JOINTS: Final = re.compile(r" ?[/.\-] ?")
_PARTS_OF_DAY: Final = frozenset({"sang", "chieu", "toi", "trua", "dem"})
_NO_DAY: Final[Reading[date]] = Reading()
_DAY_WORDS: Final = frozenset({"ngay", "hom", "mung", "mong", "bua"})


def dates_in(line: Line, today: date, *, ahead: bool = False) -> Iterator[DateSaid]:
    """The dates of a line; without a year the latest not in the future, or with `ahead` the next one."""
    if not line.figures and line.bag.isdisjoint(_READERS):
        return
    frame, index = Frame(line, today, ahead), 0
    tokens = line.tokens
    while index < len(tokens):
        token = tokens[index]
        may_begin = token.word in _READERS if token.kind is Kind.WORD else token.kind is not Kind.MARK
        said = _date_at(frame, index) if may_begin else None
        if said is None:
            index += 1
        else:
            yield said
            index = said.after


def _date_at(frame: Frame, index: int) -> DateSaid | None:
    token = frame.line.tokens[index]
    if token.claim not in READABLE:
        return None
    if token.kind is Kind.DIGITS:
        return None if _is_of_code(frame.line, index) else _digits(frame, index, index, bare=True)
    if token.kind is Kind.NUMBER:
        return ago(frame, index, index) or _day_of_month(frame, index, index, worded=False)
    reader = _READERS.get(token.word)
    return reader(frame, index) if reader else None


def _is_of_code(line: Line, index: int) -> bool:
    """Whether digits run on from letters: «22-02» of «BS-22-02»."""
    start = line.tokens[index].start
    joined = start > 1 and line.text[start - 1] == "-" and line.text[start - 2].isalnum()
    return joined and _SERIAL.fullmatch(line.words[index]) is not None


_SERIAL: Final = re.compile(r"[0-9]{2}-[0-9]{2,3}")


def _digits(frame: Frame, first: int, index: int, *, bare: bool) -> DateSaid | None:
    """15/3, 15-3-22, 2022-03-15; or 3/2022, a month."""
    parts = _JOINTS.split(frame.line.tokens[index].word)
    if len(parts) == 2 and len(parts[1]) == 4:
        return _month_digits(frame, first, index, parts)
    if len(parts) == 3:
        day, month, year = reversed(parts) if len(parts[0]) == 4 else parts
        whole = near_year(year, frame.today)
        reading = in_month(int(day), int(month), whole) if whole else _NO_DAY
        return DateSaid(first=first, after=index + 1, reading=reading)
    year_said, after = year_after(frame.line, index + 1, frame.today, words_only=True)
    day, month = int(parts[0]), int(parts[1])
    if year_said:
        return DateSaid(first=first, after=after, reading=in_month(day, month, year_said))
    words = frame.line.words
    if words[index + 1 : index + 2] in _MOON:
        return DateSaid(first=first, after=index + 2, reading=Reading())
    coming = words[index + 1 : index + 2] == ["toi"] and _is_coming(frame, index + 1)
    reading = settled(day, month, frame.today, ahead=frame.ahead or coming)
    if coming:
        return DateSaid(first=first, after=index + 2, reading=reading, relative=True)
    return DateSaid(first=first, after=index + 1, reading=reading, bare=bare, yearless=True)


def _is_coming(frame: Frame, index: int) -> bool:
    """«26/3 tới», but not «từ 1/3 tới 15/3» or «1/3 tôi báo»."""
    line = frame.line
    goes_on = index + 1 < len(line.tokens) and line.tokens[index + 1].kind is not Kind.WORD
    marked = may_be(line.typed(index).lower(), "tới") and not is_i(line, index)
    return marked and (not goes_on or line.tokens[index + 1].kind is Kind.MARK)


def _month_digits(frame: Frame, first: int, index: int, parts: list[str]) -> DateSaid | None:
    month, year = int(parts[0]), near_year(parts[1], frame.today)
    if not 1 <= month <= 12 or not year:
        return None
    quarter = Quarter.of(date(year, month, 1))
    return DateSaid(first=first, after=index + 1, reading=Reading(), quarter=quarter)


def _day_of_month(frame: Frame, first: int, index: int, *, worded: bool) -> DateSaid | None:
    """«15 tháng 3 [năm 2022]», «15 tháng trước»; where `worded`, «15» alone."""
    number = number_at(frame.line, index)
    if number is None or not 1 <= number[0] <= 31:
        return None
    day, at = number
    words = frame.line.words
    if words[at : at + 1] == ["tet"]:
        return DateSaid(first=first, after=at + 1, reading=Reading())  # of the moon's calendar
    spoken = frame.line.tokens[index].kind is Kind.WORD
    if frame.ahead and not spoken and words[at : at + 1] in WHO and index <= frame.line.opening + 1:
        return DateSaid(first=first, after=at, reading=latest_day(day, frame.today, ahead=True))
    if words[at : at + 1] in (["thang"], ["th"], ["t"]):
        return _with_month(frame, first, day, at + 1)
    if not worded:
        return None
    if at < len(words) and frame.line.tokens[at].kind is Kind.NUMBER and is_up_to(words[at], 12):
        return DateSaid(
            first=first, after=at + 1, reading=settled(day, int(words[at]), frame.today, ahead=frame.ahead)
        )
    return DateSaid(first=first, after=at, reading=latest_day(day, frame.today, ahead=frame.ahead))


def is_up_to(digits: str, most: int) -> bool:
    """Whether one or two digits are a number from 1 to the most."""
    return len(digits) < 3 and 1 <= int(digits) <= most


def _with_month(frame: Frame, first: int, day: int, at: int) -> DateSaid | None:
    words, today = frame.line.words, frame.today
    if words[at : at + 1] in _MONTHS_AWAY and not is_i(frame.line, at):
        away = {"nay": 0, "truoc": -1, "vua": -1, "roi": -1, "qua": -1}.get(words[at], 1)
        months = today.year * 12 + today.month - 1 + away
        at += words[at] == "vua" and words[at + 1 : at + 2] in (["roi"], ["qua"])
        return DateSaid(first=first, after=at + 1, reading=in_month(day, months % 12 + 1, months // 12))
    if words[at : at + 1] in _OF_THE_MOON:
        return DateSaid(first=first, after=at + 1, reading=Reading())
    number = number_at(frame.line, at) if at < len(words) else None
    if number is None or not 1 <= number[0] <= 12:
        return None
    month, at = number
    if words[at : at + 1] in _MOON:
        return DateSaid(first=first, after=at + 1, reading=Reading())
    year, after = year_after(frame.line, at, today)
    reading = in_month(day, month, year) if year else settled(day, month, today, ahead=frame.ahead)
    return DateSaid(first=first, after=after, reading=reading, yearless=not year)


_MOON: Final = (["am"], ["al"])  # «15/2 âm lịch»: which day it is by the sun must be asked
_OF_THE_MOON: Final = (["gieng"], ["chap"])
_MONTHS_AWAY: Final = (["nay"], ["truoc"], ["sau"], ["toi"], ["vua"], ["roi"], ["qua"])


def _is_day_word(line: Line, index: int) -> bool:
    """«chúc mừng năm mới» names no day, «mùng năm» does."""
    marked = {"mung": "mùng", "mong": "mồng"}.get(line.words[index])
    return marked is None or may_be(line.typed(index).lower(), marked)


def _after_day_word(frame: Frame, index: int) -> DateSaid | None:
    """«ngày 15/3», «hôm 15», «mùng 3 tháng 2», «hôm qua», «hôm thứ 5»."""
    following = index + 1
    if following >= len(frame.line.tokens) or not _is_day_word(frame.line, index):
        return None
    if frame.line.tokens[following].word in (":", "la"):
        following += 1
    if following >= len(frame.line.tokens):
        return None
    if frame.line.tokens[following].claim not in READABLE:
        return None
    if frame.line.tokens[following].kind is Kind.DIGITS:
        return _digits(frame, index, following, bare=False)
    return relative_day(frame, index, following) or _day_of_month(frame, index, following, worded=True)


def _after_part_of_day(frame: Frame, index: int) -> DateSaid | None:
    """«sáng nay», «tối qua», «chiều mai», «sáng thứ 5», «chiều 15/3»."""
    following = index + 1
    if following >= len(frame.line.tokens) or frame.line.tokens[following].claim not in READABLE:
        return None
    if frame.line.tokens[following].kind is Kind.DIGITS:
        return _digits(frame, index, following, bare=False)
    if frame.line.words[following] in _DAY_WORDS:
        said = _after_day_word(frame, following)
        return said and replace(said, first=index)
    return relative_day(frame, index, following) or later_today(frame, index)


def _month(frame: Frame, index: int) -> DateSaid | None:
    """«tháng 2», «tháng trước»: no day, but a quarter; «cuối tháng», «hết tháng» is its last day when looking ahead."""
    if frame.line.typed(index).lower() == "thằng":
        return None  # «thằng Tám xin rút»
    said = _with_month(frame, index, 1, index + 1) or _this_month(frame, index)
    if said is None or said.reading.value is None:
        return None
    if frame.ahead and index and frame.line.words[index - 1] in _AT_END:
        last = in_month(1, said.reading.value.month, said.reading.value.year).value
        return said if last is None else day_at(index - 1, said.after, _last_of_month(last))
    quarter = Quarter.of(said.reading.value)
    return DateSaid(first=index, after=said.after, reading=Reading(), quarter=quarter, yearless=said.yearless)


_AT_END: Final = ("cuoi", "het")


def _this_month(frame: Frame, index: int) -> DateSaid | None:
    """«cuối tháng», without saying which."""
    if not index or frame.line.words[index - 1] not in _AT_END:
        return None
    return DateSaid(first=index, after=index + 1, reading=Reading(frame.today.replace(day=1)))


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _spoken_day(frame: Frame, index: int) -> DateSaid | None:
    """«mười lăm tháng ba», «ba hôm trước»."""
    if frame.ahead and frame.line.typed(index).lower() == "mốt":
        return day_at(index, index + 1, frame.today + timedelta(days=2))
    return ago(frame, index, index) or _day_of_month(frame, index, index, worded=False)


def _today(frame: Frame, index: int) -> DateSaid | None:
    """«nay kn Hoa»: today, with which the message begins."""
    begins = index == frame.line.opening and frame.line.words[index + 1 : index + 2] in _AFTER_TODAY
    return day_at(index, index + 1, frame.today) if begins else None


_AFTER_TODAY: Final = (["ket"], ["chi"], ["xa"], ["ben"], ["em"], ["da"], ["vua"], ["moi"])
_Reader = Callable[[Frame, int], DateSaid | None]
_READERS: Final[dict[str, _Reader]] = {
    **dict.fromkeys(_DAY_WORDS, _after_day_word),
    **dict.fromkeys(_PARTS_OF_DAY, _after_part_of_day),
    **dict.fromkeys(word_set("mot hai ba bon nam sau bay tam chin muoi"), _spoken_day),
    "mai": tomorrow,
    "nay": _today,
    "thu": lambda frame, index: weekday_at(frame, index, index),
    "chu": lambda frame, index: weekday_at(frame, index, index),
    "cn": lambda frame, index: weekday_at(frame, index, index),
    "t": lambda frame, index: short_weekday(frame, index, index),
    "thang": _month,
    "cuoi": weekend,
    "cach": since,
}
