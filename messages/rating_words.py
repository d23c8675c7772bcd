"""The words of the units' rating: a line a unit."""

from __future__ import annotations

from domain.rating import Rating, UnitRating
from messages.status_words import named


def rating_lines(found: Rating) -> list[str]:
    """Every unit with its year: «108 Hồng Giang 9/10 · đúng hạn 3/4 · sửa 1»."""
    return [_line(row) for row in found.rows]


def _line(row: UnitRating) -> str:
    reported = f" · đúng hạn {row.on_time}/{row.due}" if row.due else ""
    corrected = f" · sửa {row.corrected}" if row.corrected else ""
    return f"{named(row.unit)} {row.admitted}/{row.assigned}{reported}{corrected}"
