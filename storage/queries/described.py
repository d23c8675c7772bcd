"""What an entry of the log was about, for saying what would be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from domain.office import CountBy
from domain.period import Quarter
from storage.queries.audit import Entry
from storage.queries.revisions import figures_of, report_of
from storage.session import Session
from storage.tables import candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An entry with the person it is about and the day, as the books have them now; empty where it has none."""

    entry: Entry
    name: str = ""
    on: date | None = None

    @property
    def words(self) -> str:
        """The template that says what was done."""
        return f"deeds/{self.entry.deed.value.replace(' ', '_')}.j2"

    @property
    def is_nil(self) -> bool:
        """Whether a filing said that there was nobody."""
        return self.entry.details.get("nil") is True

    @property
    def quarter(self) -> Quarter:
        """The quarter that the entry is about, where its subject is one."""
        return Quarter.parse(self.entry.subject)


def quarters_of(session: Session, entry: Entry, count_by: CountBy) -> frozenset[Quarter]:
    """The quarters in which the admission counts that an entry is about, and did before; none where it is about none."""
    if "admission" not in entry.details:
        return frozenset()
    figures = [report_of(session, entry.row("admission")).figures]
    if "was" in entry.details:
        figures.append(figures_of(session, entry.row("was")))
    return frozenset(Quarter.of(each.counted_on(count_by)) for each in figures)


_NAME = select(candidates.c.name).where(candidates.c.id == bindparam("candidate"))


def described(session: Session, entry: Entry) -> Described:
    """What an entry is about: by its admission, else by its candidate."""
    if "admission" in entry.details:
        report = report_of(session, entry.row("admission"))
        on = report.figures.ceremony_on or report.figures.decision_on
        return Described(entry=entry, name=report.name, on=on)
    if "candidate" in entry.details:
        name = session.execute(_NAME, {"candidate": entry.row("candidate")}).scalar()
        return Described(entry=entry, name=name or "")
    return Described(entry=entry)
