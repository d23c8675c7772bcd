"""The unit of work on either kind of database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from storage.session import DatabaseFault, open_engine, unit_of_work
from storage.tables import candidates


def test_a_fault_does_not_tell_what_the_statement_was_given(books_url):
    engine = open_engine(books_url)
    somebody = {
        "unit_id": 1,
        "name": "Nguyễn Thị Hoa",
        "folded": "nguyen thi hoa",
        "closed_on": date(2022, 3, 1),
    }
    with pytest.raises(DatabaseFault) as fault, unit_of_work(engine)() as session:
        session.execute(insert(candidates), [somebody | {"closed_because": "moved"}])
    engine.dispose()
    assert "candidates" in str(fault.value)
    assert "Hoa" not in str(fault.value).partition("DETAIL")[0]
