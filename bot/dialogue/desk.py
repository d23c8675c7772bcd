"""Where a dialogue is picked up and put back: state from the books, one turn, state to the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.dialogue.behind import behind
from bot.dialogue.edits import edited
from bot.dialogue.running import Edited
from bot.dialogue.scripts import BY_INTENT
from bot.dialogue.state import State, Unreadable
from bot.dialogue.talk import Asker, Example, Script
from bot.dialogue.turn import Room, Turn, after, again, take_turn
from domain.deadline import Timetable
from domain.office import Office
from domain.people import Person, PersonId
from messages import labels
from messages.channel import IncomingMessage, MessageKind
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard
from storage.queries import audit, inbox, outbox, senders
from storage.queries.candidates import open_candidates
from storage.session import Session

_OWN_PAGE: Final = "web"
"""Where messages are dated by our own clock."""
_APART: Final = timedelta(minutes=30)
"""How far a messenger's clock, by which a message was sent, may be behind ours, which an office sets by hand."""
_NEVER_REACHED: Final = 1000
"""Questions put in one dialogue before it had to be begun afresh."""

Hear = Callable[[Session, str, Person, IncomingMessage], Heard]
"""Understands a text that a person sent: what it means depends on who says it and when, and on the books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person's dialogue while a message of theirs is handled; the person's row is locked."""

    session: Session
    person: Person
    message: IncomingMessage
    now: datetime
    office: Office
    hear: Hear
    timetable: Timetable
    inbox_id: int | None = None

    def advance(self) -> Turn:
        """Take the turn that the message asks for."""
        state, sorry = self._picked_up()
        return take_turn(state, self.message, self._room(state)).saying_first(*sorry)

    def resume(self) -> Turn:
        """Put what waits once more, or offer the menu."""
        state, sorry = self._picked_up()
        return again(state, self._room(state)).saying_first(*sorry)

    def _picked_up(self) -> tuple[State, tuple[Say, ...]]:
        """The dialogue as it was left; begun afresh, with a word of apology, where this release cannot read it."""
        stored = senders.dialogue_of(self.session, self.person.id)
        try:
            return self._without_unseen(State.from_json(stored)), ()
        except Unreadable:
            return forget(self.session, self.person.id, self.now, self.inbox_id), (Say("problems/forgotten"),)

    def _without_unseen(self, state: State) -> State:
        """What is typed means no choice of a message that came unasked and that nobody had seen when it was typed.

        Either the message has not left yet, or what was typed waited for a line while it came.
        """
        waiting, kind = state.waiting, self.message.kind
        if waiting is None or waiting.until is None or kind is not MessageKind.TEXT:
            return state
        apart = timedelta(0) if self.message.sender.channel == _OWN_PAGE else _APART
        typed = self.message.at + apart
        while waiting is not None and outbox.was_not_seen(
            self.session, self.person.id, waiting.question, typed
        ):
            waiting = waiting.before
        return replace(state, waiting=waiting)

    def carry_on(self, turn: Turn, *done: Say) -> Turn:
        """The turn once its command was carried out or refused: its receipt first, then whatever waits."""
        offering = (done[-1].choices if done else ()) or labels.short_menu(self.person)
        following = after(turn.state, self._room(turn.state), offering)
        return replace(following, says=(*done, *following.says))

    def keep(self, turn: Turn) -> None:
        """Store the state in which the turn leaves the dialogue."""
        state = turn.state.stamped(self.inbox_id)
        senders.keep_dialogue(self.session, self.person.id, state.as_json(), self.message.at)

    def _room(self, state: State) -> Room:
        asker = Asker(
            person=self.person,
            at=self.message.at,
            now=self.now,
            office=self.office,
            names=self.office.names_on(self.message.sender.channel),
            answers={},
            timetable=self.timetable,
            view=state.view if state.view and state.view.is_fresh(self.message.at) else None,
        )

        def facts(script: Script, answers: Mapping[str, Answer]) -> Any:
            return script.facts(self.session, replace(asker, answers=answers))

        return Room(
            person=self.person,
            scripts=BY_INTENT,
            hear=lambda text: self.hear(self.session, text, self.person, self.message),
            facts=facts,
            line=self.inbox_id,
            example=self._example,
            edited=self._edited,
            behind=lambda number: behind(self.session, asker, number),
        )

    def _edited(self) -> Edited | None:
        """What the books know of the message that this one is an edit of."""
        if self.inbox_id is None or not self.message.message_ref:
            return None
        versions = inbox.versions(self.session, self.inbox_id)
        return (
            edited(self.session, self.person, self.message, self.office, versions, self._hear_at)
            if versions
            else None
        )

    def _hear_at(self, text: str, at: datetime) -> Heard:
        return self.hear(self.session, text, self.person, replace(self.message, at=at))

    def _example(self) -> Example | None:
        """Made of the person's first unit and its foremost candidate."""
        units = self.person.reports_for
        if not units:
            return None
        candidates = open_candidates(self.session, [units[0].id])
        return Example(
            day=self.office.day_of(self.message.at) - timedelta(days=1),
            unit=units[0].short,
            several_units=len(units) > 1,
            name=candidates[0].name if candidates else None,
        )


def forget(session: Session, person: PersonId, at: datetime, inbox_id: int | None) -> State:
    """Begin somebody's dialogue afresh, keep in the log how far it had come, and answer the fresh state."""
    details: dict[str, object] = {"dialogue": _outline(senders.dialogue_of(session, person))}
    audit.note(session, "forget dialogue", at=at, person=person, inbox_id=inbox_id, details=details)
    # The ids of questions go on from where none can have been, for buttons of old ones may still be tapped.
    fresh = State(put=_NEVER_REACHED * (1 + (inbox_id or 0)))
    senders.keep_dialogue(session, person, fresh.as_json(), at)
    return fresh


def _outline(stored: object) -> list[dict[str, object]]:
    """Which conversations were under way and what they had been told, without a word of it: the log is for good."""
    frames = stored.get("frames") if isinstance(stored, Mapping) else None
    return [_bare(each) for each in frames if isinstance(each, Mapping)] if isinstance(frames, list) else []


def _bare(frame: Mapping[str, object]) -> dict[str, object]:
    script, answers = frame.get("script"), frame.get("answers")
    told: Mapping[object, object] = answers if isinstance(answers, Mapping) else {}
    came = [frame, *(each for each in told.values() if isinstance(each, Mapping))]
    return {
        "script": script if isinstance(script, str) else None,
        # What stands after the stroke is what a question was about, and may be somebody's name.
        "answers": sorted({str(key).partition("/")[0] for key in told}),
        "lines": sorted({line for each in came if isinstance(line := each.get("line"), int)}),
    }
