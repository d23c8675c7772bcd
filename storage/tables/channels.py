"""What channels have taken from us, what went by another one, and which are off."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from storage.columns import Instant
from storage.tables.base import metadata

sent_counts = Table(
    "sent_counts",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("sent", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)
"""How many messages a channel has taken in a month («2022-03», where the office is), and how many it has refused
because there were too many."""

failovers = Table(
    "failovers",
    metadata,
    Column("outbox_id", Integer, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("from_address_id", Integer, ForeignKey("addresses.id"), nullable=False),
    Column("at", Instant(), index=True, nullable=False),
    Column("reason", Text, nullable=False),
)
"""A message that goes by another address of its person than the one it was put for; once, and never again."""

channels_off = Table(
    "channels_off",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("since", Instant(), nullable=False),
)
"""A channel that people have addresses on and that is not in the settings any more: nothing goes out there."""
