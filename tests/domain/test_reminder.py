"""Reminders: who is told what of which units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadline import Recipient, Timetable, fired, promised
from domain.ladder import Rung, echoes, reminder_moments
from domain.matters import Promise, PromiseId
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.progress import Filed, FilingKind, Tally, UnitProgress
from domain.reminder import Announcement, Ground, Reminder, announcements, due
from scheduler.reminder_file import shipped_rules

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
GRACE = 5
TABLE = Timetable(zone=ZONE, is_holiday=lambda _: False, steps=shipped_rules().steps)
Q1 = Quarter(2022, 1)


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def row(number: int, target: int, admitted: int = 0, filed: FilingKind | None = None) -> UnitProgress:
    unit = Unit(
        id=UnitId(number), kind=UnitKind.GRASSROOTS, name=str(number), short=str(number), code=str(number)
    )
    return UnitProgress(
        unit=unit,
        quarter=Q1,
        target=Tally(quarter=target),
        admitted=Tally(quarter=admitted),
        filed=None if filed is None else Filed(kind=filed, at=local(2022, 3, 20)),
    )


def standings(*rows: UnitProgress) -> dict[UnitId, UnitProgress]:
    return {each.unit.id: each for each in rows}


def recipient(person: int, unit: int, role: Role = Role.SECRETARY) -> Recipient:
    return Recipient(person=PersonId(person), unit=UnitId(unit), role=role)


MOMENTS = reminder_moments(Q1, GRACE, TABLE)
SEVENTH = MOMENTS[1:2]
THIRD = MOMENTS[2:3]
EVERY = sorted((*MOMENTS, *echoes(MOMENTS, TABLE)), key=lambda moment: moment.at)


def keys(reminders: Iterator[Reminder]) -> list[tuple[str, ...]]:
    return [reminder.keys for reminder in reminders]


@pytest.mark.parametrize(
    ("unit", "is_told"),
    [
        (row(1, 2), True),
        (row(1, 2, 1), True),
        (row(1, 2, 2), False),  # it is asked to file, by a later step
        (row(1, 2, 3), False),
        (row(1, 2, 0, FilingKind.NIL), False),
        (row(1, 2, 1, FilingKind.NIL), True),
        (row(1, 2, 1, FilingKind.FILED), False),
        (row(1, 0), False),
        (row(1, 0, 1), False),
    ],
)
def test_only_units_that_owe_a_report_are_reminded(unit: UnitProgress, is_told: bool) -> None:
    expected = [("reminder:1:2022-Q1:7:9",)] if is_told else []
    assert keys(due(SEVENTH, standings(unit), [recipient(9, 1)])) == expected


@pytest.mark.parametrize(
    ("role", "is_told"),
    [
        (Role.SECRETARY, True),
        (Role.DEPUTY, True),
        (Role.CELL_SECRETARY, True),
        (Role.OVERSEER, False),
        (Role.DISTRICT, False),
        (Role.ADMIN, False),
    ],
)
def test_those_who_report_for_the_unit_are_reminded(role: Role, is_told: bool) -> None:
    assert bool(list(due(SEVENTH, standings(row(1, 2)), [recipient(9, 1, role)]))) is is_told


def test_a_person_with_several_units_gets_one_message() -> None:
    told = due(SEVENTH, standings(row(1, 2), row(2, 1), row(3, 0)), [recipient(9, n) for n in (1, 2, 3)])
    assert keys(told) == [("reminder:1:2022-Q1:7:9", "reminder:2:2022-Q1:7:9")]


def test_a_person_with_two_roles_in_a_unit_is_told_of_it_once() -> None:
    held = [recipient(9, 1), recipient(9, 1, Role.DEPUTY)]
    assert keys(due(SEVENTH, standings(row(1, 2)), held)) == [("reminder:1:2022-Q1:7:9",)]


def test_after_a_gap_only_the_latest_step_is_said() -> None:
    told = list(due(MOMENTS[1:4], standings(row(1, 2)), [recipient(9, 1)]))
    assert keys(iter(told)) == [("reminder:1:2022-Q1:1:9",)]
    assert told[0].until == MOMENTS[4].at


def test_nothing_is_said_when_no_step_has_fired() -> None:
    assert not list(due((), standings(row(1, 2)), [recipient(9, 1)]))


rows = st.builds(
    row,
    st.integers(1, 12),
    st.integers(0, 3),
    st.integers(0, 4),
    st.sampled_from([None, FilingKind.NIL, FilingKind.FILED]),
)
appointments = st.lists(
    st.builds(recipient, st.integers(1, 8), st.integers(1, 12), st.sampled_from(sorted(Role))), max_size=30
).map(lambda held: sorted(held, key=lambda each: each.person))
ticks = st.lists(st.integers(0, 26 * 24 * 60), min_size=1, max_size=40).map(sorted)


def run(times: list[int], units: dict[UnitId, UnitProgress], held: list[Recipient]) -> list[str]:
    """What is said when the heartbeat ticks at these minutes after 10 March, and once more at the very end."""
    since, said = local(2022, 3, 10, 0), []
    for now in [*(since + timedelta(minutes=m) for m in times), local(2022, 4, 5, 20)]:
        if TABLE.may_speak(now):
            moments = fired(EVERY, since, now)
            said += [key for each in due(moments, units, held) for key in each.keys if key not in said]
            since = now
    return said


@given(ticks, st.lists(rows, max_size=12), appointments)
def test_whenever_the_clock_ticks_nobody_is_forgotten(
    times: list[int], units: list[UnitProgress], held: list[Recipient]
) -> None:
    table = standings(*units)
    said = run(times, table, held)
    # the last tick says at least the last step to everybody concerned, however long the clock slept
    spoken = {(int(key.split(":")[1]), int(key.split(":")[4])) for key in said}
    assert spoken == {pair for each in held for pair in concerned(each, held, table)}


def concerned(
    one: Recipient, held: list[Recipient], table: dict[UnitId, UnitProgress]
) -> set[tuple[int, int]]:
    """Who must hear of what, in other words than the domain's: nobody was told before that somebody will be."""
    if one.role in (Role.SECRETARY, Role.CELL_SECRETARY, Role.DEPUTY):
        return {(one.unit, one.person)} if one.unit in table and is_open(table[one.unit]) else set()
    own = {each.unit for each in held if each.person == one.person and each.role in REPORTS}
    units = {UnitId(n) for n in table} if one.role is Role.DISTRICT else {one.unit} & table.keys()
    silent = {unit for unit in units if is_open(table[unit]) and is_below(table[unit])}
    return {(unit, one.person) for unit in silent - own if one.role is not Role.ADMIN}


