"""Keeping the books in order: who left the lists of candidates long ago is forgotten."""

from __future__ import annotations

from datetime import datetime

from domain.candidate import candidate_code
from domain.candidate_limits import ERASE_AFTER, months_before
from domain.deed import Deed
from domain.office import Office
from storage.queries import audit
from storage.queries.candidates import erase_closed
from storage.session import Session


def tick(session: Session, now: datetime, office: Office) -> int:
    """Erase who those were that have been candidates no more for so many months; answers how many.

    The steps and the way out stay for the counts, under the code alone; each erasure is written into the log.
    """
    erased = erase_closed(session, months_before(office.day_of(now), ERASE_AFTER))
    for candidate, unit in erased:
        audit.note(session, Deed.ERASE_CANDIDATE.value, at=now, unit=unit, subject=candidate_code(candidate))
    return len(erased)
