"""Running a conversation with the answers so far, and what follows when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.dialogue.state import Frame, State
from bot.dialogue.talk import (
    CHANGE,
    CONFIRM,
    Asked,
    Changed,
    Dropped,
    Elsewhere,
    Example,
    Script,
    Talk,
    was_key,
)
from domain.commands import Command
from domain.errors import Refused
from domain.office import CountBy
from domain.people import Person
from domain.policy import Action, may
from messages import labels
from messages.channel import Choice
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent
from messages.words_of import problem_words, refusal_words
from storage.queries.revisions import Report

PATIENT: Final = 2
"""Answers in a row that cannot be taken, after which a way out is offered as well."""
_MENUS: Final = (Intent.MENU, Intent.MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A message that somebody has edited: its earlier versions, and what the books hold from it.

    `lines` are the inbox ids of the versions. `answer` is the new text, said when the message was first sent, unless
    it names a day by its number; `heard` what it means, `before` what each version meant. `reports` are those that
    its conversation put on the books and that count. `too_late` when too much time has gone since it was sent.
    """

    lines: frozenset[int]
    answer: Answer
    heard: Heard
    before: tuple[Heard, ...]
    reports: tuple[Report, ...]
    count_by: CountBy
    too_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a turn is taken with: who speaks, the scripts, how words are understood, where facts come from."""

    person: Person
    scripts: Mapping[Intent, Script]
    hear: Callable[[str], Heard]
    facts: Callable[[Script, Mapping[str, Answer]], Any]
    line: int | None = None
    """The inbox id of the message that is being answered."""
    example: Callable[[], Example | None] = lambda: None
    """Of what this person could write."""
    edited: Callable[[], Edited | None] = lambda: None
    """What is known of the message that was edited; None when it is not on the books."""
    behind: Callable[[str], Heard | None] = lambda _: None
    """What a number opens that was shown among figures; None where none was, or this person may not see them."""

    def script(self, name: str) -> Script | None:
        return next((script for script in self.scripts.values() if script.name == name), None)

    def may_open(self, intent: Intent) -> bool:
        """Whether there is a conversation for an intent, and this person may have it."""
        script = self.scripts.get(intent)
        return script is not None and may(self.person, script.needs)


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of a message: the state after it, what to say, and what to do to the books.

    With nothing to say and nothing to do, it is silence.
    """

    state: State
    says: tuple[Say, ...] = ()
    command: Command | None = None
    line: int | None = None
    """The message that the conversation of the command began with."""
    taken: Choice | None = None
    """The choice that the message took, for the trace."""
    heeded: bool = True
    """Whether the message led on: what is not understood, or mere politeness, does not."""

    def saying_first(self, *says: Say) -> Turn:
        return replace(self, says=(*says, *self.says))


def failed(turn: Turn) -> bool:
    """Whether the turn ends with the same question again, for its answer could not be taken."""
    return turn.state.waiting is not None and turn.state.waiting.failures > 0


def instead(words: Say, state: State, room: Room) -> Turn:
    """Say this in place of an answer; then what waits comes again, or the short menu stands under it."""
    if state.frames:
        return run(state, room).saying_first(words)
    return Turn(state.putting("", labels.short_menu(room.person)), (words,))


def begins(choice: str, room: Room) -> Heard:
    """What an offered choice means: to begin something, or what its value says."""
    words, code = labels.with_code(choice)
    intent = labels.OPENS.get(words)
    return room.hear(choice) if intent is None else Heard(intent=intent, code=code)


def run(state: State, room: Room) -> Turn:
    """Run the topmost conversation from its top with the answers so far."""
    top = state.frames[-1]
    if not top.said:
        return _run(state, top, room)
    begun = replace(top, said="")  # its turn has come
    turn = _run(replace(state, frames=(*state.frames[:-1], begun)), begun, room)
    return turn.saying_first(Say("talk/next", {"said": top.said}))


def _run(state: State, frame: Frame, room: Room) -> Turn:
    script = room.script(frame.script)
    under = replace(state, frames=state.frames[:-1], waiting=None)
    if script is None:  # a later release knows this conversation no more
        return after(under, room)
    talk = Talk(script.name, frame.answers)
    try:
        result = script.run(talk, room.facts(script, frame.answers))
    except Asked as asked:
        return _ask(state, script, asked, room)
    except Changed as changed:
        return run(changing(state, changed.keys), room)
    except Elsewhere as there:
        left = under if there.forget is None else without(state, there.forget)
        return _elsewhere(there, left, frame.line, room)
    except Dropped as dropped:
        if dropped.instead is not None:
            return _begun_instead(under, Answer(dropped.instead, frame.answers[CONFIRM].at), room)
        return after(under, room, offering=labels.short_menu(room.person)).saying_first(Say("talk/dropped"))
    except Refused as refused:
        return after(under, room, offering=labels.short_menu(room.person)).saying_first(
            refusal_words(refused)
        )
    return (
        _told(result, script, under, room)
        if isinstance(result, Say)
        else Turn(under, command=result, line=frame.line)
    )


