"""The district's own words to many: to which units, to whom there, and what; shown before they leave."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.dialogue.cluster import Cluster, clusters_on, which_cluster
from bot.dialogue.hour import Hour, hour_chosen
from bot.dialogue.quarter import reported_now
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from bot.dialogue.units_typed import units_typed
from domain.commands import SendNotice
from domain.errors import NobodyReached
from domain.mailing import LONGEST_NOTICE, Audience, Reach
from domain.office import NamesShown
from domain.organisation import Unit, UnitKind
from domain.people import Role
from domain.policy import Action
from domain.progress import FilingState
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Words
from messages.understand.heard import Heard, Intent
from storage.queries.audience import reach
from storage.queries.rollup import all_progress
from storage.queries.units import all_units
from storage.session import Session

_ROLES: Final = (
    ("secretary", "Bí thư", (Role.SECRETARY,)),
    ("heads", "Bí thư và phó bí thư", (Role.SECRETARY, Role.DEPUTY)),
    ("deputy", "Phó bí thư", (Role.DEPUTY,)),
    ("cell", "Bí thư chi bộ", (Role.CELL_SECRETARY,)),
    ("all", "Tất cả bí thư, phó bí thư và bí thư chi bộ", (Role.SECRETARY, Role.DEPUTY, Role.CELL_SECRETARY)),
)
_ALL, _SILENT, _CLUSTER, _TYPED = "all", "silent", "cluster", "typed"
_LEAST_WORDS: Final = 3
_AFTER_COLON: Final = re.compile(
    r"^[^:\n]{0,40}th[ôo]ng b[áa]o[^:\n]{0,60}:\s*(.+)$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """The units, which of them are silent, the clusters, and how many people an audience reaches now."""

    names: NamesShown
    units: tuple[Unit, ...]
    silent: tuple[Unit, ...]
    clusters: tuple[Cluster, ...]
    reach: Callable[[Audience], Reach]
    hour: Hour


def notice_facts(session: Session, asker: Asker) -> NoticeFacts:
    """Fetch the units and how they stand in the quarter that is being reported."""
    today = asker.office.day_of(asker.now)
    units = tuple(unit for unit in all_units(session, today) if unit.kind is UnitKind.GRASSROOTS)
    return NoticeFacts(
        names=asker.names,
        units=units,
        silent=_silent(session, asker),
        clusters=clusters_on(session, units, today),
        reach=lambda audience: reach(session, audience, today, asker.person.id),
        hour=Hour.of(asker),
    )


def _silent(session: Session, asker: Asker) -> tuple[Unit, ...]:
    """Those that have not said anything of the quarter that is being reported."""
    quarter = reported_now(session, asker)
    rows = all_progress(session, quarter, asker.now, asker.office)
    return tuple(row.unit for row in rows if row.filing is FilingState.SILENT)


def notice_fills(heard: Heard, line: Answer) -> Fills:
    """The words after the colon in «gửi thông báo: 14 giờ ngày 30/3 họp»."""
    if heard.intent is not Intent.SEND_NOTICE:
        return {}
    found = _AFTER_COLON.match(line.said)
    return {} if found is None else {"words": Answer(found[1], line.at)}


@dialogue(
    "send_notice",
    opens_on=Intent.SEND_NOTICE,
    needs=Action.SEND_NOTICE,
    facts=notice_facts,
    fills=notice_fills,
    asks=("units", "cluster", "typed", "which", "roles", "words", "hour", "confirm"),
)
def send_notice(talk: Talk, facts: NoticeFacts) -> SendNotice:
    """To whom, what, and when where it is late; the whole is shown with the number of people."""
    chosen, of_units = _units(talk, facts)
    options = tuple((Choice(value, label), (label, roles)) for value, label, roles in _ROLES)
    of_roles, roles = talk.ask("roles", OneOf(options), {"units": of_units})
    audience = Audience(roles=roles, units=chosen.units, block=chosen.block)
    reached = facts.reach(audience)
    if not reached.reached:
        raise NobodyReached
    words = talk.ask("words", _Notice(), {"most": LONGEST_NOTICE})
    at = hour_chosen(talk, facts.hour)
    command = SendNotice(words=words, audience=audience, people=reached.reached, at=at)
    talk.confirm(command, {"reach": reached, "of_units": of_units, "of_roles": of_roles})
    return command


def _units(talk: Talk, facts: NoticeFacts) -> tuple[Audience, str]:
    """Which units, and what that is called; the roles are still to come."""
    blocks = sorted({unit.block for unit in facts.units if unit.block})
    options: list[tuple[Choice, str]] = [(_choice(_ALL, "Tất cả đơn vị", len(facts.units)), _ALL)]
    for block in blocks if len(blocks) > 1 else ():
        number = sum(unit.block == block for unit in facts.units)
        options.append((_choice(f"block-{block}", labels.block(block), number), f"block-{block}"))
    if facts.silent:
        options.append((_choice(_SILENT, "Đơn vị chưa báo", len(facts.silent)), _SILENT))
    if facts.clusters:
        options.append((Choice(_CLUSTER, "Một cụm phụ trách"), _CLUSTER))
    options.append((Choice(_TYPED, "Gõ tên từng đơn vị"), _TYPED))
    return _meant(talk, facts, talk.ask("units", OneOf(tuple(options))))


def _choice(value: str, label: str, number: int) -> Choice:
    return Choice(value, f"{label} ({number})")


def _meant(talk: Talk, facts: NoticeFacts, which: str) -> tuple[Audience, str]:
    if which == _ALL:
        return Audience(roles=()), "tất cả đơn vị"
    if which.startswith("block-"):
        block = int(which.removeprefix("block-"))
        return Audience(roles=(), block=block), labels.block(block).lower()
    if which == _SILENT:
        return _of(facts.silent), f"{len(facts.silent)} đơn vị chưa báo"
    if which == _CLUSTER:
        cluster = which_cluster(talk, facts.clusters, facts.names)
        return _of(cluster.units), _named(cluster.units)
    units = units_typed(talk, facts.units)
    return _of(units), _named(units)


def _of(units: tuple[Unit, ...]) -> Audience:
    return Audience(roles=(), units=tuple(unit.id for unit in units))


_MOST_NAMED: Final = 8


def _named(units: tuple[Unit, ...]) -> str:
    named = ", ".join(unit.short for unit in units[:_MOST_NAMED])
    more = len(units) - _MOST_NAMED
    return f"{named} và {more} đơn vị khác" if more > 0 else named


@dataclass(frozen=True, slots=True)
class _Notice:
    """The words of a notice, as they were typed; one that is too long is not cut, but written anew."""

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> str:
        words = Words().read(answer).strip()
        if len(words.split()) < _LEAST_WORDS or labels.begins_something(words):
            raise NotUnderstood("too_few_words", {"said": words[:40]})
        if len(words) > LONGEST_NOTICE:
            raise NotUnderstood("notice_too_long", {"long": len(words), "most": LONGEST_NOTICE})
        return words
