"""What is known of a message that was edited: its versions, as they were understood, and what the books hold from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.dialogue.running import Edited
from domain.deed import Deed
from domain.office import Office
from domain.people import Person
from messages.channel import IncomingMessage
from messages.fold import fold
from messages.readers import Answer
from messages.understand.heard import Heard
from storage.queries import audit, revisions
from storage.queries.inbox import Version
from storage.session import Session

TAKEN_FOR: Final = timedelta(days=1)
"""How long after a message was sent an edit of it still amends what was recorded."""
_OF_REPORTS: Final = frozenset({Deed.RECORD_ADMISSION, Deed.CORRECT_ADMISSION})
_NUMBERED_DAY: Final = re.compile(r"[0-9]{1,2} ?[/.\-] ?[0-9]{1,2}|\b(?:ngay|mung|mong) [0-9]|thang [0-9]")


def edited(
    session: Session,
    person: Person,
    message: IncomingMessage,
    office: Office,
    versions: Sequence[Version],
    hear: Callable[[str, datetime], Heard],
) -> Edited:
    """Fetch it; `versions` are the message as it was sent and the edits before this one."""
    lines = [version.id for version in versions]
    first = versions[0].sent_at
    entries = [e for e in audit.of_lines(session, person.id, lines) if e.deed in _OF_REPORTS]
    found = (
        revisions.report_of(session, number) for number in dict.fromkeys(e.row("admission") for e in entries)
    )
    at = _meant_at(message.text, first, message.at)
    return Edited(
        lines=frozenset(lines),
        answer=Answer(message.text, at),
        heard=hear(message.text, at),
        before=tuple(hear(each.text, _meant_at(each.text, first, each.sent_at)) for each in versions),
        reports=tuple(report for report in found if not report.withdrawn),
        count_by=office.count_by,
        too_late=message.at - first > TAKEN_FOR,
    )


def _meant_at(text: str, first: datetime, edited_at: datetime) -> datetime:
    """When a version was said: «hôm qua» goes on meaning the day before the message was sent, «29/3» may be today."""
    return edited_at if _NUMBERED_DAY.search(fold(text)) else first