REPORTS = (Role.SECRETARY, Role.CELL_SECRETARY, Role.DEPUTY)


def is_below(unit: UnitProgress) -> bool:
    return unit.admitted.quarter < unit.target.quarter


def is_open(unit: UnitProgress) -> bool:
    """Whether anything is still to come of a unit with a target."""
    if unit.target.quarter == 0:
        return False
    if unit.filed is None:
        return True
    return unit.filed.kind is FilingKind.NIL and unit.admitted.quarter > 0


@given(st.lists(rows, max_size=12), appointments)
def test_units_that_are_not_due_filed_or_reached_are_never_reminded(
    units: list[UnitProgress], held: list[Recipient]
) -> None:
    table = standings(*units)
    for reminder in due(SEVENTH, table, held):
        for unit in (owed.progress for owed in reminder.units):
            assert unit.target.quarter > unit.admitted.quarter
            assert unit.filed is None or (unit.filed.kind is FilingKind.NIL and unit.admitted.quarter > 0)


@given(st.lists(rows, max_size=12), appointments)
def test_every_person_gets_at_most_one_message(units: list[UnitProgress], held: list[Recipient]) -> None:
    people = [reminder.person for reminder in due(SEVENTH, standings(*units), held)]
    assert len(people) == len(set(people))


def test_units_that_somebody_else_has_spoken_of_are_left_out() -> None:
    (told,) = due(SEVENTH, standings(row(1, 2), row(2, 1)), [recipient(9, 1), recipient(9, 2)])
    left = told.only({"reminder:2:2022-Q1:7:9"})
    assert left is not None
    assert left.keys == ("reminder:2:2022-Q1:7:9",)
    assert told.only(set()) is None
    assert told.only(told.keys) == told


# -- what a draft is asked that has reached its target ------------------------------------------------


