"""Days told from the day of the message: «hôm qua», «thứ 4», «3 hôm trước», «cuối tuần»."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from messages.understand.calendar import on_weekday
from messages.understand.date_said import DateSaid, Frame
from messages.understand.line import Kind, Line
from messages.understand.numbers import digit_word, number_at
from messages.understand.reading import Reading
from messages.understand.spelling import may_be


def relative_day(frame: Frame, first: int, index: int) -> DateSaid | None:
    """«nay», «qua», «kia», «mai», a weekday: what may follow «hôm» or «sáng»."""
    word, today = frame.line.words[index], frame.today
    if word in _DAYS_AWAY:
        marked, away = _DAYS_AWAY[word]
        if may_be(frame.line.typed(index).lower(), marked):
            return day_at(first, index + 1, today + timedelta(days=away))
    if word == "kia":
        forward = frame.line.words[first] == "ngay"
        return day_at(first, index + 1, today + timedelta(days=2 if forward else -2))
    if word in ("thu", "chu", "cn"):
        return weekday_at(frame, first, index)
    return short_weekday(frame, first, index, sure=True) if word == "t" else None


_DAYS_AWAY: Final = {"nay": ("nay", 0), "qua": ("qua", -1), "mai": ("mai", 1), "mot": ("mốt", 2)}


def day_at(first: int, after: int, day: date) -> DateSaid:
    """A day that hangs on the day of the message."""
    return DateSaid(first=first, after=after, reading=Reading(day), relative=True)


def tomorrow(frame: Frame, index: int) -> DateSaid | None:
    """«mai», when it is no name."""
    line = frame.line
    if line.words[index - 1 : index] == ["nap"] and line.bag.isdisjoint(("bao", "gui", "nop")):
        after = range(index + 1, len(line.tokens))
        if any(line.tokens[at].kind is Kind.DIGITS or line.words[at] in ("ngay", "hom") for at in after):
            return None  # «kn mai 10/3»: somebody called so
    if line.words[index - 1 : index] in _TITLES and line.bag.isdisjoint(("bao", "gui", "nop")):
        return None  # «đc mai 15/3»
    beside = index > 0 or (len(line.tokens) > 1 and line.is_capital(1))
    if not may_be(line.typed(index).lower(), "mai") or (line.is_capital(index) and beside):
        return None
    return day_at(index, index + 1, frame.today + timedelta(days=1))


_TITLES: Final = (["chi"], ["anh"], ["em"], ["co"], ["ba"], ["chau"])


def weekday_at(frame: Frame, first: int, index: int) -> DateSaid | None:
    """«thứ 4», «thứ năm tuần trước», «chủ nhật vừa rồi», «cn»."""
    found = _weekday_number(frame.line, index)
    if found is None:
        return None
    number, after = found
    week, end = _which_week(frame.line, after)
    if frame.ahead and end == after + 1:
        week = None  # «thứ 6 này» is the one to come
    after = end
    reading = on_weekday(number, frame.today, week=week, ahead=frame.ahead)
    return DateSaid(first=first, after=after, reading=reading, relative=True)


def _weekday_number(line: Line, index: int) -> tuple[int, int] | None:
    """Monday is 0; with the token after."""
    words = line.words
    if words[index] == "cn":
        return 6, index + 1
    if words[index] == "chu":
        return (6, index + 2) if words[index + 1 : index + 2] == ["nhat"] else None
    nth = index > 0 and words[index - 1] in _COUNTED_OFF
    if nth or index + 1 >= len(words) or not may_be(line.typed(index).lower(), "thứ"):
        return None
    token = line.tokens[index + 1]
    if token.kind is Kind.NUMBER:
        value = int(token.word) if len(token.word) < 3 else 0
    else:
        value = digit_word(line, index + 1) or 0
    return (value - 2, index + 2) if 2 <= value <= 7 else None


_COUNTED_OFF: Final = frozenset({"con", "lan", "nguoi", "hop", "muc", "dong", "cai", "cau", "chi", "be", "y"})
"""«người thứ 2», «trường hợp thứ hai», «đồng chí thứ 3» are no weekdays."""


def _which_week(line: Line, at: int) -> tuple[int | None, int]:
    """-1, 0 or 1 for «tuần trước», «tuần này», «tuần sau»; None when no week is said."""
    words = line.words[at : at + 3]
    if words[:1] == ["tuan"] and len(words) > 1 and words[1] in _WEEKS and not is_i(line, at + 1):
        return _WEEKS[words[1]], at + 2
    if words[:1] in (["nay"], ["vua"], ["sau"], ["toi"]) and not is_i(line, at):
        after = at + (2 if words[1:2] in (["roi"], ["qua"]) else 1)
        return (0 if words[0] == "nay" else None), after
    return None, at


_WEEKS: Final = {"truoc": -1, "roi": -1, "vua": -1, "qua": -1, "nay": 0, "sau": 1, "toi": 1}


def short_weekday(frame: Frame, first: int, index: int, *, sure: bool = False) -> DateSaid | None:
    """«t5», «t6 tuần trước», «hôm t4»; alone and looking back it may be a month of this year: that is asked."""
    line, at = frame.line, index + 1
    if at >= len(line.tokens) or line.words[at] not in tuple("234567") or not _runs_on(line, index):
        return None
    number = int(line.words[at])
    week, after = _which_week(line, index + 2)
    reading = on_weekday(number - 2, frame.today, week=week, ahead=frame.ahead)
    if not (sure or frame.ahead or after > index + 2) and number <= frame.today.month and reading.value:
        reading = Reading(choices=(reading.value,))
    return DateSaid(first=first, after=after, reading=reading, relative=not frame.ahead)


def _runs_on(line: Line, index: int) -> bool:
    """«t4» in one word, after no number («15 t3»), before no year («t4/2022»)."""
    one = line.tokens[index].end == line.tokens[index + 1].start
    before = line.tokens[index - 1].kind is Kind.NUMBER if index else False
    return one and not before and line.words[index + 2 : index + 3] not in (["/"], ["-"], ["nam"])


def ago(frame: Frame, first: int, index: int) -> DateSaid | None:
    """«3 hôm trước», «2 tuần trước», «cách đây 3 ngày»."""
    number = number_at(frame.line, index)
    if number is None or number[0] > 60:
        return None
    value, at = number
    words = frame.line.words
    about = index > 0 and words[index - 1] in _ABOUT
    days = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7}.get(words[at]) if at < len(words) else None
    if days and words[at + 1 : at + 2] == ["nua"]:
        return day_at(first, at + 2, frame.today + timedelta(days=days * value))
    if not days or not (first < index or words[at + 1 : at + 2] in (["truoc"], ["nay"])):
        return None
    after = at + (2 if words[at + 1 : at + 2] == ["truoc"] else 1)
    said = day_at(first, after, frame.today - timedelta(days=days * value))
    return (
        replace(said, reading=Reading(choices=(said.reading.value,)))
        if about and said.reading.value
        else said
    )


_ABOUT: Final = frozenset(
    {"khoang", "tam", "gan", "hon", "chung", "co"}
)  # «khoảng 1 tuần trước» names no day


def later_today(frame: Frame, index: int) -> DateSaid | None:
    """«tối em nhắn», «chiều tôi gửi»: a part of today, said before who does something; looking ahead only."""
    line = frame.line
    if not frame.ahead or index > line.opening + 1 or line.words[index + 1 : index + 2] not in WHO:
        return None
    marked = _PARTS_AHEAD.get(line.words[index])
    is_part = marked is not None and may_be(line.typed(index).lower(), marked)
    return day_at(index, index + 1, frame.today) if is_part else None


_PARTS_AHEAD: Final = {"toi": "tối", "chieu": "chiều", "trua": "trưa", "dem": "đêm"}
WHO: Final = (["em"], ["toi"], ["minh"], ["xa"], ["don"])


def since(frame: Frame, index: int) -> DateSaid | None:
    """«cách đây [đúng] 3 ngày»; «cách đây khoảng một tuần» names no day."""
    following, words = index + 2, frame.line.words
    while following < len(words) and words[following] in _ABOUT | _JUST:
        following += 1
    if words[index + 1 : index + 2] not in _HERE or following >= len(words):
        return None
    return ago(frame, index, following)


_JUST: Final = frozenset({"dung", "vua", "tron", "chan", "moi", "chinh"})
_HERE: Final = (["day"], ["nay"])


def weekend(frame: Frame, index: int) -> DateSaid | None:
    """«cuối tuần»: the Saturday or the Sunday, nobody knows which."""
    if frame.line.words[index + 1 : index + 2] != ["tuan"]:
        return None
    week, after = _which_week(frame.line, index + 1)
    if frame.ahead and week == 0 and frame.today.weekday() > 5:
        week = None
    days = [on_weekday(day, frame.today, week=week, ahead=frame.ahead) for day in (5, 6)]
    choices = tuple(day for reading in days for day in (reading.value, *reading.choices) if day)
    return DateSaid(first=index, after=max(after, index + 2), reading=Reading(choices=choices), relative=True)


def is_i(line: Line, at: int) -> bool:
    """Whether «toi» is «tôi»: by its marks, or because what I do follows."""
    if line.words[at] != "toi":
        return False
    typed = line.typed(at).lower()
    return typed == "tôi" if not typed.isascii() else line.words[at + 1 : at + 2] in _DEEDS


_DEEDS: Final = (["bao"], ["gui"], ["nop"], ["se"], ["moi"], ["xin"])
