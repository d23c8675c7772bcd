"""The chat as the books tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from storage.queries import inbox, outbox, senders, timeline
from storage.queries.inbox import Arrival
from storage.queries.outbox import Draft
from storage.queries.timeline import AT_ONCE, TAIL, Mark
from storage.session import Begin, open_engine, reading, unit_of_work
from storage.tables import outbox as outbox_table

NOON = datetime(2022, 3, 24, 5, 0, tzinfo=UTC)


class Talk:
    """One address with what is said at it."""

    def __init__(self, begin: Begin, read: Begin, address: str = "a") -> None:
        self.begin = begin
        self.read = read
        self.address = address

    def say(self, text: str, at: datetime = NOON, tap: dict[str, object] | None = None) -> int:
        with self.begin() as session:
            senders.lock_senders(session, [("web", self.address)], at)
            own = senders.sender_of(session, "web", self.address, at.date()).address_id
            arrival = Arrival(
                channel="web",
                external_id=f"{self.address}/{text}",
                message_ref=None,
                address_id=own,
                kind="text" if tap is None else "choice",
                text=text if tap is None else "",
                tap=tap,
                sent_at=at,
                received_at=at,
                raw="",
            )
            return inbox.accept(session, arrival)

    def tell(self, text: str, at: datetime = NOON, inbox_id: int | None = None) -> int:
        with self.begin() as session:
            senders.lock_senders(session, [("web", self.address)], at)
            own = senders.sender_of(session, "web", self.address, at.date()).address_id
            draft = Draft(
                address_id=own, kind="reply", text=text, inbox_id=inbox_id, choices=(("y", "Đúng"),)
            )
            return outbox.put(session, draft, at)

    def settle(self, outbox_id: int, state: str) -> None:
        with self.begin() as session:
            session.execute(
                update(outbox_table)
                .where(outbox_table.c.id == outbox_id)
                .values(state=state, settled_at=NOON)
            )

    def newest(self) -> tuple[list[str], Mark]:
        with self.read() as session:
            page = timeline.newest(session, "web", self.address)
        return [line.text for line in page.lines], page.mark

    def after(self, mark: Mark) -> tuple[list[str], Mark]:
        with self.read() as session:
            page = timeline.after(session, "web", self.address, mark)
        return [line.text for line in page.lines], page.mark


@pytest.fixture
def begin_and_read(books_url: str) -> Iterator[tuple[Begin, Begin]]:
    engine = open_engine(books_url)
    yield unit_of_work(engine), reading(engine)
    engine.dispose()


@pytest.fixture
def talk(begin_and_read: tuple[Begin, Begin]) -> Talk:
    return Talk(*begin_and_read)


def test_both_sides_come_in_the_order_in_which_they_were_said(talk):
    first = talk.say("một")
    talk.tell("đáp một", inbox_id=first)
    second = talk.say("hai", NOON + timedelta(minutes=1))
    talk.tell("đáp hai", NOON + timedelta(minutes=1), inbox_id=second)
    assert talk.newest()[0] == ["một", "đáp một", "hai", "đáp hai"]


def test_two_messages_of_one_moment_each_stand_before_their_own_answer(talk):
    first, second = talk.say("một"), talk.say("hai")
    talk.tell("đáp một", inbox_id=first)
    talk.tell("đáp hai", inbox_id=second)
    assert talk.newest()[0] == ["một", "đáp một", "hai", "đáp hai"]


def test_nobody_reads_what_was_said_at_another_address(talk):
    talk.say("của tôi")
    other = Talk(talk.begin, talk.read, "b")
    other.tell("của người khác", inbox_id=other.say("khác"))
    assert talk.newest()[0] == ["của tôi"]


def test_a_chat_that_opens_is_given_the_last_lines_only(talk):
    for n in range(AT_ONCE + 5):
        talk.say(str(n), NOON + timedelta(seconds=n))
    lines, mark = talk.newest()
    assert lines == [str(n) for n in range(5, AT_ONCE + 5)]
    assert talk.after(mark)[0] == []


def test_after_a_mark_comes_what_is_new_and_nothing_twice(talk):
    first = talk.say("một")
    talk.tell("đáp một", inbox_id=first)
    _, mark = talk.newest()
    second = talk.say("hai")
    talk.tell("đáp hai", inbox_id=second)
    lines, mark = talk.after(mark)
    assert lines == ["hai", "đáp hai"]
    assert talk.after(mark) == ([], mark)


def test_what_the_bot_says_by_itself_shows_once_it_is_sent_even_after_a_later_reply(talk):
    reminder = talk.tell("nhắc")
    talk.tell("đáp", inbox_id=talk.say("hỏi"))
    lines, mark = talk.newest()
    assert lines == ["hỏi", "đáp"]
    talk.settle(reminder, "sent")
    lines, mark = talk.after(mark)
    assert lines == ["nhắc"]
    assert talk.after(mark)[0] == []


@pytest.mark.parametrize("state", ["dropped", "failed"])
def test_what_was_not_sent_does_not_show(talk, state):
    talk.settle(talk.tell("nhắc"), state)
    assert talk.newest()[0] == []


def test_a_choice_shows_the_words_that_stood_on_it(talk):
    talk.say("a", tap={"question": "q1", "number": 2, "label": "Sửa"})
    talk.say("b", tap={"question": "q1", "number": 3})
    assert talk.newest()[0] == ["Sửa", "3"]


def test_a_chat_that_was_away_for_long_is_given_everything(talk):
    asked = talk.say("hỏi")
    talk.tell("đáp", inbox_id=asked)
    _, mark = talk.newest()
    expected = [f"sau {n}" for n in range(TAIL + 30)]
    for n, text in enumerate(expected):
        talk.tell(text, NOON + timedelta(seconds=n), inbox_id=asked)
    lines, mark = talk.after(mark)
    assert lines == expected
    assert talk.after(mark)[0] == []


def test_nobody_is_known_at_an_address_that_never_wrote(talk):
    with talk.read() as session:
        assert timeline.known_at(session, "web", "a", NOON.date()) is None


def test_a_stranger_is_an_address_without_a_person(talk):
    talk.say("xin chào")
    with talk.read() as session:
        sender = timeline.known_at(session, "web", "a", NOON.date())
    assert sender is not None
    assert sender.person is None