@pytest.mark.parametrize("admitted", [2, 3])
def test_a_unit_that_is_complete_is_asked_to_file_once_from_the_third_day_on(admitted: int) -> None:
    table = standings(row(1, 2, admitted))
    assert keys(due(SEVENTH, table, [recipient(9, 1)])) == []
    steps = [moment for moment in MOMENTS if moment.name in ("3", "1", "0", "after_2")]
    told = {key for step in steps for each in due([step], table, [recipient(9, 1)]) for key in each.keys}
    assert told == {"filing:1:2022-Q1:0:9"}


def test_a_quarter_that_was_opened_again_is_asked_for_anew() -> None:
    ground = Ground(spells={UnitId(1): 1})
    assert keys(due(THIRD, standings(row(1, 2, 2)), [recipient(9, 1)], ground)) == [("filing:1:2022-Q1:1:9",)]


@pytest.mark.parametrize("role", [Role.OVERSEER, Role.DISTRICT])
def test_nobody_above_hears_of_a_unit_that_is_complete(role: Role) -> None:
    assert keys(due(MOMENTS[-1:], standings(row(1, 2, 2)), [recipient(9, 1, role)])) == []


def test_a_unit_without_a_target_is_left_alone_also_when_it_has_reported() -> None:
    assert keys(due(MOMENTS[-1:], standings(row(1, 0, 3)), [recipient(9, 1)])) == []


# -- the ladder --------------------------------------------------------------------------------------

ALL_REACHED = frozenset((UnitId(1), rung) for rung in (Rung.SECRETARY, Rung.DEPUTY, Rung.OVERSEER))
GROUND = Ground(reached=ALL_REACHED, district=True)


def announced(*rungs: Rung) -> Ground:
    return replace(GROUND, announced=frozenset((UnitId(1), rung) for rung in rungs))


LADDER = [
    # the step, and who hears of a silent unit on it when everything was announced in time
    ("15", {"secretary"}),
    ("7", {"secretary"}),
    ("3", {"secretary", "deputy"}),
    ("1", {"secretary", "deputy"}),
    ("0", {"secretary", "deputy", "overseer"}),
    ("after_2", {"secretary", "deputy", "overseer"}),
    ("after_4", {"secretary", "deputy", "overseer", "district"}),
]
HELD = [recipient(n, 1, role) for n, role in enumerate((Role.SECRETARY, Role.DEPUTY, Role.OVERSEER), 1)]
HELD += [recipient(4, 99, Role.DISTRICT), recipient(5, 99, Role.ADMIN)]


@pytest.mark.parametrize(("name", "who"), LADDER)
@pytest.mark.parametrize("unit", [row(1, 2), row(1, 2, 1)], ids=["silent", "short"])
def test_each_rung_hears_of_a_unit_on_its_step(name: str, who: set[str], unit: UnitProgress) -> None:
    step = [moment for moment in MOMENTS if moment.name == name]
    ground = announced(Rung.DEPUTY, Rung.OVERSEER, Rung.DISTRICT)
    told = due(step, standings(unit), HELD, ground)
    assert {owed.role.value for each in told for owed in each.units} == who


def test_a_rung_that_was_not_announced_does_not_hear_of_it_yet() -> None:
    told = due(MOMENTS[-1:], standings(row(1, 2)), HELD, announced(Rung.DEPUTY))
    assert [each.person for each in told] == [1, 2]


def test_where_nobody_can_be_told_those_above_are() -> None:
    nobody = Ground(reached=frozenset({(UnitId(1), Rung.OVERSEER)}), district=True)
    told = due(MOMENTS[4:5], standings(row(1, 2)), HELD[2:], nobody)
    assert [each.person for each in told] == [3]


def test_a_deputy_stands_in_for_a_secretary_who_cannot_be_reached() -> None:
    (told,) = due(SEVENTH, standings(row(1, 2)), [recipient(2, 1, Role.DEPUTY)], Ground())
    assert told.units[0].stands_in
    assert keys(due(SEVENTH, standings(row(1, 2)), [recipient(2, 1, Role.DEPUTY)], GROUND)) == []


