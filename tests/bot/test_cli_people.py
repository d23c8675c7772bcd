from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from bot.access.enrol import Enrolled, enrol
from storage.queries.senders import lock_senders, sender_of
from storage.session import Session
from tests.harness.command_line import CommandLine

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


def _join(office: CommandLine, code: str, address: str = "1") -> Enrolled:
    def join(session: Session) -> object:
        lock_senders(session, [("telegram", address)], NOW)
        sender = sender_of(session, "telegram", address, NOW.date())
        return enrol(session, sender, code, now=NOW, today=NOW.date())

    joined = office.books(join)
    assert isinstance(joined, Enrolled)
    return joined


def test_init_twice_changes_nothing(chibo):
    first, second = chibo("init"), chibo("init")
    assert "72-KH/HU: 55 đơn vị" in first.out
    assert (second.code, "72-KH/HU" in second.out) == (0, False)


def test_init_without_a_plan_leaves_the_books_empty(chibo):
    assert chibo("init", "--no-plan").code == 0
    refused = chibo("people", "invite", "--every-unit")
    assert (refused.code, "chibo plan import" in refused.err) == (1, True)


def test_an_invitation_in_json_lets_somebody_join(office):
    left = office(
        "people", "invite", "--unit", "bien son", "--role", "secretary", "--name", "Vi Văn Sơn", "--json"
    )
    facts = json.loads(left.out)
    assert {key: facts[key] for key in ("unit", "role", "name", "telegram")} == {
        "unit": "Biên Sơn",
        "role": "secretary",
        "name": "Vi Văn Sơn",
        "telegram": None,
    }
    assert datetime.fromisoformat(facts["expires"]).isoformat()[:10] == "2022-04-23"
    joined = _join(office, facts["code"])
    assert joined.title == "bí thư đảng ủy xã Biên Sơn"


def test_every_unit_gets_a_code_of_its_own(office):
    invited = json.loads(office("people", "invite", "--every-unit", "--role", "secretary", "--json").out)
    assert len(invited) == 55
    assert len({one["code"] for one in invited}) == 55
    assert len({one["unit"] for one in invited}) == 55


@pytest.mark.parametrize("role", ["district", "admin"])
def test_the_district_s_own_need_no_unit(office, role):
    facts = json.loads(office("people", "invite", "--role", role, "--json").out)
    assert (facts["role"], facts["unit"]) == (role, "Lục Ngạn")


def test_a_unit_that_is_not_clear_is_offered_choices(office):
    left = office("people", "invite", "--unit", "Tân", "--role", "secretary")
    assert left.code == 1
    assert "Tân Hoa" in left.err
    assert "Tân Mộc" in left.err
    assert left.err.count("\n") == 1


def test_a_misspelt_unit_is_never_guessed(office):
    left = office("people", "invite", "--unit", "Biên Sơnn", "--role", "secretary")
    assert (left.code, "Có phải: Biên Sơn" in left.err) == (1, True)


def test_the_web_link_carries_the_code_where_no_log_sees_it(office):
    office.set(public_url="https://chibo.example/")
    facts = json.loads(office("people", "invite", "--unit", "Chũ", "--role", "deputy", "--json").out)
    assert facts["web"] == f"https://chibo.example/chat#{facts['code'].replace('-', '')}"


def test_the_sheet_has_a_card_and_a_picture_for_every_unit(office, tmp_path):
    office.set(public_url="https://chibo.example")
    left = office("people", "invite", "--every-unit", "--sheet", "phieu.html")
    page = (tmp_path / "phieu.html").read_text(encoding="utf-8")
    assert "55 mã mời" in left.out
    assert page.count("<article>") == page.count("<svg") == 55
    assert len(set(re.findall(r'class="code">([0-9A-Z-]{15})<', page))) == 55
    assert "bí thư chi bộ Trường THPT Lục Ngạn số 3".removeprefix("b") in page
    assert "http" not in re.sub(r"https://chibo.example|http://www.w3.org/\S*svg", "", page)


