"""Whose units: the clusters that overseers answer for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialogue.pages import ask_one
from bot.dialogue.talk import Talk
from domain.office import NamesShown
from domain.organisation import Unit, UnitId
from messages import labels
from messages.channel import Choice
from messages.names import name_shown
from storage.queries.people import overseers_on
from storage.session import Session

_NAMED = 3
"""Units of a cluster that stand on its choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The units that one overseer answers for."""

    person: int
    name: str
    units: tuple[Unit, ...]


def clusters_on(session: Session, units: Sequence[Unit], on: date) -> tuple[Cluster, ...]:
    """All clusters of a day, of these units."""
    known = {unit.id: unit for unit in units}
    found: dict[int, tuple[str, list[UnitId]]] = {}
    for person, name, unit in overseers_on(session, on):
        found.setdefault(person, (name, []))[1].append(unit)
    clusters = (
        Cluster(person=person, name=name, units=tuple(known[unit] for unit in theirs if unit in known))
        for person, (name, theirs) in found.items()
    )
    return tuple(cluster for cluster in clusters if cluster.units)


def which_cluster(talk: Talk, clusters: Sequence[Cluster], names: NamesShown) -> Cluster:
    """One of the clusters, in the question `cluster`; the only one is not asked for."""
    if len(clusters) == 1:
        return clusters[0]
    options = [
        (Choice(f"cluster-{one.person}", labels.cluster(name_shown(one.name, names), _shorts(one))), one)
        for one in clusters
    ]
    return ask_one(talk, "cluster", options)


def _shorts(cluster: Cluster) -> str:
    named = ", ".join(unit.short for unit in cluster.units[:_NAMED])
    more = len(cluster.units) - _NAMED
    return f"{named} và {more} đơn vị khác" if more > 0 else named
