"""What the district takes along: the official table, the covering report, or the chart of a quarter, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.quarter import quarter_said, rated_year
from bot.dialogue.status import quarter_asked
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.enclosure import QUARTERLY, Enclosure, Output
from domain.errors import NoPlan
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.export_words import file_words
from messages.readers import Answer, NotUnderstood, OneOf
from messages.say import Say
from messages.understand.heard import Heard, Intent
from messages.understand.output_words import read_output
from storage.queries.progress import grace_days_of
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFacts:
    """The quarter that is asked for, and the moment whose figures the file shows."""

    quarter: Quarter
    running: Quarter
    as_of: datetime


def export_facts(session: Session, asker: Asker) -> ExportFacts:
    """Fetch which quarter is meant; raises NoPlan."""
    which = asker.answers.get("which")
    rates = which is not None and which.value == Output.RATING and "quarter" not in asker.answers
    quarter = Quarter(rated_year(session, asker), 4) if rates else quarter_asked(session, asker)
    if grace_days_of(session, quarter.year) is None:
        raise NoPlan(quarter.year)
    running = Quarter.of(asker.office.day_of(asker.now))
    return ExportFacts(quarter=quarter, running=running, as_of=asker.now)


def export_fills(heard: Heard, line: Answer) -> Fills:
    """The file and the quarter that the line named."""
    output = read_output(line.said)
    which = {} if output is None else {"which": Answer(line.said, line.at, output.value)}
    return {**which, **quarter_said(heard, line)}


@dialogue(
    "export",
    opens_on=Intent.EXPORT,
    needs=Action.EXPORT,
    facts=export_facts,
    fills=export_fills,
    asks=("which",),
)
def export(talk: Talk, facts: ExportFacts) -> Say:
    """A file of a quarter, which is made when the answer leaves; the other two are offered after it."""
    if facts.quarter > facts.running and not _rates_this_year(talk, facts):
        ahead = {"quarter": facts.quarter, "running": facts.running}
        return Say("export/not_begun", ahead, (labels.export(Output.XLSX, facts.running), labels.MENU))
    options = tuple((Choice(each.value, label), each) for each, label in labels.OUTPUTS.items())
    output = talk.ask("which", OneOf(options, other=_named), {"quarter": facts.quarter})
    enclosure = Enclosure(output=output, quarter=facts.quarter, as_of=facts.as_of)
    others = tuple(labels.export(each, facts.quarter) for each in QUARTERLY if each is not output)
    return file_words(enclosure, (*others, labels.MENU))


def _named(answer: Answer) -> Output:
    output = read_output(answer.said)
    if output is None:
        raise NotUnderstood("not_a_choice")
    return output


def _rates_this_year(talk: Talk, facts: ExportFacts) -> bool:
    """The table of a year is of the year as far as it has gone."""
    which = talk.answers.get("which")
    is_rating = which is not None and which.value == Output.RATING
    return is_rating and facts.quarter.year == facts.running.year
