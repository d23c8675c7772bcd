"""One turn of a dialogue: state and message in; new state, words and at most one command out. It is pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.dialogue.meant import (
    choice_meant,
    corrected,
    no_conversation,
    number_typed,
    says_no_more,
    says_something_else,
)
from bot.dialogue.state import Frame, State
from bot.dialogue.talk import CHANGE, CONFIRM, Asked, Changed, Dropped, Elsewhere, Script, Talk
from domain.commands import Command
from domain.errors import Refused
from domain.people import Person
from domain.policy import may
from messages import labels
from messages.channel import Choice, IncomingMessage, MessageKind, Tap
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent
from messages.words_of import problem_words, refusal_words

DEEPEST: Final = 3
"""Conversations that may wait under one another; a further one takes the place of the oldest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a turn is taken with: who speaks, the scripts, how words are understood, where facts come from."""

    person: Person
    scripts: Mapping[Intent, Script]
    hear: Callable[[str], Heard]
    facts: Callable[[Script, Mapping[str, Answer]], Any]
    line: int | None = None
    """The inbox id of the message that is being answered."""

    def script(self, name: str) -> Script | None:
        return next((script for script in self.scripts.values() if script.name == name), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of a message: the state after it, what to say, and what to do to the books."""

    state: State
    says: tuple[Say, ...] = ()
    command: Command | None = None
    line: int | None = None
    """The message that the conversation of the command began with."""
    taken: Choice | None = None
    """The choice that the message took, for the trace."""

    def saying_first(self, *says: Say) -> Turn:
        return replace(self, says=(*says, *self.says))


def take_turn(state: State, message: IncomingMessage, room: Room) -> Turn:
    """Answer one message of somebody who is known."""
    if message.tap is not None:
        return _tapped(state, message.tap, message.at, room)
    if message.kind is not MessageKind.TEXT:
        return _instead(Say("talk/not_text", {"kind": message.kind.value}), state, room)
    return _said(state, Answer(message.text, message.at), room)


def again(state: State, room: Room) -> Turn:
    """Put the question that waits once more, or offer the menu when there is none."""
    if state.frames:
        return _run(state, room)
    return Turn(state.putting("", labels.menu(room.person)), (Say("talk/menu"),))


def _instead(words: Say, state: State, room: Room) -> Turn:
    """Say this in place of an answer; then what waits comes again, or the menu stands under it."""
    if state.frames:
        return _run(state, room).saying_first(words)
    return Turn(state.putting("", labels.menu(room.person)), (words,))


def _tapped(state: State, tap: Tap, at: datetime, room: Room) -> Turn:
    waiting = state.waiting
    if waiting is None or tap.question != waiting.question or not 0 < tap.number <= len(waiting.choices):
        return _instead(Say("talk/passed"), state, room)
    return _chosen(state, waiting.choices[tap.number - 1], Answer("", at), room)


def _begins(choice: str, room: Room) -> Heard:
    """What an offered choice means: to begin something, or what its value says."""
    words, code = labels.with_code(choice)
    intent = labels.OPENS.get(words)
    return room.hear(choice) if intent is None else Heard(intent=intent, code=code)


def _said(state: State, answer: Answer, room: Room) -> Turn:
    shown = state.waiting.choices if state.waiting else labels.menu(room.person)
    number = number_typed(answer.said) if shown else None
    if number is not None:
        return _numbered(state, shown, number, answer, room)
    heard = room.hear(answer.said)
    if heard.intent is Intent.CANCEL:
        return _cancelled(state, room)
    corrected = _correction(state, heard, answer, room)
    if corrected:
        return _run(_with(_without(state, tuple(corrected)), corrected), room)
    choice = choice_meant(state.waiting, answer.said, heard) if state.waiting else None
    if choice is not None:
        return _chosen(state, choice, answer, room)
    if not state.frames or state.waiting is None:
        return _open(state, heard, answer, room)
    return _answered(state, state.waiting.key, heard, answer, room)


