"""Reminders on both databases: what is put, for whom, in which words, and never twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.dialogue.state import State
from domain.candidate import Step
from domain.office import NamesShown, Office
from domain.people import Role
from domain.period import Quarter
from messages.channel import Choice
from scheduler.days_off import timetable_of
from scheduler.reminder_letters import afresh
from scheduler.reminders import tick
from storage.queries import closings, delivery, promises, senders
from storage.queries.admissions import Origin
from storage.queries.candidates import list_candidate, take_step
from storage.queries.outbox import Draft
from storage.queries.outbox import put as put_one
from storage.queries.periods import periods_of
from storage.queries.recipients import PAGE, where_reached
from storage.tables import addresses, outbox, said
from storage.tables import heartbeats as heartbeat_table
from tests.harness.district import add_people, add_person, admit, file_quarter, lay_down
from tests.harness.patience import WITHIN

OFFICE = Office()
TIMES = timetable_of(OFFICE)
Q1 = Quarter(2022, 1)
ASSIGNED = {"Trù Hựu": (2, 1, 1, 2), "Biên Sơn": (1, 2, 2, 0), "Kim Sơn": (0, 2, 1, 1)}
LISTED = datetime(2022, 3, 1, tzinfo=UTC)
ORIGIN = Origin(at=LISTED, said_at=LISTED)


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2022, month, day, hour, minute, tzinfo=OFFICE.timezone)


@pytest.fixture
def ids(begin):
    with begin() as session:
        return lay_down(session, ASSIGNED)


@pytest.fixture
def beat(begin):
    """Lets the heartbeat tick at a moment; answers how many reminders it put."""

    def one(now: datetime, office: Office = OFFICE) -> int:
        with begin() as session:
            return tick(session, now, office, TIMES)

    return one


def joined(begin, *held, addresses_held=("web",)):
    with begin() as session:
        return add_person(session, "Nguyễn Văn An", held, addresses_held)


def put(begin):
    with begin() as session:
        return session.execute(select(outbox).order_by(outbox.c.id)).all()


def test_the_reminder_says_what_was_reported_and_what_can_still_make_it(begin, ids, beat):
    joined(begin, (ids["Trù Hựu"], Role.SECRETARY), addresses_held=("telegram",))
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), name="Vi Văn Toàn")
        someone = list_candidate(session, ids["Trù Hựu"], "Lê Thị Nga", "le thi nga", LISTED)
        take_step(session, someone, Step.DECIDED, date(2022, 3, 16), ORIGIN)
    beat(at(3, 24, 7, 55))
    assert beat(at(3, 24)) == 1
    (message,) = put(begin)
    assert message.text.splitlines() == [
        "Còn 7 ngày đến hạn báo cáo quý I/2022 (31/3).",
        "Trù Hựu đã báo 1/2: V.V.T. (10/3).",
        "Có thể kịp: L.T.N. đã có quyết định, chưa tổ chức lễ.",
        "Nếu đã báo đủ, đồng chí chốt báo cáo giúp.",
    ]
    assert message.choices == [
        ["chốt báo cáo quý TH1-2022-1-1-99706", "Đúng, chốt quý I với 1"],
        ["báo cáo kết nạp", "Báo thêm kết nạp"],
        ["hẹn ngày báo cáo TH1-2022-1", "Hẹn ngày khác"],
        ["vướng mắc", "Vướng mắc"],
    ]
    assert (message.kind, message.key) == ("reminder", f"reminder:{ids['Trù Hựu']}:2022-Q1:7:1")
    assert message.expires_at == at(3, 24) + timedelta(days=3)


def test_in_the_days_of_grace_only_a_ceremony_that_was_held_in_the_quarter_can_count(begin, ids, beat):
    joined(begin, (ids["Trù Hựu"], Role.SECRETARY))
    with begin() as session:
        someone = list_candidate(session, ids["Trù Hựu"], "Lê Thị Nga", "le thi nga", LISTED)
        take_step(session, someone, Step.DECIDED, date(2022, 3, 16), ORIGIN)
    beat(at(4, 2, 7, 55))
    assert beat(at(4, 2)) == 1
    (message,) = put(begin)
    assert message.text.splitlines()[2] == (
        "Trong danh sách: Lê Thị Nga đã có quyết định, chưa tổ chức lễ. "
        "Nếu lễ đã tổ chức trong quý I, đồng chí báo giúp."
    )


@pytest.mark.parametrize(
    ("now", "first_line"),
    [
        (at(3, 16), "Còn 15 ngày đến hạn báo cáo quý I/2022 (31/3)."),
        (at(3, 30), "Ngày mai là hạn báo cáo quý I/2022 (31/3)."),
        (at(3, 31), "Hôm nay là hạn cuối báo cáo quý I/2022 (31/3)."),
    ],
)
def test_a_silent_unit_is_asked_for_its_report(begin, ids, beat, now, first_line):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(now - timedelta(minutes=1))
    assert beat(now) == 1
    (message,) = put(begin)
    assert message.text.splitlines() == [
        first_line,
        "Biên Sơn chưa báo (chỉ tiêu quý: 1).",
        "Đồng chí báo giúp kết quả, kể cả khi quý này không phát sinh.",
    ]
    assert [label for _, label in message.choices] == [
        "Báo cáo kết nạp",
        "Đúng, không phát sinh",
        "Hẹn ngày khác",
        "Vướng mắc",
    ]


def test_who_may_not_file_is_not_offered_it(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.CELL_SECRETARY))
    assert beat(at(3, 24)) == 1
    assert [label for _, label in put(begin)[0].choices] == [
        "Báo cáo kết nạp",
        "Tiến độ đơn vị",
        "Vướng mắc",
    ]


def test_names_are_in_full_on_the_offices_own_server(begin, ids, beat):
    joined(begin, (ids["Trù Hựu"], Role.SECRETARY))
    with begin() as session:
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), name="Vi Văn Toàn")
    beat(at(3, 24), Office(names=NamesShown.CODE))
    assert "Trù Hựu đã báo 1/2: Vi Văn Toàn (10/3)." in put(begin)[0].text


def test_several_units_are_one_message(begin, ids, beat):
    joined(begin, *((unit, Role.DEPUTY) for unit in ids.values()))
    assert beat(at(3, 24)) == 1
    (message,) = put(begin)
    assert "Trù Hựu chưa báo" in message.text
    assert "Biên Sơn chưa báo" in message.text
    assert "Kim Sơn" not in message.text
    with begin() as session:
        keys = set(session.execute(select(said.c.key)).scalars())
    assert keys == {f"reminder:{ids[name]}:2022-Q1:7:1" for name in ("Trù Hựu", "Biên Sơn")}


def test_more_people_than_a_page_holds_are_all_reminded_in_one_tick(begin, ids, beat):
    with begin() as session:
        add_people(session, PAGE + 1, ids["Biên Sơn"], Role.SECRETARY)
    assert beat(at(3, 24)) == PAGE + 1
    assert len({message.address_id for message in put(begin)}) == PAGE + 1


def test_a_double_tick_says_it_once(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    assert [beat(at(3, 24)), beat(at(3, 24)), beat(at(3, 24, 8, 1))] == [1, 0, 0]


def test_a_tick_whose_mark_was_lost_says_it_once(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24))
    with begin() as session:
        session.execute(delete(heartbeat_table))
    assert beat(at(3, 24, 9)) == 0


def test_two_processes_say_it_once(begin, ids):
    for _ in range(5):
        joined(begin, (ids["Biên Sơn"], Role.SECRETARY), (ids["Trù Hựu"], Role.DEPUTY))
    start, counted = threading.Barrier(2), list[int]()

    def process() -> None:
        start.wait(WITHIN)
        with begin() as session:
            counted.append(tick(session, at(3, 24), OFFICE, TIMES))

    both = [threading.Thread(target=process) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(WITHIN)
    assert sum(counted) == len(put(begin)) == 5


def test_after_a_day_asleep_only_the_latest_step_is_said(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 23, 20))
    assert beat(at(3, 30, 11)) == 1
    assert put(begin)[0].text.startswith("Ngày mai là hạn")


def test_a_reminder_missed_at_the_end_comes_within_the_days_of_grace(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 30, 20))
    assert beat(at(4, 2, 9)) == 1
    assert put(begin)[-1].text.startswith(
        "Hạn báo cáo quý I/2022 (31/3) đã qua, báo cáo vẫn được nhận đến hết ngày 5/4."
    )


def test_a_closed_quarter_is_spoken_of_no_more(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 30, 20))
    assert beat(at(4, 6, 9)) == 0


def test_what_fell_due_at_night_waits_for_the_morning(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24, 7, 55))
    assert [beat(at(3, 24, 23)), beat(at(3, 25, 6, 59)), beat(at(3, 25, 7))] == [0, 0, 1]


def test_without_a_plan_nobody_is_reminded(begin, beat):
    assert beat(at(3, 24)) == 0


def test_a_filing_or_a_reached_target_silences_it(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    joined(begin, (ids["Trù Hựu"], Role.SECRETARY))
    with begin() as session:
        admit(session, ids["Biên Sơn"], date(2022, 3, 10))
        file_quarter(session, ids["Trù Hựu"], Q1, "nil", at(3, 20))
    assert beat(at(3, 24)) == 0


def leaving(begin, now):
    """The reminders that delivery would send at a moment, in the words of that moment."""
    with begin() as session:
        lot = delivery.lease(session, "web", by="test", now=now, until=now + timedelta(minutes=1), most=10)
        said = [afresh(session, row, now, OFFICE) for row in lot.rows]
        delivery.record(
            session, [delivery.Released(id=row.id, due_at=now) for row in lot.rows], by="test", at=now
        )
    return [row for row in said if row is not None]


def dialogue(begin, person):
    with begin() as session:
        return State.from_json(senders.dialogue_of(session, person))


def test_a_reminder_names_no_unit_that_has_filed_since(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY), (ids["Trù Hựu"], Role.SECRETARY))
    beat(at(3, 24))
    (before,) = leaving(begin, at(3, 24))
    assert before.text == put(begin)[0].text
    with begin() as session:
        file_quarter(session, ids["Biên Sơn"], Q1, "nil", at(3, 24, 9))
        admit(session, ids["Trù Hựu"], date(2022, 3, 10), name="Vi Văn Toàn")
    (said,) = leaving(begin, at(3, 24, 9))
    assert "Biên Sơn" not in said.text
    assert "Trù Hựu đã báo 1/2: Vi Văn Toàn (10/3)." in said.text
    assert said.choices[0] == ("chốt báo cáo quý TH1-2022-1-1-99706", "Đúng, chốt quý I với 1")
    waiting = dialogue(begin, person).waiting
    assert (waiting.question, [(c.value, c.label) for c in waiting.choices]) == (
        said.question,
        list(said.choices),
    )


def test_a_reminder_of_units_that_have_all_reported_is_not_sent_and_its_choices_wait_no_more(
    begin, ids, beat
):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24))
    with begin() as session:
        admit(session, ids["Biên Sơn"], date(2022, 3, 10))
    assert leaving(begin, at(3, 24, 9)) == []
    assert dialogue(begin, person).waiting is None
    assert dialogue(begin, person).put == 1


def test_a_reminder_that_has_not_left_when_the_district_closes_the_quarter_is_not_sent(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(4, 2))
    with begin() as session:
        origin = Origin(at=at(4, 2, 9), said_at=at(4, 2, 9), person=person)
        closings.close(session, periods_of(session).of(Q1), at(4, 2, 9), date(2022, 4, 2), OFFICE, origin)
    assert leaving(begin, at(4, 2, 10)) == []
    assert dialogue(begin, person).waiting is None


def test_what_waits_since_is_not_taken_away_with_a_reminder_that_is_not_sent(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24))
    later = State(put=1).putting("", (Choice("menu", "Menu"),))
    with begin() as session:
        senders.keep_dialogue(session, person, later.as_json(), at(3, 24))
        admit(session, ids["Biên Sơn"], date(2022, 3, 10))
    assert leaving(begin, at(3, 24, 9)) == []
    assert dialogue(begin, person) == later


def test_a_reminder_that_leaves_a_day_late_counts_the_days_anew(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24))
    (said,) = leaving(begin, at(3, 26))
    assert said.text.startswith("Còn 5 ngày đến hạn")


def test_other_messages_are_said_as_they_are(begin, ids):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    with begin() as session:
        where = where_reached(session, person)
        about = {"kind": "rollup", "quarter": "2022-Q1"}
        draft = Draft(address_id=where.address_id, kind="rollup", text="Tổng hợp", about=about)
        put_one(session, draft, at(3, 24))
    assert [row.text for row in leaving(begin, at(3, 24))] == ["Tổng hợp"]


def test_the_choices_wait_in_the_dialogue_as_they_were_shown(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24))
    (message,) = put(begin)
    with begin() as session:
        stored = State.from_json(senders.dialogue_of(session, person))
    shown = tuple(Choice(value, label) for value, label in message.choices)
    assert stored.waiting is not None
    assert stored == replace(State().putting("", shown), waiting=stored.waiting)
    assert (stored.waiting.choices, stored.waiting.until) == (shown, at(4, 6, 0))
    assert stored.waiting.question == message.question


def test_who_is_in_the_middle_of_something_keeps_their_question(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    waiting = {"question": "q4", "key": "when", "choices": [], "failures": 0}
    state = {"frames": [{"script": "report_admission", "answers": {}}], "waiting": waiting, "put": 4}
    with begin() as session:
        senders.keep_dialogue(session, person, state, at(3, 23))
    assert beat(at(3, 24)) == 1
    assert put(begin)[0].choices == []
    with begin() as session:
        assert senders.dialogue_of(session, person) == state


def test_who_blocked_the_bot_keeps_no_key_from_being_said_later(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    with begin() as session:
        session.execute(update(addresses).values(blocked_at=at(3, 1)))
    assert beat(at(3, 24)) == 0
    with begin() as session:
        session.execute(update(addresses).values(blocked_at=None))
    assert beat(at(3, 28)) == 1
    assert put(begin)[0].key == f"reminder:{ids['Biên Sơn']}:2022-Q1:3:{person}"


def promise(begin, unit, day, by=None, made=LISTED):
    with begin() as session:
        return promises.make(session, unit, Q1, day, Origin(at=made, said_at=made, person=by))


def test_a_promise_is_kept_and_asked_about_once_on_its_day(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    made = promise(begin, ids["Biên Sơn"], date(2022, 3, 29), person)
    # the steps of 24, 28 and 30 March; the one after the promised day comes again
    told = [beat(at(3, day, hour)) for day in (24, 25, 28, 29, 30) for hour in (7, 8, 9)]
    assert told == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0]
    first = put(begin)[0]
    assert first.key == f"reminder:{ids['Biên Sơn']}:2022-Q1:promise-{made}:{person}"
    assert first.text.splitlines() == [
        "Hôm nay là ngày đồng chí hẹn báo cáo quý I/2022 (hạn 31/3).",
        "Biên Sơn chưa báo (chỉ tiêu quý: 1).",
        "Đồng chí báo giúp kết quả, kể cả khi quý này không phát sinh.",
    ]
    assert [label for _, label in first.choices][-2:] == ["Hẹn ngày khác", "Vướng mắc"]


def test_a_promise_that_falls_on_a_step_is_asked_about_in_its_place(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    promise(begin, ids["Biên Sơn"], date(2022, 3, 28), person)
    assert beat(at(3, 28)) == 1
    assert put(begin)[0].text.startswith("Hôm nay là ngày đồng chí hẹn")


def test_a_promised_sunday_is_asked_about_on_the_monday_and_never_before(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    promise(begin, ids["Biên Sơn"], date(2022, 4, 3), person)
    assert [beat(at(3, 30)), beat(at(3, 31)), beat(at(4, 2)), beat(at(4, 3)), beat(at(4, 4))] == [
        0,
        0,
        0,
        0,
        1,
    ]
    assert put(begin)[0].text.startswith("Đã qua ngày đồng chí hẹn báo cáo quý I/2022 (3/4).")


def test_who_has_filed_by_the_promised_day_is_not_asked(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    promise(begin, ids["Biên Sơn"], date(2022, 3, 29), person)
    with begin() as session:
        file_quarter(session, ids["Biên Sơn"], Q1, "nil", at(3, 26))
    assert beat(at(3, 29)) == 0


def test_a_deputy_is_told_that_the_unit_has_promised(begin, ids, beat):
    secretary = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    joined(begin, (ids["Biên Sơn"], Role.DEPUTY))
    promise(begin, ids["Biên Sơn"], date(2022, 3, 29), secretary)
    assert beat(at(3, 29)) == 2
    assert [row.text.split(" hẹn")[0] for row in put(begin)] == [
        "Hôm nay là ngày đồng chí",
        "Hôm nay là ngày đơn vị",
    ]


def test_the_promise_of_one_unit_does_not_silence_another_of_the_same_person(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY), (ids["Trù Hựu"], Role.DEPUTY))
    promise(begin, ids["Biên Sơn"], date(2022, 3, 28), person)
    assert beat(at(3, 24)) == 1
    assert "Biên Sơn" not in put(begin)[0].text
    assert "Trù Hựu chưa báo" in put(begin)[0].text
    assert beat(at(3, 28)) == 1
    both = put(begin)[1].text
    assert both.startswith("Còn 3 ngày đến hạn")
    assert "Biên Sơn đã hẹn báo cáo ngày 28/3." in both
    assert "Trù Hựu chưa báo" in both


def test_after_a_gap_a_promise_and_a_step_are_one_reminder(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    promise(begin, ids["Biên Sơn"], date(2022, 3, 25), person)
    beat(at(3, 24, 20))
    assert [beat(at(3, 30, 9)), beat(at(3, 30, 10))] == [1, 0]
    assert put(begin)[0].text.startswith("Ngày mai là hạn")


def test_a_new_promise_takes_back_a_reminder_that_has_not_left(begin, ids, beat):
    person = joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 24))
    promise(begin, ids["Biên Sơn"], date(2022, 3, 30), person, at(3, 24, 9))
    assert leaving(begin, at(3, 24, 9)) == []


def test_on_the_last_day_no_other_day_is_offered(begin, ids, beat):
    joined(begin, (ids["Biên Sơn"], Role.SECRETARY))
    beat(at(3, 30, 20))
    assert beat(at(4, 5, 9)) == 1
    assert "Hẹn ngày khác" not in [label for _, label in put(begin)[-1].choices]
