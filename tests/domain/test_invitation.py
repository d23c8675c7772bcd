from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.invitation import (
    ALPHABET,
    Code,
    Invitation,
    InvitationId,
    code_in,
    hash_of,
    is_nearly_code,
    is_plainly_code,
    new_code,
    normalise,
    shown,
)
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Role

CODE = Code("7K3MQ9XT2P4HB")
NOW = datetime(2022, 3, 1, tzinfo=UTC)
codes = st.integers().map(lambda seed: new_code(random.Random(seed).randrange))


def test_a_code_has_at_least_sixty_bits_and_a_digit_that_is_no_letter():
    for code in (new_code(secrets.randbelow) for _ in range(200)):
        assert len(code) == 13
        assert set(code) <= set(ALPHABET)
        assert set(code) & set("23456789")
    assert len(ALPHABET) ** 13 > 2**60


@given(codes)
def test_a_code_reads_back_from_the_form_in_which_it_is_shown(code):
    assert normalise(shown(code)) == code
    assert normalise(shown(code).lower()) == code


@given(codes)
def test_letters_that_look_like_digits_are_forgiven(code):
    by_hand = code.replace("0", "o").replace("1", "l")
    assert normalise(by_hand) == code
    assert normalise(code.replace("0", "O").replace("1", "I")) == code


@pytest.mark.parametrize(
    "text",
    [
        "7K3MQ-9XT2P-4HB",
        "7k3mq 9xt2p 4hb",
        "  7k3mq9xt2p4hb \n",
        "/start 7K3MQ9XT2P4HB",
        "/start@chibo_bot 7k3mq-9xt2p-4hb",
        "/START 7K3MQ_9XT2P_4HB",
        "«7K3MQ-9XT2P-4HB».",
        "7K3MQ–9XT2P—4HB",
        "７K3MQ９XT2P4HB",
    ],
)
def test_a_code_is_known_however_it_is_typed(text):
    assert normalise(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/start",
        "7K3MQ-9XT2P-4H",
        "7K3MQ-9XT2P-4HBB",
        "7K3MQ-9XT2P-4HU",
        "khong co ai dang",
        "thang nhat hai",
        "kn Nguyen Thi Hoa 15/3",
        "0912345678",
        "Mã của tôi: 7K3MQ-9XT2P-4HB",
        "\u0130" * 13,
    ],
)
def test_what_is_not_a_code_is_left_to_others(text):
    assert normalise(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "7k3mq9xt2p4hb",
        "Mã của tôi: 7K3MQ-9XT2P-4HB",
        "Mời đồng chí tham gia chibo.\nMã mời: 7k3mq-9xt2p-4hb, dùng đến 24/4/2022.",
        "7K3MQ-9XT2P-4HB (nhắc lại: 7K3MQ-9XT2P-4HB)",
    ],
)
def test_a_stranger_s_code_is_found_among_words_as_it_is_shown(text):
    assert code_in(text) == CODE


@pytest.mark.parametrize(
    "text", ["xin chào", "7K3MQ-9XT2P-4HB hay 7K3MQ-9XT2P-4HC?", "a7K3MQ-9XT2P-4HB", "số 7K3MQ9XT2P4HB"]
)
def test_what_may_be_several_codes_or_none_is_none(text):
    assert code_in(text) is None


def test_a_code_with_a_character_too_few_or_too_many_is_nearly_one():
    assert all(map(is_nearly_code, ["7K3MQ-9XT2P-4H", "7k3mq9xt2p4hbb", "«7K3MQ-9XT2P-4HU»."]))
    words = [
        "0912345678",
        "xin chào đồng chí",
        "Nguyễn-Thị-Hoa1999",
        "kn Hoa 15/3/2022",
        "BS-22-01",
        "x" * 12,
    ]
    assert not any(map(is_nearly_code, words))


@given(st.text())
def test_any_text_at_all_is_a_code_or_none(text):
    code = normalise(text)
    assert code is None or (len(code) == 13 and normalise(shown(code)) == code)


@pytest.mark.parametrize("text", ["kn Thanh sn 1999", "kn Hoan 15 3 2022"])
def test_words_that_are_as_long_as_a_code_are_not_plainly_one(text):
    assert normalise(text) is not None
    assert not is_plainly_code(text)


@given(codes)
def test_a_code_as_it_is_shown_sent_or_copied_is_plainly_one(code):
    assert all(is_plainly_code(text) for text in (code, shown(code), f"/start {code}", f"«{shown(code)}»."))


def test_the_hash_does_not_show_the_code():
    assert len(hash_of(CODE)) == 64
    assert CODE not in hash_of(CODE).upper()


def _invitation(**changes: object) -> Invitation:
    unit = Unit(id=UnitId(1), kind=UnitKind.GRASSROOTS, name="Biên Sơn", short="Biên Sơn", code="BS")
    facts: dict[str, object] = {
        "id": InvitationId(1),
        "unit": unit,
        "role": Role.SECRETARY,
        "name": None,
        "person": None,
        "expires_at": NOW + timedelta(days=30),
    }
    return Invitation(**{**facts, **changes})


def test_an_invitation_is_open_until_it_is_used_taken_back_or_expires():
    assert _invitation().is_open(NOW)
    assert not _invitation(used_at=NOW).is_open(NOW)
    assert not _invitation(revoked_at=NOW).is_open(NOW)
    assert not _invitation(expires_at=NOW).is_open(NOW)
