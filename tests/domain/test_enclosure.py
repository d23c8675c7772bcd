from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.enclosure import Enclosure, Output
from domain.file_link import AGAIN, FileLink, Linking, Standing, digest
from domain.people import PersonId
from domain.period import Quarter
from storage.enclosures import as_stored, from_stored

AT = datetime(2022, 3, 31, 10, tzinfo=UTC)
TABLE = Enclosure(output=Output.XLSX, quarter=Quarter(2022, 1), as_of=AT)
LINK = FileLink(id=1, person=PersonId(1), encloses=TABLE, expires_at=AT + timedelta(hours=24))


@pytest.mark.parametrize(
    ("output", "name", "full_name"),
    [
        (Output.XLSX, "Bieu-ket-nap-quy-I-2022.xlsx", "Biểu kết nạp quý I-2022.xlsx"),
        (Output.DOCX, "Bao-cao-ket-nap-quy-I-2022.docx", "Báo cáo kết nạp quý I-2022.docx"),
        (Output.PNG, "Bieu-do-ket-nap-quy-I-2022.png", "Biểu đồ kết nạp quý I-2022.png"),
        (Output.RATING, "Bang-xep-loai-2022.xlsx", "Bảng xếp loại năm 2022.xlsx"),
    ],
)
def test_a_file_has_a_name_for_every_system_and_one_for_people(output, name, full_name):
    enclosure = Enclosure(output=output, quarter=Quarter(2022, 1), as_of=AT)
    assert (enclosure.name, enclosure.full_name) == (name, full_name)


ENCLOSURES = st.builds(
    Enclosure,
    output=st.sampled_from(Output),
    quarter=st.builds(Quarter, st.integers(2000, 2100), st.integers(1, 4)),
    as_of=st.datetimes(timezones=st.just(UTC)),
)


@given(ENCLOSURES)
def test_the_books_give_back_what_they_were_given(enclosure):
    assert from_stored(as_stored(enclosure)) == enclosure
    assert re.fullmatch(r"[A-Za-z]+(-[A-Za-z]+)*(-[IV]+)?-\d{4}\.[a-z]+", enclosure.name)


def test_no_enclosure_is_nothing_in_the_books():
    assert as_stored(None) is None
    assert from_stored(None) is None


def test_a_link_is_open_until_its_time_is_over():
    assert LINK.standing(AT) is Standing.OPEN
    assert LINK.standing(LINK.expires_at - timedelta(seconds=1)) is Standing.OPEN
    assert LINK.standing(LINK.expires_at) is Standing.EXPIRED


def test_a_link_serves_one_downloading():
    used = FileLink(id=1, person=PersonId(1), encloses=TABLE, expires_at=LINK.expires_at, opened_at=AT)
    assert used.standing(AT + AGAIN - timedelta(seconds=1)) is Standing.OPEN
    assert used.standing(AT + AGAIN) is Standing.USED


def test_a_link_leads_to_the_public_address():
    linking = Linking(public_url="https://chibo.test/", lasts=timedelta(hours=24), new_token=lambda: "T")
    assert linking.url("T") == "https://chibo.test/files/T"
    assert Linking(public_url="", lasts=timedelta(hours=24), new_token=lambda: "T").url("T") == ""


def test_a_digest_does_not_tell_the_token():
    assert len(digest("T1")) == 64
    assert digest("T1") != digest("T2")
