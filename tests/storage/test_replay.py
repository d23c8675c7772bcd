"""The books as of any moment: what was seen then is seen again, whatever was told them since."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from domain.office import Office
from domain.organisation import UnitId
from domain.period import Quarter
from domain.plan import Plan, PlanRow, Quarters
from domain.progress import HeadsRate, RollUp
from domain.rollup_json import rollup_json
from scheduler import periods
from scheduler.days_off import timetable_of
from storage.queries import closings, heads
from storage.queries.admissions import Origin
from storage.queries.periods import closings_of, periods_of
from storage.queries.plans import import_plan, plan_of
from storage.queries.rollup import roll_up
from storage.queries.unit_entry import end_unit
from storage.session import Session
from storage.tables import closings as closings_table
from storage.tables import people, revisions
from tests.harness.books import example
from tests.harness.district import SIGNED, admit, file_quarter, lay_down, revise

OFFICE = Office()
TIMES = timetable_of(OFFICE)
Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)
ASSIGNED = {"Biên Sơn": (1, 2, 2, 0), "Trù Hựu": (2, 1, 1, 2), "Kim Sơn": (0, 2, 1, 1)}
REASON = "Công văn 15"


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=OFFICE.timezone)


def look(session: Session, quarter: Quarter, moment: datetime) -> RollUp:
    return roll_up(session, quarter, moment, OFFICE)


def beat(session: Session, moment: datetime) -> None:
    periods.tick(session, moment, OFFICE, TIMES)


def snapshots(session: Session) -> list[tuple[Quarter, datetime, object]]:
    query = select(closings_table).where(closings_table.c.kind == "closed").order_by(closings_table.c.id)
    rows = session.execute(query)
    return [(row.quarter, row.from_at, row.snapshot) for row in rows]


def as_json(found: RollUp) -> object:
    return json.loads(json.dumps(rollup_json(found, OFFICE.timezone)))


def amend_plan(session: Session, moment: datetime, change: Callable[[Plan], Plan]) -> None:
    """Import the plan again, changed, as a document of a later day does."""
    plan = plan_of(session, 2022)
    assert plan is not None
    changed = change(plan)
    rows = [
        PlanRow(
            line=n,
            block=target.unit.block,
            position=target.unit.position,
            name=target.unit.name,
            total=sum(target.quarters),
            quarters=target.quarters,
        )
        for n, target in enumerate(changed.targets, 1)
    ]
    import_plan(session, replace(changed, targets=()), rows, at=moment, reason=REASON)


def with_target(unit: UnitId, quarters: Quarters) -> Callable[[Plan], Plan]:
    return lambda plan: replace(
        plan,
        targets=tuple(replace(t, quarters=quarters) if t.unit.id == unit else t for t in plan.targets),
    )


def with_another_unit(name: str) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        unit = replace(plan.targets[0].unit, name=name, position=1 + len(plan.targets))
        return replace(plan, targets=(*plan.targets, replace(plan.targets[0], unit=unit)))

    return change


def in_another_order(plan: Plan) -> Plan:
    turned = reversed([target.unit for target in plan.targets])
    places = [(t.unit.block, t.unit.position) for t in plan.targets]
    by_id = {t.unit.id: t for t in plan.targets}
    return replace(
        plan,
        pledged=plan.pledged + 1,  # an annex in another order alone amends nothing
        targets=tuple(
            replace(by_id[unit.id], unit=replace(unit, block=block, position=position))
            for unit, (block, position) in zip(turned, places, strict=True)
        ),
    )


def test_the_day_after_the_days_of_grace_closes_a_quarter_with_its_roll_up(session):
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Biên Sơn"], date(2022, 3, 10))
    beat(session, at(4, 5, 23))
    assert snapshots(session) == []
    beat(session, at(4, 6, 0))
    ((quarter, moment, snapshot),) = snapshots(session)
    assert (quarter, moment) == (Q1, at(4, 6, 0))
    assert snapshot["totals"]["quarter"] == {"target": 3, "admitted": 1}
    assert [unit["filing"] for unit in snapshot["units"]] == ["draft", "silent", "not_due"]
    assert snapshot["closed_on"] == "2022-04-05"


def test_a_scheduler_that_slept_closes_with_what_stood_when_the_day_was_over(session):
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Biên Sơn"], date(2022, 3, 10))
    admit(session, ids["Trù Hựu"], date(2022, 3, 11), at=at(4, 7))
    for _ in range(2):
        beat(session, at(7, 20))
    first, second = snapshots(session)
    assert (first[0], first[1], second[0]) == (Q1, at(4, 6, 0), Q2)
    assert first[2]["totals"]["quarter"]["admitted"] == 1
    assert first[2] == as_json(look(session, Q1, at(4, 6, 0)))


def test_a_shortened_grace_closes_no_quarter_before_it_was_shortened(session):
    lay_down(session, ASSIGNED, grace_days=20)
    seen = look(session, Q1, at(4, 10))
    amend_plan(session, at(4, 15), lambda plan: replace(plan, grace_days=5))
    beat(session, at(4, 16))
    assert seen.closed_on is None
    assert look(session, Q1, at(4, 10)) == seen
    assert snapshots(session)[0][1] == at(4, 15)


def test_a_moment_at_which_a_quarter_was_closed_by_word_is_seen_so_after_it_was_reopened(session):
    lay_down(session, ASSIGNED)
    by = officer(session)
    closings.close(
        session, periods_of(session).of(Q1), at(4, 2), at(4, 2).date(), OFFICE, origin(at(4, 2), by)
    )
    seen = look(session, Q1, at(4, 2, 12))
    assert seen.closed_at == at(4, 2)
    closings.reopen(session, periods_of(session).of(Q1), date(2022, 4, 20), "bổ sung", origin(at(4, 3), by))
    assert look(session, Q1, at(4, 3)).closed_at is None
    assert look(session, Q1, at(4, 2, 12)) == seen


def test_words_on_a_quarter_are_read_in_the_order_of_their_moments(session):
    for kind, day in (("reopened", 4), ("closed", 2)):
        row = {"quarter": Q1, "kind": kind, "last_day": date(2022, 4, 9), "from_at": at(4, day)}
        session.execute(insert(closings_table).values(**row, until_at=at(4, day + 1)))
    assert [word.kind.value for word in closings_of(session, Q1, at(4, 9))] == ["closed", "reopened"]


def test_the_plan_and_the_tree_are_those_of_the_day(session):
    ids = lay_down(session, ASSIGNED)
    admit(session, ids["Kim Sơn"], date(2022, 3, 10), at=at(3, 11))
    seen = look(session, Q1, at(3, 31))
    amend_plan(session, at(4, 10), lambda plan: replace(plan, pledged=210, number="80-KH/HU"))
    amend_plan(session, at(4, 11), in_another_order)
    amend_plan(session, at(4, 12), with_another_unit("Chi bộ mới"))
    amend_plan(session, at(4, 13), with_target(ids["Trù Hựu"], (1, 1, 1, 1)))
    end_unit(session, ids["Kim Sơn"], date(2022, 3, 1), at(4, 14))
    end_unit(session, ids["Biên Sơn"], date(2022, 3, 1), at(4, 15))
    now = look(session, Q1, at(4, 16))
    assert (now.plan.pledged, len(now.units), now.target.quarter) == (211, 4, 2)
    assert [row.unit.name for row in now.units] == ["Kim Sơn", "Trù Hựu", "Biên Sơn", "Chi bộ mới"]
    assert look(session, Q1, at(3, 31)) == seen


def test_moved_out_of_a_closed_quarter_is_an_amendment_and_so_is_a_target(session):
    ids = lay_down(session, ASSIGNED)
    moved = admit(session, ids["Biên Sơn"], date(2022, 3, 30), at=at(3, 31))
    beat(session, at(4, 6))
    revise(session, moved, at(4, 8), ceremony_on=date(2022, 4, 2))
    amend_plan(session, at(4, 9), with_target(ids["Trù Hựu"], (1, 2, 1, 2)))
    found = look(session, Q1, at(4, 10))
    now = [(row.unit.name, row.admitted.quarter, row.target.quarter) for row in found.amended_after_close]
    before = [(row.unit.name, row.admitted.quarter, row.target.quarter) for row in found.before_amended]
    assert now == [("Biên Sơn", 0, 1), ("Trù Hựu", 0, 1)]
    assert before == [("Biên Sơn", 1, 1), ("Trù Hựu", 0, 2)]


def origin(moment: datetime, person: int) -> Origin:
    return Origin(at=moment, said_at=moment, person=person)


def officer(session: Session) -> int:
    made = insert(people).values(name="Trần Thị Bình", created_at=SIGNED).returning(people.c.id)
    return int(session.execute(made).scalar_one())


class Story:
    """A year of acts on the books, each at a later moment than the one before, and what was seen in between."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ids = lay_down(session, ASSIGNED)
        self.now = at(1, 3)
        self.by = officer(session)
        self.admissions: list[int] = []
        self.seen: list[tuple[Quarter, datetime, RollUp]] = []

    def unit(self, number: int) -> UnitId:
        return list(self.ids.values())[number % len(self.ids)]

    def look(self, number: int, day: int) -> None:
        quarter = Quarter(2022, 1 + number % 4)
        self.seen.append((quarter, self.now, look(self.session, quarter, self.now)))

    def admit(self, number: int, day: int) -> None:
        on = date(2022, 1, 1) + timedelta(days=day % 365)
        self.admissions.append(admit(self.session, self.unit(number), on, at=self.now, gender="nữ"))

    def revise(self, number: int, day: int) -> None:
        if self.admissions:
            on = date(2022, 1, 1) + timedelta(days=day % 365)
            admission = self.admissions[number % len(self.admissions)]
            revise(self.session, admission, self.now, ceremony_on=on, withdrawn=day % 5 == 0)

    def file(self, number: int, day: int) -> None:
        kind = "nil" if day % 2 else "filed"
        file_quarter(self.session, self.unit(number), Quarter(2022, 1 + day % 4), kind, self.now)

    def count_heads(self, number: int, day: int) -> None:
        before = heads.heads_of(self.session, self.unit(number))
        if before is not None:
            heads.end(self.session, before.id, self.now)
        told = HeadsRate(members=day % 9, total=9)
        heads.record(self.session, self.unit(number), told, origin(self.now, self.by))

    def amend(self, number: int, day: int) -> None:
        changes = (
            lambda plan: replace(plan, pledged=day, grace_days=day % 12),
            in_another_order,
            with_target(self.unit(number), (day % 3, 1, 1, 1)),
            with_another_unit(f"Chi bộ số {day}"),
        )
        amend_plan(self.session, self.now, changes[number % len(changes)])

    def end(self, number: int, day: int) -> None:
        end_unit(self.session, self.unit(number), date(2022, 1, 1) + timedelta(days=day % 365), self.now)

    def beat(self, number: int, day: int) -> None:
        beat(self.session, self.now)

    def close(self, number: int, day: int) -> None:
        today = OFFICE.day_of(self.now)
        period = periods_of(self.session).of(Quarter(2022, 1 + number % 4))
        if period is not None and not period.is_closed(today):
            closings.close(self.session, period, self.now, today, OFFICE, origin(self.now, self.by))

    def reopen(self, number: int, day: int) -> None:
        self.beat(number, day)
        period = periods_of(self.session).of(Quarter(2022, 1 + number % 4))
        if period is not None and period.is_closed(OFFICE.day_of(self.now)):
            last = OFFICE.day_of(self.now) + timedelta(days=day % 9)
            reason = None if day % 4 == 0 else "bổ sung"
            closings.reopen(self.session, period, last, reason, origin(self.now, self.by))


