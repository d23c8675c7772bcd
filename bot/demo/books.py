"""The demo's books: a fresh stage, or the one that was left in a directory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.demo.cast import Character, cast_of
from bot.demo.stage import set_stage
from bot.new_books import create
from domain.office import Office
from domain.organisation import UnitKind
from storage.queries.audit import last_at
from storage.queries.unit_entry import district_unit
from storage.queries.units import all_units
from storage.session import Session, open_engine, unit_of_work

FILE = "chibo.db"


def books_in(folder: Path) -> str:
    """The URL of the demo's books in a folder."""
    return f"sqlite:///{folder / FILE}"


def open_demo(folder: Path, start: datetime, office: Office) -> tuple[tuple[Character, ...], datetime]:
    """Make the books ready: the demo's people, and the moment at which its clock starts.

    A new stage holds what had happened by `start`; one that was left goes on no earlier than when it was left.
    """
    is_new = not (folder / FILE).exists()
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(books_in(folder))
    try:
        create(engine, min(start, _plan_was_signed(office)), with_plan=True)
        with unit_of_work(engine)() as session:
            cast = _cast(session)
            if is_new:
                set_stage(session, cast, office, start)
            return cast, max(start, last_at(session) or start)
    finally:
        engine.dispose()


def _plan_was_signed(office: Office) -> datetime:
    return datetime(2022, 2, 11, 8, tzinfo=office.timezone).astimezone(UTC)


def _cast(session: Session) -> tuple[Character, ...]:
    units = all_units(session, _plan_was_signed(Office()).date())
    grassroots = [unit for unit in units if unit.kind is UnitKind.GRASSROOTS]
    return cast_of(grassroots, district_unit(session))
