"""The words of the roll-up, and of one unit as the district sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from domain.at_risk import AtRisk
from domain.facts import Schooling
from domain.progress import Breakdown, FilingState, RollUp, UnitProgress
from domain.strength import UNKNOWN, FewMembers, LongWithout, Strength
from messages.channel import Choice
from messages.say import Say
from messages.status_words import fitted, risk_words

_GROUPS: Final = (
    ("nữ", "women"),
    ("DTTS", "minority"),
    ("có đạo", "religious"),
    ("đoàn viên", "youth"),
    ("nông thôn", "rural"),
    ("trưởng, phó thôn", "village_heads"),
    ("doanh nghiệp", "private_sector"),
    ("chưa rõ giới tính", "sex_unknown"),
)
"""The groups in the order of a report; one that nobody has been reported in is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody whom a unit has admitted, with the date that counts."""

    name: str
    on: date


_NAMED_AT_MOST: Final = 3
_ROOM: Final = 1250
"""Characters for the names of units in a roll-up."""


_AT_RISK: Final = "Có nguy cơ không đạt"
_FEW: Final = "Ít đảng viên"
_LONG: Final = "Lâu chưa kết nạp"
_MOST: Final = {_AT_RISK: 8, _FEW: 8, _LONG: 8, "Điều chỉnh sau chốt": 20}
"""Units that such a list names at most; the others name 45."""


def rollup_words(
    roll_up: RollUp, office: str, choices: Sequence[Choice] = (), *, cluster: bool = False
) -> Say:
    """The units' progress in a quarter, in the order in which a report reads; `office` when no district is known.

    Of a `cluster`, the units of an overseer, nothing is said that the district alone has promised.
    """
    facts = {
        "all": roll_up,
        "place": cluster_name([row.unit.short for row in roll_up.units])
        if cluster
        else roll_up.district or office,
        "cluster": cluster,
        "groups": [*_groups(roll_up.breakdown)],
        **_lists(roll_up),
    }
    return Say("rollup/district", facts, tuple(choices))


def unit_words(
    now: UnitProgress,
    admitted: Sequence[Named],
    choices: Sequence[Choice] = (),
    risk: AtRisk | None = None,
    strength: Strength = UNKNOWN,
) -> Say:
    """One unit's quarter as the district sees it, with the people admitted, and whether it will be missed."""
    outlook = "" if risk is None else risk_words(risk)
    facts = {"now": now, "admitted": admitted, "outlook": outlook, "strength": strength}
    return Say("rollup/unit", facts, tuple(choices))


def groups_of(breakdown: Breakdown) -> tuple[tuple[str, str, int], ...]:
    """The groups of whom somebody was reported, with their words, their field and their number."""
    counted = [(words, name, int(getattr(breakdown, name))) for words, name in _GROUPS]
    return tuple(each for each in counted if each[2])


def _groups(breakdown: Breakdown) -> Iterator[tuple[str, int]]:
    """The groups, and the schooling as far as it was told."""
    yield from ((words, number) for words, _, number in groups_of(breakdown))
    yield from ((each.words, told) for each in Schooling if (told := breakdown.schooling[each]))


def cluster_name(shorts: Sequence[str]) -> str:
    """What a cluster is called: by its units where they are few."""
    few = ", ".join(shorts) if len(shorts) <= _NAMED_AT_MOST else f"{len(shorts)} đơn vị"
    return f"Cụm {few}"


def _lists(all_: RollUp) -> dict[str, object]:
    """Who stands out, and what was changed after the close: lists with heading, number and names, in their room."""
    found = [
        _first("Chưa báo", all_.silent, _short),
        _first("Chưa chốt", all_.in_state(FilingState.DRAFT), _short),
        _first("Không phát sinh", all_.in_state(FilingState.NIL), _short),
        _first("Chưa đạt", all_.below, _short_done),
        _first(_AT_RISK, all_.at_risk, _short_risk),
        _first(_FEW, all_.few_members, few_words),
        _first(_LONG, all_.long_without, long_words),
        _first("Vượt", all_.over, _short_done),
        _first("Điều chỉnh sau chốt", _changed(all_), str),
    ]
    headings, numbers, names = zip(*found, strict=True)
    lists = [*zip(headings, numbers, fitted(names, _ROOM, numbers), strict=True)]
    return {"lists": [each for each in lists[:-1] if each[1]], "amended": lists[-1]}


_Item = TypeVar("_Item")


def _first(heading: str, items: Sequence[_Item], words: Callable[[_Item], str]) -> tuple[str, int, list[str]]:
    """A list by its heading: how many there are, and the words of the first, for thousands are never named."""
    return heading, len(items), [words(each) for each in items[: _MOST.get(heading, 45)]]


def few_words(one: FewMembers) -> str:
    """A unit with few members: «Trại Một (Trù Hựu) 5»."""
    called = _within(one.unit.short, one.above)
    return f"{called}{':' if called[-1:].isdigit() else ''} {one.members}"


def long_words(one: LongWithout) -> str:
    """A unit that has long admitted nobody: «Hạt Kiểm lâm từ 3/2018»."""
    return f"{_within(one.unit.short, one.above)} từ {one.since.month}/{one.since.year}"


def _within(short: str, above: str) -> str:
    return f"{short} ({above})" if above else short


def _short(row: UnitProgress) -> str:
    return row.unit.short


def _short_done(row: UnitProgress) -> str:
    return f"{row.unit.short} {_done(row)}"


def _short_risk(risk: AtRisk) -> str:
    return f"{risk.unit.short} thiếu {risk.short}"


def _changed(all_: RollUp) -> list[str]:
    """Each unit that was changed after the close, with what it had then where that is another figure."""
    before = {row.unit.id: _done(row) for row in all_.before_amended}
    found = [(row, _done(row), before.get(row.unit.id, "")) for row in all_.amended_after_close]
    return [
        f"{row.unit.short} {now}" + (f" (khi chốt {then})" if then not in ("", now) else "")
        for row, now, then in found
    ]


def _done(row: UnitProgress) -> str:
    return f"{row.admitted.quarter}/{row.target.quarter}"
