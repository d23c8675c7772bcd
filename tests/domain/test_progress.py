"""Targets against admissions: states, verdicts, percentages, and totals that are sums of rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.organisation import Unit, UnitId, UnitKind
from domain.period import Quarter
from domain.progress import (
    Breakdown,
    Filed,
    FilingKind,
    FilingState,
    HeadsRate,
    Owes,
    PlanTerms,
    RollUp,
    Tally,
    UnitProgress,
    Verdict,
    filing_state,
    owes,
    percent,
    verdict,
)

AT = datetime(2022, 3, 30, 3, 0, tzinfo=UTC)
NIL = Filed(kind=FilingKind.NIL, at=AT)
FILED = Filed(kind=FilingKind.FILED, at=AT)
Q1 = Quarter(2022, 1)


TERMS = PlanTerms(
    year=2022, number="72-KH/HU", signed_on=date(2022, 2, 11), pledged=200, heads_rate=90, grace_days=5
)


@pytest.mark.parametrize(
    ("target", "admitted", "filed", "state", "owed"),
    [
        (0, 0, None, FilingState.NOT_DUE, None),
        (0, 1, None, FilingState.DRAFT, None),
        (0, 0, NIL, FilingState.NIL, None),
        (0, 1, NIL, FilingState.DRAFT, None),
        (0, 0, FILED, FilingState.FILED, None),
        (0, 2, FILED, FilingState.FILED, None),
        (2, 0, None, FilingState.SILENT, Owes.REPORT),
        (2, 1, None, FilingState.DRAFT, Owes.REST),
        (2, 2, None, FilingState.DRAFT, Owes.WORD),
        (2, 3, None, FilingState.DRAFT, Owes.WORD),
        (2, 0, NIL, FilingState.NIL, None),
        (2, 1, NIL, FilingState.DRAFT, Owes.REST),
        (2, 0, FILED, FilingState.FILED, None),
        (2, 1, FILED, FilingState.FILED, None),
        (2, 2, FILED, FilingState.FILED, None),
    ],
)
def test_every_case_has_its_state(
    target: int, admitted: int, filed: Filed | None, state: FilingState, owed: Owes | None
) -> None:
    assert filing_state(target, admitted, filed) is state
    assert owes(target, admitted, filed) is owed


@pytest.mark.parametrize(
    ("target", "admitted", "expected"),
    [
        (0, 0, Verdict.NONE),
        (0, 1, Verdict.OVER),
        (1, 0, Verdict.BELOW),
        (1, 1, Verdict.MET),
        (1, 2, Verdict.OVER),
    ],
)
def test_every_figure_has_its_verdict(target: int, admitted: int, expected: Verdict) -> None:
    assert verdict(target, admitted) is expected


def test_every_state_and_verdict_has_vietnamese_words() -> None:
    words = [*(state.words for state in FilingState), *(each.words for each in Verdict)]
    assert len(set(words)) == len(FilingState) + len(Verdict)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (38, 46, "82,6%"),
        (38, 220, "17,3%"),
        (38, 200, "19,0%"),
        (271, 301, "90,0%"),
        (0, 46, "0,0%"),
        (46, 46, "100,0%"),
        (50, 46, "108,7%"),
        (1, 2000, "0,1%"),
        (3, 0, "–"),
    ],
)
def test_percentages_are_vietnamese_decimals(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


@pytest.mark.parametrize(("members", "total", "rate"), [(271, 301, 90.0), (0, 0, 0.0), (1, 3, 33.3)])
def test_the_rate_of_village_heads_has_one_decimal(members: int, total: int, rate: float) -> None:
    assert HeadsRate(members=members, total=total).rate == rate


def unit(number: int) -> Unit:
    return Unit(
        id=UnitId(number),
        kind=UnitKind.GRASSROOTS,
        name=f"Xã {number}",
        short=f"Xã {number}",
        code=f"X{number}",
    )


tallies = st.builds(Tally, quarter=st.integers(0, 9), to_date=st.integers(0, 9), year=st.integers(0, 9))
filings = st.sampled_from([None, NIL, FILED])
rows = st.lists(st.tuples(tallies, tallies, filings), max_size=60)


def roll_up(drawn: list[tuple[Tally, Tally, Filed | None]]) -> RollUp:
    units = tuple(
        UnitProgress(unit=unit(n), quarter=Q1, target=target, admitted=admitted, filed=filed)
        for n, (target, admitted, filed) in enumerate(drawn, 1)
    )
    return RollUp(plan=TERMS, as_of=AT, quarter=Q1, units=units, breakdown=Breakdown())


@given(rows)
def test_totals_are_the_sums_of_the_rows(drawn: list[tuple[Tally, Tally, Filed | None]]) -> None:
    whole = roll_up(drawn)
    assert whole.target.quarter == sum(target.quarter for target, _, _ in drawn)
    assert whole.admitted.to_date == sum(admitted.to_date for _, admitted, _ in drawn)
    assert whole.assigned == sum(target.year for target, _, _ in drawn)


@given(rows)
def test_the_five_states_share_out_all_units(drawn: list[tuple[Tally, Tally, Filed | None]]) -> None:
    whole = roll_up(drawn)
    assert set(whole.filings) == set(FilingState)
    assert sum(whole.filings.values()) == len(drawn) == len(whole.with_target) + whole.without_target
    assert not set(whole.silent) & set(whole.below)
    assert all(row.is_owed for row in whole.silent)


@given(rows)
def test_a_unit_that_owes_lacks_something(drawn: list[tuple[Tally, Tally, Filed | None]]) -> None:
    for row in roll_up(drawn).units:
        assert not row.is_owed or row.missing > 0
        assert row.missing == max(0, row.target.quarter - row.admitted.quarter)
