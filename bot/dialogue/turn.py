"""One turn of a dialogue: state and message in; new state, words and at most one command out. It is pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.edited import taken_anew
from bot.dialogue.meant import (
    are_words_of_a_choice,
    asks_for_time,
    choice_meant,
    corrected,
    denies,
    is_a_nod,
    is_another,
    is_same_report,
    no_conversation,
    number_typed,
    quoted,
    says_no_more,
    says_something_else,
    with_marks,
)
from bot.dialogue.patience import borne
from bot.dialogue.running import (
    PATIENT,
    Room,
    Turn,
    after,
    begins,
    failed,
    instead,
    run,
    ways_out,
    with_answers,
    without,
)
from bot.dialogue.state import Frame, State, Waiting
from bot.dialogue.talk import CHANGE, CONFIRM, Script
from bot.dialogue.view import View
from domain.policy import may
from messages import labels
from messages.channel import Choice, IncomingMessage, MessageKind, Tap
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent

__all__ = ["DEEPEST", "Room", "Turn", "after", "again", "take_turn"]

DEEPEST: Final = 10
"""Conversations that may wait for one another; a further one is not begun, and that is said."""
_SHORT: Final = 5
"""Choices that a phone shows together with what is said before them."""
_POLITE: Final = frozenset({Intent.GREETING, Intent.THANKS})
_REPORTS: Final = frozenset(
    {
        Intent.ADMISSION,
        Intent.NIL,
        Intent.FILE_QUARTER,
        Intent.HEADS,
        Intent.STRENGTH,
        Intent.ISSUE,
        Intent.CANDIDATE_ADD,
        Intent.CANDIDATE_STEP,
        Intent.CANDIDATE_BACK,
        Intent.CANDIDATE_CLOSE,
    }
)
"""What waits its turn while a confirmation is open; anything else is taken up at once."""


def take_turn(state: State, message: IncomingMessage, room: Room) -> Turn:
    """Answer one message of somebody who is known."""
    return _viewed(borne(state, _answer(state, message, room), message), state, message)


def _viewed(turn: Turn, before: State, message: IncomingMessage) -> Turn:
    """The turn with what of the figures it shows noted, for «quý II» and for numbers; other talk ends it."""
    shown = [View.of(part.seen, message.at) for part in turn.says if part.seen]
    kept = before.view if not turn.heeded else None
    return replace(turn, state=replace(turn.state, view=next(filter(None, reversed(shown)), kept)))


def again(state: State, room: Room) -> Turn:
    """Put the question that waits once more, or offer the menu when there is none."""
    if state.frames:
        return run(state, room)
    return Turn(state.putting("", labels.menu(room.person)), (Say("talk/menu"),))


def _answer(state: State, message: IncomingMessage, room: Room) -> Turn:
    answer = Answer(message.text, message.at)
    if state.waiting is not None and state.waiting.is_over(message.at):
        state = replace(state, waiting=None)
        if message.tap is None and number_typed(message.text) is not None:
            return instead(Say("talk/passed"), state, room)
    if message.tap is not None:
        return _tapped(state, message.tap, replace(answer, said=""), room)
    if message.kind is MessageKind.EDIT:
        return taken_anew(state, room)
    if message.kind is not MessageKind.TEXT:
        turn = instead(Say("talk/not_text", {"kind": message.kind.value}), state, room)
        return replace(turn, heeded=False)
    return _said(state, answer, room)


def _tapped(state: State, tap: Tap, answer: Answer, room: Room) -> Turn:
    choice = None if state.waiting is None else state.waiting.choice(tap.question, tap.number)
    if choice is None:
        return instead(Say("talk/passed"), state, room)
    return _chosen(state, choice, answer, room)


def _said(state: State, answer: Answer, room: Room) -> Turn:
    shown = state.waiting.choices if state.waiting else labels.menu(room.person)
    number = number_typed(answer.said) if shown else None
    if number is not None:
        return _numbered(state, shown, number, answer, room)
    heard = room.hear(answer.said)
    if heard.intent is Intent.CANCEL and not are_words_of_a_choice(state.waiting, answer.said):
        return _cancelled(state, room)
    if asks_for_time(answer.said):
        return Turn(state, (Say("talk/take_your_time", {"waiting": bool(state.frames)}),), heeded=False)
    corrected = _correction(state, heard, answer, room)
    if corrected:
        return run(with_answers(without(state, tuple(corrected)), corrected), room)
    choice = choice_meant(state.waiting, answer.said, heard) if state.waiting else None
    if choice is not None:
        return _chosen(state, choice, answer, room)
    return _in_words(state, heard, answer, room)


def _in_words(state: State, heard: Heard, answer: Answer, room: Room) -> Turn:
    if not state.frames or state.waiting is None:
        return _open(state, heard, answer, room)
    if state.waiting.key == "":
        return _beside_the_menu(state, heard, answer, room)
    if denies(state.waiting, heard):
        return _not_right(state, state.waiting)
    return _answered(state, state.waiting.key, heard, answer, room)


def _beside_the_menu(state: State, heard: Heard, answer: Answer, room: Room) -> Turn:
    """What is said in words to a menu in the midst of a conversation: a task, or the question comes again."""
    asked = run(state, room)
    waiting = asked.state.waiting
    if heard.intent in room.scripts and asked.state.frames and waiting is not None:
        return _answered(asked.state, waiting.key, heard, answer, room)
    return replace(asked, heeded=False)


def _cancelled(state: State, room: Room) -> Turn:
    """Drop what is under way, and go on with what waits under it, saying what that is."""
    under = replace(state, frames=state.frames[:-1])
    next_one = room.script(under.frames[-1].script) if under.frames else None
    goes_on = labels.called(next_one.opens_on) if next_one and not under.frames[-1].said else ""
    words = Say("talk/cancelled", {"anything": bool(state.frames), "goes_on": goes_on})
    return instead(words, under, room)


def _numbered(state: State, shown: Sequence[Choice], number: int, answer: Answer, room: Room) -> Turn:
    """The choice of this number, as it was shown; else what the figures have of it, which were shown last."""
    if 0 < number <= len(shown):
        return _chosen(state, shown[number - 1], answer, room)
    behind = None if state.frames else room.behind(answer.said.strip().rstrip(".)"))
    if behind is not None:
        return _open(state, behind, answer, room)
    if state.waiting is None:
        return _not_understood(state, Heard(), room)
    words = Say("problems/not_a_choice")
    if state.frames and state.waiting.key == "":  # the menu in the midst of a conversation stays
        return Turn(state.putting("", state.waiting.choices), (words,), heeded=False)
    return _once_more(state, words, state.waiting.choices, room)


def _correction(state: State, heard: Heard, answer: Answer, room: Room) -> Mapping[str, Answer]:
    if state.waiting is None or state.waiting.key not in (CONFIRM, CHANGE):
        return {}
    script = room.script(state.frames[-1].script)
    return corrected(state.frames[-1], script, heard, answer) if script else {}


def _chosen(state: State, choice: Choice, answer: Answer, room: Room) -> Turn:
    waiting = state.waiting
    if waiting is not None and choice == labels.STOP:
        turn = _cancelled(state, room)
    elif choice == labels.GO_ON and state.frames:
        turn = run(state, room)
    elif waiting is None or waiting.key == "" or choice == labels.CALL_ME:
        said = Answer(choice.value, answer.at)
        turn = _open(state, begins(choice.value, room), said, room)
    else:
        taken = {waiting.key: Answer(choice.label, answer.at, choice.value)}
        turn = run(with_answers(state, taken), room)
    return replace(turn, taken=choice)


def _not_right(state: State, waiting: Waiting) -> Turn:
    """A plain no to what is read back says nothing of what is wanted in its place: that is asked."""
    words = Say("talk/not_right", {"labels": [choice.label for choice in waiting.choices]})
    return Turn(state, (words,), heeded=False)


def _answered(state: State, key: str, heard: Heard, answer: Answer, room: Room) -> Turn:
    """An answer in words: to the question that waits, else something new, else it cannot be taken."""
    top = state.frames[-1]
    asking = room.script(top.script)
    tells_who = key.startswith("responsible") and heard.responsible is not None
    if asking is not None and not tells_who and is_another(top, asking, heard, answer):
        return _later(state, asking, heard, answer, room)
    if asking is not None and says_something_else(asking, key, heard):
        return _open(state, heard, answer, room)
    turn = _taken(state, key, heard, answer, room)
    script = room.scripts.get(heard.intent)
    if not failed(turn) or script is None:
        return turn
    if asking is script and script.fills(heard, answer) and says_no_more(top, script, heard, answer):
        return turn if key not in (CONFIRM, CHANGE) else run(state, room)
    if key not in (
        CONFIRM,
        CHANGE,
    ):  # only beside a confirmation are words for sure no answer, and may be refused
        return _open(state, heard, answer, room) if may(room.person, script.needs) else turn
    if says_no_more(top, script, heard, answer):
        return run(state, room)
    waits_its_turn = script.opens_on in _REPORTS and may(room.person, script.needs)
    if waits_its_turn and asking is not None and asking.waits:
        return _later(state, script, heard, answer, room)
    return _open(state, heard, answer, room)


def _taken(state: State, key: str, heard: Heard, answer: Answer, room: Room) -> Turn:
    """The turn with what was said as the answer, together with whatever the line says beside it."""
    more = _said_beside(state.frames[-1], key, heard, answer, room)
    turn = run(with_answers(state, more or {key: answer}), room)
    if not more or not failed(turn):
        return turn
    if turn.state.waiting and turn.state.waiting.key == key and more.keys() - {key}:
        return turn.saying_first(Say("problems/understood", {"heard": heard}))
    return run(with_answers(state, {key: answer}), room)


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
        if not state.frames and is_a_nod(line.said, heard):
            return _nodded(state, room)
        said_why = no_conversation(heard, room.person)
        return instead(said_why, state, room) if said_why else _not_understood(state, heard, room)
    if not may(room.person, script.needs):
        return instead(Say("refusals/not_allowed"), state, room)
    left = _left_waiting(state, script, room)
    if script.asks and len(left.frames) >= DEEPEST:
        return instead(Say("talk/too_many", {"waiting": len(state.frames)}), state, room)
    turn = run(left.beginning(script.name, script.fills(heard, line), room.line), room)
    turn = replace(turn, heeded=turn.heeded and heard.intent not in _POLITE)
    if turn.state.waiting is None and turn.command is None and not state.frames:
        # The list that was shown before still holds.
        return replace(turn, state=replace(turn.state, waiting=state.waiting))
    return turn


def _left_waiting(state: State, script: Script, room: Room) -> State:
    """What goes on waiting under a conversation that begins: not the same one where it only tells something."""
    top = room.script(state.frames[-1].script) if state.frames else None
    asked_anew = top is not None and top.name == script.name and CONFIRM not in script.asks
    over = asked_anew or (top is not None and not top.waits)
    return replace(state, frames=state.frames[:-1]) if over else state


def _later(state: State, script: Script, heard: Heard, line: Answer, room: Room) -> Turn:
    """Let a report that came while another one is under way wait until that one is done: in the order of sending."""
    fills = script.fills(heard, line)
    *waiting, top = state.frames
    again = [at for at, frame in enumerate(waiting) if is_same_report(frame, script, heard, line)]
    if again:
        before = waiting[again[0]]
        waiting[again[0]] = replace(
            before, answers={**before.answers, **with_marks(before.answers, fills, script)}
        )
    elif len(state.frames) >= DEEPEST:
        return instead(Say("talk/too_many", {"waiting": len(state.frames)}), state, room)
    else:
        waiting.insert(0, Frame(script.name, fills, room.line, quoted(line.said)))
    turn = run(replace(state, frames=(*waiting, top)), room)
    return turn.saying_first(Say("talk/later", {"said": quoted(line.said)}))


def _nodded(state: State, room: Room) -> Turn:
    """A mere «vâng» wants nothing: what was offered stays if it is short, and counts as no failure."""
    shown = state.waiting.choices if state.waiting else ()
    offered = shown if 0 < len(shown) <= _SHORT else labels.short_menu(room.person)
    waiting = state.putting("", offered, state.failures(""))
    return Turn(waiting, (Say("talk/nod"),), heeded=False)


def _not_understood(state: State, heard: Heard, room: Room) -> Turn:
    """Say what was understood, what is missing and how one may write; under it what waits, or the menu."""
    failures = 1 + state.failures(state.waiting.key if state.waiting else "")
    facts = {"heard": heard, "person": room.person, "failures": failures, "waiting": bool(state.frames)}
    words = Say("problems/not_understood", {**facts, "example": room.example()})
    offered = labels.short_menu(room.person) if failures < PATIENT else labels.menu(room.person)
    return _once_more(state, words, offered, room)


def _once_more(state: State, words: Say, offered: tuple[Choice, ...], room: Room) -> Turn:
    """Say what is wrong and put once more what waits, or what is offered; after some failures with a way out."""
    key = state.waiting.key if state.waiting else ""
    failures = 1 + state.failures(key)
    turn = run(state, room) if state.frames else Turn(state.putting("", offered))
    waiting = turn.state.waiting
    if waiting is None or waiting.key != key:
        return replace(turn.saying_first(words), heeded=False)
    more = ways_out(room, idle=not state.frames) if failures >= PATIENT and waiting.choices else ()
    new = tuple(way for way in more if way not in waiting.choices)
    choices = (*waiting.choices, *new) if state.frames else (*new, *waiting.choices)
    failing = replace(waiting, choices=choices, failures=failures)
    return replace(turn.saying_first(words), state=replace(turn.state, waiting=failing), heeded=False)
