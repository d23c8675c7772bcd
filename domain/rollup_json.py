"""The roll-up for programs: the JSON of `chibo rollup --json`, and what the books keep of it at a closing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import tzinfo

from domain.progress import RollUp, Tally, UnitProgress


def rollup_json(roll_up: RollUp, zone: tzinfo) -> dict[str, object]:
    """The figures of a roll-up, units in the plan's order; the moment is given in `zone`."""
    plan, heads = roll_up.plan, roll_up.heads
    return {
        "plan": {
            "year": plan.year,
            "number": plan.number,
            "pledged": plan.pledged,
            "assigned": roll_up.assigned,
        },
        "as_of": roll_up.as_of.astimezone(zone).isoformat(timespec="seconds"),
        "quarter": roll_up.quarter.code,
        "totals": _totals(roll_up.target, roll_up.admitted),
        "filings": {state.value: number for state, number in roll_up.filings.items()},
        "units": [_unit(row) for row in roll_up.units],
        "breakdown": asdict(roll_up.breakdown),
        "heads": heads and {"members": heads.members, "total": heads.total, "rate": heads.rate},
        "issues_open": roll_up.issues_open,
        "lessons": [
            {"unit": unit.name, "batch": each.batch and each.batch.isoformat(), "text": each.text}
            for unit, each in roll_up.taught
        ],
        "closed_on": roll_up.closed_on and roll_up.closed_on.isoformat(),
        "amended_after_close": [row.unit.name for row in roll_up.amended_after_close],
        "few_members": [{"unit": one.unit.name, "members": one.members} for one in roll_up.few_members],
        "long_without_admission": [
            {"unit": one.unit.name, "last": one.since.isoformat()} for one in roll_up.long_without
        ],
        "at_close": [_at_close(row) for row in roll_up.before_amended],
    }


def _totals(target: Tally, admitted: Tally) -> dict[str, dict[str, int]]:
    done = asdict(admitted)
    return {span: {"target": number, "admitted": done[span]} for span, number in asdict(target).items()}


def _unit(row: UnitProgress) -> dict[str, object]:
    return {
        "unit": row.unit.name,
        "block": row.unit.block,
        "target": asdict(row.target),
        "admitted": asdict(row.admitted),
        "filing": row.filing.value,
        "verdict": row.verdict.value,
    }


def _at_close(row: UnitProgress) -> dict[str, object]:
    return {"unit": row.unit.name, "target": row.target.quarter, "admitted": row.admitted.quarter}
