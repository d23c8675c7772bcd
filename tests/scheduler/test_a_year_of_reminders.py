"""A year of reports, promises and sleep in any order: nobody is nagged, nobody is forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, update

from domain.deadline import closes_on, fired, working_day_from
from domain.ladder import reminder_moments
from domain.office import Office
from domain.people import Role
from domain.period import Quarter
from scheduler.days_off import timetable_of
from scheduler.reminders import HEARTBEAT, tick
from storage.queries import heartbeats, promises
from storage.queries.admissions import Origin
from storage.schema import upgrade
from storage.session import open_engine, unit_of_work
from storage.tables import filings, outbox, said
from tests.harness.district import add_person, admit, file_quarter, lay_down

OFFICE = Office()
TIMES = timetable_of(OFFICE)
ASSIGNED = {"Trù Hựu": (2, 1, 1, 2), "Biên Sơn": (1, 2, 2, 0), "Kim Sơn": (0, 2, 1, 1)}
GRACE = 5
ENDS = datetime(2022, 12, 30, tzinfo=UTC)
HOLIDAYS = {(4, 11), (4, 30), (5, 2), (5, 3), (9, 1), (9, 2)}
"""Those of 2022 from March on that are no Sundays."""
units = st.sampled_from(sorted(ASSIGNED))


def is_fit_for_speaking(now: datetime) -> bool:
    """The rule once more, in other words than the domain's: by day, on no Sunday and no holiday, where the office is."""
    there = now.astimezone(timezone(timedelta(hours=7)))
    return 7 <= there.hour < 21 and there.isoweekday() != 7 and (there.month, there.day) not in HOLIDAYS


