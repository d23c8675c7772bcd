"""The words of the list for the next class: a line a unit, workers of private firms apart, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from domain.class_list import ClassList, ForClass
from domain.office import NamesShown
from messages import labels
from messages.names import name_shown
from messages.say import Say
from messages.status_words import named, pages

_IN_A_LINE: Final = 10
"""People named in one line."""
_ORDINARY: Final = "Lớp trong tuần"
_WORKERS: Final = "Lao động doanh nghiệp, mở lớp thứ Bảy và Chủ nhật"


def class_words(listed: ClassList, names: NamesShown, page: int = 1) -> Say:
    """One page of the list, for somebody who may be shown names in this way."""
    found = class_pages(listed, names)
    shown = min(max(page, 1), len(found))
    words = {"all": listed, "lines": found[shown - 1], "page": shown, "pages": len(found)}
    further = (labels.class_page(shown + 1),) if shown < len(found) else ()
    return Say("class_list/page", words, (*further, labels.MENU), seen=f"class list {shown}")


def class_pages(listed: ClassList, names: NamesShown) -> tuple[tuple[str, ...], ...]:
    """The lines of all pages: one where everything fits, else each part on pages of its own under its heading."""
    parts = [
        (heading, list(_lines(rows, names, cells=cells)))
        for heading, rows, cells in ((_ORDINARY, listed.others, False), (_WORKERS, listed.workers, True))
        if rows
    ]
    headed = {heading: f"{heading} ({_number(listed, heading)}):" for heading, _ in parts}
    whole = pages([line for heading, lines in parts for line in (headed[heading], *lines)])
    if len(whole) == 1:
        return whole
    return tuple((headed[heading], *page) for heading, lines in parts for page in pages(lines))


def _number(listed: ClassList, heading: str) -> int:
    return len(listed.others if heading == _ORDINARY else listed.workers)


def _lines(rows: Sequence[ForClass], names: NamesShown, *, cells: bool) -> Iterator[str]:
    """A line a unit, or a cell where those are to be told apart; several where they are many."""
    people: dict[str, list[str]] = {}
    for row in rows:
        people.setdefault(_where(row, cells=cells), []).append(_person(row, names))
    for where, of_one in people.items():
        for first in range(0, len(of_one), _IN_A_LINE):
            yield f"{where}: {', '.join(of_one[first : first + _IN_A_LINE])}"


def _where(row: ForClass, *, cells: bool) -> str:
    cell = f" · {row.unit.short}" if cells and row.unit.id != row.counted.id else ""
    return f"{named(row.counted)}{cell}"


def _person(row: ForClass, names: NamesShown) -> str:
    """«L.T.N. (QC-1)»; in full with the year of birth instead of the code; «học lại» when the certificate ran out."""
    who = row.who
    shown = name_shown(who.name, names, who.code)
    beside = who.birth_year if names is NamesShown.FULL else who.code if shown != who.code else None
    more = ", ".join(str(each) for each in (beside, "học lại" if row.again else None) if each)
    return f"{shown} ({more})" if more else shown
