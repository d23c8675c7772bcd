"""Dates as people write them, day first: «15/3», «ngày 15 tháng 3», «hôm qua», «thứ 4», «3 hôm trước»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from domain.period import Quarter
from messages.understand.calendar import in_month, latest_day, on_weekday, settled
from messages.understand.line import Kind, Line
from messages.understand.numbers import digit_word, number_at
from messages.understand.reading import Reading
from messages.understand.spelling import may_be, word_set
from messages.understand.years import near_year, year_after

_JOINTS: Final = re.compile(r" ?[/.\-] ?")
_PARTS_OF_DAY: Final = frozenset({"sang", "chieu", "toi", "trua", "dem"})
_READABLE: Final = frozenset({"", "date"})
_DAY_WORDS: Final = frozenset({"ngay", "hom", "mung", "mong", "bua"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSaid:
    """A date found from token `first` up to `after`.

    `bare` when it is two numbers and nothing more, so that it may be a ratio; `relative` when it hangs on
    the day of the message («hôm qua», «thứ 4»). When only a month was said, `quarter` is the month's
    quarter and the reading is empty.
    """

    first: int
    after: int
    reading: Reading[date]
    bare: bool = False
    relative: bool = False
    quarter: Quarter | None = None


@dataclass(frozen=True, slots=True)
class _Scene:
    line: Line
    today: date
    ahead: bool


def dates_in(line: Line, today: date, *, ahead: bool = False) -> Iterator[DateSaid]:
    """The dates of a line; without a year the latest not in the future, or with `ahead` the next one."""
    scene, index = _Scene(line, today, ahead), 0
    tokens = line.tokens
    while index < len(tokens):
        token = tokens[index]
        may_begin = token.word in _READERS if token.kind is Kind.WORD else token.kind is not Kind.MARK
        said = _date_at(scene, index) if may_begin else None
        if said is None:
            index += 1
        else:
            yield said
            index = said.after


def _date_at(scene: _Scene, index: int) -> DateSaid | None:
    token = scene.line.tokens[index]
    if token.claim not in _READABLE:
        return None
    if token.kind is Kind.DIGITS:
        return _digits(scene, index, index, bare=True)
    if token.kind is Kind.NUMBER:
        return _ago(scene, index, index) or _day_of_month(scene, index, index, worded=False)
    reader = _READERS.get(token.word)
    return reader(scene, index) if reader else None


def _digits(scene: _Scene, first: int, index: int, *, bare: bool) -> DateSaid | None:
    """15/3, 15-3-22, 2022-03-15; or 3/2022, a month."""
    parts = _JOINTS.split(scene.line.tokens[index].word)
    if len(parts) == 2 and len(parts[1]) == 4:
        return _month_digits(scene, first, index, parts)
    if len(parts) == 3:
        day, month, year = reversed(parts) if len(parts[0]) == 4 else parts
        whole = near_year(year, scene.today)
        reading = in_month(int(day), int(month), whole) if whole else _NO_DAY
        return DateSaid(first=first, after=index + 1, reading=reading)
    year_said, after = year_after(scene.line, index + 1, scene.today, words_only=True)
    day, month = int(parts[0]), int(parts[1])
    if year_said:
        return DateSaid(first=first, after=after, reading=in_month(day, month, year_said))
    reading = settled(day, month, scene.today, ahead=scene.ahead)
    return DateSaid(first=first, after=index + 1, reading=reading, bare=bare)


def _month_digits(scene: _Scene, first: int, index: int, parts: list[str]) -> DateSaid | None:
    month, year = int(parts[0]), near_year(parts[1], scene.today)
    if not 1 <= month <= 12 or not year:
        return None
    quarter = Quarter.of(date(year, month, 1))
    return DateSaid(first=first, after=index + 1, reading=Reading(), quarter=quarter)


def _day_of_month(scene: _Scene, first: int, index: int, *, worded: bool) -> DateSaid | None:
    """«15 tháng 3 [năm 2022]», «15 tháng trước»; where `worded`, «15» alone."""
    number = number_at(scene.line, index)
    if number is None or not 1 <= number[0] <= 31:
        return None
    day, at = number
    words = scene.line.words
    if words[at : at + 1] in (["thang"], ["th"], ["t"]):
        return _with_month(scene, first, day, at + 1)
    if not worded:
        return None
    if at < len(words) and scene.line.tokens[at].kind is Kind.NUMBER and 1 <= int(words[at][:4]) <= 12:
        return DateSaid(
            first=first, after=at + 1, reading=settled(day, int(words[at]), scene.today, ahead=scene.ahead)
        )
    return DateSaid(first=first, after=at, reading=latest_day(day, scene.today, ahead=scene.ahead))


def _with_month(scene: _Scene, first: int, day: int, at: int) -> DateSaid | None:
    words, today = scene.line.words, scene.today
    if words[at : at + 1] in (["nay"], ["truoc"], ["sau"], ["toi"]) and not _is_i(scene.line, at):
        away = {"nay": 0, "truoc": -1}.get(words[at], 1)
        months = today.year * 12 + today.month - 1 + away
        return DateSaid(first=first, after=at + 1, reading=in_month(day, months % 12 + 1, months // 12))
    number = number_at(scene.line, at) if at < len(words) else None
    if number is None or not 1 <= number[0] <= 12:
        return None
    month, at = number
    year, after = year_after(scene.line, at, today)
    reading = in_month(day, month, year) if year else settled(day, month, today, ahead=scene.ahead)
    return DateSaid(first=first, after=after, reading=reading)


def _after_day_word(scene: _Scene, index: int) -> DateSaid | None:
    """«ngày 15/3», «hôm 15», «mùng 3 tháng 2», «hôm qua», «hôm thứ 5»."""
    following = index + 1
    if following >= len(scene.line.tokens):
        return None
    if scene.line.tokens[following].word in (":", "la"):
        following += 1
    if following >= len(scene.line.tokens):
        return None
    if scene.line.tokens[following].kind is Kind.DIGITS:
        return _digits(scene, index, following, bare=False)
    return _relative(scene, index, following) or _day_of_month(scene, index, following, worded=True)


def _after_part_of_day(scene: _Scene, index: int) -> DateSaid | None:
    """«sáng nay», «tối qua», «chiều mai», «sáng thứ 5», «chiều 15/3»."""
    following = index + 1
    if following >= len(scene.line.tokens) or scene.line.tokens[following].claim not in _READABLE:
        return None
    if scene.line.tokens[following].kind is Kind.DIGITS:
        return _digits(scene, index, following, bare=False)
    if scene.line.words[following] in _DAY_WORDS:
        said = _after_day_word(scene, following)
        return said and replace(said, first=index)
    return _relative(scene, index, following)


def _relative(scene: _Scene, first: int, index: int) -> DateSaid | None:
    word, today = scene.line.words[index], scene.today
    if word in _DAYS_AWAY:
        marked, away = _DAYS_AWAY[word]
        if may_be(scene.line.typed(index).lower(), marked):
            return _on(first, index + 1, today + timedelta(days=away))
    if word == "kia":
        forward = scene.line.words[first] == "ngay"
        return _on(first, index + 1, today + timedelta(days=2 if forward else -2))
    if word in ("thu", "chu", "cn"):
        return _weekday(scene, first, index)
    return None


_NO_DAY: Final[Reading[date]] = Reading()
_DAYS_AWAY: Final = {"nay": ("nay", 0), "qua": ("qua", -1), "mai": ("mai", 1), "mot": ("mốt", 2)}


def _on(first: int, after: int, day: date) -> DateSaid:
    return DateSaid(first=first, after=after, reading=Reading(day), relative=True)


def _tomorrow(scene: _Scene, index: int) -> DateSaid | None:
    """«mai», when it is no name."""
    line = scene.line
    beside = index > 0 or (len(line.tokens) > 1 and line.is_capital(1))
    if not may_be(line.typed(index).lower(), "mai") or (line.is_capital(index) and beside):
        return None
    return _on(index, index + 1, scene.today + timedelta(days=1))


def _weekday(scene: _Scene, first: int, index: int) -> DateSaid | None:
    """«thứ 4», «thứ năm tuần trước», «chủ nhật vừa rồi», «cn»."""
    found = _weekday_number(scene.line, index)
    if found is None:
        return None
    number, after = found
    week, after = _which_week(scene.line, after)
    reading = on_weekday(number, scene.today, week=week, ahead=scene.ahead)
    return DateSaid(first=first, after=after, reading=reading, relative=True)


def _weekday_number(line: Line, index: int) -> tuple[int, int] | None:
    """Monday is 0; with the token after."""
    words = line.words
    if words[index] == "cn":
        return 6, index + 1
    if words[index] == "chu":
        return (6, index + 2) if words[index + 1 : index + 2] == ["nhat"] else None
    nth = index > 0 and words[index - 1] in ("con", "lan")
    if nth or index + 1 >= len(words) or not may_be(line.typed(index).lower(), "thứ"):
        return None
    token = line.tokens[index + 1]
    value = int(token.word[:3]) if token.kind is Kind.NUMBER else digit_word(line, index + 1) or 0
    return (value - 2, index + 2) if 2 <= value <= 7 else None


def _which_week(line: Line, at: int) -> tuple[int | None, int]:
    """-1, 0 or 1 for «tuần trước», «tuần này», «tuần sau»; None when no week is said."""
    words = line.words[at : at + 3]
    if words[:1] == ["tuan"] and len(words) > 1 and words[1] in _WEEKS and not _is_i(line, at + 1):
        return _WEEKS[words[1]], at + 2
    if words[:1] in (["nay"], ["vua"], ["sau"], ["toi"]) and not _is_i(line, at):
        after = at + (2 if words[1:2] in (["roi"], ["qua"]) else 1)
        return (None, after) if words[0] == "vua" else ({"nay": 0}.get(words[0]), after)
    return None, at


_WEEKS: Final = {"truoc": -1, "roi": -1, "vua": -1, "qua": -1, "nay": 0, "sau": 1, "toi": 1}


def _short_weekday(scene: _Scene, index: int) -> DateSaid | None:
    """«t5», said of a day ahead; looking back it may be a month as well, so it says nothing."""
    line = scene.line
    if not scene.ahead or index + 1 >= len(line.tokens) or line.words[index + 1] not in "234567":
        return None
    week, after = _which_week(line, index + 2)
    reading = on_weekday(int(line.words[index + 1]) - 2, scene.today, week=week, ahead=True)
    return DateSaid(first=index, after=after, reading=reading)


def _ago(scene: _Scene, first: int, index: int) -> DateSaid | None:
    """«3 hôm trước», «2 tuần trước», «cách đây 3 ngày»."""
    number = number_at(scene.line, index)
    if number is None or number[0] > 60:
        return None
    value, at = number
    words = scene.line.words
    days = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7}.get(words[at]) if at < len(words) else None
    if days and words[at + 1 : at + 2] == ["nua"]:
        return _on(first, at + 2, scene.today + timedelta(days=days * value))
    if not days or not (first < index or words[at + 1 : at + 2] in (["truoc"], ["nay"])):
        return None
    after = at + (2 if words[at + 1 : at + 2] == ["truoc"] else 1)
    return _on(first, after, scene.today - timedelta(days=days * value))


def _since(scene: _Scene, index: int) -> DateSaid | None:
    following = index + 2
    if scene.line.words[index + 1 : following] != ["day"] or following >= len(scene.line.tokens):
        return None
    return _ago(scene, index, following)


def _weekend(scene: _Scene, index: int) -> DateSaid | None:
    """«cuối tuần»: the Saturday or the Sunday, nobody knows which."""
    if scene.line.words[index + 1 : index + 2] != ["tuan"]:
        return None
    week, after = _which_week(scene.line, index + 1)
    days = [on_weekday(day, scene.today, week=week, ahead=scene.ahead) for day in (5, 6)]
    choices = tuple(day for reading in days for day in (reading.value, *reading.choices) if day)
    return DateSaid(first=index, after=max(after, index + 2), reading=Reading(choices=choices), relative=True)


def _month(scene: _Scene, index: int) -> DateSaid | None:
    """«tháng 2», «tháng trước»: no day, but a quarter; «cuối tháng» is its last day when looking ahead."""
    said = _with_month(scene, index, 1, index + 1) or _this_month(scene, index)
    if said is None or said.reading.value is None:
        return None
    if scene.ahead and index and scene.line.words[index - 1] == "cuoi":
        last = in_month(1, said.reading.value.month, said.reading.value.year).value
        return said if last is None else _on(index - 1, said.after, _last_of_month(last))
    return DateSaid(first=index, after=said.after, reading=Reading(), quarter=Quarter.of(said.reading.value))


def _this_month(scene: _Scene, index: int) -> DateSaid | None:
    """«cuối tháng», without saying which."""
    if not index or scene.line.words[index - 1] != "cuoi":
        return None
    return DateSaid(first=index, after=index + 1, reading=Reading(scene.today.replace(day=1)))


def _is_i(line: Line, at: int) -> bool:
    """Whether «toi» is «tôi»: by its marks, or because what I do follows."""
    if line.words[at] != "toi":
        return False
    typed = line.typed(at).lower()
    return typed == "tôi" if not typed.isascii() else line.words[at + 1 : at + 2] in _DEEDS


_DEEDS: Final = (["bao"], ["gui"], ["nop"], ["se"], ["moi"], ["xin"])


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _spoken_day(scene: _Scene, index: int) -> DateSaid | None:
    """«mười lăm tháng ba», «ba hôm trước»."""
    return _ago(scene, index, index) or _day_of_month(scene, index, index, worded=False)


_Reader = Callable[[_Scene, int], DateSaid | None]
_READERS: Final[dict[str, _Reader]] = {
    **dict.fromkeys(_DAY_WORDS, _after_day_word),
    **dict.fromkeys(_PARTS_OF_DAY, _after_part_of_day),
    **dict.fromkeys(word_set("mot hai ba bon nam sau bay tam chin muoi"), _spoken_day),
    "mai": _tomorrow,
    "thu": lambda scene, index: _weekday(scene, index, index),
    "chu": lambda scene, index: _weekday(scene, index, index),
    "cn": lambda scene, index: _weekday(scene, index, index),
    "t": _short_weekday,
    "thang": _month,
    "cuoi": _weekend,
    "cach": _since,
}


def read_date(text: str, today: date, *, ahead: bool = False) -> Reading[date]:
    """The day that an answer names; day first, without a year the latest not in the future.

    With `ahead` (a promise) it is the next one instead. «8/7» is a day here: no ratio is asked for.
    """
    line = Line(text)
    found: list[date] = []
    for said in dates_in(line, today, ahead=ahead):
        if said.reading.unclear:
            return said.reading
        if said.reading.value is not None:
            found.append(said.reading.value)
    distinct = tuple(dict.fromkeys(found))
    if len(distinct) == 1:
        return Reading(distinct[0])
    return Reading(choices=distinct) if distinct else _bare_day(line, today, ahead)


def _bare_day(line: Line, today: date, ahead: bool) -> Reading[date]:
    """«15» as the whole answer, or «hqua» without its «hôm»."""
    if len(line.tokens) != 1:
        return Reading()
    token = line.tokens[0]
    if token.kind is Kind.NUMBER and 1 <= int(token.word[:4]) <= 31:
        return latest_day(int(token.word), today, ahead=ahead)
    return Reading(today) if token.word == "nay" else Reading()
