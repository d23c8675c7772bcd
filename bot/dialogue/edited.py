"""An edited message: it takes the place of what it said before, or offers to amend what was recorded from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogue.correct import EDITED
from bot.dialogue.differences import Differences, differences
from bot.dialogue.running import Edited, Room, Turn, instead, run
from bot.dialogue.state import Frame, State
from bot.dialogue.talk import CHANGE, CONFIRM, Script
from domain.policy import may
from messages.readers import Answer, people_as_json
from messages.say import Say
from messages.understand.heard import Intent

_AGAIN: Final = Say("talk/read_again")


def taken_anew(state: State, room: Room) -> Turn:
    """Answer an edit; what it says can never be counted a second time."""
    edited = room.edited()
    if edited is None or not edited.answer.said.strip():
        return _in_vain(state, (), room)
    if edited.reports:
        return _amending(_without_lines(state, edited), edited, room)
    told = [at for at, frame in enumerate(state.frames) if _is_told(frame, edited)]
    if told:
        return _said_anew(state, told[-1], edited, room)
    return _in_vain(state, (), room)


def _in_vain(state: State, codes: tuple[str, ...], room: Room) -> Turn:
    turn = instead(Say("talk/edited", {"codes": codes}), state, room)
    return replace(turn, heeded=False)


def _is_told(frame: Frame, edited: Edited) -> bool:
    """Whether a conversation began with the message, or has answers from it."""
    return frame.line in edited.lines or any(a.line in edited.lines for a in frame.answers.values())


def _without_lines(state: State, edited: Edited) -> State:
    """The state without what an earlier edit of the same message has begun and nobody has confirmed."""
    left = tuple(frame for frame in state.frames if frame.line not in edited.lines)
    return replace(state, frames=left, waiting=state.waiting if left == state.frames else None)


def _said_anew(state: State, at: int, edited: Edited, room: Room) -> Turn:
    """Put what the message says now in the place of what it said, and the question or confirmation anew."""
    frame = state.frames[at]
    script = room.script(frame.script)
    if script is None:
        return _in_vain(state, (), room)
    above, below = state.frames[at + 1 :], state.frames[:at]
    opens = frame.line in edited.lines
    if opens and edited.heard.intent not in (script.opens_on, Intent.UNKNOWN, Intent.CORRECT):
        return _begun_anew(replace(state, frames=(*below, *above), waiting=None), edited, room)
    answers = _opening(frame, script, edited) if opens else _answering(frame, script, edited)
    frames = (*below, replace(frame, answers=answers), *above)
    return run(replace(state, frames=frames, waiting=None), room).saying_first(_AGAIN)


def _begun_anew(state: State, edited: Edited, room: Room) -> Turn:
    """The message asks for something else now, and what it had begun is over."""
    script = room.scripts.get(edited.heard.intent)
    if script is None or not may(room.person, script.needs):
        return instead(Say("talk/dropped"), state, room).saying_first(_AGAIN)
    fills = script.fills(edited.heard, edited.answer)
    return run(state.beginning(script.name, fills, room.line), room).saying_first(_AGAIN)


def _kept(frame: Frame, edited: Edited) -> dict[str, Answer]:
    """The answers that came with other messages, without what was confirmed on the ground of this one."""
    gone = (CONFIRM, CHANGE)
    return {k: a for k, a in frame.answers.items() if a.line not in edited.lines and k not in gone}


def _opening(frame: Frame, script: Script, edited: Edited) -> Mapping[str, Answer]:
    """What the line answers now; where it says what it said before, a later answer of its own goes before it."""
    kept = _kept(frame, edited)
    fills = script.fills(edited.heard, edited.answer)
    before = [script.fills(heard, edited.answer) for heard in edited.before]
    said_already = {
        key
        for key, fill in fills.items()
        if any(key in each and each[key].value == fill.value for each in before)
    }
    return {
        **fills,
        **{key: answer for key, answer in kept.items() if key not in fills or key in said_already},
    }


def _answering(frame: Frame, script: Script, edited: Edited) -> Mapping[str, Answer]:
    """What the message answers now: the question that it answered, and what it says beside."""
    kept = _kept(frame, edited)
    fills = script.fills(edited.heard, edited.answer)
    own = [key for key, answer in frame.answers.items() if answer.line in edited.lines]
    filled = {key: fills[key] for key in own if key in fills and frame.answers[key].value is not None}
    raw = {key: edited.answer for key in own if key not in filled and key not in (CONFIRM, CHANGE)}
    beside = {key: fill for key, fill in fills.items() if key not in kept}
    return {**kept, **beside, **raw, **filled}


def _amending(state: State, edited: Edited, room: Room) -> Turn:
    """Offer to amend what was recorded from the message by what it says otherwise now."""
    codes = tuple(report.code for report in edited.reports)
    if edited.too_late:
        return instead(Say("talk/edited_late", {"codes": codes}), state, room)
    found = differences(edited)
    if found is None:
        return _in_vain(state, codes, room)
    if not found.amends and not found.added:
        return instead(Say("talk/edited_same", {"codes": codes}), state, room)
    return run(_begun(state, found, edited, room), room).saying_first(_AGAIN)


def _begun(state: State, found: Differences, edited: Edited, room: Room) -> State:
    """The amendment on top; under it the report of those whom the message did not name before."""
    report, correct = room.scripts.get(Intent.ADMISSION), room.scripts.get(Intent.CORRECT)
    if found.added and report is not None:
        fills = dict(report.fills(edited.heard, edited.answer))
        fills["who"] = replace(edited.answer, value=people_as_json(found.added))
        fills.pop("count", None)
        state = state.beginning(report.name, fills, room.line)
    if found.amends and correct is not None:
        rows = replace(edited.answer, value=json.dumps(found.amends, ensure_ascii=False))
        state = state.beginning(correct.name, {EDITED: rows}, room.line)
    return state
