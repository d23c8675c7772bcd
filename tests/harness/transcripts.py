"""Transcripts: conversations written down as they are to be, and played against the product.

A file begins with `#` lines. The first says when and who; the others may come in any order:

    # 28/3/2022 08:00 · secretary of Biên Sơn
    # with: huyện = district of Lục Ngạn          somebody else who takes part, by a nickname; `stranger` has not joined
    # with: thôn = cell_secretary of Thôn Hạ (Vi Văn An)          … with a name of their own
    # cell: Thôn Hạ under Biên Sơn                what the books hold already: cells,
    # admitted: Vi Văn Toàn 10/3/2022             admissions and candidates of the unit of the first line
    # candidate: Lê Văn Cường decided 16/3/2022
    # candidate: Vi Thị Hạ mentored 2/3/2022 at Trù Hựu      … or of another unit
    # frame: 2021-2025 1100 04-KH/BTCTU 27/1/2021     a frame of several years
    # holds: overseer of Chũ                      a further office of the person of the first line
    # channels: telegram, zalo                    where not every channel says the same
    # digits                                      played by digits alone, as on a channel without buttons
    # only here: Zalo knows no edits              why nothing of the kind can be said on Zalo

Then come the messages. `>` is what the person of the first line sends, `<` the answer, whose further lines are indented,
`[1. …] [2. …]` its choices, and `[tệp] …` the file that comes with it. `<<` is a message that nobody asked for, such as a notice or a reminder. Before each of the
three a nickname may stand: `huyện> …`, `huyện< …`, `huyện<< …`. `~` is a remark.

`@ 30/3/2022 09:00` moves the clock, which else goes on by a minute a message; `@@ 30/3/2022 09:00` moves it and lets the
heartbeats go round, so that reminders fall due.

Every file is played on Zalo as well, where whatever takes a choice is typed as its digit (test_transcripts_zalo.py).
In a file marked `# digits` what the first person sends is digits only. What nobody could tap (a name, a date, the words
of an obstacle) stands behind `>>` in place of `>`, in any file.

`✎ old ⇒ new` behind `>` is an edit of the text that was sent before, where the channel knows edits.

Codes of invitations are drawn by chance: in a transcript the first one shown is «MÃ-MỜI-1», and may be sent as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Final

from domain.office import VIETNAM

_TIME = r"(\d+)/(\d+)/(\d+) (\d+):(\d+)"
_HEADER = re.compile(rf"# {_TIME} · (.+?) of (.+)")
_WITH = re.compile(r"(\w+) = (?:(stranger)|(\w+) of ([^(]+?)(?: \((.+)\))?)")
_MARK = re.compile(r"(\w*)(>>|>|<<|<)(?: (.*))?")
_BEGINS = re.compile(r"\w*>|@@")
_RESTS = re.compile(r"~|@ ")
_ABOUT_THE_FILE: Final = ("channels", "with", "digits", "only here")


@dataclass(frozen=True)
class Part:
    """Who takes part under a nickname; the person of the first line has none."""

    nickname: str
    role: str
    unit: str = ""
    name: str = ""


@dataclass(frozen=True)
class Shown:
    """What somebody sees: an answer, or a message that nobody asked for."""

    nickname: str
    text: str
    unasked: bool = False


@dataclass
class Exchange:
    """What was said at a moment by whom, and what came of it; `said` is None where only the clock went on."""

    at: datetime
    nickname: str
    said: str | None
    free: bool = False
    before: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


@dataclass
class Transcript:
    """A conversation as its file has it."""

    path: Path
    main: Part
    others: list[Part]
    starts: datetime
    books: list[tuple[str, str]]
    channels: tuple[str, ...]
    digits: bool
    only_here: str
    head: list[str]
    exchanges: list[Exchange]


def read(path: Path) -> Transcript:
    """Read a transcript's file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = _HEADER.fullmatch(lines[0])
    if header is None:
        raise ValueError(f"{path.name}: the first line says when and who: {lines[0]!r}")
    starts = _moment(*header.groups()[:5])
    head = list(takewhile(lambda line: line.startswith("#"), lines))
    about = [(what, words) for what, _, words in (line[2:].partition(": ") for line in head[1:])]
    channels = next((words for what, words in about if what == "channels"), "telegram, zalo, web")
    others = [_part(words) for what, words in about if what == "with"]
    return Transcript(
        path=path,
        main=Part("", header[6], header[7]),
        others=others,
        starts=starts,
        books=[(what, words) for what, words in about if what not in _ABOUT_THE_FILE],
        channels=tuple(channels.split(", ")),
        digits=("digits", "") in about,
        only_here=next((words for what, words in about if what == "only here"), ""),
        head=head,
        exchanges=list(_exchanges(lines[len(head) :], starts, {part.nickname for part in others} | {""})),
    )