def _begun_instead(under: State, line: Answer, room: Room) -> Turn:
    heard = begins(line.said, room)
    script = room.scripts.get(heard.intent)
    if script is None or not may(room.person, script.needs):
        return after(under, room, offering=labels.short_menu(room.person)).saying_first(Say("talk/dropped"))
    return run(under.beginning(script.name, script.fills(heard, line), room.line), room)


def _elsewhere(there: Elsewhere, left: State, line: int | None, room: Room) -> Turn:
    """Go over to another conversation, with what it knows already."""
    script = room.scripts.get(there.intent)
    if script is None or not may(room.person, script.needs):
        return instead(Say("refusals/not_allowed"), left, room)
    return run(left.beginning(script.name, there.answers, line), room)


def _told(words: Say, script: Script, under: State, room: Room) -> Turn:
    """A conversation that ends in words; a menu in the midst of another one leads back to it as well."""
    if under.frames and script.opens_on in _MENUS:
        return Turn(under.putting("", (labels.GO_ON, *words.choices)), (words,))
    return after(under, room, offering=words.choices).saying_first(words)


def after(state: State, room: Room, offering: tuple[Choice, ...] = ()) -> Turn:
    """What follows when a conversation has ended: the one under it goes on, or the offered choices wait."""
    if state.frames:
        return run(state, room)
    return Turn(state.putting("", offering) if offering else state)


def _ask(state: State, script: Script, asked: Asked, room: Room) -> Turn:
    """Put a question; when the answer given could not be taken, say why before."""
    question = Say(_template(script, asked.key), asked.about)
    if asked.problem is None:
        return Turn(state.putting(asked.key, asked.choices), (question,))
    failures = 1 + state.failures(asked.key)
    says: tuple[Say, ...] = (problem_words(asked.problem), question)
    choices = asked.choices
    if failures >= PATIENT and asked.takes_numbers():  # a numbered way out would be taken for an answer
        says = (*says, Say("talk/way_out", {"call": _is_rung_up(room)}))
    elif failures >= PATIENT:
        choices = (*choices, *ways_out(room))
    left = without(state, (asked.key,))
    if asked.key == CHANGE:  # that something is to be changed holds
        left = with_answers(left, {CONFIRM: state.frames[-1].answers[CONFIRM]})
    return Turn(left.putting(asked.key, choices, failures), says)


def ways_out(room: Room, *, idle: bool = False) -> tuple[Choice, ...]:
    """What is offered beside the answers, or beside the menu, to somebody who cannot get on."""
    call = (labels.CALL_ME,) if _is_rung_up(room) else ()
    return call if idle else (labels.STOP, *call)


def _is_rung_up(room: Room) -> bool:
    """Whether the district may be asked to ring: not by those who do the ringing."""
    return room.may_open(Intent.CALL_ME) and not may(room.person, Action.ANSWER)


def _template(script: Script, key: str) -> str:
    return "talk/change" if key == CHANGE else f"{script.name}/{key.partition('/')[0]}"


def without(state: State, keys: tuple[str, ...]) -> State:
    """The state without these answers of the topmost conversation, and without what was confirmed on their ground."""
    top = state.frames[-1]
    gone = {*keys, CONFIRM, CHANGE}
    kept = {key: answer for key, answer in top.answers.items() if key not in gone}
    return replace(state, frames=(*state.frames[:-1], replace(top, answers=kept)))


def changing(state: State, keys: tuple[str, ...]) -> State:
    """The state without these answers, which are to be given anew; what they were is remembered beside."""
    before = state.frames[-1].answers
    was = {was_key(key): before[key] for key in keys if key in before}
    return with_answers(without(state, keys), was)


def with_answers(state: State, answers: Mapping[str, Answer]) -> State:
    """The state with these answers of the topmost conversation."""
    top = state.frames[-1]
    return replace(state, frames=(*state.frames[:-1], replace(top, answers={**top.answers, **answers})))
