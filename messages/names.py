"""Names of people: as they are written down, as a channel may carry them, and those that are like one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from rapidfuzz.distance import OSA

from domain.office import NamesShown
from messages.fold import clean, fold
from messages.understand.spelling import spelled

_INITIALS: Final = re.compile(r"(?:\w\.)+")
_NEAR: Final = 2
"""Slips of the finger at most between two names that are offered for each other."""


def proper_name(typed: str) -> str:
    """A name with its capitals, as it is written down when it was typed in one case: «nguyen thi hoa», «HOA»."""
    if typed not in (typed.lower(), typed.upper()):
        return typed
    return " ".join(word[:1].upper() + word[1:].lower() for word in typed.split())


def in_capitals(typed: str) -> str:
    """A name whose every word begins with a capital: «Hoàng văn Nam» is «Hoàng Văn Nam»."""
    return " ".join(word[:1].upper() + word[1:] for word in proper_name(typed).split())


def name_shown(name: str, how: NamesShown, code: str = "") -> str:
    """A name in full, as initials («L.T.N.»), or hidden: behind its code («QC-12»), or «đồng chí» without one.

    Initials stay what they are, so that a name may be shortened for somebody before their channel does it.
    """
    match how:
        case NamesShown.FULL:
            return name
        case NamesShown.INITIALS:
            return name if _INITIALS.fullmatch(name) else "".join(f"{w[0].upper()}." for w in name.split())
        case NamesShown.CODE:
            return code or "đồng chí"


class Named(Protocol):
    """Somebody on the books: by name, by year of birth where it was told, and by code."""

    @property
    def name(self) -> str: ...
    @property
    def birth_year(self) -> int | None: ...
    @property
    def code(self) -> str: ...


N = TypeVar("N", bound=Named)


def told_apart(people: Sequence[Named], how: NamesShown) -> tuple[str, ...]:
    """The name of each as a channel may carry it, so that no two are alike: with the year of birth, or the code."""
    shown = [name_shown(one.name, how, one.code) for one in people]
    return tuple(
        words if shown.count(words) == 1 else f"{words} {_mark(one, words, people, shown)}"
        for one, words in zip(people, shown, strict=True)
    )


def _mark(one: Named, words: str, people: Sequence[Named], shown: Sequence[str]) -> str:
    alike = [each.birth_year for each, name in zip(people, shown, strict=True) if name == words]
    by_year = None not in alike and len(set(alike)) == len(alike)
    return str(one.birth_year) if by_year else one.code


def is_written_alike(one: str, other: str) -> bool:
    """Whether two names are one, marks and all: capitals, and where a tone stands («Hoà», «Hòa»), make no other."""
    return _written(one) == _written(other)


def _written(name: str) -> list[str]:
    return [spelled(word) for word in clean(name).casefold().split()]


def is_same_name(one: str, other: str) -> bool:
    """Whether two folded names can be one person's: they are equal, or one is the end of the other («hoa»)."""
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def of_name(people: Iterable[N], name: str) -> tuple[N, ...]:
    """Those who bear a name exactly; where nobody does, those of whose name it is a part at the end."""
    wanted = fold(name)
    same = [one for one in people if is_same_name(fold(one.name), wanted)]
    return tuple([one for one in same if fold(one.name) == wanted] or same)


def near_name(people: Iterable[N], name: str) -> tuple[N, ...]:
    """Those whose name, or the end of it, is a slip of the finger or two away, the nearest first."""
    wanted = fold(name)
    measured = [(_distance(fold(one.name), wanted), one) for one in people]
    allowed = min(_NEAR, max(len(wanted) // 4, 1)) if len(wanted) > 1 else 0
    return tuple(one for far, one in sorted(measured, key=lambda m: m[0]) if far <= allowed)


def _distance(name: str, wanted: str) -> int:
    words = name.split()
    ends = (" ".join(words[at:]) for at in range(len(words)))
    return min((OSA.distance(end, wanted) for end in ends), default=len(wanted))
