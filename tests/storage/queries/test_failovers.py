"""What one address cannot be brought goes by another one of the same person, once: on each kind of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from domain.contact import ContactState
from domain.people import Role
from storage.queries import delivery, failovers, outbox
from storage.queries.delivery import Blocked, GivenUp, Postponed, Released, Sent
from storage.queries.outbox import PATIENCE, Draft
from storage.tables import addresses, audit, channels_off
from storage.tables import outbox as rows
from tests.harness.district import add_person, lay_down
from tests.storage.queries.test_contacts import secretary_of

NOW = datetime(2022, 3, 31, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def unit(session):
    return lay_down(session, {"Chũ": (1, 1, 1, 1)})["Chũ"]


def lead(session, unit, *channels):
    """A secretary reached on these channels, the first one used last; answers the addresses' ids by channel."""
    person = add_person(session, "Vi Văn Sơn", [(unit, Role.SECRETARY)], channels)
    found = session.execute(select(addresses).where(addresses.c.person_id == person)).all()
    for row in found:
        ago = list(channels).index(row.channel) * HOUR
        session.execute(
            update(addresses).where(addresses.c.id == row.id).values(last_used_at=NOW - 24 * HOUR - ago)
        )
    return {row.channel: row.id for row in found}


def put(session, address, at=NOW, **more):
    return outbox.put(
        session,
        Draft(address_id=address, kind="reminder", text="Nhắc", about={"quarter": "2022-Q1"}, **more),
        at,
    )


def leased(session, channel, at=NOW):
    lot = delivery.lease(session, channel, by="here", now=at, until=at + HOUR, most=50)
    return [one.id for one in lot.rows]


def settle(session, *outcomes, at=NOW):
    return delivery.record(session, outcomes, by="here", at=at)


def row(session, id_):
    return session.execute(select(rows).where(rows.c.id == id_)).one()


def acts(session):
    return list(session.execute(select(audit.c.act).order_by(audit.c.id)).scalars())


@pytest.mark.parametrize("outcome", [Blocked, GivenUp])
def test_what_telegram_does_not_bring_goes_by_zalo(session, unit, outcome):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"], question="q1", choices=(("a", "A"),))
    assert leased(session, "telegram") == [id_]
    about = {"address_id": at["telegram"]} if outcome is Blocked else {}
    assert settle(session, outcome(id=id_, reason="403 Forbidden", **about)) == ()
    assert leased(session, "telegram") == []
    assert leased(session, "zalo") == [id_]
    settle(session, Sent(id=id_, receipt="z1"))
    assert (row(session, id_).state, row(session, id_).attempts) == ("sent", 1)
    assert "fail over message" in acts(session)
    standing = secretary_of(session, unit, now=NOW).standing
    assert (standing.detour.off, standing.detour.onto, standing.detour.at) == ("telegram", "zalo", NOW)
    assert standing.state is ContactState.UNANSWERED


