"""Units by their names, short forms and one clear slip; between near ones it never chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from domain.organisation import Unit, UnitKind
from messages.fold import fold
from messages.understand.line import Kind, Line
from messages.understand.spelling import may_be

_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_KIND_WORDS: Final = ("chi bo", "dang bo", "dang ui", "xa", "thi tran", "don vi", "truong", "tt", "co quan")
_COMPANY: Final = re.compile(r"^cong ty (?:(?:cp|tnhh|co phan)(?: hai thanh vien)? )?")
_VILLAGE: Final = re.compile(r"^(?:thon|xom|lang|ban|khu pho|khu|pho|to dan pho|tdp) ")
_SHORTEST_WITH_SLIP: Final = 5
_SHORTEST_WITH_TWO: Final = 9
_AT: Final = frozenset({"o", "tai"})
_JOINTS: Final = frozenset({"-", "&"})
_LONGEST_SHOUTED: Final = 3  # words of a line in capitals throughout among which a code can still be told


@dataclass(frozen=True, slots=True)
class UnitFound:
    """`unit` when one is meant; `candidates` when several may be; neither when none is."""

    unit: Unit | None = None
    candidates: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named in full inside a line, from token `first` up to `after`; `marked` by «xã», «chi bộ», …"""

    unit: Unit
    first: int
    after: int
    marked: bool


def unit_key(text: str) -> str:
    """The form in which names of units are compared: no marks, no punctuation, i for y."""
    return _SIGNS.sub(" ", fold(text)).strip().replace("y", "i")


class UnitNames:
    """The names of the units that exist, made ready once for looking them up in messages."""

    __slots__ = (
        "_codes",
        "_exact",
        "_initials",
        "_keys",
        "_lengths",
        "_runs",
        "_short_words",
        "_units",
        "_words",
        "codes",
    )

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = tuple(unit for unit in units if unit.kind is not UnitKind.DISTRICT)
        self._exact: dict[str, list[Unit]] = {}
        self._codes = {unit_key(unit.code): unit for unit in self._units}
        self.codes = frozenset(unit.code.lower() for unit in self._units)
        self._initials: dict[str, list[Unit]] = {}
        self._words = [_words_of(unit, key) for unit in self._units for key in _full_names(unit)]
        self._short_words = [_words_of(unit, unit_key(unit.short)) for unit in self._units]
        for unit in self._units:
            self._learn(unit)
        self._learn_short_cells()
        self._keys = {key: key for key in self._exact if len(key) >= _SHORTEST_WITH_SLIP - 1}
        self._runs, self._lengths = self._all_runs()

    def _learn(self, unit: Unit) -> None:
        keys = {key for name in (unit.name, unit.short, *unit.aliases) for key in _writings(unit_key(name))}
        for key in keys:
            self._exact.setdefault(key, []).append(unit)
        letters = "".join(word[0] for word in unit_key(unit.short).split())
        if len(letters) > 1:
            self._initials.setdefault(letters, []).append(unit)

    def _learn_short_cells(self) -> None:
        """«Cà Định» for «thôn Cà Định», where nothing else is called so."""
        found: dict[str, list[Unit]] = {}
        for unit in self._units:
            bare = _VILLAGE.sub("", unit_key(unit.short)) if unit.kind is UnitKind.CELL else ""
            if bare and bare not in self._exact and not bare[0].isdecimal():
                found.setdefault(bare, []).append(unit)
        self._exact |= found

    def _all_runs(self) -> tuple[dict[tuple[str, ...], Unit], dict[str, tuple[int, ...]]]:
        """Unmistakable names as runs of words, and how long the runs are that begin with a word."""
        runs = {tuple(key.split()): units[0] for key, units in self._exact.items() if len(units) == 1}
        lengths: dict[str, set[int]] = {}
        for run in runs:
            lengths.setdefault(run[0], set()).add(len(run))
        return runs, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def find(self, text: str) -> UnitFound:
        """The unit that a text names: exactly, by its code, by a part that only one has, or with one clear slip.

        A bare number names none: it is a part of the names of schools, and the number of a choice.
        """
        key = _without_kind(unit_key(text[:120]))
        if not key or key.isdecimal():
            return UnitFound()
        exact = self._exact.get(key) or self._exact.get(key.replace(" ", ""))
        if exact:
            return _one_of(exact)
        if key in self._codes:
            return UnitFound(self._codes[key])
        wanted = key.split()
        parts = _having(wanted, self._short_words) or _having(wanted, self._words)
        if parts and all(f" {key} " not in f" {unit_key(unit.name)} " for unit in parts):
            # Words picked from here and there in a name: «cong nn» may as well be «công an» with a slip.
            slip = self._with_slip(key) or UnitFound()
            return _one_of([*parts, *filter(None, [slip.unit]), *slip.candidates])
        return _one_of(parts) if parts else self._with_slip(key) or _one_of(self._initials.get(key, ()))

    def _with_slip(self, key: str) -> UnitFound | None:
        if len(key) < _SHORTEST_WITH_SLIP:
            return None
        near = extract(key, self._keys, scorer=OSA.distance, score_cutoff=2, limit=8)
        units = tuple(dict.fromkeys(unit for _, _, found in near for unit in self._exact[found]))
        if not units:
            return None
        clear = len(units) == 1 and (near[0][1] == 1 or len(key) >= _SHORTEST_WITH_TWO)
        return UnitFound(units[0]) if clear else UnitFound(candidates=units)

    def mentions(self, line: Line) -> Iterable[UnitMention]:
        """The units named in full in a line, from left to right; «GDNN- GDTX» is GDNN GDTX."""
        written = [word.replace("y", "i") for word in line.words] if "y" in line.folded else line.words
        if self._lengths.keys().isdisjoint(written):
            return
        places: Sequence[int] = range(len(written))
        words = written
        if not _JOINTS.isdisjoint(written):
            places = [index for index in places if written[index] not in _JOINTS]
            words = [written[index] for index in places]
        at = 0
        while at < len(words):
            length = self._length_at(line, words, places, at) if words[at] in self._lengths else 0
            if length:
                unit, first = self._runs[tuple(words[at : at + length])], places[at]
                yield UnitMention(unit, first, places[at + length - 1] + 1, marked=_is_marked(words, at))
            at += length or 1

    def coded(self, line: Line) -> Iterable[UnitMention]:
        """The units named by their codes in a line, typed in capitals as the codes are: «BTL», but not «thu»."""
        if line.text.isupper() and len(line.tokens) > _LONGEST_SHOUTED:
            return
        for word, tokens in groupby(enumerate(line.tokens), lambda each: (each[1].start, each[1].end)):
            typed = line.text[slice(*word)]
            unit = self._codes.get(unit_key(typed)) if typed.isupper() else None
            if unit is not None and unit.code == typed:
                places = [index for index, _ in tokens]  # an abbreviation that was written out is several
                yield UnitMention(unit, places[0], places[-1] + 1, marked=False)

    def _length_at(self, line: Line, words: list[str], places: Sequence[int], at: int) -> int:
        """How many words from a place on are the name of a unit; 0 when there is none."""
        for length in self._lengths[words[at]]:
            last = at + length - 1
            unit = self._runs.get(tuple(words[at : at + length])) if last < len(words) else None
            if unit is None or (length == 1 and not _is_word_of(line, places[at], unit)):
                continue
            joined = places[last] != places[at] + length - 1
            if not joined or not _JOINTS.isdisjoint(unit.name):
                return length
        return 0