def test_who_leads_one_unit_and_oversees_others_gets_one_message_and_hears_of_the_own_as_its_head() -> None:
    held = [recipient(7, 1), recipient(7, 1, Role.OVERSEER), recipient(7, 2, Role.OVERSEER)]
    (told,) = due(MOMENTS[4:5], standings(row(1, 2), row(2, 1)), held)
    assert [(owed.progress.unit.id, owed.role.value) for owed in told.units] == [
        (1, "secretary"),
        (2, "overseer"),
    ]


def test_a_promise_goes_before_the_step_of_the_same_moment() -> None:
    made = Promise(id=PromiseId(3), unit=UnitId(1), day=date(2022, 3, 28), by=PersonId(9))
    kept = {UnitId(1): promised(made, Q1, date(2022, 4, 5), TABLE)}
    (told,) = due(THIRD, standings(row(1, 2)), [recipient(9, 1)], Ground(kept=kept))
    assert told.keys == ("reminder:1:2022-Q1:promise-3:9",)


def test_on_the_promised_day_itself_nobody_above_hears_of_the_unit() -> None:
    made = Promise(id=PromiseId(3), unit=UnitId(1), day=date(2022, 3, 31), by=PersonId(9))
    ground = replace(announced(Rung.OVERSEER), kept={UnitId(1): promised(made, Q1, date(2022, 4, 5), TABLE)})
    told = due(MOMENTS[4:5], standings(row(1, 2)), HELD, ground)
    assert [each.person for each in told] == [1, 2]


def next_told(step: str, ground: Ground, unit: UnitProgress | None = None) -> list[tuple[str, str]]:
    moment = next(each for each in MOMENTS if each.name == step)
    (told,) = due([moment], standings(unit or row(1, 2)), [recipient(1, 1)], ground)
    found = announcements(told, MOMENTS, ground, TABLE, moment.at)
    return [(each.rung.value, f"{each.day:%d/%m}") for each in found]


def test_each_rung_is_announced_in_the_last_message_before_its_step() -> None:
    assert next_told("15", GROUND) == []
    assert next_told("7", GROUND) == [("deputy", "28/03")]
    assert next_told("3", announced(Rung.DEPUTY)) == []
    assert next_told("1", announced(Rung.DEPUTY)) == [("overseer", "31/03")]
    assert next_told("0", announced(Rung.DEPUTY, Rung.OVERSEER)) == []
    assert next_told("after_2", announced(Rung.DEPUTY, Rung.OVERSEER)) == [("district", "04/04")]
    assert next_told("after_4", announced(Rung.DEPUTY, Rung.OVERSEER, Rung.DISTRICT)) == []


def test_a_rung_that_nobody_stands_on_is_passed_over() -> None:
    no_deputy = Ground(reached=ALL_REACHED - {(UnitId(1), Rung.DEPUTY)}, district=True)
    assert next_told("7", no_deputy) == []
    assert next_told("1", no_deputy) == [("overseer", "31/03")]
    nobody = Ground(reached=frozenset({(UnitId(1), Rung.SECRETARY)}))
    assert next_told("after_2", nobody) == []


def test_what_was_missed_is_announced_a_working_day_ahead() -> None:
    assert next_told("3", GROUND) == [("deputy", "29/03")]
    assert next_told("after_2", announced(Rung.DEPUTY)) == [("overseer", "04/04")]  # over a Sunday


def test_on_the_last_day_for_reports_nothing_more_is_announced() -> None:
    moment = MOMENTS[-1]
    (told,) = due([moment], standings(row(1, 2)), [recipient(1, 1)], GROUND)
    assert announcements(told, MOMENTS, GROUND, TABLE, local(2022, 4, 5)) == ()


def test_of_a_unit_that_is_complete_nothing_is_announced() -> None:
    assert next_told("after_2", announced(Rung.DEPUTY, Rung.OVERSEER), row(1, 2, 2)) == []


def test_a_deputy_is_told_who_hears_of_it_next() -> None:
    (told,) = due(MOMENTS[3:4], standings(row(1, 2)), [HELD[1]], announced(Rung.DEPUTY))
    found = announcements(told, MOMENTS, announced(Rung.DEPUTY), TABLE, MOMENTS[3].at)
    assert found == (Announcement(unit=UnitId(1), rung=Rung.OVERSEER, day=date(2022, 3, 31)),)