acts = st.sampled_from(
    [
        *(Story.look, Story.look, Story.admit, Story.admit, Story.revise, Story.beat, Story.close),
        *(Story.reopen, Story.file, Story.count_heads, Story.amend, Story.end),
    ]
)
steps = st.lists(
    st.tuples(st.integers(1, 24 * 25), acts, st.integers(0, 7), st.integers(0, 400)), min_size=4, max_size=30
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_what_was_seen_live_is_seen_again_and_a_closing_kept_what_stood(session, steps):
    with example(session):
        story = Story(session)
        for hours, act, number, day in steps:
            story.now += timedelta(hours=hours)
            act(story, number, day)
        for quarter, moment, seen in story.seen:
            assert look(session, quarter, moment) == seen
        for quarter, moment, snapshot in snapshots(session):
            assert as_json(look(session, quarter, moment)) == snapshot


def test_the_same_as_of_the_last_day_before_and_after_an_amendment_is_the_same_to_the_byte(session):
    ids = lay_down(session, ASSIGNED)
    admission = admit(session, ids["Trù Hựu"], date(2022, 3, 10), at=at(3, 11))
    before = json.dumps(as_json(look(session, Q1, at(3, 31, 17))), ensure_ascii=False)
    beat(session, at(4, 6))
    revise(session, admission, at(4, 8), withdrawn=True, late_because="báo trùng")
    assert (
        session.execute(select(revisions.c.late_because).order_by(revisions.c.id.desc())).scalar()
        == "báo trùng"
    )
    assert json.dumps(as_json(look(session, Q1, at(3, 31, 17))), ensure_ascii=False) == before
