"""The frame of several years, and what each of them has used of it, as the district asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.frame import Frame, FrameUse
from domain.policy import Action
from messages import labels
from messages.frame_words import frame_words
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries.frames import frame_use, frames_of
from storage.session import Session

_YEARS: Final = re.compile(r"(?<!\d)(20\d\d)\s*(?:-|–|đến|den|tới)\s*(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameFacts:
    """The frame that is meant with its use; None where the books have none, `years` are those that were named."""

    use: FrameUse | None
    years: str


def frame_facts(session: Session, asker: Asker) -> FrameFacts:
    """Fetch the frame of the years that were named, else the one of this year, else the latest."""
    named = asker.answers.get("years")
    years = (named.value or "") if named else ""
    found = _meant(frames_of(session), years, asker.today.year)
    use = None if found is None else frame_use(session, found, asker.now, asker.office)
    return FrameFacts(use=use, years=years)


def _meant(known: tuple[Frame, ...], years: str, this_year: int) -> Frame | None:
    if years:
        return next((each for each in known if f"{each.first}-{each.last}" == years), None)
    running = [each for each in known if this_year in each.years]
    return next(reversed(running or known), None)


def frame_fills(_heard: Heard, line: Answer) -> Fills:
    """The years of «khung 2021-2025»."""
    years = _YEARS.search(line.said)
    return {} if years is None else {"years": Answer(line.said, line.at, f"{years[1]}-{years[2]}")}


@dialogue("frame", opens_on=Intent.FRAME, needs=Action.SEE_ALL, facts=frame_facts, fills=frame_fills)
def frame(_talk: Talk, facts: FrameFacts) -> Say:
    """The years side by side, or how a frame is laid down."""
    if facts.use is None:
        return Say("frame/none", {"years": facts.years}, (labels.MENU,))
    return frame_words(facts.use)
