"""People's names in a line: where they begin and end, told from the words around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.spelling import is_syllable, may_be
from messages.understand.stopwords import NEVER_GIVEN, STOPS
from messages.understand.surnames import MIDDLE_NAMES, PLAIN_SURNAMES, SURE_MIDDLES, SURNAMES

NAME: Final = "name"
_LONGEST: Final = 5
_COMRADE: Final = ["dong", "chi"]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name from token `first` up to `after`."""

    first: int
    after: int


def claim_full_names(line: Line) -> list[NameSpan]:
    """Names that nothing else can be: a surname, a middle name, a given name; or three capitals after a surname."""
    found: list[NameSpan] = []
    index = 0
    while index < len(line.tokens):
        after = _full_name(line, index)
        if after:
            line.claim(index, after, NAME)
            found.append(NameSpan(index, after))
        index = after or index + 1
    return found


def is_surname(line: Line, index: int) -> bool:
    """Whether a token can be a surname, going by its marks."""
    marked = SURNAMES.get(line.words[index])
    return marked is not None and may_be(line.typed(index).lower(), marked)


def _full_name(line: Line, index: int) -> int:
    if (
        not line.is_free_word(index)
        or not is_surname(line, index)
        or line.words[index : index + 2] == _COMRADE
    ):
        return 0
    if line.is_capital(index):
        after = _capital_run(line, index)
        return after if after - index > 2 else 0
    if line.words[index] not in PLAIN_SURNAMES and not (line.marked and not line.typed(index).isascii()):
        return 0
    second = index + 1
    if second >= len(line.tokens) or line.words[second] not in MIDDLE_NAMES or not line.is_free_word(second):
        return 0
    after = small_run(line, index)
    return after if after - index > 2 else 0


def _capital_run(line: Line, index: int) -> int:
    """The end of a run of capitals that is one name: it ends before a second surname with its middle name."""
    after = index + 1
    while after < len(line.tokens) and after - index < _LONGEST + 1:
        if not line.is_free_word(after) or not line.is_capital(after) or _begins_anew(line, index, after):
            break
        if line.words[after] == "nu" and after - index > 2 and line.words[after - 1] not in SURE_MIDDLES:
            break
        after += 1
    return after


def _begins_anew(line: Line, index: int, at: int) -> bool:
    follows = at + 1 < len(line.tokens) and line.words[at + 1] in SURE_MIDDLES
    return at - index >= 2 and follows and is_surname(line, at)


def small_run(line: Line, index: int) -> int:
    """The end of a name in small letters: middle names, then one given name."""
    after = index + 1
    while after < len(line.tokens) and after - index < _LONGEST and line.is_free_word(after):
        word, before = line.words[after], line.words[after - 1]
        wanted = after - index == 1 or before in SURE_MIDDLES
        if _cannot_follow(line, index, after, wanted=wanted):
            break
        after += 1
        if word not in MIDDLE_NAMES:
            break
    return after - 1 if line.words[after - 1] in SURE_MIDDLES and after - index > 1 else after


def _cannot_follow(line: Line, index: int, at: int, *, wanted: bool) -> bool:
    word = line.words[at]
    if _begins_anew(line, index, at) or not is_syllable(word):
        return True
    return word in NEVER_GIVEN if wanted else word in STOPS


def capital_names(line: Line) -> list[NameSpan]:
    """Other names in a text of both capitals and small letters: runs of capitals that are no known words."""
    found: list[NameSpan] = []
    index = 0
    while index < len(line.tokens):
        after = _capital_name(line, index)
        if after:
            found.append(NameSpan(index, after))
            line.claim(index, after, NAME)
        index = after or index + 1
    return found


def _capital_name(line: Line, index: int) -> int:
    if not line.is_free_word(index) or not line.is_capital(index):
        return 0
    after = _capital_run(line, index)
    begins = index == 0 or line.tokens[index - 1].kind is Kind.MARK
    if begins and after == index + 1 and line.words[index] in STOPS:
        return 0
    return after if line.words[index] not in NEVER_GIVEN else 0


def name_after(line: Line, index: int) -> NameSpan | None:
    """The name in small letters that begins at a token where one is expected."""
    if index >= len(line.tokens) or not line.is_free_word(index):
        return None
    word = line.words[index]
    if word in STOPS or not is_syllable(word):
        return None
    after = small_run(line, index) if is_surname(line, index) or word in MIDDLE_NAMES else index + 1
    span = NameSpan(index, after)
    line.claim(index, after, NAME)
    return span


def name_typed(line: Line, span: NameSpan) -> str:
    """The name as the person typed it, in single spaces."""
    return " ".join(line.between(span.first, span.after - 1).split())
