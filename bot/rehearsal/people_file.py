"""The file of people for a rehearsal: who holds which office, as csv, or as `chibo people invite --json` prints it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.cli_words import Trouble
from domain.people import Role
from domain.spelling import bare

HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    "unit": frozenset({"don vi", "unit"}),
    "role": frozenset({"vai tro", "chuc danh", "role"}),
    "name": frozenset({"ho ten", "ho va ten", "ten", "name"}),
}
_ROLES: Final = {
    bare(name): role for role in Role for name in (role.value, role.label, role.value.replace("_", " "))
}
_AT_THE_DISTRICT: Final = frozenset({Role.DISTRICT, Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody at a unit, which is empty for the district's own; `place` says where in the file."""

    place: str
    unit: str
    role: Role
    name: str


def read_people(path: Path) -> tuple[Entry, ...]:
    """The people in a file; Trouble, in one line, when it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise Trouble(f"Không mở được tệp «{path}» ({fault.strerror}); hãy kiểm tra đường dẫn.") from fault
    except UnicodeDecodeError as fault:
        raise Trouble(f"Tệp «{path}» không phải chữ UTF-8; trong Excel hãy lưu thành «CSV UTF-8».") from fault
    rows = _json_rows(text, path) if text.lstrip().startswith("[") else _csv_rows(text, path)
    entries = tuple(_entry(f"{path.name}, {place}", row) for place, row in rows)
    if not entries:
        raise Trouble(f"Tệp «{path}» chưa có ai; mỗi dòng một người: don_vi,vai_tro,ho_ten.")
    return entries


def _csv_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    first, _, _ = text.lstrip().partition("\n")
    separator = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text), delimiter=separator)
    known: Sequence[str | None] | None = None
    for line in lines:
        if not any(cell.strip() for cell in line):
            continue
        if known is None:
            known = [_heading(cell) for cell in line]
            if not {"unit", "role"} <= set(known):
                raise Trouble(f"Dòng đầu của «{path}» phải là tên cột: don_vi,vai_tro,ho_ten.")
            continue
        cells = zip(known, line, strict=False)
        yield f"dòng {lines.line_num}", {name: cell.strip() for name, cell in cells if name is not None}


def _heading(cell: str) -> str | None:
    said = bare(cell.replace("_", " "))
    return next((name for name, forms in HEADINGS.items() if said in forms), None)


def _json_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    try:
        found = json.loads(text)
    except ValueError as fault:
        raise Trouble(f"Tệp «{path}» không đúng dạng JSON ({fault}).") from fault
    for number, row in enumerate(found, 1):
        if not isinstance(row, dict):
            raise Trouble(f'Tệp «{path}»: mục {number} phải như {{"unit": …, "role": …, "name": …}}.')
        yield f"mục {number}", {name: str(row.get(name) or "").strip() for name in HEADINGS}


def _entry(place: str, row: Mapping[str, str]) -> Entry:
    role = _ROLES.get(bare(row.get("role", "").replace("_", " ")))
    if role is None:
        raise Trouble(f"{place}: vai trò «{row.get('role', '')}» phải là một trong: {', '.join(Role)}.")
    unit = row.get("unit", "")
    if not unit and role not in _AT_THE_DISTRICT:
        raise Trouble(f"{place}: thiếu đơn vị.")
    return Entry(place=place, unit=unit, role=role, name=row.get("name", ""))
