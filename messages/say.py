"""From what is to be said, and to whom, to the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from domain.enclosure import Enclosure
from domain.invitation import InvitationId
from domain.office import NamesShown, Office
from domain.phone import phone_shown
from domain.progress import percent
from messages.candidate_words import ANSWERS_FOR, WAYS_OUT
from messages.channel import Choice, OutgoingMessage
from messages.channel_words import channel_name
from messages.days import near_day, weekday
from messages.names import Named, name_shown
from messages.step_words import step_done, step_name

LONGEST: Final = 2000
"""Characters in a message: what every channel can carry."""
COURTESIES: Final = frozenset({"talk/thanks", "talk/nod", "enrolment/invited"})
"""What is left unsaid first where a messenger's month runs short."""
_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to be said: a template's name (`report_admission/who`), its facts, the choices offered.

    `seen` names what it shows of others' figures, for the log of who saw what; `invitation` is the one whose code it
    shows; `encloses` the file that goes with it.
    """

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    seen: str = ""
    invitation: InvitationId | None = None
    encloses: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Hearer:
    """To whom it is said, as far as the words depend on it: how names are shown, the local time, whose books."""

    names: NamesShown
    timezone: ZoneInfo
    office: str

    @classmethod
    def on(cls, channel: str, office: Office) -> Hearer:
        """The hearer at the other end of a channel of this office."""
        return cls(office.names_on(channel), office.timezone, office.name)


def say(
    parts: Sequence[Say], to: Hearer, choices: tuple[Choice, ...] = (), question: str = ""
) -> OutgoingMessage:
    """Render one message of one or more parts, with the choices that wait under the id of their question."""
    text = "\n\n".join(said for said in (render(part, to) for part in parts) if said)
    return OutgoingMessage(
        text=_shortened(text, choices),
        choices=choices,
        question=question if choices else "",
        invitation=next((part.invitation for part in parts if part.invitation is not None), None),
        encloses=next((part.encloses for part in parts if part.encloses is not None), None),
        is_courtesy=not choices and all(part.template in COURTESIES for part in parts),
    )


def adding(message: OutgoingMessage, words: str) -> str:
    """The text of a message with words after it that stay whole, whatever of the text has to be cut."""
    room = LONGEST - sum(len(choice.label) + 5 for choice in message.choices) - len(words) - 2
    text = message.text if len(message.text) <= room else message.text[: max(0, room - 1)].rstrip() + "…"
    return f"{text}\n\n{words}".strip()


def render(part: Say, to: Hearer) -> str:
    """The words of one part, without its choices."""
    return words(part.template, {**part.facts, "to": to})


def words(template: str, facts: Mapping[str, object]) -> str:
    """The words of a template; facts without `to` do for one that says the same to everybody."""
    rendered: str = _template(template).render(facts)
    return rendered.strip()


def has_words(template: str) -> bool:
    """Whether there is a template of this name."""
    return (_TEMPLATES / f"{template}.j2").is_file()


def _shortened(text: str, choices: Sequence[Choice]) -> str:
    """Cut at a line's end what would not fit on every channel with its numbered choices."""
    room = LONGEST - sum(len(choice.label) + 5 for choice in choices)
    if len(text) <= room:
        return text
    kept = text[: room - 2]
    return kept[: kept.rfind("\n") if "\n" in kept else room - 2].rstrip() + "\n…"


@cache
def _template(name: str) -> Template:
    found = _environment().get_template(f"{name}.j2")
    found.globals = dict(found.globals)  # a chain of them would be walked in each rendering
    return found


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  plain text: channels escape what they have to
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "channel_name": channel_name,
        "day": day,
        "short_day": short_day,
        "clock": clock,
        "hour": hour,
        "on_day": on_day,
        "near": near_day,
        "phone": phone_shown,
        "shown": shown,
        "coded": coded,
        "step": step_name,
        "step_done": step_done,
        "answers_for": ANSWERS_FOR.__getitem__,
        "way_out": WAYS_OUT.__getitem__,
        "percent": percent,
        "weekday": weekday,
        "in_short": in_short,
        "starting": starting,
    }
    return environment


def day(moment: date) -> str:
    """A date in full as people write it: `15/3/2022`."""
    return f"{moment.day}/{moment.month}/{moment.year}"


def short_day(moment: date) -> str:
    """A date without its year: `15/3`."""
    return f"{moment.day}/{moment.month}"


def starting(words: str) -> str:
    """Words as a line begins with them: «Quý I»."""
    return words[:1].upper() + words[1:]


def in_short(words: str, most: int = 300) -> str:
    """The beginning of somebody's words, in one line, of at most so many characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@pass_context
def clock(context: Context, moment: datetime) -> str:
    """A moment where the hearer is: `08:01 ngày 28/3/2022`."""
    local = moment.astimezone(context["to"].timezone)
    return f"{local:%H:%M} ngày {day(local)}"


@pass_context
def hour(context: Context, moment: datetime) -> str:
    """The hour of a moment where the hearer is: `14:05`."""
    return f"{moment.astimezone(context['to'].timezone):%H:%M}"


@pass_context
def on_day(context: Context, moment: datetime) -> str:
    """The day of a moment where the hearer is, without its year: `15/3`."""
    return short_day(moment.astimezone(context["to"].timezone).date())


@pass_context
def shown(context: Context, name: str, code: str = "") -> str:
    """A person's name as this hearer's channel may carry it; the code stands for it where names are hidden."""
    return name_shown(name, context["to"].names, code)


@pass_context
def coded(context: Context, one: Named) -> str:
    """Somebody on the books by name and code: «L.T.N. (QC-12)»; by the code alone where names are hidden."""
    words = name_shown(one.name, context["to"].names, one.code)
    return words if words == one.code else f"{words} ({one.code})"
