"""Letters: messages of the outbox on their way, from wherever delivery got them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from messages.channel import Address, Choice, OutgoingMessage
from storage.queries.delivery import Leased
from storage.queries.outbox import PATIENCE

HANDED_LEASE: Final = timedelta(seconds=20)
"""How long a reply that was handed over is surely ours; it was leased a little longer."""


class Handed(Protocol):
    """A reply that was put into the outbox just now, leased to this process."""

    @property
    def outbox_id(self) -> int:
        """Its number in the outbox."""

    @property
    def address_id(self) -> int:
        """Its address's number in the books."""

    @property
    def channel(self) -> str:
        """The address's channel."""

    @property
    def address(self) -> str:
        """The address's value."""

    @property
    def message(self) -> OutgoingMessage:
        """What it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message of the outbox in hand; `tries` counts the tries that were made before."""

    id: int
    address_id: int
    address: Address
    message: OutgoingMessage
    is_reply: bool
    tries: int
    leased_until: datetime
    expires_at: datetime


def letter_of_reply(reply: Handed, now: datetime) -> Letter:
    """The letter of a reply that was handed over."""
    return Letter(
        id=reply.outbox_id,
        address_id=reply.address_id,
        address=Address(reply.channel, reply.address),
        message=reply.message,
        is_reply=True,
        tries=0,
        leased_until=now + HANDED_LEASE,
        expires_at=now + PATIENCE,
    )


def letter_of_row(row: Leased, channel: str) -> Letter:
    """The letter of a message that was leased."""
    choices = tuple(Choice(value, label) for value, label in row.choices)
    return Letter(
        id=row.id,
        address_id=row.address_id,
        address=Address(channel, row.address),
        message=OutgoingMessage(text=row.text, choices=choices, question=row.question, encloses=row.encloses),
        is_reply=row.kind == "reply",
        tries=row.attempts,
        leased_until=row.leased_until,
        expires_at=row.expires_at,
    )
