"""What is remembered of somebody's dialogue between two messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.dialogue.view import View
from messages.channel import Choice
from messages.readers import Answer


@dataclass(frozen=True, slots=True)
class Frame:
    """A conversation under way: its script, the answers so far, and the message (its inbox id) that began it.

    `said` is the beginning of that message while its turn has not come yet.
    """

    script: str
    answers: Mapping[str, Answer]
    line: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The choices or the question that was put last.

    `key` is the question's in the topmost frame; empty when choices were only offered, to begin something.
    `question` is what a tap brings back. `failures` counts the answers in a row that could not be taken.
    What was offered without being asked for, at the moment `offered`, is of use until another one alone. Where it goes
    on from what was offered shortly before, its list begins with the choices of those: `earlier` are the questions,
    the first one first, each with the number of its choices.
    """

    question: str
    key: str
    choices: tuple[Choice, ...]
    failures: int = 0
    until: datetime | None = None
    offered: datetime | None = None
    earlier: tuple[tuple[str, int], ...] = ()

    def choice(self, question: str, number: int) -> Choice | None:
        """The choice of a number under a question of this list, which means the same under each of them."""
        shown = {**dict(self.earlier), self.question: len(self.choices)}.get(question, 0)
        return self.choices[number - 1] if 0 < number <= shown else None

    @property
    def before(self) -> Waiting | None:
        """What was offered before the latest of it."""
        if not self.earlier:
            return None
        *earlier, (question, shown) = self.earlier
        return replace(self, question=question, choices=self.choices[:shown], earlier=tuple(earlier))

    def is_over(self, at: datetime) -> bool:
        """Whether what was offered is out of date."""
        return self.until is not None and at >= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """Messages that led nowhere, in a row: a digest of the last, how often the very same came, and when they came."""

    said: str = ""
    same: int = 0
    times: tuple[datetime, ...] = ()


NO_MISSES: Final = Misses()


class Unreadable(Exception):
    """What is stored cannot be read by this release."""


@dataclass(frozen=True, slots=True)
class State:
    """The conversations under way, the topmost last, what waits for an answer, and how many questions were put.

    `view` is what of the figures was shown last, while nothing else was spoken of since.
    """

    frames: tuple[Frame, ...] = ()
    waiting: Waiting | None = None
    put: int = 0
    misses: Misses = NO_MISSES
    view: View | None = None

    def putting(self, key: str, choices: tuple[Choice, ...], failures: int = 0) -> State:
        """The state once this question, or this offer of choices, has been put."""
        number = self.put + 1
        return replace(self, waiting=Waiting(f"q{number}", key, choices, failures), put=number)

    def beginning(self, script: str, answers: Mapping[str, Answer], line: int | None) -> State:
        """The state once a conversation has begun on top of all others."""
        return replace(self, frames=(*self.frames, Frame(script, answers, line)), waiting=None)

    def stamped(self, line: int | None) -> State:
        """The state with the message noted at each answer that came with it: at those where none stands yet."""
        frames = tuple(
            replace(frame, answers={key: _stamped(answer, line) for key, answer in frame.answers.items()})
            for frame in self.frames
        )
        return replace(self, frames=frames)

    def failures(self, key: str) -> int:
        """How many answers in a row to this question could not be taken."""
        return self.waiting.failures if self.waiting and self.waiting.key == key else 0

    def as_json(self) -> dict[str, object]:
        """The form that is stored."""
        waiting = self.waiting
        return {
            "frames": [
                {
                    "script": frame.script,
                    "answers": {key: answer.as_json() for key, answer in frame.answers.items()},
                    "line": frame.line,
                    **({"said": frame.said} if frame.said else {}),
                }
                for frame in self.frames
            ],
            "waiting": waiting
            and {
                "question": waiting.question,
                "key": waiting.key,
                "choices": [[c.value, c.label] for c in waiting.choices],
                "failures": waiting.failures,
                **({"until": waiting.until.isoformat()} if waiting.until else {}),
                **({"offered": waiting.offered.isoformat()} if waiting.offered else {}),
                **({"earlier": [list(each) for each in waiting.earlier]} if waiting.earlier else {}),
            },
            "put": self.put,
            **({"misses": _misses_as_json(self.misses)} if self.misses != NO_MISSES else {}),
            **({"view": self.view.as_json()} if self.view else {}),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> State:
        """The inverse of `as_json`; nothing stored is a fresh state. Raises Unreadable."""
        if stored is None:
            return cls()
        try:
            return cls(
                frames=tuple(_frame(each) for each in stored["frames"]),
                waiting=_waiting(stored["waiting"]) if stored["waiting"] else None,
                put=int(stored["put"]),
                misses=_misses(stored["misses"]) if stored.get("misses") else NO_MISSES,
                view=View.from_json(stored["view"]) if stored.get("view") else None,
            )
        except (LookupError, TypeError, ValueError, AttributeError) as fault:
            raise Unreadable from fault


def _stamped(answer: Answer, line: int | None) -> Answer:
    return answer if answer.line is not None else replace(answer, line=line)


def _frame(stored: Mapping[str, Any]) -> Frame:
    answers = {key: Answer.from_json(answer) for key, answer in stored["answers"].items()}
    return Frame(stored["script"], answers, stored.get("line"), stored.get("said", ""))


def _waiting(stored: Mapping[str, Any]) -> Waiting:
    choices = tuple(Choice(value, label) for value, label in stored["choices"])
    earlier = tuple((question, int(number)) for question, number in stored.get("earlier", ()))
    return Waiting(
        stored["question"],
        stored["key"],
        choices,
        stored["failures"],
        until=_moment(stored.get("until")),
        offered=_moment(stored.get("offered")),
        earlier=earlier,
    )


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _misses_as_json(misses: Misses) -> dict[str, object]:
    times = [at.isoformat() for at in misses.times]
    return {"said": misses.said, "same": misses.same, "times": times}


def _misses(stored: Mapping[str, Any]) -> Misses:
    times = tuple(datetime.fromisoformat(at) for at in stored["times"])
    return Misses(said=stored["said"], same=stored["same"], times=times)
