"""The tables of the models as SQLAlchemy Core sees them, for statements that need no objects."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table

from storage import models


def _table(model: type[models.Base]) -> Table:
    return cast(Table, model.__table__)


units = _table(models.UnitRow)
former_units = _table(models.FormerUnitRow)
plans = _table(models.PlanRow)
former_plans = _table(models.FormerPlanRow)
targets = _table(models.TargetRow)
people = _table(models.PersonRow)
appointments = _table(models.AppointmentRow)
addresses = _table(models.AddressRow)
invitations = _table(models.InvitationRow)
candidates = _table(models.CandidateRow)
candidate_steps = _table(models.CandidateStepRow)
candidate_closings = _table(models.CandidateClosingRow)
admissions = _table(models.AdmissionRow)
revisions = _table(models.AdmissionRevisionRow)
filings = _table(models.FilingRow)
closings = _table(models.ClosingRow)
heads = _table(models.HeadsRow)
issues = _table(models.IssueRow)
issue_answers = _table(models.IssueAnswerRow)
promises = _table(models.PromiseRow)
hand_overs = _table(models.HandOverRow)
calls = _table(models.CallRow)
mailings = _table(models.MailingRow)
call_notes = _table(models.CallNoteRow)
inbox = _table(models.InboxRow)
outbox = _table(models.OutboxRow)
dialogues = _table(models.DialogueRow)
file_links = _table(models.FileLinkRow)
audit = _table(models.AuditRow)
heartbeats = _table(models.HeartbeatRow)
said = _table(models.SaidRow)
