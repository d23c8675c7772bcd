"""A transcript on the stage: everybody who takes part, and what each of them is shown."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from domain.invitation import ALPHABET, GROUPS
from tests.harness.stage import Someone, Stage, shown_on
from tests.harness.transcripts import Exchange, Part, Shown, Transcript

_CODE: Final = re.compile(r"\b" + "-".join(f"[{ALPHABET}]{{{group}}}" for group in GROUPS) + r"\b")
_EDIT: Final = re.compile(r"✎ (.+) ⇒ (.+)")
_NAMES: Final = ("Trần Thị Lan", "Lê Văn Bình", "Vi Thị Hồng", "Ngô Văn Sơn", "Hà Thị Thu")


class Troupe:
    """Everybody of a transcript, on one channel."""

    def __init__(self, stage: Stage, transcript: Transcript, channel: str) -> None:
        self._stage = stage
        self._channel = channel
        self._codes: list[str] = []
        for what, words in transcript.books:
            if what == "cell":
                stage.cell(*words.split(" under "))
        self.main = stage.person(transcript.main.role, transcript.main.unit, channel)
        self._cast = {"": self.main}
        for part, name in zip(transcript.others, _NAMES, strict=False):
            self._cast[part.nickname] = self._someone(part, name)
        for what, words in transcript.books:
            if what == "holds":
                stage.appoint(self.main, *words.split(" of "))
            elif what != "cell":
                stage.prepare(what, words, self.main, transcript.starts)

    def _someone(self, part: Part, name: str) -> Someone:
        if part.role == "stranger":
            return self._stage.stranger(self._channel)
        return self._stage.person(part.role, part.unit, self._channel, part.name or name)

    def play(self, exchange: Exchange) -> list[Shown]:
        """What everybody is shown when this is said."""
        if exchange.said is None:
            self._stage.heartbeats(exchange.at)
            answer = None
        else:
            answer = self._said(self._cast[exchange.nickname], self._with_codes(exchange.said), exchange.at)
        answered = [] if answer is None else [Shown(exchange.nickname, self._without_codes(answer))]
        return [*answered, *self._unasked()]

    def _said(self, someone: Someone, text: str, at: datetime) -> str | None:
        edit = _EDIT.fullmatch(text)
        return someone.edits(edit[1], edit[2], at) if edit else someone.says(text, at)

    def _unasked(self) -> list[Shown]:
        """What was put for anybody of the cast since it was looked at last."""
        nicknames = {someone.address: nickname for nickname, someone in self._cast.items()}
        found = []
        for address, message in self._stage.unasked():
            nickname = nicknames[address]
            if message.choices:
                self._cast[nickname].last = message
            words = self._without_codes(shown_on(self._channel, message))
            found.append(Shown(nickname, words, unasked=True))
        return found

    def _with_codes(self, said: str) -> str:
        for number, code in enumerate(self._codes, 1):
            said = said.replace(f"MÃ-MỜI-{number}", code)
        return said

    def _without_codes(self, text: str) -> str:
        for code in _CODE.findall(text):
            if code not in self._codes:
                self._codes.append(code)
        return _CODE.sub(lambda found: f"MÃ-MỜI-{self._codes.index(found[0]) + 1}", text)
