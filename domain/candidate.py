"""The steps from candidate to full member, and the ways out."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

CandidateId = NewType("CandidateId", int)


def may_be_same(year: int | None, other: int | None) -> bool:
    """Whether two years of birth can be one person's: they agree, or one was not told."""
    return year is None or other is None or year == other


class Step(StrEnum):
    """A step that is closed, in the order in which they follow (Party rules; limits are settings)."""

    LISTED = "listed"
    MENTORED = "mentored"
    TRAINED = "trained"
    APPLIED = "applied"
    VETTED = "vetted"
    RECOMMENDED = "recommended"
    CELL_RESOLVED = "cell_resolved"
    COMMITTEE_RESOLVED = "committee_resolved"
    DECIDED = "decided"
    ADMITTED = "admitted"
    CONFIRMED = "confirmed"


class WayOut(StrEnum):
    """Why somebody is a candidate no more without having been admitted."""

    MOVED = "moved"
    WITHDREW = "withdrew"
    INELIGIBLE = "ineligible"
    DUPLICATE = "duplicate"