def _part(words: str) -> Part:
    found = _WITH.fullmatch(words)
    if found is None:
        raise ValueError(f"with: nickname = role of unit, and not {words!r}")
    return Part(found[1], found[2] or found[3], found[4] or "", found[5] or "")


def _exchanges(lines: list[str], now: datetime, nicknames: set[str]) -> Iterator[Exchange]:
    """Each message that is sent, or round of the clock, with what is shown under it and the remarks above it."""
    for before, begins, under in _blocks(lines):
        clocks = [re.fullmatch(rf"@@? {_TIME}", line) for line in (*before, begins) if line.startswith("@")]
        now = _moment(*clocks[-1].groups()) if clocks else now
        shown = list(_shown(under, nicknames))
        if begins.startswith("@"):
            yield Exchange(now, "", None, before=[*before, begins], shown=shown)
            continue
        nickname, mark, said = _marked(begins, nicknames)
        yield Exchange(now, nickname, said, mark == ">>", before, shown)
        now += timedelta(minutes=1)


def _blocks(lines: list[str]) -> Iterator[tuple[list[str], str, list[str]]]:
    """The remarks before something happens, the line that makes it happen, and the lines under it."""
    while lines:
        before = list(takewhile(_RESTS.match, lines))
        begins, *lines = lines[len(before) :] or [""]
        under = list(takewhile(lambda line: not _RESTS.match(line) and not _BEGINS.match(line), lines))
        lines = lines[len(under) :]
        yield before, begins, under


def _shown(lines: list[str], nicknames: set[str]) -> Iterator[Shown]:
    while lines:
        nickname, mark, first = _marked(lines[0], nicknames)
        others = list(takewhile(lambda line: line.startswith("  ") or not line, lines[1:]))
        yield Shown(nickname, "\n".join([first, *(line[2:] for line in others)]), unasked=mark == "<<")
        lines = lines[1 + len(others) :]


def _marked(line: str, nicknames: set[str]) -> tuple[str, str, str]:
    """Who says or sees something, how it is marked, and the words."""
    mark = _MARK.fullmatch(line)
    if mark is None or mark[1] not in nicknames:
        raise ValueError(f"nobody takes part under this nickname: {line!r}")
    return mark[1], mark[2], mark[3] or ""


def _moment(day: str, month: str, year: str, hour: str, minute: str) -> datetime:
    return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=VIETNAM)


def a_date(text: str) -> date:
    """A date as transcripts write it: 15/3/2022."""
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def write(transcript: Transcript, played: Iterable[list[Shown]]) -> str:
    """The transcript's file with what was shown in the play in place of its own."""
    lines = list(transcript.head)
    for exchange, shown in zip(transcript.exchanges, played, strict=True):
        lines += exchange.before
        if exchange.said is not None:
            lines.append(f"{exchange.nickname}{'>>' if exchange.free else '>'} {exchange.said}".rstrip())
        for each in shown:
            first, *others = each.text.splitlines()
            lines.append(f"{each.nickname}{'<<' if each.unasked else '<'} {first}")
            lines += [f"  {line}" if line else "" for line in others]
    return "\n".join(lines) + "\n"
