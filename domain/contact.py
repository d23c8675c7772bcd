"""Whether somebody is reached: what has become of the messages to them, and of their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.organisation import UnitId
from domain.people import PersonId, Role

LONG_UNSENT: Final = timedelta(hours=2)
"""A message that waits longer than this to be sent has not come in time."""


class ContactState(StrEnum):
    """How far somebody is from being reached, or from having answered: one of nine, never two."""

    NEVER_LINKED = "never_linked"
    BLOCKED = "blocked"
    CHANNEL_OFF = "channel_off"
    UNDELIVERED = "undelivered"
    ANSWERED = "answered"
    PROMISED = "promised"
    HALFWAY = "halfway"
    UNANSWERED = "unanswered"
    NOT_ASKED = "not_asked"

    @property
    def is_out_of_reach(self) -> bool:
        """Whether no reminder gets there."""
        return self in (
            ContactState.NEVER_LINKED,
            ContactState.BLOCKED,
            ContactState.CHANNEL_OFF,
            ContactState.UNDELIVERED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The latest invitation to an office that nobody has taken up: when it was made, and until when it holds."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """The latest message that one channel did not bring and that went by another one instead; `at` is in UTC."""

    off: str
    onto: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What the books hold of messages to and from somebody, over all their addresses; moments are in UTC.

    `blocked_at`: since when none of the addresses takes messages. `off_since`: since when a channel is off (`off`)
    without which none of them is left. `heard_at`: their last word. `asked`: how many
    reminders were delivered since then, `asked_at` the first of them, `asked_last_at` the last ever of the quarter.
    `stuck_at`: when the last message to them was written, where it has not gone out; `given_up`: it never will.
    `script`: the conversation that waits for them, since `script_at`. `detour`: that a message had to go another way.
    """

    addresses: int = 0
    blocked_at: datetime | None = None
    off_since: datetime | None = None
    off: str = ""
    heard_at: datetime | None = None
    asked: int = 0
    asked_at: datetime | None = None
    asked_last_at: datetime | None = None
    stuck_at: datetime | None = None
    given_up: bool = False
    script: str = ""
    script_at: datetime | None = None
    detour: Detour | None = None


NO_TRACES: Final = Traces()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A state with what tells of it: since when, how many reminders, which conversation, the day promised.

    `channel`: the one that is off. `detour`: that a message had to go by another channel than it was put for.
    """

    state: ContactState
    since: datetime | None = None
    times: int = 0
    given_up: bool = False
    script: str = ""
    channel: str = ""
    day: date | None = None
    invited: Invited | None = None
    detour: Detour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office of a unit with who holds it and how they are reached; without a person nobody has joined yet.

    The name and phone of somebody who has not joined are those of the invitation.
    """

    unit: UnitId
    role: Role
    standing: Standing
    person: PersonId | None = None
    name: str | None = None
    phone: str | None = None


def standing_of(
    traces: Traces,
    now: datetime,
    *,
    invited: Invited | None = None,
    filed_at: datetime | None = None,
    promised: date | None = None,
) -> Standing:
    """How somebody stands to the report of a quarter: the first that holds of all there is to say, and any detour.

    `filed_at` is when the unit filed, `promised` the coming day that it promised. That a message does not get there
    goes before everything else, for only then is a call the one way.
    """
    if traces.addresses == 0:
        return Standing(state=ContactState.NEVER_LINKED, invited=invited)
    return replace(_of_linked(traces, now, filed_at, promised), detour=traces.detour)


def _of_linked(traces: Traces, now: datetime, filed_at: datetime | None, promised: date | None) -> Standing:
    if traces.blocked_at is not None:
        return Standing(state=ContactState.BLOCKED, since=traces.blocked_at)
    if traces.off_since is not None:
        return Standing(state=ContactState.CHANNEL_OFF, since=traces.off_since, channel=traces.off)
    if _is_stuck(traces, now):
        return Standing(state=ContactState.UNDELIVERED, since=traces.stuck_at, given_up=traces.given_up)
    if filed_at is not None:
        return Standing(state=ContactState.ANSWERED, since=filed_at)
    if promised is not None:
        return Standing(state=ContactState.PROMISED, day=promised)
    return _of_who_owes(traces)


def _is_stuck(traces: Traces, now: datetime) -> bool:
    """Whether the last message did not get there, and nothing was heard since."""
    if traces.stuck_at is None or (traces.heard_at is not None and traces.heard_at > traces.stuck_at):
        return False
    return traces.given_up or now - traces.stuck_at >= LONG_UNSENT


def _of_who_owes(traces: Traces) -> Standing:
    if traces.script:
        return Standing(state=ContactState.HALFWAY, since=traces.script_at, script=traces.script)
    if traces.asked_at is not None:
        return Standing(state=ContactState.UNANSWERED, since=traces.asked_at, times=traces.asked)
    if traces.asked_last_at is not None:
        return Standing(state=ContactState.ANSWERED, since=traces.heard_at)
    return Standing(state=ContactState.NOT_ASKED)