def test_everything_that_waits_at_a_blocked_address_goes_along_in_order(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    first, second = put(session, at["telegram"]), put(session, at["telegram"])
    assert leased(session, "telegram") == [first, second]
    third = put(session, at["telegram"])
    settle(
        session,
        Blocked(id=first, address_id=at["telegram"], reason="r"),
        Released(id=second, due_at=NOW),
    )
    assert leased(session, "zalo") == [first, second, third]


def test_what_waits_on_a_shut_channel_goes_by_others_where_there_are_any_and_nobody_has_it_in_hand(
    session, unit
):
    two, one = lead(session, unit, "zalo", "telegram"), lead(session, unit, "zalo")
    both = [put(session, two["zalo"]) for _ in range(2)]
    alone, held = put(session, one["zalo"]), put(session, two["zalo"], leased_by="a", leased_until=NOW + HOUR)
    code = put(session, two["zalo"], key="code:7:reply")
    elsewhere = put(session, two["telegram"])
    assert failovers.redirect_channel(session, "zalo", "r", NOW) == 2
    there = {id_: row(session, id_).address_id for id_ in (*both, alone, held, code, elsewhere)}
    assert there == {
        **dict.fromkeys(both, two["telegram"]),
        alone: one["zalo"],
        held: two["zalo"],
        code: two["zalo"],
        elsewhere: two["telegram"],
    }
    assert failovers.redirect_channel(session, "zalo", "r", NOW) == 0


def test_what_a_process_has_let_slip_on_a_shut_channel_goes_by_another(session, unit):
    at = lead(session, unit, "zalo", "telegram")
    over, lasting = (
        put(session, at["zalo"], leased_by="a", leased_until=NOW + n * timedelta(seconds=1)) for n in (0, 1)
    )
    assert failovers.redirect_channel(session, "zalo", "r", NOW) == 1
    assert (row(session, over).address_id, row(session, lasting).address_id) == (at["telegram"], at["zalo"])


def test_what_has_gone_out_stays_where_it_went(session, unit):
    at = lead(session, unit, "zalo", "telegram")
    sent = put(session, at["zalo"])
    leased(session, "zalo")
    settle(session, Sent(id=sent, receipt="z1"))
    assert failovers.redirect_channel(session, "zalo", "r", NOW) == 0
    failovers.redirect_all(session, at["zalo"], "r", NOW)
    assert (row(session, sent).address_id, row(session, sent).state) == (at["zalo"], "sent")


def test_what_was_put_off_on_one_channel_is_not_put_off_on_the_other(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"])
    leased(session, "telegram")
    settle(session, Postponed(id=id_, due_at=NOW + 5 * HOUR, reason="429"))
    failovers.redirect_all(session, at["telegram"], "r", NOW)
    assert leased(session, "zalo") == [id_]


@pytest.mark.parametrize("other", ["none", "blocked", "off"])
def test_those_whom_no_other_channel_reaches_take_nobodys_turn(session, unit, monkeypatch, other):
    monkeypatch.setattr(failovers, "_AT_ONCE", 1)
    alone = lead(session, unit, "zalo", *(() if other == "none" else ("web",)))
    two = lead(session, unit, "zalo", "telegram")
    if other == "blocked":
        own = addresses.c.id == alone["web"]
        session.execute(update(addresses).where(own).values(blocked_at=NOW - HOUR))
    if other == "off":
        session.execute(insert(channels_off).values(channel="web", since=NOW))
    put(session, alone["zalo"])
    moved = put(session, two["zalo"])
    assert failovers.redirect_channel(session, "zalo", "r", NOW) == 1
    assert row(session, moved).address_id == two["telegram"]


def test_what_another_process_has_in_hand_stays_with_it(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    other = put(session, at["telegram"], leased_by="there", leased_until=NOW + HOUR)
    failovers.redirect_all(session, at["telegram"], "r", NOW, "here")
    assert row(session, other).address_id == at["telegram"]


def test_it_goes_another_way_once_and_not_back(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"])
    leased(session, "telegram")
    settle(session, GivenUp(id=id_, reason="r"))
    leased(session, "zalo")
    (lapsed,) = settle(session, GivenUp(id=id_, reason="429", over_quota=True))
    assert lapsed.id == id_
    assert row(session, id_).state == "failed"


@pytest.mark.parametrize("channels", [("telegram",), ("telegram", "zalo")])
def test_what_another_process_has_in_hand_by_now_is_that_one_s_to_give_up(session, unit, channels):
    at = lead(session, unit, *channels)
    id_ = put(session, at["telegram"], question="q1", choices=(("a", "A"),))
    leased(session, "telegram")
    later = NOW + HOUR
    lot = delivery.lease(session, "telegram", by="there", now=later, until=later + HOUR, most=50)
    assert [one.id for one in lot.rows] == [id_]
    assert settle(session, GivenUp(id=id_, reason="r"), at=later) == ()
    delivery.record(session, [Sent(id=id_, receipt="t1")], by="there", at=later)
    assert (row(session, id_).state, row(session, id_).address_id) == ("sent", at["telegram"])


def test_of_several_ways_it_is_the_one_used_last_that_is_not_blocked(session, unit):
    at = lead(session, unit, "telegram", "zalo", "web")
    session.execute(update(addresses).where(addresses.c.id == at["zalo"]).values(blocked_at=NOW))
    id_ = put(session, at["telegram"])
    leased(session, "telegram")
    settle(session, GivenUp(id=id_, reason="r"))
    assert row(session, id_).address_id == at["web"]


def test_who_has_no_other_way_stays_where_they_are(session, unit):
    at = lead(session, unit, "telegram")
    blocked, given_up = put(session, at["telegram"]), put(session, at["telegram"])
    leased(session, "telegram")
    settle(
        session, GivenUp(id=given_up, reason="r"), Blocked(id=blocked, address_id=at["telegram"], reason="r")
    )
    assert (row(session, given_up).state, row(session, blocked).state) == ("failed", "waiting")
    assert secretary_of(session, unit, now=NOW).standing.detour is None


def test_what_was_put_for_the_web_chat_does_not_leave_the_house(session, unit):
    at = lead(session, unit, "web", "zalo")
    id_ = put(session, at["web"])
    leased(session, "web")
    settle(session, GivenUp(id=id_, reason="r"))
    assert row(session, id_).state == "failed"


def test_a_code_to_join_with_goes_no_other_way(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"], key="code:7:reply")
    leased(session, "telegram")
    settle(session, GivenUp(id=id_, reason="r"))
    assert row(session, id_).address_id == at["telegram"]


def test_what_was_tried_for_all_its_time_has_as_much_time_on_the_other_way(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"])
    later = NOW + PATIENCE
    assert delivery.expire(session, "telegram", later) == []
    assert (row(session, id_).address_id, row(session, id_).expires_at) == (at["zalo"], later + PATIENCE)
    assert [one.id for one in delivery.expire(session, "zalo", later + PATIENCE)] == [id_]


def test_what_is_out_of_date_goes_nowhere(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"], expires_at=NOW + HOUR)
    assert [one.id for one in delivery.expire(session, "telegram", NOW + HOUR)] == [id_]


def test_a_stranger_has_no_other_way(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    session.execute(update(addresses).where(addresses.c.id == at["telegram"]).values(person_id=None))
    id_ = put(session, at["telegram"])
    leased(session, "telegram")
    settle(session, GivenUp(id=id_, reason="r"))
    assert row(session, id_).state == "failed"


def test_a_detour_of_another_quarter_is_not_told(session, unit):
    at = lead(session, unit, "telegram", "zalo")
    id_ = put(session, at["telegram"])
    leased(session, "telegram")
    settle(session, GivenUp(id=id_, reason="r"))
    assert failovers.detours_since(session, NOW + HOUR) == {}
