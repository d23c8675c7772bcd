"""The roll-up's text of a whole country, beside the plain aggregate query: `python -m bench rollup`.

The plain query counts the year's admissions that are in force, of the quarter, to date and in all, for each unit, from
an index that holds all it asks for: it knows no other moment, no targets, no groups, no names, no words. Both are run in
turns, so that what else the machine does falls on both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from bench import country
from bench.databases import each_database
from bench.table import Row
from bot.collector import leave_alone_what_stays
from domain.office import Office
from domain.period import Quarter
from messages.rollup_words import rollup_words
from messages.say import Hearer, render
from storage.queries.rollup import roll_up
from storage.session import Session

AT: Final = datetime.fromisoformat("2022-12-31T17:00:00+07:00")
QUARTER: Final = Quarter(2022, 4)
TIMES: Final = 7
PLAIN: Final = """
    SELECT unit_id, count(*) FILTER (WHERE ceremony_on BETWEEN '2022-10-01' AND '2022-12-31'),
           count(*) FILTER (WHERE ceremony_on <= '2022-12-31'), count(*)
    FROM admission_revisions
    WHERE until_at IS NULL AND withdrawn IS FALSE AND ceremony_on BETWEEN '2022-01-01' AND '2022-12-31'
    GROUP BY unit_id
"""
SQLITE: Final = PLAIN.replace("IS FALSE", "IS 0").replace(
    "FROM admission_revisions", "FROM admission_revisions INDEXED BY ix_admission_revisions_counted"
)
"""There the planner has to be told to take the index that holds everything."""


def text(session: Session) -> str:
    """The roll-up as the district reads it."""
    office = Office()
    return render(rollup_words(roll_up(session, QUARTER, AT, office), office.name), Hearer.on("web", office))


def plain(session: Session) -> None:
    session.exec_driver_sql(SQLITE if session.dialect.name == "sqlite" else PLAIN).all()


def _spent(engine: Engine, work: Callable[[Session], object]) -> float:
    """Milliseconds from asking to the answer, by the clock."""
    with engine.connect() as session:
        begun = time.perf_counter()
        work(session)
        return 1000 * (time.perf_counter() - begun)


def _rows(kind: str, engine: Engine, rounds: int) -> list[Row]:
    country.lay_down(engine)
    leave_alone_what_stays()  # as `chibo run` does
    _spent(engine, text), _spent(engine, plain)
    pairs = [(_spent(engine, text), _spent(engine, plain)) for _ in range(TIMES * rounds)]
    texts, plains = zip(*pairs, strict=True)
    middle, beside = statistics.median(texts), statistics.median(plains)
    ratio = statistics.median(a / b for a, b in pairs)
    spread = f"{min(texts):.0f} to {max(texts):.0f} ms · aim: 150 ms"
    return [
        Row(
            f"roll-up of {country.UNITS:,} units, {country.ADMISSIONS:,} admissions, {kind}",
            f"{middle:.0f} ms",
            spread,
        ),
        Row("… the plain aggregate query", f"{beside:.0f} ms", f"{min(plains):.0f} to {max(plains):.0f} ms"),
        Row("… ratio", f"{ratio:.1f} times", "aim: at most 3"),
    ]


def measure_all(rounds: int, root: Path) -> list[Row]:
    """On both kinds of database."""
    with each_database(root) as engines:
        return [row for kind, engine in engines for row in _rows(kind, engine, rounds)]
