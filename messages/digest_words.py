"""The words of the weekly digest, for the district and for the overseer of a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.at_risk import AtRisk
from domain.digest import Week, is_last_month
from domain.progress import Owes, UnitProgress
from messages import labels, places
from messages.channel import Choice
from messages.rollup_words import cluster_name
from messages.say import Say
from messages.status_words import fitted, risk_words

_LINES: Final = 12
"""Units of a cluster that have a line each; further ones are counted."""
_ROOM: Final = 1250
"""Characters for the names of units."""
_AT_RISK: Final = "Có nguy cơ không đạt"
_MOST_AT_RISK: Final = 8
_OWE: Final = {Owes.REPORT: "chưa báo", Owes.REST: "còn thiếu", Owes.WORD: "đủ số, chưa chốt"}


def district_digest(
    week: Week, place: str, today: date, issues_open: int, unplanned: int | None = None
) -> Say:
    """What a week has brought in the whole district; whom to push, too, in the last month.

    `unplanned` is the coming year while it has no plan.
    """
    late = is_last_month(week.quarter, today)
    owing = [_named(week, owes) for owes in Owes] if late else []
    lists = [
        *((_OWE[owes].capitalize(), names) for owes, names in zip(Owes, owing, strict=False)),
        (_AT_RISK, [f"{risk.unit.short} thiếu {risk.short}" for risk in week.at_risk]),
        *_news(week),
    ]
    facts = {"lines": [], "lists": _shown(lists), "issues_open": issues_open, "unplanned": unplanned}
    return _digest(week, place, today, facts, _district_choices(week, late=late))


def cluster_digest(week: Week, today: date) -> Say:
    """What an overseer's units still owe, each with what can be done, and what the week has brought."""
    risks = {risk.unit.id: risk for risk in week.at_risk}
    lines = [_line(row, risks.get(row.unit.id)) for row in week.owing[:_LINES]]
    if len(week.owing) > _LINES:
        lines.append(f"và {len(week.owing) - _LINES} đơn vị khác")
    place = cluster_name([row.unit.short for row in week.rows])
    facts = {"lines": lines, "lists": _shown([*_news(week)]), "issues_open": 0, "unplanned": None}
    calls = (labels.CALL_SHEET,) if any(row.is_owed for row in week.rows) else ()
    return _digest(week, place, today, facts, (labels.CLUSTER, *calls, labels.MENU))


def _digest(
    week: Week, place: str, today: date, facts: dict[str, object], choices: tuple[Choice, ...]
) -> Say:
    left = (week.quarter.last_day - today).days
    return Say("rollup/week", {"week": week, "place": place, "left": left, **facts}, choices)


def _district_choices(week: Week, *, late: bool) -> tuple[Choice, ...]:
    calls = (labels.CALL_SHEET,) if late and any(row.is_owed for row in week.rows) else ()
    files = () if late else (places.workbook(week.quarter),)  # in the last month it comes with it
    return (labels.ROLLUP, *calls, labels.UNIT, *files, labels.MENU)


def _named(week: Week, owes: Owes) -> list[str]:
    rows = [row for row in week.rows if row.owes is owes]
    return [row.unit.short if owes is Owes.REPORT else f"{row.unit.short} {_done(row)}" for row in rows]


def _news(week: Week) -> list[tuple[str, list[str]]]:
    return [
        ("Kết nạp mới được báo", [f"{row.unit.short} {more}" for row, more in week.gained]),
        ("Mới chốt", [row.unit.short for row in week.filed]),
    ]


def _line(row: UnitProgress, risk: AtRisk | None) -> str:
    """«Chũ 0/2: chưa báo; còn thiếu 2, chưa có ai kịp»."""
    said = [] if row.owes is None or (risk and row.owes is Owes.REST) else [_OWE[row.owes]]
    return f"{row.unit.short} {_done(row)}: {'; '.join([*said, *([risk_words(risk)] if risk else [])])}"


def _done(row: UnitProgress) -> str:
    return f"{row.admitted.quarter}/{row.target.quarter}"


def _shown(lists: Sequence[tuple[str, list[str]]]) -> list[tuple[str, int, str]]:
    most = [_MOST_AT_RISK if heading == _AT_RISK else 45 for heading, _ in lists]
    named = [names[:some] for (_, names), some in zip(lists, most, strict=True)]
    words = fitted(named, _ROOM, [len(names) for _, names in lists])
    shown = zip(lists, words, strict=True)
    return [(heading, len(names), some) for (heading, names), some in shown if names]
