"""Specimens of what templates are rendered with: as the transcripts have them, and grown to the worst case."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

from domain.organisation import Unit
from messages import say as room
from messages.say import Say

TEMPLATES: Final = Path(room.__file__).parent / "templates"
LONG_NAME: Final = "Nguyễn Hoàng Thị Phương Thảo"
PEOPLE: Final = 20
"""As many as one report may name."""
UNITS: Final = 55
"""As many as the district has."""
_NAME: Final = re.compile(r"[A-ZĐÀ-Ỹ]\w*( [A-ZĐÀ-Ỹ]\w*){1,4}")


def all_templates() -> list[str]:
    """Every template that says something by itself; those outside the folders are only parts of others."""
    files = TEMPLATES.rglob("*/*.j2")
    return sorted(file.relative_to(TEMPLATES).with_suffix("").as_posix() for file in files)


def says_always_the_same(template: str) -> bool:
    """Whether a template needs no facts."""
    return "{" not in (TEMPLATES / f"{template}.j2").read_text(encoding="utf-8")


@contextmanager
def noted() -> Iterator[dict[str, list[Say]]]:
    """What is rendered while inside, by template."""
    found: dict[str, list[Say]] = {}
    open_template = room._template

    def opened(name: str) -> Any:
        def render(facts: Mapping[str, object], **to: object) -> str:
            found.setdefault(name, []).append(Say(name, facts))
            return open_template(name).render(facts, **to)

        return SimpleNamespace(render=render)

    with patch.object(room, "_template", opened):
        yield found


def grown(value: Any, most: int | None = None) -> Any:
    """The value with long names in place of short ones, and `most` in each list, or as many as there can be."""
    match value:
        case str() if _NAME.fullmatch(value):
            return max(value, LONG_NAME, key=len)
        case Enum() | str():
            return value
        case Mapping():
            return {key: grown(each, most) for key, each in value.items()}
        case tuple() | list() if value and all(map(_is_one_of_many, value)):
            so_many = max(most or (UNITS if _of_units(value[0]) else PEOPLE), len(value))
            longest = [grown(value[number % len(value)], most) for number in range(so_many)]
            return tuple(longest)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _grown_fields(value, most)
        case _:
            return value


def _is_one_of_many(value: Any) -> bool:
    """Whether it stands in a list as long as may be; what is in a record has its place."""
    named = isinstance(value, str) and _NAME.fullmatch(value) is not None
    return dataclasses.is_dataclass(value) or isinstance(value, date) or named


def _of_units(value: Any) -> bool:
    return isinstance(value, Unit) or isinstance(getattr(value, "unit", None), Unit)


def _grown_fields(value: Any, most: int | None) -> Any:
    fields = {
        each.name: grown(getattr(value, each.name), most) for each in dataclasses.fields(value) if each.init
    }
    try:
        return dataclasses.replace(value, **fields)
    except (TypeError, ValueError):  # its own rules do not let it grow
        return value