def _is_word_of(line: Line, index: int, unit: Unit) -> bool:
    """Whether one word names a unit: «chủ nhật» and «chú» are not Chũ, and a number is none."""
    typed = line.typed(index)
    if unit.kind is UnitKind.CELL and " " in unit.short:  # «ở Cầu»: a word of place has to tell it from a man
        placed = index > 0 and line.words[index - 1] in _AT
        return placed and may_be(typed.lower(), unit.short.split()[-1].lower())
    following = line.words[index + 1 : index + 2]
    named = any(
        may_be(typed.lower(), name.lower()) for name in (unit.short, *unit.aliases) if " " not in name
    )
    return named and line.tokens[index].kind is Kind.WORD and following not in (["nhat"], ["tich"], ["tri"])


def _is_marked(words: list[str], index: int) -> bool:
    before = " ".join(words[max(0, index - 2) : index])
    return before.endswith(_KIND_WORDS) or " ".join(words[index : index + 2]).startswith(_KIND_WORDS)


def _full_names(unit: Unit) -> tuple[str, ...]:
    """The names of a unit in which the words of a part must stand in order."""
    return tuple({unit_key(name) for name in (f"{unit.name} {unit.short}", unit.name, *unit.aliases)})


def _writings(key: str) -> Iterable[str]:
    """A name as it stands, without its kind, without the form of the company, and without spaces."""
    yield key
    bare = _without_kind(key)
    yield bare
    yield _COMPANY.sub("", bare)
    if " " in bare and len(bare) > 5:
        yield bare.replace(" ", "")


def _without_kind(key: str) -> str:
    shorter = key
    for kind in _KIND_WORDS:
        shorter = shorter.removeprefix(kind + " ")
    return shorter


_Words = tuple[Unit, list[str], frozenset[str]]
"""A unit, the words of one of its names in order, and as a set."""


def _words_of(unit: Unit, key: str) -> _Words:
    words = key.split()
    return unit, words, frozenset(words)


def _having(wanted: list[str], names: Iterable[_Words]) -> list[Unit]:
    """The units in one of whose names the wanted words occur in this order."""
    needed = frozenset(wanted)
    return [unit for unit, words, every in names if needed <= every and _within(wanted, words)]


def _within(wanted: list[str], words: list[str]) -> bool:
    """Whether the wanted words occur among the words in this order."""
    rest = iter(words)
    return all(word in rest for word in wanted)


def _one_of(units: Iterable[Unit]) -> UnitFound:
    distinct = tuple(dict.fromkeys(units))
    if len(distinct) == 1:
        return UnitFound(distinct[0])
    return UnitFound(candidates=distinct)
