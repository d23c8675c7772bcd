"""From a plan's file to the books: which plan it is, and what of it goes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.plan import Plan, PlanRow
from domain.plan_table import PlanTable, accepted_rows
from messages.figures.plan_file import read_plan_file
from messages.figures.plan_titles import stated_terms
from storage.data import shipped_plan, shipped_plan_path
from storage.queries.plans import PlanImport, import_plan, plan_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTerms:
    """What was said of the plan beside its file; None where nothing was."""

    year: int | None = None
    number: str | None = None
    signed_on: date | None = None
    pledged: int | None = None


def import_shipped_plan(session: Session, at: datetime) -> PlanImport:
    """Put the plan of 2022 that ships with the product on the books; harmless when it is there."""
    return import_plan(session, shipped_plan(), shipped_rows(), at=at)


def shipped_rows() -> tuple[PlanRow, ...]:
    """The rows of the shipped plan, checked like those of any file."""
    return accepted_rows(read_plan_file(shipped_plan_path().read_bytes()))


def _is_shipped(table: PlanTable) -> bool:
    return [(row.name, row.quarters) for row in accepted_rows(table)] == [
        (row.name, row.quarters) for row in shipped_rows()
    ]


def year_of(given: GivenTerms, table: PlanTable, file_name: str, today: date) -> int:
    """The plan's year: as given, in a title or in the file's name; that of the shipped plan for its figures; or this one."""
    in_name = re.search(r"(?<!\d)20\d\d(?!\d)", file_name)
    named = None if in_name is None else int(in_name[0])
    shipped = shipped_plan().year if _is_shipped(table) else None
    return given.year or stated_terms(table.titles).year or named or shipped or today.year


def plan_for(given: GivenTerms, table: PlanTable, year: int, session: Session | None) -> Plan | None:
    """The plan without its targets: as given, else as in the titles, as on the books, or as shipped.

    None when nobody says which number it has and when it was signed. A plan that pledges nothing of its
    own pledges what it assigns.
    """
    stated = stated_terms(table.titles)
    known = _known(year, session)
    number = given.number or stated.number or (known.number if known else None)
    signed_on = given.signed_on or stated.signed_on or (known.signed_on if known else None)
    if number is None or signed_on is None:
        return None
    assigned = sum(row.total for row in accepted_rows(table))
    pledged = given.pledged if given.pledged is not None else known.pledged if known else assigned
    base = known or Plan(year=year, number=number, signed_on=signed_on, pledged=pledged)
    return replace(base, number=number, signed_on=signed_on, pledged=pledged, targets=())


def _known(year: int, session: Session | None) -> Plan | None:
    on_books = None if session is None else plan_of(session, year)
    shipped = shipped_plan()
    return on_books or (shipped if year == shipped.year else None)