def test_a_sheet_that_cannot_be_written_is_told(office):
    left = office("people", "invite", "--every-unit", "--sheet", "không/có/phieu.html")
    assert (left.code, left.err.startswith("Không ghi được")) == (1, True)


def test_names_are_escaped_on_the_sheet(office, tmp_path):
    office("people", "invite", "--unit", "Chũ", "--role", "deputy", "--name", "<b>A</b>", "--sheet", "p.html")
    assert "&lt;b&gt;A&lt;/b&gt;" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_the_list_shows_who_holds_what_and_which_invitations_wait(office):
    assert "Chưa có ai" in office("people", "list").out
    code = json.loads(office("people", "invite", "--unit", "Chũ", "--role", "secretary", "--json").out)[
        "code"
    ]
    assert "mã mời chưa dùng" in office("people", "list").out
    _join(office, code)
    listed = json.loads(office("people", "list", "--json").out)
    assert listed["invitations"] == []
    (one,) = listed["appointments"]
    assert (one["unit"], one["role"], one["channels"]) == ("Chũ", "secretary", ["telegram"])
    assert code not in office("people", "list").out


@pytest.mark.parametrize("how", ["code", "number"])
def test_an_invitation_can_be_taken_back(office, how):
    code = json.loads(office("people", "invite", "--unit", "Chũ", "--role", "secretary", "--json").out)[
        "code"
    ]
    number = json.loads(office("people", "list", "--json").out)["invitations"][0]["id"]
    what = code if how == "code" else number
    assert "Đã thu hồi" in office("people", "end", what).out
    assert json.loads(office("people", "list", "--json").out)["invitations"] == []
    assert office("people", "end", what).code == 1


def test_an_appointment_can_be_ended(office):
    joined = _join(
        office,
        json.loads(office("people", "invite", "--unit", "Chũ", "--role", "secretary", "--json").out)["code"],
    )
    assert "đảng ủy thị trấn Chũ" in office("people", "end", "1").out
    assert json.loads(office("people", "list", "--json").out)["appointments"] == []
    assert joined.is_new


def test_a_further_channel_is_opened_for_somebody_known(office):
    person = _join(
        office, json.loads(office("people", "invite", "--role", "admin", "--json").out)["code"]
    ).person
    code = json.loads(office("people", "invite", "--role", "admin", "--person", str(person), "--json").out)[
        "code"
    ]
    assert _join(office, code, address="2").person == person
    assert office("people", "invite", "--role", "admin", "--person", "99").code == 1


def test_a_phone_comes_with_the_invitation_and_is_theirs_who_joins(office):
    left = office(
        "people", "invite", "--unit", "bien son", "--role", "secretary", "--phone", "0912.345.678", "--json"
    )
    _join(office, json.loads(left.out)["code"])
    (held,) = json.loads(office("people", "list", "--json").out)["appointments"]
    assert held["phone"] == "0912345678"
    assert "0912 345 678" in office("people", "list").out


def test_a_phone_is_noted_later_and_in_place_of_the_one_before(office):
    left = office("people", "invite", "--unit", "bien son", "--role", "secretary", "--json")
    person = _join(office, json.loads(left.out)["code"]).person
    for number in ("0912345678", "+84 987 654 321"):
        done = office("people", "phone", str(person), number)
        assert done.code == 0
    assert "0987 654 321" in done.out
    (held,) = json.loads(office("people", "list", "--json").out)["appointments"]
    assert held["phone"] == "0987654321"


@pytest.mark.parametrize("asked", [("invite", "--unit", "bien son", "--role", "secretary", "--phone", "12")])
def test_what_is_no_number_is_refused(office, asked):
    refused = office("people", *asked)
    assert (refused.code, "không phải số điện thoại" in refused.err) == (2, True)


def test_a_phone_of_nobody_is_refused(office):
    refused = office("people", "phone", "99", "0912345678")
    assert (refused.code, "chibo people list" in refused.err) == (1, True)