class Year(RuleBasedStateMachine):
    """What the books are told, beside what they have said."""

    begin = None

    @initialize()
    def lay_down(self) -> None:
        self.context = self.begin()
        self.session = self.context.__enter__()
        self.ids = lay_down(self.session, ASSIGNED, GRACE)
        self.names = {str(unit): name for name, unit in self.ids.items()}
        self.now = datetime(2022, 3, 10, tzinfo=UTC)
        self.admitted = {}
        self.filed = {}
        self.promised = {}
        self.roles = {}
        for name in self.ids:
            self.join((name, Role.SECRETARY))
        self.join(("Trù Hựu", Role.DEPUTY))
        self.join(("Biên Sơn", Role.DEPUTY), ("Kim Sơn", Role.OVERSEER))
        self.join(("Trù Hựu", Role.OVERSEER), ("Biên Sơn", Role.OVERSEER))
        self.district = add_person(self.session, "Huyện", [(next(iter(self.ids.values())), Role.DISTRICT)])
        heartbeats.mark_seen(self.session, HEARTBEAT, self.now)

    def join(self, *held: tuple[str, Role]) -> None:
        person = add_person(self.session, "Ai", [(self.ids[name], role) for name, role in held])
        self.roles |= {(str(person), name): role for name, role in held}

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.rollback()
            self.context.__exit__(None, None, None)

    # --- what people do -------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return TIMES.today(self.now)

    @property
    def quarter(self) -> Quarter:
        before = Quarter.of(self.today).previous
        return Quarter.of(self.today) if self.today > closes_on(before, GRACE) else before

    @rule(name=units)
    def admits(self, name: str) -> None:
        """Somebody is admitted, and a confirmed zero is true no more."""
        day = min(self.today, self.quarter.last_day)
        admit(self.session, self.ids[name], day, at=self.now)
        key = (name, self.quarter)
        self.admitted[key] = self.admitted.get(key, 0) + 1

    @rule(name=units, kind=st.sampled_from(["filed", "nil"]))
    def files(self, name: str, kind: str) -> None:
        file_quarter(self.session, self.ids[name], self.quarter, kind, self.now)
        self.filed[name, self.quarter] = kind

    @precondition(lambda self: self.filed)
    @rule(data=st.data())
    def opens_again(self, data: st.DataObject) -> None:
        name, quarter = data.draw(st.sampled_from(sorted(self.filed)))
        del self.filed[name, quarter]
        of_unit = (filings.c.unit_id == self.ids[name]) & (filings.c.quarter == quarter)
        self.session.execute(
            update(filings).where(of_unit, filings.c.until_at.is_(None)).values(until_at=self.now)
        )

    @rule(name=units, days=st.integers(1, 9))
    def promises_a_day(self, name: str, days: int) -> None:
        day = min(self.today + timedelta(days=days), closes_on(self.quarter, GRACE))
        before = promises.promise_of(self.session, self.ids[name], self.quarter)
        if before is not None:
            promises.end(self.session, before.id, self.now)
        origin = Origin(at=self.now, said_at=self.now)
        promises.make(self.session, self.ids[name], self.quarter, day, origin)
        self.promised[name, self.quarter] = day

    # --- what happens by itself -----------------------------------------------------------------

    @rule(hours=st.integers(1, 30), twice=st.booleans())
    def the_clock_goes_on(self, hours: int, twice: bool) -> None:
        self.goes_to(self.now + timedelta(hours=hours), twice=twice)

    @rule(days=st.integers(2, 12))
    def the_clock_sleeps(self, days: int) -> None:
        self.goes_to(self.now + timedelta(days=days))

    @rule()
    def the_clock_goes_to_the_next_deadline(self) -> None:
        quarter = Quarter.of(self.today)
        days = (quarter.last_day - timedelta(days=16) - self.today).days
        self.goes_to(self.now + timedelta(days=max(days, 1)))

    def goes_to(self, now: datetime, *, twice: bool = False) -> None:
        since = heartbeats.seen_until(self.session, HEARTBEAT)
        before = set(self.session.execute(select(said.c.key)).scalars())
        messages = self.session.execute(select(func.max(outbox.c.id))).scalar() or 0
        self.now = min(now, ENDS)
        put = tick(self.session, self.now, OFFICE, TIMES)
        assert not (twice and tick(self.session, self.now, OFFICE, TIMES))
        keys = set(self.session.execute(select(said.c.key)).scalars()) - before
        rows = self.session.execute(select(outbox.c.address_id).where(outbox.c.id > messages)).scalars().all()
        assert put == len(rows) == len(set(rows)), "one message a person"
        assert not rows or is_fit_for_speaking(self.now), "never in quiet hours"
        self.nobody_is_nagged({key for key in keys if not key.startswith("announced:")}, before)
        if TIMES.may_speak(self.now):
            self.nobody_is_forgotten(since, keys | before)

    def nobody_is_nagged(self, keys: set[str], before: set[str]) -> None:
        for kind, unit, code, step, person in (key.split(":") for key in keys):
            name, quarter = self.names[unit], Quarter.parse(code)
            admitted, target = self.figures(name, quarter)
            assert self.is_open(name, quarter)
            is_promised = step.startswith("promise")
            assert (kind == "reminder") == (admitted < target or is_promised)
            assert self.today >= self.promised.get((name, quarter), date.min)
            role = self.roles.get((person, name), Role.DISTRICT)
            if role not in (Role.SECRETARY, Role.DEPUTY):
                assert kind == "reminder"
                rung = "overseer" if role is Role.OVERSEER else "district"
                assert f"announced:{unit}:{code}:{rung}" in before, "each rung is announced before it fires"

    def nobody_is_forgotten(self, since: datetime, keys: set[str]) -> None:
        for quarter in (Quarter.of(self.today).previous, Quarter.of(self.today)):
            if quarter.year != 2022 or self.today > closes_on(quarter, GRACE):
                continue
            steps = fired(reminder_moments(quarter, GRACE, TIMES), since, self.now)
            for name, unit in self.ids.items() if steps else ():
                admitted, target = self.figures(name, quarter)
                day = working_day_from(self.promised.get((name, quarter), date(2022, 1, 4)), TIMES)
                ahead = TIMES.instant(day, TIMES.asks_at) > self.now
                if not self.is_open(name, quarter) or ahead or admitted >= target:
                    continue
                told = {key.split(":")[3] for key in keys if key.startswith(f"reminder:{unit}:{quarter}:")}
                assert told & {steps[-1].name, *(each for each in told if each.startswith("promise"))}

    def figures(self, name: str, quarter: Quarter) -> tuple[int, int]:
        return self.admitted.get((name, quarter), 0), ASSIGNED[name][quarter.number - 1]

    def is_open(self, name: str, quarter: Quarter) -> bool:
        """The rule once more, in other words than the domain's."""
        admitted, target = self.figures(name, quarter)
        filed = self.filed.get((name, quarter))
        return target > 0 and (filed is None or (filed == "nil" and admitted > 0))


@pytest.fixture
def year(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'year.db'}")
    upgrade(engine)
    yield type("YearOnBooks", (Year,), {"begin": staticmethod(unit_of_work(engine))})
    engine.dispose()


def test_whatever_happens_in_a_year_nobody_is_nagged_and_nobody_forgotten(year):
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    of = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(year, settings=of)
