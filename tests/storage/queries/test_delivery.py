"""Messages on their way, in the books: leases, order, and what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage.queries import delivery, outbox
from storage.queries.delivery import Blocked, GivenUp, Lot, Moved, Postponed, Released, Sent
from storage.queries.outbox import Draft
from storage.queries.senders import lock_senders, mark_blocked
from storage.schema import upgrade
from storage.session import Begin, Session, open_engine, unit_of_work
from storage.tables import addresses, audit
from storage.tables import outbox as rows

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=2)


def address_of(session: Session, value: str, channel: str = "telegram") -> int:
    lock_senders(session, [(channel, value)], NOW)
    found = session.execute(
        select(addresses.c.id).where(addresses.c.channel == channel, addresses.c.value == value)
    )
    return found.scalar_one()


def put(session: Session, address_id: int, text: str = "x", at: datetime = NOW, **more: Any) -> int:
    return outbox.put(session, Draft(address_id=address_id, kind="reminder", text=text, **more), at)


def lease(session: Session, now: datetime = NOW, most: int = 10, by: str = "a") -> Lot:
    return delivery.lease(session, "telegram", by=by, now=now, until=now + timedelta(minutes=1), most=most)


def ids(lot: Lot) -> list[int]:
    return [row.id for row in lot.rows]


def row(session: Session, id_: int) -> dict[str, Any]:
    return dict(session.execute(select(rows).where(rows.c.id == id_)).mappings().one())


def test_what_is_leased_comes_as_it_was_put_and_only_once(begin: Begin) -> None:
    with begin() as session:
        choices = (("yes", "Đúng"), ("no", "Hủy"))
        about: dict[str, object] = {"quarter": "2022-Q1"}
        id_ = put(
            session, address_of(session, "5"), "Đúng chưa?", choices=choices, question="q1", about=about
        )
        lot = lease(session)
        assert ids(lot) == [id_]
        leased = lot.rows[0]
        assert (leased.address, leased.text, leased.choices) == ("5", "Đúng chưa?", choices)
        assert (leased.question, leased.about, leased.attempts) == ("q1", about, 0)
        assert leased.leased_until == SOON
        assert ids(lease(session)) == []
        assert ids(lease(session, SOON, by="b")) == [id_]


def test_other_channels_and_blocked_addresses_are_passed_over(begin: Begin) -> None:
    with begin() as session:
        put(session, address_of(session, "5", "web"))
        away = address_of(session, "6")
        waiting = put(session, away)
        mark_blocked(session, away, NOW)
        assert ids(lease(session)) == []
        mark_blocked(session, away, None)
        assert ids(lease(session)) == [waiting]


def test_messages_to_one_address_come_together_and_in_order(begin: Begin) -> None:
    with begin() as session:
        hoa, nam = address_of(session, "5"), address_of(session, "6")
        first, second, third = put(session, hoa), put(session, nam), put(session, hoa)
        lot = lease(session)
        assert sorted(ids(lot)) == [first, second, third]
        assert [id_ for id_ in ids(lot) if id_ != second] == [first, third]
        assert (lot.whole, lot.more) == ({hoa, nam}, False)


def test_a_later_message_waits_for_an_earlier_ones_retry(begin: Begin) -> None:
    with begin() as session:
        hoa = address_of(session, "5")
        first, second = put(session, hoa), put(session, hoa)
        lease(session)
        delivery.record(
            session,
            [Postponed(id=first, due_at=SOON, reason="r"), Released(id=second, due_at=NOW)],
            by="a",
            at=NOW,
        )
        assert ids(lease(session)) == []
        assert ids(lease(session, SOON)) == [first, second]
        assert row(session, first)["attempts"] == 1


def test_a_later_message_waits_while_an_earlier_one_is_in_other_hands(begin: Begin) -> None:
    with begin() as session:
        hoa = address_of(session, "5")
        put(session, hoa, leased_by="b", leased_until=SOON)
        put(session, hoa)
        assert ids(lease(session)) == []


def test_a_message_in_other_hands_ends_what_can_be_leased_of_its_address(begin: Begin) -> None:
    with begin() as session:
        hoa = address_of(session, "5")
        first = put(session, hoa)
        put(session, hoa, leased_by="b", leased_until=SOON)
        put(session, hoa)
        lot = lease(session)
        assert (ids(lot), lot.whole) == ([first], set())


def test_at_most_so_many_addresses_and_the_longest_due_first(begin: Begin) -> None:
    with begin() as session:
        late = put(session, address_of(session, "5"), at=SOON)
        early = [put(session, address_of(session, str(number))) for number in (6, 7)]
        lot = lease(session, LATER, most=2)
        assert (ids(lot), lot.more) == (early, True)
        assert ids(lease(session, LATER)) == [late]


def test_hastened_messages_are_due_before_all_others(begin: Begin) -> None:
    with begin() as session:
        hoa, nam = address_of(session, "5"), address_of(session, "6")
        put(session, nam)
        put_off = put(session, hoa, at=LATER)
        delivery.hasten(session, [hoa], NOW - timedelta(days=3))
        assert ids(lease(session, most=1)) == [put_off]


def test_each_outcome_is_written_down(begin: Begin) -> None:
    with begin() as session:
        at = [address_of(session, str(number)) for number in range(6)]
        sent, postponed, given_up, away, moved, released = [put(session, one) for one in at]
        lease(session)
        outcomes = [
            Sent(id=sent, receipt="100"),
            Postponed(id=postponed, due_at=SOON, reason="chờ", tried=0),
            GivenUp(id=given_up, reason="quá dài"),
            Blocked(id=away, address_id=at[3], reason="đã chặn"),
            Moved(id=moved, address_id=at[4], value="-9"),
            Released(id=released, due_at=NOW),
        ]
        delivery.record(session, outcomes, by="a", at=NOW)
        assert {
            name: row(session, sent)[name] for name in ("state", "receipt", "attempts", "settled_at")
        } == {
            "state": "sent",
            "receipt": "100",
            "attempts": 1,
            "settled_at": NOW,
        }
        assert (row(session, postponed)["due_at"], row(session, postponed)["attempts"]) == (SOON, 0)
        assert (row(session, given_up)["state"], row(session, given_up)["reason"]) == ("failed", "quá dài")
        values = {
            found.id: found.value for found in session.execute(select(addresses.c.id, addresses.c.value))
        }
        assert values[at[4]] == "-9"
        assert ids(lease(session)) == [moved, released]
        acts = session.execute(select(audit.c.act)).scalars().all()
        assert sorted(acts) == ["give up message", "lose address", "move address"]
        mark_blocked(session, at[3], None)
        assert ids(lease(session)) == [away]


def test_a_try_in_doubt_stays_readable_after_it_was_sent(begin: Begin) -> None:
    with begin() as session:
        id_ = put(session, address_of(session, "5"))
        lease(session)
        delivery.record(session, [Postponed(id=id_, due_at=NOW, reason="không rõ")], by="a", at=NOW)
        lease(session)
        delivery.record(session, [Sent(id=id_, receipt="1")], by="a", at=NOW)
        kept = row(session, id_)
        assert (kept["state"], kept["attempts"], kept["reason"]) == ("sent", 2, "không rõ")


def test_an_address_that_moves_to_one_on_the_books_gives_its_messages_there(begin: Begin) -> None:
    with begin() as session:
        old, new = address_of(session, "-5"), address_of(session, "-9")
        id_ = put(session, old)
        lease(session)
        delivery.record(session, [Moved(id=id_, address_id=old, value="-9")], by="a", at=NOW)
        lot = lease(session)
        assert (ids(lot), lot.rows[0].address, lot.rows[0].address_id) == ([id_], "-9", new)


def test_who_has_lost_the_lease_cannot_put_off_any_more(begin: Begin) -> None:
    with begin() as session:
        id_ = put(session, address_of(session, "5"))
        lease(session, by="a")
        lease(session, SOON, by="b")
        delivery.record(session, [Postponed(id=id_, due_at=LATER, reason="r")], by="a", at=SOON)
        assert (row(session, id_)["leased_by"], row(session, id_)["attempts"]) == ("b", 0)


def test_what_is_settled_stays_settled(begin: Begin) -> None:
    with begin() as session:
        id_ = put(session, address_of(session, "5"))
        lease(session)
        delivery.record(session, [Sent(id=id_, receipt="1")], by="a", at=NOW)
        delivery.record(session, [Sent(id=id_, receipt="2"), GivenUp(id=id_, reason="r")], by="a", at=SOON)
        delivery.drop(session, [id_], SOON)
        delivery.hasten(session, [row(session, id_)["address_id"]], LATER)
        kept = row(session, id_)
        assert (kept["state"], kept["receipt"], kept["settled_at"]) == ("sent", "1", NOW)
        assert session.execute(select(audit.c.act)).first() is None


def test_after_three_days_a_message_is_given_up_and_said_so(begin: Begin) -> None:
    with begin() as session:
        id_ = put(session, address_of(session, "5"))
        over = NOW + timedelta(days=3)
        assert delivery.expire(session, "web", over) == []
        assert delivery.expire(session, "telegram", over - timedelta(seconds=1)) == []
        assert ids(lease(session, over)) == []
        assert [lapsed.id for lapsed in delivery.expire(session, "telegram", over)] == [id_]
        assert row(session, id_)["state"] == "failed"
        assert session.execute(select(audit.c.act)).scalars().all() == ["give up message"]


def test_dropped_messages_are_not_sent(begin: Begin) -> None:
    with begin() as session:
        id_ = put(session, address_of(session, "5"))
        delivery.drop(session, [id_], NOW)
        assert ids(lease(session)) == []
        assert row(session, id_)["state"] == "dropped"


def test_whom_messages_wait_for_is_known(begin: Begin) -> None:
    with begin() as session:
        hoa, nam, web = address_of(session, "5"), address_of(session, "6"), address_of(session, "7", "web")
        put(session, hoa), put(session, hoa), put(session, web)
        delivery.drop(session, [put(session, nam)], NOW)
        assert delivery.addresses_waited_for(session, "telegram") == {hoa}


def test_two_processes_never_lease_the_same(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    upgrade(engine)
    begin = unit_of_work(engine)
    with begin() as session:
        for number in range(6):
            put(session, address_of(session, str(number)))
    with begin() as one, begin() as other:
        first, second = lease(one, most=4), lease(other, most=4, by="b")
        assert (len(first.rows), len(second.rows)) == (4, 2)
        assert not set(ids(first)) & set(ids(second))
    engine.dispose()


def lease_at_night(session: Session, most: int = 10) -> list[int]:
    lot = delivery.lease(session, "telegram", by="a", now=NOW, until=SOON, most=most, quiet=True)
    return ids(lot)


def test_at_night_what_nobody_asked_for_waits_and_what_was_asked_for_or_sent_by_hand_does_not(
    begin: Begin,
) -> None:
    with begin() as session:
        people = [address_of(session, value) for value in "5678"]
        asked = put(session, people[0], key="mailing:3:7")
        told = outbox.put(session, Draft(address_id=people[1], kind="notice", text="x"), NOW)
        behind = put(session, people[1])
        alone = put(session, people[2])
        assert sorted(lease_at_night(session)) == [asked, told]
        assert sorted(ids(lease(session, SOON, by="b"))) == [asked, told, behind, alone]


def test_at_night_whoever_writes_gets_what_waits_before_the_reply(begin: Begin) -> None:
    with begin() as session:
        hoa = address_of(session, "5")
        waiting = put(session, hoa)
        assert lease_at_night(session) == []
        reply = outbox.put(session, Draft(address_id=hoa, kind="reply", text="x"), NOW)
        assert lease_at_night(session) == [waiting, reply]


def test_at_night_what_waits_for_the_morning_takes_nobodys_turn(begin: Begin) -> None:
    with begin() as session:
        put(session, address_of(session, "5"), at=NOW - timedelta(minutes=1))
        draft = Draft(address_id=address_of(session, "6"), kind="reply", text="x")
        reply = outbox.put(session, draft, NOW)
        assert lease_at_night(session, most=1) == [reply]


def test_a_key_that_is_there_already_is_put_once_of_many_too(begin: Begin) -> None:
    with begin() as session:
        drafts = [
            Draft(address_id=address_of(session, "5"), kind="reminder", text="x", key=key) for key in "ab"
        ]
        outbox.put_all_once(session, drafts, NOW)
        outbox.put_all_once(session, drafts, NOW)
        assert len(ids(lease(session))) == 2
