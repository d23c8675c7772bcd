"""Lines of letters: order for each address, no waiting between addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from messages.channel import Address, OutgoingMessage
from scheduler.letters import Letter
from scheduler.lines import Lines
from scheduler.rates import Rates

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


def letter(id_: int, address_id: int, *, is_reply: bool = False) -> Letter:
    return Letter(
        id=id_,
        address_id=address_id,
        address=Address("telegram", str(address_id)),
        message=OutgoingMessage(text="x"),
        is_reply=is_reply,
        tries=0,
        leased_until=NOW,
        expires_at=NOW,
    )


def taken(lines: Lines, now: float = 0.0) -> int | float:
    found = lines.take(now)
    return found.id if isinstance(found, Letter) else found


def test_letters_to_one_address_leave_one_after_another() -> None:
    lines = Lines(Rates.of(100, 100))
    first = letter(1, 7)
    lines.add(first)
    lines.add(letter(2, 7))
    assert taken(lines) == 1
    assert taken(lines) == inf
    lines.finish(first, 0.0)
    assert taken(lines) == 2


def test_addresses_do_not_wait_for_each_other() -> None:
    lines = Lines(Rates.of(100, 100))
    for id_ in (1, 2, 3):
        lines.add(letter(id_, id_ + 10))
    assert [taken(lines) for _ in range(3)] == [1, 2, 3]


def test_replies_leave_before_reminders_and_pull_what_stands_before_them() -> None:
    lines = Lines(Rates.of(100, 100))
    for id_ in (1, 2, 3):
        lines.add(letter(id_, id_ + 10))
    lines.add(letter(9, 13, is_reply=True))
    assert taken(lines) == 3


def test_a_chat_that_has_had_its_burst_waits_while_others_go_on() -> None:
    lines = Lines(Rates.of(100, 1))
    for id_ in range(4):
        lines.add(letter(id_, 7))
    for id_ in range(3):
        assert taken(lines, 0.0) == id_
        lines.finish(letter(id_, 7), 0.0)
    assert taken(lines, 0.0) == 1.0
    lines.add(letter(9, 8))
    assert taken(lines, 0.0) == 9
    assert taken(lines, 1.0) == 3


def test_all_together_keep_the_overall_rate() -> None:
    lines = Lines(Rates.of(5, 5))
    lines.add(letter(1, 1))
    lines.add(letter(2, 2))
    assert [taken(lines, 0.0), taken(lines, 0.0), taken(lines, 0.2)] == [1, 0.2, 2]


def test_what_a_slow_network_may_still_bring_counts_with_what_leaves_now() -> None:
    lines = Lines(Rates.of(10, 10))
    for id_ in range(13):
        lines.add(letter(id_, id_))
    left = [taken(lines, 0.1 * id_) for id_ in range(12)]
    assert left == list(range(12))
    assert taken(lines, 60.0) == inf
    lines.finish(letter(0, 0), 60.0)
    assert taken(lines, 60.5) == 0.5
    assert taken(lines, 61.0) == 12


def test_a_line_given_up_leaves_nothing_behind() -> None:
    lines = Lines(Rates.of(100, 100))
    for id_ in (1, 2):
        lines.add(letter(id_, 7))
    lines.add(letter(3, 8))
    assert taken(lines) == 1
    assert [gone.id for gone in lines.clear(7, 0.0)] == [1, 2]
    assert (taken(lines), len(lines)) == (3, 1)


def test_ending_gives_up_all_but_what_is_under_way() -> None:
    lines = Lines(Rates.of(100, 100))
    for id_ in (1, 2, 3):
        lines.add(letter(id_, 7))
    lines.add(letter(4, 8))
    assert taken(lines) == 1
    assert sorted(gone.id for gone in lines.clear_all(0.0)) == [2, 3, 4]
    lines.finish(letter(1, 7), 0.0)
    assert len(lines) == 0


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=40))
def test_every_letter_leaves_once_and_in_its_addresses_order(written: list[tuple[int, bool]]) -> None:
    lines = Lines(Rates.of(10, 2))
    for id_, (address_id, is_reply) in enumerate(written):
        lines.add(letter(id_, address_id, is_reply=is_reply))
    now, left = 0.0, []
    while (found := lines.take(now)) != inf:
        if isinstance(found, Letter):
            left.append(found.id)
            lines.finish(found, now)
        else:
            now += found + 1e-9
        lines.forget_idle_chats(now)
    assert sorted(left) == list(range(len(written)))
    assert len(lines) == 0
    for address_id in range(1, 6):
        own = [id_ for id_ in left if written[id_][0] == address_id]
        assert own == sorted(own)
