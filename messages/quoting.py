"""Original messages, quoted to whoever opens a number down to them: never more of a name than they may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from domain.office import NamesShown
from messages.fold import clean, flat, fold
from messages.names import name_shown
from messages.understand import Intent, UnitNames, read_people, understand

_NO_UNITS: Final = UnitNames(())
_SENSITIVE: Final = ("dan toc", "ton giao", "co dao", "giao dan", "cong giao", "thien chua", "tin lanh")


def quoted_to(text: str, names: Iterable[str], how: NamesShown, today: date) -> str | None:
    """The words as somebody may see them, with the names on the books shortened; None where they may not at all.

    That is where a name is left in them which the books do not have, or where they tell of descent or creed.
    """
    words = " ".join(clean(text).split())
    if how is NamesShown.FULL:
        return words
    left = words
    for name in sorted(names, key=len, reverse=True):
        left = _replaced(left, name, " ")
        words = _replaced(words, name, name_shown(name, how))
    return None if _tells_of_somebody(left, today) else words


def _replaced(words: str, name: str, by: str) -> str:
    """The words with something else in place of a name, however its marks were typed."""
    wanted, at = fold(name), flat(words).find(fold(name))
    while wanted and at >= 0:
        words = f"{words[:at]}{by}{words[at + len(wanted) :]}"
        at = flat(words).find(wanted, at + len(by))
    return words


def _tells_of_somebody(words: str, today: date) -> bool:
    """Whether a name stands there, or what may not be shown again; a short answer may be a name alone."""
    heard = understand(words, today=today, units=_NO_UNITS, district=False)
    answer = heard.intent is Intent.UNKNOWN and bool(read_people(words, today))
    told = heard.facts.told().keys() & {"minority", "religious"}
    return bool(heard.people or answer or told) or any(sign in fold(words) for sign in _SENSITIVE)
