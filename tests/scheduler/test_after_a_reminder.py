"""A reminder and the talk that follows it: what it offers finishes the job, by a tap or by a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.period import Quarter
from messages.channel import Choice, OutgoingMessage
from messages.say import LONGEST
from scheduler.days_off import timetable_of
from scheduler.reminders import tick
from storage.queries.filings import filing_of
from storage.queries.plans import plan_of
from storage.tables import addresses, outbox
from tests.harness.stage import Stage, bring

Q1 = Quarter(2022, 1)
AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
LATER = datetime.fromisoformat("2022-03-24T08:05:00+07:00")
HOUR = timedelta(hours=1)
NEXT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def stage(plan_url):
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


def beat(stage, now=AT):
    with stage.begin() as session:
        return tick(session, now, stage.office, timetable_of(stage.office))


def reminders(stage):
    with stage.begin() as session:
        query = select(outbox, addresses.c.value).join(addresses, addresses.c.id == outbox.c.address_id)
        return session.execute(query.where(outbox.c.kind == "reminder").order_by(outbox.c.id)).all()


def shown(stage, someone):
    """The person's screen shows the latest reminder."""
    with stage.begin() as session:
        bring(session)
    row = [row for row in reminders(stage) if row.value == someone.address][-1]
    choices = tuple(Choice(value, label) for value, label in row.choices)
    someone.last = OutgoingMessage(text=row.text, choices=choices, question=row.question)
    return row


@pytest.mark.parametrize("channel", ["telegram", "zalo", "web"])
def test_the_quarter_is_filed_from_the_reminder(stage, channel):
    secretary = stage.person("secretary", "Trù Hựu", channel)
    stage.prepare("admitted", "Vi Văn Toàn 10/3/2022", secretary, AT)
    beat(stage)
    shown(stage, secretary)
    receipt = secretary.says("1", LATER)
    assert receipt is not None
    assert "Trù Hựu chốt quý I/2022 với 1 đồng chí" in receipt
    with stage.begin() as session:
        assert filing_of(session, secretary.unit.id, Q1) is not None
    assert beat(stage, NEXT) == 0


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_a_nil_is_said_from_the_reminder(stage, channel):
    secretary = stage.person("secretary", "Biên Sơn", channel)
    beat(stage)
    shown(stage, secretary)
    assert "Biên Sơn không phát sinh trong quý I/2022" in (secretary.says("2", LATER) or "")
    assert beat(stage, NEXT) == 0


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_another_day_is_named_from_the_reminder_and_kept(stage, channel):
    secretary = stage.person("secretary", "Trù Hựu", channel)
    stage.prepare("admitted", "Vi Văn Toàn 10/3/2022", secretary, AT)
    beat(stage)
    shown(stage, secretary)
    asked = secretary.says("3", LATER)
    assert asked.startswith("Đồng chí hẹn ngày nào? Ví dụ: ")
    assert "Đã ghi hẹn thứ Tư 30/3/2022. Tôi sẽ không nhắc trước ngày đó." in secretary.says("thu 4", LATER)
    assert beat(stage, NEXT) == 0
    assert beat(stage, datetime.fromisoformat("2022-03-30T08:00:00+07:00")) == 1
    assert shown(stage, secretary).text.startswith("Hôm nay là ngày đồng chí hẹn")


@pytest.mark.parametrize("before", [HOUR, timedelta(seconds=1)])
@pytest.mark.parametrize("said", ["2", "đúng"])
def test_what_was_typed_without_a_line_before_the_reminder_came_does_not_answer_it(stage, before, said):
    secretary = stage.person("secretary", "Biên Sơn", "web")
    secretary.says("menu", AT - 2 * HOUR)
    typed = replace(secretary.message("menu", AT - before), text=said)
    beat(stage)
    shown(stage, secretary)
    stage.now = LATER
    assert "không phát sinh trong quý" not in (secretary.hears(typed) or "")
    with stage.begin() as session:
        assert filing_of(session, secretary.unit.id, Q1) is None


@pytest.mark.parametrize(("before", "answers"), [(HOUR, False), (timedelta(minutes=20), True)])
def test_a_messengers_clock_may_be_behind_ours(stage, before, answers):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("menu", AT - 2 * HOUR)
    beat(stage)
    shown(stage, secretary)
    stage.now = LATER
    heard = secretary.hears(replace(secretary.message("menu", AT - before), text="2")) or ""
    assert ("không phát sinh trong quý I/2022" in heard) is answers


def test_an_obstacle_is_told_from_the_reminder(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    beat(stage)
    shown(stage, secretary)
    assert "vướng mắc cần huyện tháo gỡ" in secretary.says("4", LATER)


def test_a_report_begun_from_the_reminder_reaches_the_target(stage):
    secretary = stage.person("secretary", "Biên Sơn", "telegram")
    beat(stage)
    shown(stage, secretary)
    for said in ("1", "Nguyễn Thị Hoa", "15/3", "1"):
        answer = secretary.says(said, LATER)
    assert "Quý I: 1/1" in (answer or "")
    assert beat(stage, NEXT) == 1
    assert "Đã đủ chỉ tiêu, chưa chốt báo cáo." in shown(stage, secretary).text
    assert "chốt quý I/2022 với 1 đồng chí" in secretary.says("1", NEXT)
    assert beat(stage, datetime.fromisoformat("2022-03-30T08:00:00+07:00")) == 0


def test_a_reminder_in_the_middle_of_a_report_leaves_it_where_it_was(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("báo cáo kết nạp", AT)
    secretary.says("Nguyễn Thị Hoa", AT)
    beat(stage)
    assert shown(stage, secretary).choices == []
    assert "Kết nạp: Nguyễn Thị Hoa" in (secretary.says("15/3", LATER) or "")


def test_the_real_plan_reminds_exactly_the_units_with_a_target(stage):
    with stage.begin() as session:
        plan = plan_of(session, 2022)
    assert plan is not None
    secretaries = {target.unit.short: stage.person("secretary", target.unit.short) for target in plan.targets}
    assert len(secretaries) == 55
    assert beat(stage, datetime.fromisoformat("2022-03-16T08:00:00+07:00")) == 29
    told = {row.value: row.text for row in reminders(stage)}
    for target in plan.targets:
        text = told.get(secretaries[target.unit.short].address)
        assert (text is not None) is (target.of(Q1) > 0)
        if text is not None:
            assert f"{target.unit.short} chưa báo (chỉ tiêu quý: {target.of(Q1)})." in text
            assert "đồng chí" in text.lower()
            assert len(text) <= LONGEST


def test_a_number_typed_before_the_reminder_has_left_means_nothing_that_it_offers(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("menu", AT)
    beat(stage)
    answer = secretary.says("2", AT)
    assert "không phát sinh" not in answer
    with stage.begin() as session:
        assert filing_of(session, secretary.unit.id, Q1) is None
