"""The tables of the books.

Facts are never overwritten: a row that another one replaces keeps its figures and gets an `until_at`,
so that the books can be read as they stood at any moment. What moves in place is only the state of
work: leases and receipts of the outbox, the open dialogue, counters of an address.
"""

from __future__ import annotations

from storage.models.admissions import AdmissionRevisionRow, AdmissionRow, FilingRow
from storage.models.base import Base
from storage.models.candidates import CandidateClosingRow, CandidateRow, CandidateStepRow
from storage.models.closings import ClosingRow
from storage.models.files import FileLinkRow
from storage.models.log import AuditRow, HeartbeatRow, SaidRow
from storage.models.mailings import MailingRow
from storage.models.matters import CallNoteRow, CallRow, HeadsRow, IssueAnswerRow, IssueRow, PromiseRow
from storage.models.people import AddressRow, AppointmentRow, HandOverRow, InvitationRow, PersonRow
from storage.models.talk import DialogueRow, InboxRow, OutboxRow
from storage.models.units import FormerPlanRow, FormerUnitRow, PlanRow, TargetRow, UnitRow

__all__ = [
    "AddressRow",
    "AdmissionRevisionRow",
    "AdmissionRow",
    "AppointmentRow",
    "AuditRow",
    "Base",
    "CallNoteRow",
    "CallRow",
    "CandidateClosingRow",
    "CandidateRow",
    "CandidateStepRow",
    "ClosingRow",
    "DialogueRow",
    "FileLinkRow",
    "FilingRow",
    "FormerPlanRow",
    "FormerUnitRow",
    "HandOverRow",
    "HeadsRow",
    "HeartbeatRow",
    "InboxRow",
    "InvitationRow",
    "IssueAnswerRow",
    "IssueRow",
    "MailingRow",
    "OutboxRow",
    "PersonRow",
    "PlanRow",
    "PromiseRow",
    "SaidRow",
    "TargetRow",
    "UnitRow",
]
