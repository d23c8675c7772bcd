"""Whether the words in which a unit is named are surely its name, or may be a person's, or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.name_parts import is_surname
from messages.understand.numbers import digit_word
from messages.understand.phrases import Hit
from messages.understand.spelling import may_be, spelled
from messages.understand.stopwords import ALSO_GIVEN
from messages.understand.surnames import MIDDLE_NAMES
from messages.understand.units import UnitMention
from messages.understand.vocabulary import KNOWN

_SIGNS: Final = re.compile(r"\W+")
_FIRST_OF_NAMES: Final = MIDDLE_NAMES | ALSO_GIVEN


def reads_as_person(line: Line, mention: UnitMention) -> bool:
    """Whether somebody may be called like the unit: «Thanh Hải», «Kim Sơn», but not «Trù Hựu»."""
    first = mention.first
    if mention.after - first != 2:
        return False
    return line.words[first] in _FIRST_OF_NAMES or is_surname(line, first)


def is_no_name(line: Line, mention: UnitMention) -> bool:
    """Whether the words can be nobody's name: there is a number, or they have capitals and nobody is called so."""
    tokens = range(mention.first, mention.after)
    if len(tokens) < 2:
        return False
    if any(line.tokens[index].kind is Kind.NUMBER for index in tokens):
        return True
    own = tokens[1:] if line.words[mention.first] in _VILLAGES else tokens
    return all(map(line.is_capital, own)) and not reads_as_person(line, mention)


_VILLAGES: Final = frozenset({"thon", "xom", "lang"})


def agrees(line: Line, mention: UnitMention) -> bool:
    """Whether the marks typed are the unit's: «phỏng vấn» is not Phong Vân; capitals excuse a wrong mark."""
    tokens = range(mention.first, mention.after)
    if not line.marked or all(map(line.is_capital, tokens)):
        return True
    typed = [_plain_i(line.typed(index)) for index in tokens if line.tokens[index].kind is not Kind.MARK]
    if all(word.isascii() for word in typed):
        return True
    unit = mention.unit
    return any(_has_run(_words_of(name), typed) for name in (unit.name, unit.short, *unit.aliases))


def _words_of(name: str) -> list[str]:
    return [_plain_i(word) for word in _SIGNS.split(name)]


def _plain_i(word: str) -> str:
    return spelled(word).replace("y", "i")


def _has_run(name: Sequence[str], typed: Sequence[str]) -> bool:
    starts = range(len(name) - len(typed) + 1)
    return any(all(map(may_be, typed, name[at : at + len(typed)])) for at in starts)


def without(line: Line, hits: Sequence[Hit], mention: UnitMention) -> list[Hit] | None:
    """The phrases without the words of a unit's name; None when those words belong to a phrase instead.

    «hoàn thành hai …» is not Thanh Hải, but «chốt báo cáo quý sơn» is Quý Sơn.
    """
    kept: list[Hit] = []
    for hit in hits:
        if hit.after <= mention.first or hit.first >= mention.after:
            kept.append(hit)
        elif hit.after > mention.after:
            return None
        elif hit.first < mention.first:
            if not any(_only_a_name(line, index) for index in range(hit.after, mention.after)):
                return None
            kept.append(Hit(hit.signs, hit.first, mention.first))
    return kept


def _only_a_name(line: Line, index: int) -> bool:
    return line.is_capital(index) or (line.words[index] not in KNOWN and not digit_word(line, index))
