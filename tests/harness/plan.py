"""The shipped plan of 2022 in the books of a test."""

from __future__ import annotations

from datetime import datetime

from domain.plan_table import accepted_rows
from messages.figures.plan_file import read_plan_file
from storage.data import shipped_plan, shipped_plan_path
from storage.queries.plans import import_plan
from storage.session import Session

SIGNED = datetime.fromisoformat("2022-02-11T08:00:00+07:00")


def import_plan_of_2022(session: Session) -> None:
    """Import the plan that the package ships, as `chibo init` does."""
    import_plan(
        session, shipped_plan(), accepted_rows(read_plan_file(shipped_plan_path().read_bytes())), at=SIGNED
    )
