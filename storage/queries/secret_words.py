"""Messages that hold a code to join with: their words are forgotten as soon as they are needed no more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import ColumnElement, case, or_, select, update

from domain.invitation import InvitationId
from storage.session import Session
from storage.tables import invitations, outbox

FORGOTTEN: Final = "(Mã mời đã gửi ở đây; vì an toàn, mã không còn được lưu lại.)"
_ONCE: Final = "code"
"""Keys of messages that their channel keeps: here their words are forgotten when the channel has taken them."""
_CHAT: Final = "code-in-chat"
"""Keys of those on the web chat, which reads the outbox: kept until the code is used, or for some days."""
_KEPT_IN_CHAT: Final = timedelta(days=3)
_LOOKED_BACK: Final = timedelta(days=60)
_SIDES: Final = ("reply", "notice")

ONCE_SETTLED: Final[ColumnElement[str]] = case(
    (outbox.c.key.like(f"{_ONCE}:%"), FORGOTTEN), else_=outbox.c.text
)
"""The words that a message keeps once it is sent or given up."""


def key_of(invitation: InvitationId, channel: str, side: Literal["reply", "notice"]) -> str:
    """The key of a message that shows an invitation's code: the answer to who made it, or another's notice."""
    return f"{_CHAT if channel == 'web' else _ONCE}:{invitation}:{side}"


def holds_code(key: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Whether a message with this key shows a code."""
    return or_(key.like(f"{_ONCE}:%"), key.like(f"{_CHAT}:%"))


def forget(session: Session, which: Collection[InvitationId]) -> None:
    """Forget the codes of invitations that were used or taken back; a message with one goes out no more."""
    keys = [f"{kind}:{each}:{side}" for kind in (_ONCE, _CHAT) for each in which for side in _SIDES]
    waits = outbox.c.state == "waiting"
    session.execute(
        update(outbox)
        .where(outbox.c.key.in_(keys), outbox.c.text != FORGOTTEN)
        .values(text=FORGOTTEN, state=case((waits, "dropped"), else_=outbox.c.state))
    )


def forget_old(session: Session, now: datetime) -> None:
    """Forget the codes that nobody has used for some days, so that the chat keeps none for ever."""
    old = select(invitations.c.id).where(
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.created_at.between(now - _LOOKED_BACK, now - _KEPT_IN_CHAT),
    )
    which = [InvitationId(each) for each in session.execute(old).scalars()]
    if which:
        forget(session, which)
