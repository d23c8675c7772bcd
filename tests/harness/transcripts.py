"""Transcripts: conversations written down as they are to be, and played against the product.

A file begins with `#` lines: when and who (`# 28/3/2022 08:00 · secretary of Biên Sơn`), then what the books
hold already (`# admitted: Vi Văn Toàn 10/3/2022`, `# candidate: Lê Văn Cường decided 16/3/2022`) and, where not
every channel says the same, `# channels: telegram, zalo`. Then `>` is what the person sends, `<` the answer, whose
further lines are indented, `[1. …] [2. …]` its choices, and `@ 30/3/2022 09:00` moves the clock, which else
goes on by a minute a message. `~` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path

from domain.office import VIETNAM

_TIME = r"(\d+)/(\d+)/(\d+) (\d+):(\d+)"
_HEADER = re.compile(rf"# {_TIME} · (.+?) of (.+)")


@dataclass
class Exchange:
    """What was said at a moment, and what is to be answered; None is silence."""

    at: datetime
    said: str
    answer: str | None
    before: list[str] = field(default_factory=list)


@dataclass
class Transcript:
    """A conversation as its file has it."""

    path: Path
    role: str
    unit: str
    starts: datetime
    books: list[tuple[str, str]]
    channels: tuple[str, ...]
    head: list[str]
    exchanges: list[Exchange]


def read(path: Path) -> Transcript:
    """Read a transcript's file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = _HEADER.fullmatch(lines[0])
    if header is None:
        raise ValueError(f"{path.name}: the first line says when and who: {lines[0]!r}")
    starts = _moment(*header.groups()[:5])
    head = [line for line in lines if line.startswith("#")]
    books = [tuple(line[2:].split(": ", 1)) for line in head[1:]]
    channels = next((v for k, v in books if k == "channels"), "telegram, zalo, web")
    return Transcript(
        path=path,
        role=header[6],
        unit=header[7],
        starts=starts,
        books=[(k, v) for k, v in books if k != "channels"],
        channels=tuple(channels.split(", ")),
        head=head,
        exchanges=list(_exchanges(lines, starts)),
    )


def _exchanges(lines: list[str], starts: datetime) -> Iterator[Exchange]:
    """Each `>` line with the answer under it and the remarks above it."""
    now, before = starts, []
    for number, line in enumerate(lines):
        if line.startswith("@ "):
            now = _moment(*re.fullmatch(rf"@ {_TIME}", line).groups())
        if line.startswith(("@", "~")):
            before.append(line)
        elif line.startswith("> "):
            yield Exchange(now, line[2:], _answer(lines[number + 1 :]), before)
            before, now = [], now + timedelta(minutes=1)


def _answer(lines: list[str]) -> str | None:
    said = list(takewhile(lambda line: not line.startswith((">", "@", "~")), lines))
    return "\n".join(line[2:] for line in said) if said else None


def _moment(day: str, month: str, year: str, hour: str, minute: str) -> datetime:
    return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=VIETNAM)


def a_date(text: str) -> date:
    """A date as transcripts write it: 15/3/2022."""
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def write(transcript: Transcript, answers: list[str | None]) -> str:
    """The transcript's file with these answers in place of its own."""
    lines = list(transcript.head)
    for exchange, answer in zip(transcript.exchanges, answers, strict=True):
        lines += [*exchange.before, f"> {exchange.said}"]
        if answer is not None:
            first, *others = answer.splitlines()
            lines += [f"< {first}", *(f"  {line}" if line else "" for line in others)]
    return "\n".join(lines) + "\n"
