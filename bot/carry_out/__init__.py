"""The only writer of the books: one function per command. Each checks everything before it writes anything."""

from __future__ import annotations

from typing import assert_never

from bot.carry_out.act import Act
from bot.carry_out.admissions import record_admissions
from bot.carry_out.facts import tell_facts
from bot.carry_out.filings import file_quarter, record_nil
from bot.carry_out.invitations import invite
from bot.carry_out.undo import undo_last
from bot.carry_out.units import add_cell
from domain.commands import (
    AddCell,
    Command,
    FileQuarter,
    Invite,
    RecordAdmissions,
    RecordNil,
    TellFacts,
    UndoLast,
)
from messages.say import Say
from storage.session import Session

__all__ = ["Act", "carry_out"]


def carry_out(session: Session, command: Command, act: Act) -> Say:
    """Do what a command says and answer its receipt; raises Refused and has then changed nothing."""
    match command:
        case RecordAdmissions():
            return record_admissions(session, command, act)
        case RecordNil():
            return record_nil(session, command, act)
        case FileQuarter():
            return file_quarter(session, command, act)
        case UndoLast():
            return undo_last(session, command, act)
        case AddCell():
            return add_cell(session, command, act)
        case TellFacts():
            return tell_facts(session, command, act)
        case Invite():
            return invite(session, command, act)
        case _:
            assert_never(command)
