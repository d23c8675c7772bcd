"""Undoing: what the last message did, read back and taken back, for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.dialogue.talk import Asker, Talk, dialogue
from domain.commands import UndoLast
from domain.policy import Action
from messages import labels
from messages.say import Say
from messages.understand.heard import Intent
from storage.queries.audit import last_undoable
from storage.queries.described import Described, described
from storage.session import Session

UNDOABLE_FOR: Final = timedelta(days=1)
"""How long after it was said something can be undone by who said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoFacts:
    """What the asker's last message did; empty when there is nothing to undo."""

    last: tuple[Described, ...]
    reports: bool


def undo_facts(session: Session, asker: Asker) -> UndoFacts:
    """Fetch what the asker did last, within the time in which it can be undone."""
    entries = last_undoable(session, asker.person.id, asker.at - UNDOABLE_FOR)
    return UndoFacts(
        last=tuple(described(session, entry) for entry in entries), reports=bool(asker.person.reports_for)
    )


@dialogue("undo", opens_on=Intent.UNDO, needs=Action.BE_HERE, facts=undo_facts, asks=("confirm",))
def undo(talk: Talk, facts: UndoFacts) -> UndoLast | Say:
    """Take back all that the last message did."""
    if not facts.last:
        offers = (labels.CORRECT, labels.MENU) if facts.reports else (labels.MENU,)
        return Say("undo/nothing", {"reports": facts.reports}, offers)
    command = UndoLast(entries=tuple(each.entry.id for each in facts.last))
    talk.confirm(command, {"what": facts.last, "at": facts.last[0].entry.said_at})
    return command
