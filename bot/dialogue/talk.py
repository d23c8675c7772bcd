"""The engine's inside: a conversation is a plain function of the answers so far, run again on every message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

from bot.dialogue.view import View
from domain.commands import Command
from domain.deadline import Timetable
from domain.office import NamesShown, Office
from domain.people import Person
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Reader
from messages.say import Say
from messages.understand.heard import Heard, Intent
from storage.session import Session

T = TypeVar("T")
CONFIRM: Final = "confirm"
CHANGE: Final = "change"
DROP: Final = "drop"
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
NOTHING: Final[Mapping[str, object]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who is talking, when they said it, and what they answered so far: what facts are fetched for.

    `now` is the clock that the books are written by: what they hold now may be younger than `at`.
    `names` is how their channel may carry people's names, `timetable` when others may be spoken to unasked.
    `view` is what of the figures they were shown last.
    """

    person: Person
    at: datetime
    now: datetime
    office: Office
    names: NamesShown
    answers: Mapping[str, Answer]
    timetable: Timetable
    view: View | None = None

    @property
    def today(self) -> date:
        """The day on which they spoke, where the office is."""
        return self.office.day_of(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What an example of a report can be made of: a day, the person's own unit, and somebody it could be about."""

    day: date
    unit: str
    several_units: bool
    name: str | None


class Asked(Exception):
    """Unwinds a script to the question that has no answer yet, or none that can be taken."""

    def __init__(
        self, key: str, reader: Reader[object], about: Mapping[str, object], problem: NotUnderstood | None
    ) -> None:
        super().__init__(key)
        self.key = key
        self.choices = reader.choices()
        self.about = about
        self.problem = problem
        self._reader = reader

    def takes_numbers(self) -> bool:
        """Whether a bare number is an answer by itself, and not by its place in a list."""
        if self.choices:
            return False
        try:
            self._reader.read(Answer("1", _ANY_TIME))
        except NotUnderstood:
            return False
        return True


class Changed(Exception):
    """Somebody wants to give other answers to the questions `keys`."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(keys)
        self.keys = keys


class Dropped(Exception):
    """Somebody confirmed nothing and wants the whole dropped, or `instead` something else."""

    def __init__(self, instead: str | None = None) -> None:
        super().__init__(instead)
        self.instead = instead


class Elsewhere(Exception):
    """What is wanted is another conversation's, which knows these `answers` already.

    This one goes on after it, without its answers to the questions `forget`; or it ends here, where that is None.
    """

    def __init__(
        self, intent: Intent, answers: Mapping[str, Answer], forget: tuple[str, ...] | None = None
    ) -> None:
        super().__init__(intent)
        self.intent = intent
        self.answers = answers
        self.forget = forget


@dataclass(slots=True)
class Talk:
    """What a script talks through: every `ask` gives the answer, or unwinds to the question."""

    script: str
    answers: Mapping[str, Answer]
    asked: list[str] = field(default_factory=list)

    def ask(self, key: str, reader: Reader[T], about: Mapping[str, object] = NOTHING, *, item: str = "") -> T:
        """The answer to a question; `item` tells questions of one key apart, `about` are the template's facts."""
        stored_as = f"{key}/{item}" if item else key
        answer = self.answers.get(stored_as)
        if answer is None:
            raise Asked(stored_as, reader, about, None)
        try:
            value = reader.read(answer)
        except NotUnderstood as problem:
            raise Asked(stored_as, reader, about, problem) from None
        self.asked.append(stored_as)
        return value

    def given(self, key: str, reader: Reader[T]) -> T | None:
        """The answer that the opening line held; None without one that can be taken: it is never asked for."""
        answer = self.answers.get(key)
        if answer is None:
            return None
        try:
            return reader.read(answer)
        except NotUnderstood:
            return None

    def was(self, key: str, reader: Reader[T]) -> T | None:
        """The answer that is to be given anew, as it was before «Sửa»; None where none is."""
        return self.given(was_key(key), reader)

    def confirm(self, command: Command, about: Mapping[str, object], instead: Sequence[Choice] = ()) -> None:
        """Read back what is going to be done; returns only when this very thing was confirmed.

        The yes is keyed by a digest of the command: when a figure changes under it, it is asked again.
        `instead` takes the place of «Sửa»: what is chosen of it is said as if it had been typed.
        """
        yes = f"yes:{_digest(command)}"
        may_change = self._changeable()
        change = (Choice(CHANGE, labels.CHANGE),) if may_change else ()
        options = [
            Choice(yes, labels.yes(command)),
            *(instead or change),
            Choice(DROP, labels.DROP),
        ]
        reader = OneOf(tuple((choice, choice.value) for choice in options))
        words: dict[str, object] = {"command": command, **about}
        before = self.answers.get(CONFIRM)
        if before and before.value and before.value.startswith("yes:") and before.value != yes:
            raise Asked(CONFIRM, reader, words, NotUnderstood("changed_meanwhile"))
        said = self.ask(CONFIRM, reader, words)
        if said == CHANGE:
            raise Changed(self._which(may_change))
        if said != yes:
            raise Dropped(said if said in [choice.value for choice in instead] else None)

    def _changeable(self) -> dict[str, tuple[str, ...]]:
        """What may be changed: the name that people know it by, and the answers that belong to it."""
        found: dict[str, tuple[str, ...]] = {}
        for key in self.asked:
            label = labels.changeable(self.script, key)
            if label is not None:
                found[label] = (*found.get(label, ()), key)
        return found

    def _which(self, changeable: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        if len(changeable) == 1:
            return next(iter(changeable.values()))
        return self.ask(
            CHANGE, OneOf(tuple((Choice(keys[0], label), keys) for label, keys in changeable.items()))
        )


def was_key(key: str) -> str:
    """Under which key an answer is remembered that somebody wants to give anew."""
    return f"was:{key}"


def _digest(command: Command) -> str:
    return hashlib.blake2b(repr(command).encode(), digest_size=6).hexdigest()


Fills = Mapping[str, Answer]
"""What an opening line already answers, by question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A conversation: what opens it, whom it is for, where its facts come from, and the function itself."""

    name: str
    opens_on: Intent
    needs: Action
    facts: Callable[[Session, Asker], Any]
    fills: Callable[[Heard, Answer], Fills]
    asks: tuple[str, ...]
    takes_words: tuple[str, ...]
    waits: bool
    run: Callable[[Talk, Any], Command | Say]

    @property
    def templates(self) -> tuple[str, ...]:
        """The templates that its questions need."""
        return tuple(f"{self.name}/{key}" for key in self.asks)


def nothing_said(_heard: Heard, _line: Answer) -> Fills:
    """For a conversation that takes nothing from its opening line."""
    return {}


F = TypeVar("F")


def dialogue(
    name: str,
    *,
    opens_on: Intent,
    needs: Action,
    facts: Callable[[Session, Asker], F],
    fills: Callable[[Heard, Answer], Fills] = nothing_said,
    asks: tuple[str, ...] = (),
    takes_words: tuple[str, ...] = (),
    waits: bool = True,
) -> Callable[[Callable[[Talk, F], Command | Say]], Script]:
    """Make a function a conversation; `asks` are the keys of its questions, each with a template `name/key`.

    `takes_words` are those among them that take nearly any words, as a name is: a text that says something else
    is no answer to them. What does not wait is over when anything else is begun in its midst.
    """

    def made(run: Callable[[Talk, F], Command | Say]) -> Script:
        return Script(
            name=name,
            opens_on=opens_on,
            needs=needs,
            facts=facts,
            fills=fills,
            asks=asks,
            takes_words=takes_words,
            waits=waits,
            run=run,
        )

    return made
