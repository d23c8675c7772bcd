"""The rehearsal on paper: moment by moment, at most 80 columns, who is told what, and a summary at the end.

Those who are told the same of their own units are listed under one of them, whose message stands there in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from typing import Final
from zoneinfo import ZoneInfo

from bot.rehearsal.cast import Cast
from bot.rehearsal.play import Heard, Scene, Span
from domain.organisation import Unit, UnitKind
from domain.people import PersonId
from messages.days import weekday

WIDTH: Final = 80
_KINDS: Final = {
    "reminder": "nhắc báo cáo quý",
    "rollup": "tổng hợp cho huyện",
    "limits": "hạn của quần chúng ưu tú",
    "notice": "thông báo",
    "class_list": "danh sách lớp bồi dưỡng",
    "digest": "tin tuần",
    "batch": "kết quả đợt kết nạp",
    "amendments": "điều chỉnh sau chốt",
}
_OTHER: Final = "tin khác"
_JOINED: Final = "\u2060"  # stands for a space at which no line is broken
_FIGURES: Final = re.compile(r"\d+")


@dataclass(kw_only=True)
class Page:
    """Prints scenes as they come and counts them; `in_full`: every message in full."""

    zone: ZoneInfo
    in_full: bool = False
    messages: Counter[str] = field(default_factory=Counter)
    people: dict[str, set[PersonId]] = field(default_factory=dict)
    busiest: tuple[int, datetime] | None = None
    moments: int = 0

    def heading(self, office: str, span: Span, cast: Cast) -> Iterator[str]:
        """What is played, and on what."""
        yield f"DIỄN TẬP LỊCH NHẮC · {office}"
        yield f"Từ {self._moment(span.since)} đến trước {self._moment(span.until)}."
        yield from _wrapped(
            "Chạy trên bản sao của sổ: không tin nào được gửi, sổ thật giữ nguyên. Báo cáo đã có trong sổ tính "
            "từ lúc ghi; ngoài ra coi như không ai báo hay trả lời gì. Tên người viết như khi gửi qua kênh ngoài."
        )
        match cast:
            case Cast.BOOKS:
                yield "Người nhận: theo phân công trong sổ."
            case Cast.FILE:
                yield "Người nhận: theo tệp đã cho, thay cho phân công trong sổ."
            case Cast.STAND_INS:
                yield from _wrapped(
                    "Sổ chưa có ai tham gia: tạm cho mỗi đơn vị một bí thư, huyện một cán bộ."
                )

    def scene(self, scene: Scene) -> Iterator[str]:
        """One moment."""
        self.moments += 1
        yield ""
        yield f"── {self._moment(scene.at)} ".ljust(WIDTH, "─")
        for quarter in scene.closed:
            yield f"Sổ {quarter.full_name} khóa."
        self._count(scene)
        for kind, alike in _alike(scene.heard, in_full=self.in_full):
            yield from self._told(kind, alike)

    def _told(self, kind: str, alike: Sequence[Heard]) -> Iterator[str]:
        first, others = alike[0], alike[1:]
        yield from _wrapped(f"{_name(kind)} → {title(first)}", hanging="  ")
        for line in first.told.text.split("\n"):
            yield from _wrapped(line, indent="    ")
        if first.told.has_file:
            yield "    [kèm tệp]"
        if first.told.choices:
            labels = (f"[{number}. {label}]" for number, label in enumerate(first.told.choices, 1))
            yield from _wrapped(" ".join(map(_whole, labels)), indent="    ")
        if others:
            names = "; ".join(_titles(others))
            yield from _wrapped(
                f"Cũng vậy, mỗi đồng chí về đơn vị mình ({len(others)}): {names}.", indent="  "
            )

    def _count(self, scene: Scene) -> None:
        for each in scene.heard:
            kind = _kind(each)
            self.messages[kind] += 1
            self.people.setdefault(kind, set()).add(each.person)
        if scene.heard and (self.busiest is None or len(scene.heard) > self.busiest[0]):
            self.busiest = (len(scene.heard), scene.at)

    def summary(self, unreached: Sequence[Unit]) -> Iterator[str]:
        """All of it together, and who could not be told."""
        yield ""
        yield "── Tổng cộng ".ljust(WIDTH, "─")
        if not self.messages:
            yield "Trong khoảng này chibo không phải nhắn ai."
        for kind, number in self.messages.most_common():
            yield f"{number:>7} tin  {_name(kind)}, cho {len(self.people[kind])} đồng chí"
        if self.busiest is not None:
            everybody = frozenset[PersonId]().union(*self.people.values())
            yield f"{self.messages.total():>7} tin  trong {self.moments} lúc, cho {len(everybody)} đồng chí"
            most, at = self.busiest
            yield f"Nhiều nhất một lúc: {most} tin, {self._moment(at)}."
        if unreached:
            names = ", ".join(_whole(unit.short) for unit in unreached)
            yield from _wrapped(
                f"Chưa nhắn được {len(unreached)} đơn vị có chỉ tiêu, vì chưa có bí thư, phó bí thư nào tham gia: {names}."
            )

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{local:%H:%M} {weekday(local.date())} {local.day}/{local.month}/{local.year}"


def title(one: Heard) -> str:
    """Whoever is told, by their offices: «bí thư Biên Sơn», «ủy viên phụ trách Tân Hoa, Tân Quang»."""
    return " và ".join(_titles([one])) or "người đã thôi nhiệm vụ"


def _titles(several: Iterable[Heard]) -> list[str]:
    """The offices of several, each role once, with its places."""
    places: dict[str, list[str]] = {}
    for role, unit in (office for one in several for office in one.offices):
        at = places.setdefault(role.label, [])
        if unit.kind is not UnitKind.DISTRICT and unit.short not in at:
            at.append(unit.short)
    return [f"{role} {', '.join(map(_whole, at))}".strip() for role, at in places.items()]


def _kind(one: Heard) -> str:
    return one.told.kind


def _name(kind: str) -> str:
    name = _KINDS.get(kind, _OTHER)
    return name[0].upper() + name[1:]


def _alike(heard: Iterable[Heard], *, in_full: bool) -> Iterator[tuple[str, Sequence[Heard]]]:
    """Messages that differ in the hearer's own units and in figures alone, together."""
    found: dict[tuple[object, ...], list[Heard]] = {}
    for one in heard:
        key = (one.told.id,) if in_full else (_kind(one), _bones(one), one.told.choices, one.told.has_file)
        found.setdefault(key, []).append(one)
    yield from ((_kind(alike[0]), alike) for alike in found.values())


def _bones(one: Heard) -> str:
    text = one.told.text
    for unit in sorted({unit.short for _, unit in one.offices}, key=len, reverse=True):
        text = text.replace(unit, "…")
    return _FIGURES.sub("0", text)


def _whole(words: str) -> str:
    """Words that stay on one line."""
    return words.replace(" ", _JOINED)


def _wrapped(words: str, indent: str = "", hanging: str = "") -> list[str]:
    further = indent + hanging
    lines = wrap(words, WIDTH, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False)
    return [line.replace(_JOINED, " ") for line in lines] or [""]
