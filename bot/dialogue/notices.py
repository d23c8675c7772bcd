"""What has become of what the district sent to many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.mailing import Delivered, Mailing
from domain.policy import Action
from messages import labels
from messages.readers import Answer
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.queries import mailings
from storage.session import Session

MOST_SHOWN: Final = 3
_LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One mailing and what has become of it."""

    mailing: Mailing
    now: Delivered

    @property
    def blocked(self) -> int:
        """Those who had blocked chibo before, or have since."""
        return self.now.blocked + (self.mailing.reach.blocked if self.mailing.reach else 0)


def mailings_asked(session: Session, asker: Asker) -> tuple[Shown, ...]:
    """Fetch the mailing that was named by its code, else the last ones."""
    latest = mailings.latest(session, _LOOKED_AT)
    named = asker.answers.get("which")
    meant = [each for each in latest if named is not None and each.code == named.value]
    found = meant or ([] if named is not None else latest[:MOST_SHOWN])
    return tuple(Shown(mailing=each, now=mailings.delivered(session, each)) for each in found)


def which_fills(heard: Heard, line: Answer) -> Fills:
    """The code in «thông báo TB-3 đến đâu rồi»."""
    return {} if heard.code is None else {"which": Answer(line.said, line.at, heard.code)}


@dialogue(
    "notices", opens_on=Intent.NOTICES, needs=Action.SEND_NOTICE, facts=mailings_asked, fills=which_fills
)
def notices(_talk: Talk, shown: tuple[Shown, ...]) -> Say:
    """How many were reached, blocked, are still to come, by mailing."""
    return Say("notices/shown", {"shown": shown}, (labels.SEND_NOTICE, labels.MENU))
