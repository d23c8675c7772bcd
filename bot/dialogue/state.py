"""What is remembered of somebody's dialogue between two messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from messages.channel import Choice
from messages.readers import Answer


@dataclass(frozen=True, slots=True)
class Frame:
    """A conversation under way: its script, the answers so far, and the message (its inbox id) that began it."""

    script: str
    answers: Mapping[str, Answer]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The choices or the question that was put last.

    `key` is the question's in the topmost frame; empty when choices were only offered, to begin something.
    `question` is what a tap brings back. `failures` counts the answers in a row that could not be taken.
    """

    question: str
    key: str
    choices: tuple[Choice, ...]
    failures: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """The conversations under way, the topmost last, what waits for an answer, and how many questions were put."""

    frames: tuple[Frame, ...] = ()
    waiting: Waiting | None = None
    put: int = 0

    def putting(self, key: str, choices: tuple[Choice, ...], failures: int = 0) -> State:
        """The state once this question, or this offer of choices, has been put."""
        number = self.put + 1
        return replace(self, waiting=Waiting(f"q{number}", key, choices, failures), put=number)

    def as_json(self) -> dict[str, object]:
        """The form that is stored."""
        waiting = self.waiting
        return {
            "frames": [
                {
                    "script": frame.script,
                    "answers": {key: answer.as_json() for key, answer in frame.answers.items()},
                    "line": frame.line,
                }
                for frame in self.frames
            ],
            "waiting": waiting
            and {
                "question": waiting.question,
                "key": waiting.key,
                "choices": [[c.value, c.label] for c in waiting.choices],
                "failures": waiting.failures,
            },
            "put": self.put,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> State:
        """The inverse of `as_json`; nothing stored is a fresh state."""
        if stored is None:
            return cls()
        waiting = stored["waiting"]
        return cls(
            frames=tuple(
                Frame(f["script"], {k: Answer.from_json(a) for k, a in f["answers"].items()}, f.get("line"))
                for f in stored["frames"]
            ),
            waiting=waiting
            and Waiting(
                waiting["question"],
                waiting["key"],
                tuple(Choice(value, label) for value, label in waiting["choices"]),
                waiting["failures"],
            ),
            put=stored["put"],
        )
