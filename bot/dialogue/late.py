"""Why something is said after the close of its quarter: it is taken with a reason, which the district gets to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.dialogue.talk import Talk
from domain.closing import Period, Periods
from domain.period import Quarter
from messages.channel import Choice
from messages.readers import OneOf, OwnWords

_OWN_WORDS: Final = OwnWords(least_words=2, most=200)


def closed_of(periods: Periods, quarters: Iterable[Quarter], today: date) -> tuple[Period, ...]:
    """Those of some quarters that are closed, in order; one without a plan, or that has not begun, is refused."""
    found = (periods.begun(quarter, today) for quarter in sorted(set(quarters)))
    return tuple(period for period in found if period.is_closed(today))


def reason_asked(talk: Talk, closed: tuple[Period, ...], likely: tuple[str, ...]) -> str | None:
    """The reason for changing closed quarters, one of the likely ones or in own words; None where none is closed."""
    if not closed:
        return None
    options = tuple((Choice(f"because{number}", words), words) for number, words in enumerate(likely, 1))
    return talk.ask("because", OneOf(options, other=_OWN_WORDS.read), {"closed": closed})
