"""The port to the outside: what a channel hands in and what it is asked to send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.enclosure import Enclosure
from domain.invitation import InvitationId


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where one person is reached on one channel: the channel's name and its id of the chat."""

    channel: str
    value: str


class MessageKind(StrEnum):
    """What came in; all but TEXT and CHOICE carry no words that could be understood."""

    TEXT = "text"
    CHOICE = "choice"
    EDIT = "edit"  # a message that was sent before, in new words
    PICTURE = "picture"
    VOICE = "voice"
    STICKER = "sticker"
    OTHER = "other"  # a document, a place, a contact, …
    GROUP = "group"  # somebody spoke to the bot, or added it, in a group
    BOT = "bot"  # another program wrote, or wrote for the person
    BLOCKED = "blocked"  # the person left or blocked the bot
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A press on a choice: which question it stood under, and its number from 1 as it was shown."""

    question: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One message as a channel received it.

    `external_id` is the channel's own id of it: the key by which a duplicate is known.
    `message_ref` is the channel's own id of what was sent, which an edit of it carries, too; empty where there is none.
    `at` is when the person sent it, in UTC. `raw` is the original as JSON, kept for the trace.
    """

    channel: str
    external_id: str
    sender: Address
    kind: MessageKind
    at: datetime
    text: str = ""
    tap: Tap | None = None
    message_ref: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered: the words shown and the value kept when it is taken."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it is handed over: its name in ASCII, its media type, and what is in it."""

    name: str
    media_type: str
    content: bytes


class NotMade(Exception):
    """A file could not be made, whoever asks for it; why stands in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message ready to be sent: plain text, and the choices offered under it, numbered from 1.

    `question` is a short id (at most 16 characters of A-Z a-z 0-9) that a tap brings back; empty when
    there are no choices. Choices are a hint: a channel without buttons prints them as numbered lines.
    `invitation` is the one whose code the words show: they are kept no longer than it takes.
    `encloses` says what file goes with it, which is made when it leaves; `file` is that file, once it is made.
    `picture_url` is where a channel that fetches pictures itself finds the one that belongs to the words.
    `is_courtesy`: whoever does not get it misses nothing.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    question: str = ""
    invitation: InvitationId | None = None
    encloses: Enclosure | None = None
    file: File | None = None
    picture_url: str = ""
    is_courtesy: bool = False

    def as_plain_text(self) -> str:
        """The text with its choices as numbered lines, for a channel without buttons."""
        return "\n".join([self.text, *(f"{n}. {c.label}" for n, c in enumerate(self.choices, 1))])


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel's proof that it took a message: its own id of it, and how many of its own messages this try was."""

    external_id: str
    count: int = 1


class DeliveryFailed(Exception):
    """A message did not go out, with the decision that follows from why.

    `retryable`: trying again may help and cannot hurt. `ambiguous`: it may have gone out all the same.
    `retry_after`: seconds that the channel asked us to wait. `gone`: the person cannot be reached at this
    address until they come back. `moved_to`: the address's new value. `closed`: the channel takes nothing
    from us at all until somebody mends it (a wrong token); it says nothing about this message. `over_quota`: the
    channel takes no more until its next month. `count`: how many of the channel's messages had gone out for it
    in this try before it failed. `reason`: one line for people, without secrets.
    """

    def __init__(
        self,
        reason: str,
        *,
        retryable: bool = False,
        ambiguous: bool = False,
        retry_after: float | None = None,
        gone: bool = False,
        moved_to: str | None = None,
        closed: bool = False,
        over_quota: bool = False,
        count: int = 0,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable
        self.ambiguous = ambiguous
        self.retry_after = retry_after
        self.gone = gone
        self.moved_to = moved_to
        self.closed = closed
        self.over_quota = over_quota
        self.count = count


class Channel(Protocol):
    """A way out to people: Telegram, Zalo, the web chat."""

    @property
    def name(self) -> str:
        """The name that addresses carry: `telegram`, `zalo`, `web`."""

    @property
    def carries_files(self) -> bool:
        """Whether it brings a message's file to people; where not, the words say where to fetch it."""

    @property
    def fetches_pictures(self) -> bool:
        """Whether it shows a picture, beside the words, that it fetches at a public address itself."""

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        """Send one message, with its file where it has one; raises DeliveryFailed and nothing else."""


Make = Callable[[Enclosure], Awaitable[File]]
"""How a file is made, off the event loop; raises NotMade and nothing else."""

Receive = Callable[[IncomingMessage], Awaitable[None]]
"""How a channel hands a message in; it returns when the message is in the books for good."""