def _cancelled(state: State, room: Room) -> Turn:
    words = Say("talk/cancelled", {"anything": bool(state.frames)})
    return _instead(words, replace(state, frames=()), room)


def _numbered(state: State, shown: Sequence[Choice], number: int, answer: Answer, room: Room) -> Turn:
    """The choice of this number, as it was shown; a number that none has means nothing else."""
    if 0 < number <= len(shown):
        return _chosen(state, shown[number - 1], answer, room)
    if state.waiting is None:
        return _instead(Say("problems/not_understood"), state, room)
    once_more = _run(state, room) if state.frames else Turn(state.putting("", state.waiting.choices))
    return once_more.saying_first(Say("problems/not_a_choice"))


def _correction(state: State, heard: Heard, answer: Answer, room: Room) -> Mapping[str, Answer]:
    if state.waiting is None or state.waiting.key not in (CONFIRM, CHANGE):
        return {}
    script = room.script(state.frames[-1].script)
    return corrected(state.frames[-1], script, heard, answer) if script else {}


def _chosen(state: State, choice: Choice, answer: Answer, room: Room) -> Turn:
    waiting = state.waiting
    if waiting is None or waiting.key == "":
        said = Answer(choice.value, answer.at)
        turn = _open(state, _begins(choice.value, room), said, room)
    else:
        turn = _run(_with(state, {waiting.key: Answer(choice.label, answer.at, choice.value)}), room)
    return replace(turn, taken=choice)


def _with(state: State, answers: Mapping[str, Answer]) -> State:
    top = state.frames[-1]
    return replace(state, frames=(*state.frames[:-1], replace(top, answers={**top.answers, **answers})))


def _answered(state: State, key: str, heard: Heard, answer: Answer, room: Room) -> Turn:
    """An answer in words: to the question that waits, else something new, else it cannot be taken."""
    asking = room.script(state.frames[-1].script)
    if asking is not None and says_something_else(asking, key, heard):
        return _open(state, heard, answer, room)
    more = _said_beside(state.frames[-1], key, heard, answer, room)
    turn = _run(_with(state, more or {key: answer}), room)
    if more and _failed(turn):
        turn = _run(_with(state, {key: answer}), room)
    if not _failed(turn):
        return turn
    script = room.scripts.get(heard.intent)
    if script is None or (key != CONFIRM and not may(room.person, script.needs)):
        return turn  # only beside a confirmation are words for sure no answer, so that they can be refused
    if key == CONFIRM and says_no_more(state.frames[-1], script, heard, answer):
        return _run(state, room)
    return _open(state, heard, answer, room)


def _failed(turn: Turn) -> bool:
    return turn.state.waiting is not None and turn.state.waiting.failures > 0


def _said_beside(top: Frame, key: str, heard: Heard, answer: Answer, room: Room) -> Mapping[str, Answer]:
    """The answers in a line that says more than was asked, such as a name with its date; else nothing."""
    script = room.script(top.script)
    if script is None or key in (CONFIRM, CHANGE):
        return {}
    fills = script.fills(heard, answer)
    if heard.intent is script.opens_on:
        return {} if fills.keys() & top.answers.keys() else fills
    beside = {each: fill for each, fill in fills.items() if each != key and each not in top.answers}
    return {key: answer, **beside} if heard.intent is Intent.UNKNOWN and beside else {}


def _open(state: State, heard: Heard, line: Answer, room: Room) -> Turn:
    """Begin the conversation that a line asks for; what it says already are answers."""
    script = room.scripts.get(heard.intent)
    if script is None:
        return _instead(no_conversation(heard, room.person), state, room)
    if not may(room.person, script.needs):
        return _instead(Say("refusals/not_allowed"), state, room)
    frame = Frame(script.name, script.fills(heard, line), room.line)
    turn = _run(replace(state, frames=(*_left_waiting(state, script, room), frame), waiting=None), room)
    if turn.state.waiting is None and turn.command is None and not state.frames:
        # The list that was shown before still holds.
        return replace(turn, state=replace(turn.state, waiting=state.waiting))
    return turn


