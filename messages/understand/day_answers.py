"""The day that an answer names, where a day was asked for."""

from __future__ import annotations

from datetime import date, timedelta

from messages.understand.calendar import latest_day
from messages.understand.date_said import DateSaid
from messages.understand.dates import dates_in, is_up_to
from messages.understand.line import Kind, Line
from messages.understand.reading import Reading


def read_date(text: str, today: date, *, ahead: bool = False) -> Reading[date]:
    """The day that an answer names; day first, without a year the latest not in the future.

    With `ahead` (a promise) it is the next one instead. «8/7» is a day here: no ratio is asked for, and
    «thứ 5» said on a Thursday is that day.
    """
    line = Line(text)
    found: list[date] = []
    for said in dates_in(line, today, ahead=ahead):
        reading = _this_weekday(line, said, today)
        if reading.unclear:
            return reading
        if reading.value is not None:
            found.append(reading.value)
    distinct = tuple(dict.fromkeys(found))
    if len(distinct) == 1:
        return Reading(distinct[0])
    return Reading(choices=distinct) if distinct else _bare_day(line, today, ahead)


def _this_weekday(line: Line, said: DateSaid, today: date) -> Reading[date]:
    """«thứ 5» said on a Thursday: today, but the one before with «vừa rồi»."""
    week_ago = today - timedelta(days=7)
    if said.reading.choices != (week_ago, today):
        return said.reading
    return Reading(week_ago if "vua" in line.words[said.first : said.after] else today)


def _bare_day(line: Line, today: date, ahead: bool) -> Reading[date]:
    """«15» as the whole answer, or «hqua» without its «hôm»."""
    if len(line.tokens) != 1:
        return Reading()
    token = line.tokens[0]
    if token.kind is Kind.NUMBER and is_up_to(token.word, 31):
        return latest_day(int(token.word), today, ahead=ahead)
    return Reading(today) if token.word == "nay" else Reading()
