"""Links at which files are fetched: the books hold a digest of each, and who it was given to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update

from domain.enclosure import Enclosure
from domain.file_link import FileLink, digest
from domain.people import PersonId
from storage.enclosures import as_stored, read_stored
from storage.queries import audit
from storage.session import Session
from storage.tables import file_links

_KEPT: Final = timedelta(days=30)
"""How long a link that can be used no more is told from one that never was."""


def put_link(
    session: Session, token: str, person: PersonId, encloses: Enclosure, *, at: datetime, until: datetime
) -> None:
    """Put a link for somebody on the books."""
    row = {
        "digest": digest(token),
        "person_id": person,
        "encloses": as_stored(encloses),
        "created_at": at,
        "expires_at": until,
    }
    session.execute(insert(file_links), row)


def link_of(session: Session, token: str) -> FileLink | None:
    """The link of a token; None when there never was one, or long ago."""
    row = session.execute(select(file_links).where(file_links.c.digest == digest(token))).first()
    if row is None:
        return None
    return FileLink(
        id=row.id,
        person=PersonId(row.person_id),
        encloses=read_stored(row.encloses),
        expires_at=row.expires_at,
        opened_at=row.opened_at,
    )


def mark_opened(session: Session, link: FileLink, at: datetime) -> None:
    """Note that a link was used now, and who saw what."""
    first = update(file_links).where(file_links.c.id == link.id, file_links.c.opened_at.is_(None))
    session.execute(first.values(opened_at=at))
    audit.note(session, "open file", at=at, person=link.person, subject=link.encloses.subject)


def forget_old_links(session: Session, now: datetime) -> None:
    """Forget the links that can be used no more since long."""
    session.execute(delete(file_links).where(file_links.c.expires_at < now - _KEPT))