def _left_waiting(state: State, script: Script, room: Room) -> tuple[Frame, ...]:
    """What goes on waiting under a conversation that begins: not the same one where it only tells something."""
    top = room.script(state.frames[-1].script) if state.frames else None
    asked_anew = top is not None and top.name == script.name and CONFIRM not in script.asks
    over = asked_anew or (top is not None and not top.waits)
    return (state.frames[:-1] if over else state.frames)[1 - DEEPEST :]


def _run(state: State, room: Room) -> Turn:
    """Run the topmost conversation from its top with the answers so far."""
    frame = state.frames[-1]
    script = room.script(frame.script)
    under = replace(state, frames=state.frames[:-1], waiting=None)
    if script is None:  # a later release knows this conversation no more
        return after(under, room)
    talk = Talk(script.name, frame.answers)
    try:
        result = script.run(talk, room.facts(script, frame.answers))
    except Asked as asked:
        return _ask(state, script, asked)
    except Changed as changed:
        return _run(_without(state, changed.keys), room)
    except Elsewhere as there:
        left = under if there.forget is None else _without(state, there.forget)
        return _elsewhere(there, left, frame.line, room)
    except Dropped as dropped:
        if dropped.instead is not None:
            line = Answer(dropped.instead, frame.answers[CONFIRM].at)
            return _open(under, _begins(line.said, room), line, room)
        return after(under, room, offering=labels.menu(room.person)).saying_first(Say("talk/dropped"))
    except Refused as refused:
        return after(under, room, offering=labels.menu(room.person)).saying_first(refusal_words(refused))
    return (
        _told(result, script, under, room)
        if isinstance(result, Say)
        else Turn(under, command=result, line=frame.line)
    )


def _elsewhere(there: Elsewhere, left: State, line: int | None, room: Room) -> Turn:
    """Go over to another conversation, with what it knows already."""
    script = room.scripts.get(there.intent)
    if script is None or not may(room.person, script.needs):
        return _instead(Say("refusals/not_allowed"), left, room)
    frame = Frame(script.name, there.answers, line)
    return _run(replace(left, frames=(*left.frames[1 - DEEPEST :], frame), waiting=None), room)


def _told(words: Say, script: Script, under: State, room: Room) -> Turn:
    """A conversation that ends in words; in the middle of another one there is no room for a menu."""
    if under.frames and script.opens_on is Intent.MENU:
        words = Say("talk/waiting")
    return after(under, room, offering=words.choices).saying_first(words)


def after(state: State, room: Room, offering: tuple[Choice, ...] = ()) -> Turn:
    """What follows when a conversation has ended: the one under it goes on, or the offered choices wait."""
    if state.frames:
        return _run(state, room)
    return Turn(state.putting("", offering) if offering else state)


def _ask(state: State, script: Script, asked: Asked) -> Turn:
    """Put a question; when the answer given could not be taken, say why before."""
    question = Say(_template(script, asked.key), asked.about)
    if asked.problem is None:
        return Turn(state.putting(asked.key, asked.choices), (question,))
    waiting = state.waiting
    failures = 1 + (waiting.failures if waiting and waiting.key == asked.key else 0)
    unanswered = _without(state, (asked.key,))
    return Turn(
        unanswered.putting(asked.key, asked.choices, failures), (problem_words(asked.problem), question)
    )


def _template(script: Script, key: str) -> str:
    return "talk/change" if key == CHANGE else f"{script.name}/{key.partition('/')[0]}"


def _without(state: State, keys: tuple[str, ...]) -> State:
    """The state without these answers, and without what was confirmed on their ground."""
    top = state.frames[-1]
    gone = {*keys, CONFIRM, CHANGE}
    kept = {key: answer for key, answer in top.answers.items() if key not in gone}
    return replace(state, frames=(*state.frames[:-1], replace(top, answers=kept)))
