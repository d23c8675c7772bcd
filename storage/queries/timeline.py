"""What was said at one address, by both sides, as a chat shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import RowMapping, Select, and_, or_, select

from domain.enclosure import Enclosure
from storage.enclosures import from_stored
from storage.queries.secret_words import holds_code
from storage.queries.senders import Sender, sender_of
from storage.session import Session
from storage.tables import addresses, inbox, outbox

AT_ONCE: Final = 50
"""How many of the newest lines a chat that opens is given."""
CATCHING_UP: Final = 200
"""How many lines of each side one reading gives to a chat that was away."""
TAIL: Final = 20
"""How many of the bot's lines a mark names one by one."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with a line: what it is, and how large it was when it was made, in bytes."""

    what: Enclosure
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of a chat: the person's own, or the bot's with the choices under it.

    `key` is unique in the chat; `external_id` is the channel's own id of what the person sent. `secret`: it shows a code.
    """

    key: str
    own: bool
    at: datetime
    text: str
    choices: tuple[str, ...] = ()
    question: str = ""
    external_id: str = ""
    enclosed: Enclosed | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a chat has been shown: the last of the person's lines, and the last ones of the bot.

    One person's lines enter the books in the order of their ids. The bot's do not become visible in that
    order (a reminder shows only once it was sent, a reply at once), so that the last `TAIL` are named.
    """

    own: int = 0
    bots: tuple[int, ...] = ()

    @property
    def floor(self) -> int:
        """The id up to which every line of the bot has been shown."""
        return self.bots[0] if len(self.bots) >= TAIL else 0


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in the order in which they were said, and the mark to go on from."""

    lines: tuple[Line, ...]
    mark: Mark


def newest(session: Session, channel: str, address: str) -> Page:
    """The last lines said at an address."""
    said = _rows(session, _SAID.order_by(inbox.c.id.desc()).limit(AT_ONCE), channel, address)
    told = _rows(session, _TOLD.order_by(outbox.c.id.desc()).limit(AT_ONCE), channel, address)
    return Page(_merged(said, told)[-AT_ONCE:], _moved(Mark(), said, told))


def after(session: Session, channel: str, address: str, mark: Mark) -> Page:
    """What was said at an address and not yet shown to the chat that holds the mark."""
    said = _SAID.where(inbox.c.id > mark.own).order_by(inbox.c.id).limit(CATCHING_UP)
    told = _TOLD.where(outbox.c.id > mark.floor).order_by(outbox.c.id).limit(CATCHING_UP + TAIL)
    new_said = _rows(session, said, channel, address)
    new_told = [row for row in _rows(session, told, channel, address) if row["id"] not in mark.bots]
    return Page(_merged(new_said, new_told), _moved(mark, new_said, new_told))


def known_at(session: Session, channel: str, address: str, on: date) -> Sender | None:
    """Who is behind an address on a day; None when it never wrote."""
    written = select(addresses.c.id).where(addresses.c.channel == channel, addresses.c.value == address)
    if session.execute(written).first() is None:
        return None
    return sender_of(session, channel, address, on)


def enclosed_at(session: Session, channel: str, address: str, outbox_id: int) -> Enclosure | None:
    """What file came with a line of the bot at an address; None where none did, or where it was another's."""
    sent = _TOLD.where(outbox.c.id == outbox_id)
    return next((from_stored(row["encloses"]) for row in _rows(session, sent, channel, address)), None)


_SAID = (
    select(inbox.c.id, inbox.c.external_id, inbox.c.text, inbox.c.tap, inbox.c.sent_at, inbox.c.received_at)
    .join(addresses, addresses.c.id == inbox.c.address_id)
    .where(inbox.c.kind.in_(("text", "choice")))
)
_TOLD = (
    select(
        outbox.c.id,
        outbox.c.text,
        outbox.c.choices,
        outbox.c.question,
        outbox.c.encloses,
        outbox.c.inbox_id,
        outbox.c.created_at,
        holds_code(outbox.c.key).label("secret"),
    )
    .join(addresses, addresses.c.id == outbox.c.address_id)
    .where(
        # A reply shows as soon as it is written; what the bot says by itself only once delivery found it
        # still true and sent it, and what has a file once that is made.
        or_(
            outbox.c.state == "sent",
            and_(outbox.c.state == "waiting", outbox.c.inbox_id.is_not(None), outbox.c.encloses.is_(None)),
        )
    )
)


def _rows(
    session: Session, query: Select[*tuple[object, ...]], channel: str, address: str
) -> list[RowMapping]:
    own = query.where(addresses.c.channel == channel, addresses.c.value == address)
    return list(session.execute(own).mappings())


def _merged(said: Iterable[RowMapping], told: Iterable[RowMapping]) -> tuple[Line, ...]:
    placed = [((row["received_at"], row["id"], 0), _line_said(row)) for row in said]
    placed += [((row["created_at"], row["inbox_id"] or 0, row["id"]), _line_told(row)) for row in told]
    return tuple(line for _, line in sorted(placed, key=lambda pair: pair[0]))


def _line_said(row: RowMapping) -> Line:
    tap = row["tap"] or {}
    text = row["text"] or str(tap.get("label") or tap.get("number") or "")
    return Line(key=f"i{row['id']}", own=True, at=row["sent_at"], text=text, external_id=row["external_id"])


def _line_told(row: RowMapping) -> Line:
    labels = tuple(str(label) for _, label in row["choices"])
    return Line(
        key=f"o{row['id']}",
        own=False,
        at=row["created_at"],
        text=row["text"],
        choices=labels,
        question=row["question"],
        enclosed=_enclosed(row),
        secret=bool(row["secret"]),
    )


def _enclosed(row: RowMapping) -> Enclosed | None:
    what = from_stored(row["encloses"])
    return None if what is None else Enclosed(what, int(row["encloses"].get("size", 0)))


def _moved(mark: Mark, said: Iterable[RowMapping], told: Iterable[RowMapping]) -> Mark:
    bots = sorted({*mark.bots, *(row["id"] for row in told)})[-TAIL:]
    return Mark(max((mark.own, *(row["id"] for row in said))), tuple(bots))
