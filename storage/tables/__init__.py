"""The tables of the books.

Facts are never overwritten: a row that another one replaces keeps its figures and gets an `until_at`,
so that the books can be read as they stood at any moment. What moves in place is only the state of
work: leases and receipts of the outbox, the open dialogue, counters of an address.
"""

from __future__ import annotations

from storage.tables.admissions import admissions, filings, revisions
from storage.tables.base import metadata
from storage.tables.candidates import candidate_closings, candidate_steps, candidates, employments
from storage.tables.channels import channels_off, failovers, sent_counts
from storage.tables.closings import closings
from storage.tables.files import file_links
from storage.tables.frames import frame_years, frames
from storage.tables.lessons import lessons
from storage.tables.log import audit, heartbeats, said
from storage.tables.mailings import mailings
from storage.tables.matters import call_notes, calls, heads, issue_answers, issues, promises
from storage.tables.people import addresses, appointments, hand_overs, invitations, people
from storage.tables.strength import last_admissions, member_counts
from storage.tables.talk import dialogues, inbox, outbox
from storage.tables.units import former_plans, former_units, plans, targets, units

__all__ = [
    "addresses",
    "admissions",
    "appointments",
    "audit",
    "call_notes",
    "calls",
    "candidate_closings",
    "candidate_steps",
    "candidates",
    "channels_off",
    "closings",
    "dialogues",
    "employments",
    "failovers",
    "file_links",
    "filings",
    "former_plans",
    "former_units",
    "frame_years",
    "frames",
    "hand_overs",
    "heads",
    "heartbeats",
    "inbox",
    "invitations",
    "issue_answers",
    "issues",
    "last_admissions",
    "lessons",
    "mailings",
    "member_counts",
    "metadata",
    "outbox",
    "people",
    "plans",
    "promises",
    "revisions",
    "said",
    "sent_counts",
    "targets",
    "units",
]
