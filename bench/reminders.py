"""A quarter of a million reminders, computed and put into the outbox in one tick: `python -m bench reminders`.

Ten thousand units with twenty-five secretaries each, all silent. What the process holds is looked at after each page of
people: it must not grow with their number.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, func, select

from bench import country, machine
from bench.databases import each_database
from bench.table import Row
from bot.collector import leave_alone_what_stays
from domain.office import Office
from scheduler.days_off import timetable_of
from scheduler.reminders import tick
from storage.session import open_engine, unit_of_work
from storage.tables import outbox

AT: Final = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
PER_UNIT: Final = 25
EVERY: Final = 0.25


def one_tick(url: str) -> tuple[int, float, list[float]]:
    """How many were put, the seconds that took, and the MiB held from time to time."""
    engine, office, held = open_engine(url), Office(), list[float]()
    timetable, over = timetable_of(office), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            held.append(machine.memory(os.getpid()) or 0.0)

    watching = threading.Thread(target=watch)
    watching.start()
    leave_alone_what_stays()  # as `chibo run` does
    begun = time.perf_counter()
    with unit_of_work(engine)() as session:
        if engine.dialect.name == "postgresql":
            session.exec_driver_sql("SET LOCAL statement_timeout = 0")
        put = tick(session, AT, office, timetable)
    spent = time.perf_counter() - begun
    over.set()
    watching.join()
    return put, spent, held


def _row(kind: str, engine: Engine) -> Row:
    country.lay_down(engine, admitted=False, per_unit=PER_UNIT)
    url = engine.url.render_as_string(hide_password=False)
    # In a process of its own, so that the memory is that of the tick alone.
    words = [sys.executable, "-m", "bench.reminders", url]
    told = subprocess.run(words, capture_output=True, text=True, check=True, env=machine.environment({}))
    put, spent, early, most = told.stdout.split()
    with engine.begin() as session:
        stored = session.execute(select(func.count()).select_from(outbox)).scalar_one()
    if stored != int(put):
        raise RuntimeError(f"{put} reminders said to be put, {stored} in the outbox")
    remark = (
        f"{int(put) / float(spent):,.0f} a second · {early} MiB after a fifth, {most} at most · aim: 60 s"
    )
    return Row(f"{int(put):,} reminders put, {kind}", f"{float(spent):.0f} s", remark)


def measure_all(rounds: int, root: Path) -> list[Row]:
    """Once on each kind of database, whatever the rounds: it takes its time."""
    with each_database(root) as engines:
        return [_row(kind, engine) for kind, engine in engines]


if __name__ == "__main__":
    number, seconds, samples = one_tick(sys.argv[1])
    print(number, seconds, round(samples[len(samples) // 5]), round(max(samples)))
