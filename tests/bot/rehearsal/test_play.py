"""A rehearsal says what the real scheduler says, at the same moments, and leaves the books as they are."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.heartbeats import all_ticks
from bot.rehearsal.cast import Cast, from_books, prepare
from bot.rehearsal.play import Span, coming_period, play, unreached
from domain.errors import NoPlan
from domain.office import Office
from domain.period import Quarter
from scheduler.days_off import timetable_of
from storage.copy_of_books import copy_of
from storage.queries import heartbeats, promises
from storage.queries.admissions import Origin
from storage.tables import addresses, outbox
from tests.harness.contents import contents
from tests.harness.district import admit, file_quarter

OFFICE = Office()
TIMES = timetable_of(OFFICE)
STEP = timedelta(minutes=30)


def at(day: int, month: int, hour: int = 0) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=OFFICE.timezone)


@pytest.fixture
def peopled(stage):
    """Three units with people, one of them complete, one that has promised a day; an overseer and the district."""
    for unit in ("Biên Sơn", "Chũ", "Trù Hựu"):
        stage.person("secretary", unit, "telegram")
    stage.person("deputy", "Biên Sơn", "telegram")
    cluster = stage.person("overseer", "Biên Sơn", "telegram")
    stage.appoint(cluster, "overseer", "Chũ")
    stage.person("district", "", "telegram")
    complete, filed, promised = (stage.unit(short).id for short in ("Chũ", "Trù Hựu", "Biên Sơn"))
    with stage.begin() as session:
        admit(session, complete, date(2022, 3, 1), at=at(2, 3))
        file_quarter(session, filed, Quarter(2022, 1), "nil", at(20, 3))
        origin = Origin(at=at(25, 3), said_at=at(25, 3))
        promises.make(session, promised, Quarter(2022, 1), date(2022, 4, 1), origin)
    return stage


@contextmanager
def a_copy(stage, since, now=None):
    with copy_of(stage.engine) as copy, copy.connect() as session:
        prepare(session, since, now or since, OFFICE)
        yield session


def played(session, span):
    scenes = play(session, span, OFFICE, TIMES, all_ticks().values())
    return [
        (scene.at, one.person, one.told.kind, one.told.text, one.told.choices)
        for scene in scenes
        for one in scene.heard
    ]


def really_said(stage, span):
    """What the ticks of a real process put, beating every half hour."""
    put, seen, now = [], 0, span.since
    query = select(outbox, addresses.c.person_id).join(addresses, addresses.c.id == outbox.c.address_id)
    while now < span.until:
        stage.heartbeats(now)
        with stage.begin() as session:
            rows = session.execute(query.where(outbox.c.id > seen).order_by(outbox.c.id)).all()
        seen = max([seen, *(row.id for row in rows)])
        put += [
            (now, row.person_id, row.kind, row.text, tuple(label for _, label in row.choices)) for row in rows
        ]
        now += STEP
    return put


def test_it_says_what_the_real_scheduler_says_when_it_says_it(peopled):
    span = Span(since=at(29, 3, 7), until=at(7, 4, 20))
    with a_copy(peopled, span.since) as session:
        rehearsed = played(session, span)
    assert {kind for _, _, kind, _, _ in rehearsed} == {"reminder", "rollup"}
    assert rehearsed == really_said(peopled, span)


def test_the_books_stay_as_they_are(peopled):
    before = contents(peopled.engine)
    with a_copy(peopled, at(1, 1)) as session:
        assert played(session, Span(since=at(1, 1), until=at(1, 12)))
    assert contents(peopled.engine) == before


def test_what_was_said_already_is_not_said_again_but_where_the_past_is_played(peopled):
    span = Span(since=at(30, 3, 7), until=at(31, 3))
    peopled.heartbeats(at(30, 3, 8))
    with a_copy(peopled, at(30, 3, 9)) as session:
        assert not played(session, Span(since=at(30, 3, 9), until=at(31, 3)))
    with a_copy(peopled, span.since, at(30, 3, 9)) as session:
        assert len(played(session, span)) == 1  # Chũ alone: one has filed, one has promised a later day


def test_the_past_is_played_with_those_who_are_in_office_today(stage):
    stage.person("secretary", "Biên Sơn", "telegram")
    with stage.begin() as session:
        heartbeats.mark_seen(session, "reminders", at(1, 9))
    since = datetime(2021, 12, 1, tzinfo=OFFICE.timezone)
    with a_copy(stage, since, at(1, 9)) as session:
        said = played(session, Span(since=since, until=at(1, 8)))
    assert {moment.date() for moment, *_ in said} > {date(2022, 3, 16), date(2022, 6, 15)}


def test_where_nobody_has_joined_each_unit_gets_a_secretary_and_the_district_an_officer(stage):
    span = Span(since=at(1, 1), until=at(7, 4, 20))
    with a_copy(stage, span.since) as session:
        assert from_books(session, span.since.date(), span.since) is Cast.STAND_INS
        said = played(session, span)
        assert not unreached(session, span, OFFICE)
    assert len({person for _, person, kind, *_ in said if kind == "reminder"}) == 30
    assert [moment for moment, _, kind, *_ in said if kind == "rollup"][::4] == [at(31, 3, 17), at(6, 4, 17)]


def test_units_that_cannot_be_told_are_named(peopled):
    span = Span(since=at(1, 1), until=at(1, 4))
    with a_copy(peopled, span.since) as session:
        assert from_books(session, date(2022, 3, 1), span.since) is Cast.BOOKS
        lacking = {unit.short for unit in unreached(session, span, OFFICE)}
    assert len(lacking) > 40
    assert not lacking & {"Biên Sơn", "Chũ", "Trù Hựu"}


def test_the_closing_of_a_quarter_is_a_scene(stage):
    with a_copy(stage, at(5, 4)) as session:
        (scene,) = play(
            session, Span(since=at(5, 4, 12), until=at(6, 4, 12)), OFFICE, TIMES, all_ticks().values()
        )
    assert (scene.at, scene.closed, scene.heard) == (at(6, 4), (Quarter(2022, 1),), ())


def test_names_stand_as_they_do_abroad_also_for_the_offices_own_web_chat(stage):
    someone = stage.person("secretary", "Chũ", "web")
    with stage.begin() as session:
        admit(session, someone.unit.id, date(2022, 3, 1), at=at(2, 3), name="Lê Thị Nga")
    with a_copy(stage, at(24, 3)) as session:
        texts = "\n".join(text for *_, text, _ in played(session, Span(since=at(24, 3), until=at(25, 3))))
    assert "L.T.N." in texts
    assert "Nga" not in texts


@pytest.mark.parametrize(
    ("now", "until"), [(at(20, 3, 9), at(7, 4)), (at(3, 4, 9), at(7, 4)), (at(6, 4, 18), at(7, 7))]
)
def test_the_coming_period_ends_with_the_last_roll_up_of_the_quarter_being_reported(stage, now, until):
    with stage.begin() as session:
        assert coming_period(session, now, TIMES) == until


def test_a_year_without_a_plan_has_no_coming_period(stage):
    with stage.begin() as session, pytest.raises(NoPlan):
        coming_period(session, datetime(2024, 2, 1, tzinfo=OFFICE.timezone), TIMES)
