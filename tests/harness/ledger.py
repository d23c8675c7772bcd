"""An independent count of a quarter: kept by hand from what was sent, without any of the product's code."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[2] / "storage" / "data"
ROMAN: Final = ("I", "II", "III", "IV")
PLEDGED: Final = 200
SCHOOLING: Final = (
    "primary",
    "lower_secondary",
    "upper_secondary",
    "vocational",
    "college",
    "university",
    "postgraduate",
)


@dataclass(frozen=True)
class Admitted:
    """Somebody whose admission was acknowledged."""

    on: date
    is_woman: bool | None

    @property
    def quarter(self) -> int:
        return (self.on.month + 2) // 3


@dataclass
class Account:
    """What one unit owes, and what it has said."""

    block: int
    name: str
    short: str
    targets: tuple[int, int, int, int]
    admitted: list[Admitted] = field(default_factory=list)
    filings: dict[int, str] = field(default_factory=dict)

    def count(self, *quarters: int) -> int:
        return sum(one.quarter in quarters for one in self.admitted)

    def target(self, *quarters: int) -> int:
        return sum(self.targets[quarter - 1] for quarter in quarters)

    def takes(self, admitted: Sequence[Admitted]) -> None:
        """A report came: a quarter that was filed is open again."""
        self.admitted += admitted
        for one in admitted:
            self.filings.pop(one.quarter, None)

    def withdraws(self, admitted: Admitted) -> None:
        """A report was taken back, and counts no more."""
        self.admitted.remove(admitted)
        self.filings.pop(admitted.quarter, None)

    def corrects(self, wrong: Admitted, right: Admitted) -> None:
        """A report says something else now; the quarters before and after are open again."""
        self.withdraws(wrong)
        self.takes([right])

    def state(self, quarter: int) -> str:
        if filing := self.filings.get(quarter):
            return filing
        if self.count(quarter):
            return "draft"
        return "silent" if self.target(quarter) else "not_due"

    def verdict(self, quarter: int) -> str:
        done, target = self.count(quarter), self.target(quarter)
        if target == 0:
            return "over" if done else "none"
        return "below" if done < target else "met" if done == target else "over"

    def owes(self, quarter: int) -> bool:
        """Whether somebody has to be reminded: a target that is neither reached nor answered for."""
        return self.count(quarter) < self.target(quarter) and quarter not in self.filings

    def is_complete(self, quarter: int) -> bool:
        """Whether somebody is to be asked to file: the target is reached, and nothing was said of the whole."""
        return 0 < self.target(quarter) <= self.count(quarter) and quarter not in self.filings

    def quota(self, quarter: int) -> str:
        """The line that stands under every receipt."""
        of_year = _against(self.count(1, 2, 3, 4), self.target(1, 2, 3, 4))
        return f"Quý {ROMAN[quarter - 1]}: {_against(self.count(quarter), self.target(quarter))} · Cả năm: {of_year}"


def _against(done: int, target: int) -> str:
    return f"{done}/{target}" + (f" (vượt {done - target})" if 0 < target < done else "")


class Ledger:
    """All accounts in the plan's order."""

    def __init__(self) -> None:
        self.accounts = [*_accounts()]

    def as_json(self, quarter: int, closed_on: str | None = None) -> dict[str, object]:
        """What `chibo rollup --json` must print, but for the moment."""
        spans = {"quarter": (quarter,), "to_date": range(1, quarter + 1), "year": (1, 2, 3, 4)}
        states = [account.state(quarter) for account in self.accounts]
        women = [one.is_woman for a in self.accounts for one in a.admitted if one.quarter == quarter]
        others = ("minority", "religious", "youth", "rural", "private_sector", "village_heads")
        return {
            "plan": {
                "year": 2022,
                "number": "72-KH/HU",
                "pledged": PLEDGED,
                "assigned": self._target(1, 2, 3, 4),
            },
            "quarter": f"2022-Q{quarter}",
            "totals": {
                span: {"target": self._target(*quarters), "admitted": self._count(*quarters)}
                for span, quarters in spans.items()
            },
            "filings": {s: states.count(s) for s in ("not_due", "silent", "draft", "nil", "filed")},
            "units": [
                {
                    "unit": account.name,
                    "block": account.block,
                    "target": {span: account.target(*quarters) for span, quarters in spans.items()},
                    "admitted": {span: account.count(*quarters) for span, quarters in spans.items()},
                    "filing": account.state(quarter),
                    "verdict": account.verdict(quarter),
                }
                for account in self.accounts
            ],
            "breakdown": {
                "women": women.count(True),
                "sex_unknown": women.count(None),
                **dict.fromkeys(others, 0),
                "schooling": dict.fromkeys(SCHOOLING, 0),
            },
            "heads": None,
            "issues_open": 0,
            "lessons": [],
            "closed_on": closed_on,
            "amended_after_close": [],
            "few_members": [],
            "long_without_admission": [],
            "at_close": [],
        }

    def as_text(self, quarter: int) -> list[str]:
        """What the district officer must read, but for the line of the moment."""
        done, target, year = self._count(quarter), self._target(quarter), self._target(1, 2, 3, 4)
        to_date = self._count(*range(1, quarter + 1))
        due = [account for account in self.accounts if account.target(quarter)]
        answered = [account for account in due if account.state(quarter) in ("nil", "filed")]
        return [
            f"KẾT NẠP ĐẢNG VIÊN QUÝ {ROMAN[quarter - 1]}/2022 · Lục Ngạn",
            f"Kết nạp: {_share(done, target, 'chỉ tiêu quý')}",
            f"Từ đầu năm: {_share(to_date, year, 'chỉ tiêu giao')} · {_share(to_date, PLEDGED, 'mục tiêu')}",
            *self._groups(quarter),
            "Trưởng thôn là đảng viên: chưa có số liệu",
            f"Báo cáo: {len(answered)}/{len(due)} đơn vị có chỉ tiêu đã chốt",
            *self._listed("Chưa báo", quarter, "silent"),
            *self._listed("Chưa chốt", quarter, "draft"),
            *self._listed("Không phát sinh", quarter, "nil"),
            *self._listed("Chưa đạt", quarter, "below"),
            *self._listed("Vượt", quarter, "over"),
            f"Không có chỉ tiêu quý {ROMAN[quarter - 1]}: {len(self.accounts) - len(due)} đơn vị",
        ]

    def _groups(self, quarter: int) -> Iterator[str]:
        sexes = [one.is_woman for a in self.accounts for one in a.admitted if one.quarter == quarter]
        named = {"nữ": sexes.count(True), "chưa rõ giới tính": sexes.count(None)}
        if any(named.values()):
            yield "Trong đó: " + " · ".join(f"{group} {number}" for group, number in named.items() if number)

    def _listed(self, heading: str, quarter: int, what: str) -> Iterator[str]:
        """The line that lists the units in a state, or of a verdict; these with their figures.

        The silent ones are short of their targets, too, but stand in a list of their own.
        """
        listed = [
            a.short if what == a.state(quarter) else f"{a.short} {a.count(quarter)}/{a.target(quarter)}"
            for a in self.accounts
            if what in (a.state(quarter), a.verdict(quarter))
            and not (what == "below" and a.state(quarter) == "silent")
        ]
        if listed:
            yield f"{heading} ({len(listed)}): {', '.join(listed)}"

    def _count(self, *quarters: int) -> int:
        return sum(account.count(*quarters) for account in self.accounts)

    def _target(self, *quarters: int) -> int:
        return sum(account.target(*quarters) for account in self.accounts)


def _share(part: int, whole: int, of: str) -> str:
    tenths = (2000 * part + whole) // (2 * whole) if whole else 0
    return f"{part}/{whole} {of} ({f'{tenths // 10},{tenths % 10}%' if whole else '–'})"


def _accounts() -> Iterator[Account]:
    with (_DATA / "units.csv").open(encoding="utf-8") as file:
        shorts = {row["don_vi"]: row["ten_ngan"] for row in csv.DictReader(file)}
    with (_DATA / "chi-tieu-2022.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first, second, third, fourth = (int(row[f"quy_{n}"]) for n in (1, 2, 3, 4))
            name = row["don_vi"]
            yield Account(int(row["bieu"]), name, shorts[name], (first, second, third, fourth))
