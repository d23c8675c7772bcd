"""The office's rules of reminding, as a table that was read from a file: checked, every fault named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise
from typing import Final, TypeVar

from domain.candidate_limits import Limits
from domain.class_list import ClassRules
from domain.deadline import EVERY, Step
from domain.digest import DigestRules, Weeks
from domain.ladder import Rung, rung_of
from domain.people import REPORTING_ROLES, Role
from domain.progress import Owes

_FIRST_DAY, _LAST_DAY = -80, 60
_MOST_WORDS: Final = 200
_MOST_NAME: Final = 20
_LAST_OF_ANY_MONTH: Final = 28
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_TOLD: Final = frozenset(Role) - {Role.ADMIN}
_NAME: Final = re.compile(rf"[a-z0-9_]{{1,{_MOST_NAME}}}")
_HOUR: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRules:
    """The steps of the reminders, the hours fit for speaking, the office's days off, the limits of candidacies, the class."""

    steps: tuple[Step, ...]
    speaks_from: time = time(7)
    speaks_until: time = time(21)
    asks_at: time = time(8)
    roll_up_at: time = time(17)
    batch_at: time = time(16)
    weekly_on: int = 0
    weekly_at: time = time(8)
    days_off: frozenset[date] = frozenset()
    limits: Limits = field(default_factory=Limits)
    class_list: ClassRules = field(default_factory=ClassRules)
    digest: DigestRules = field(default_factory=DigestRules)


class RulesFaulty(Exception):
    """A file of rules cannot be used; `faults` holds one line for each thing, in Vietnamese."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_rules(table: Mapping[str, object]) -> ReminderRules:
    """The rules that a table holds; raises RulesFaulty with all faults together."""
    reader = _Reader()
    rules = reader.rules(table)
    if reader.faults:
        raise RulesFaulty(tuple(reader.faults))
    return rules


class _Reader:
    """Reads tables and keeps what is wrong with them; a faulty entry counts as its usual value until the end."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def rules(self, table: Mapping[str, object]) -> ReminderRules:
        self._known(table, ("hours", "days_off", "step", "candidates", "class", "digest"), "tệp")
        hours = self._table(table, "hours", ("from", "until", "ask", "roll_up", "batch"))
        lists = self._table(table, "candidates", ("weekday", "hour", *Limits.__slots__))
        steps = tuple(self._steps(table.get("step")))
        speaks_from = self._hour(hours, "from", "[hours]", time(7))
        speaks_until = self._hour(hours, "until", "[hours]", time(21))
        rules = ReminderRules(
            steps=steps,
            speaks_from=speaks_from,
            speaks_until=speaks_until,
            asks_at=self._hour(hours, "ask", "[hours]", time(8)),
            roll_up_at=self._hour(hours, "roll_up", "[hours]", time(17)),
            batch_at=self._hour(hours, "batch", "[hours]", time(16)),
            weekly_on=self._weekday(lists, "[candidates]"),
            weekly_at=self._hour(lists, "hour", "[candidates]", time(8)),
            days_off=self._days(table.get("days_off")),
            limits=self._limits(lists),
            class_list=self._class(self._table(table, "class", ("day", "hour", "firms", "others"))),
            digest=self._digest(table),
        )
        self.faults += [*_out_of_hours(rules), *_out_of_order(rules.steps)]
        return rules

    # --- the steps ------------------------------------------------------------------------------

    def _steps(self, steps: object) -> Iterator[Step]:
        if not isinstance(steps, list) or not steps:
            self.faults.append("tệp: chưa có bậc nhắc nào; mỗi bậc bắt đầu bằng dòng [[step]].")
            return
        for number, each in enumerate(steps, 1):
            if isinstance(each, dict):
                yield self._step(each, f"[[step]] thứ {number}")
            else:
                self.faults.append(f"[[step]] thứ {number}: phải là một bảng, viết dưới dòng [[step]].")

    def _step(self, step: Mapping[str, object], where: str) -> Step:
        self._known(step, ("name", "days", "hour", "to", "about", "words"), where)
        name = step.get("name")
        if not isinstance(name, str) or _NAME.fullmatch(name) is None:
            self.faults.append(f"{where}: name phải gồm a-z, 0-9, _ và không quá {_MOST_NAME} ký tự.")
        days = step.get("days")
        if not _is_int(days) or not _FIRST_DAY <= int(str(days)) <= _LAST_DAY:
            wanted = f"số ngày sau ngày cuối quý, từ {_FIRST_DAY} đến {_LAST_DAY}, số âm là trước hạn"
            self.faults.append(f"{where}: days phải là {wanted}.")
            days = 0
        words = step.get("words", "")
        if not isinstance(words, str) or len(words) > _MOST_WORDS or "\n" in words:
            self.faults.append(f"{where}: words phải là một dòng chữ không quá {_MOST_WORDS} ký tự.")
            words = ""
        return Step(
            name=str(name),
            days=int(str(days)),
            at=self._hour(step, "hour", where, time(8)),
            to=self._some(step, "to", where, {str(role): role for role in sorted(_TOLD)}, REPORTING_ROLES),
            about=self._some(step, "about", where, {str(owes): owes for owes in Owes}, EVERY),
            words=words.strip(),
        )

    def _some(
        self, table: Mapping[str, object], key: str, where: str, known: Mapping[str, T], usual: frozenset[T]
    ) -> frozenset[T]:
        """A list of words; the key may be left out."""
        if key not in table:
            return usual
        said = table[key]
        words = said if isinstance(said, list) else []
        unknown = [word for word in words if not isinstance(word, str) or word not in known]
        if unknown or not words:
            wrong = f" (không có «{unknown[0]}»)" if unknown else ""
            self.faults.append(f"{where}: {key} phải là danh sách gồm {', '.join(known)}{wrong}.")
            return usual
        return frozenset(known[word] for word in words)

    # --- the rest -------------------------------------------------------------------------------

    def _known(self, table: Mapping[str, object], keys: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in keys:
                self.faults.append(f"{where}: không có mục «{key}»; các mục: {', '.join(keys)}.")

    def _table(self, table: Mapping[str, object], name: str, keys: tuple[str, ...]) -> Mapping[str, object]:
        found = table.get(name, {})
        if not isinstance(found, dict):
            self.faults.append(f"[{name}]: phải là một bảng.")
            return {}
        self._known(found, keys, f"[{name}]")
        return found

    def _hour(self, table: Mapping[str, object], key: str, where: str, usual: time) -> time:
        said = table.get(key)
        if isinstance(said, time) and said.tzinfo is None:
            return said
        if isinstance(said, str) and _HOUR.fullmatch(said):
            return time.fromisoformat(said)
        if said is not None:
            self.faults.append(f"{where}: {key} phải là giờ như 08:00.")
        return usual

    def _digest(self, table: Mapping[str, object]) -> DigestRules:
        told, usual = (
            self._table(table, "digest", ("weekday", "hour", "overseers", "district")),
            DigestRules(),
        )
        return DigestRules(
            on=self._weekday(told, "[digest]"),
            at=self._hour(told, "hour", "[digest]", usual.at),
            overseers=self._weeks(told, "overseers", usual.overseers),
            district=self._weeks(told, "district", usual.district),
        )

    def _weeks(self, table: Mapping[str, object], key: str, usual: Weeks) -> Weeks:
        said = table.get(key, usual.value)
        known = [weeks.value for weeks in Weeks]
        if said in known:
            return Weeks(str(said))
        self.faults.append(f"[digest]: {key} phải là một trong {', '.join(known)}.")
        return usual

    def _weekday(self, table: Mapping[str, object], where: str) -> int:
        said = table.get("weekday", _WEEKDAYS[0])
        if said in _WEEKDAYS:
            return _WEEKDAYS.index(str(said))
        self.faults.append(f"{where}: weekday phải là một trong {', '.join(_WEEKDAYS)}.")
        return 0

    def _days(self, days: object) -> frozenset[date]:
        listed = [] if days is None else days
        if not isinstance(listed, list) or not all(type(day) is date for day in listed):
            self.faults.append("days_off: phải là danh sách ngày như [2026-01-02].")
            return frozenset()
        return frozenset(listed)

    def _limits(self, table: Mapping[str, object]) -> Limits:
        told = {name: table[name] for name in Limits.__slots__ if name in table}
        wrong = [name for name, said in told.items() if not _is_int(said) or not 0 <= int(str(said)) <= 240]
        self.faults += [f"[candidates]: {name} phải là một số từ 0 đến 240." for name in wrong]
        return Limits(**{name: int(str(said)) for name, said in told.items() if name not in wrong})

    # --- the class ------------------------------------------------------------------------------

    def _class(self, table: Mapping[str, object]) -> ClassRules:
        usual = ClassRules()
        day = table.get("day", usual.day)
        if not _is_int(day) or not 1 <= int(str(day)) <= _LAST_OF_ANY_MONTH:
            self.faults.append(f"[class]: day phải là một ngày trong tháng, từ 1 đến {_LAST_OF_ANY_MONTH}.")
            day = usual.day
        return ClassRules(
            day=int(str(day)),
            at=self._hour(table, "hour", "[class]", usual.at),
            firms=self._words(table, "firms", usual.firms),
            others=self._words(table, "others", usual.others),
        )

    def _words(self, table: Mapping[str, object], key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        said = table.get(key, list(usual))
        if not isinstance(said, list) or not all(isinstance(word, str) and word.strip() for word in said):
            self.faults.append(f'[class]: {key} phải là danh sách các từ trong tên đơn vị, như ["công ty"].')
            return usual
        return tuple(said)


def _is_int(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool)


def _out_of_hours(rules: ReminderRules) -> Iterator[str]:
    if rules.speaks_from >= rules.speaks_until:
        yield "[hours]: from phải sớm hơn until."
        return
    said = {f"bậc «{step.name}»": step.at for step in rules.steps}
    said |= {
        "[hours] ask": rules.asks_at,
        "[hours] roll_up": rules.roll_up_at,
        "[hours] batch": rules.batch_at,
        "[candidates]": rules.weekly_at,
        "[class]": rules.class_list.at,
        "[digest]": rules.digest.at,
    }
    for where, at in said.items():
        if not rules.speaks_from <= at < rules.speaks_until:
            hours = f"{rules.speaks_from:%H:%M} đến {rules.speaks_until:%H:%M}"
            yield f"{where}: giờ {at:%H:%M} nằm ngoài giờ được nhắn tin ({hours})."


def _out_of_order(steps: tuple[Step, ...]) -> Iterator[str]:
    """Two steps of one name or day, and a rung that would hear before one below it does."""
    for number, step in enumerate(steps):
        for other in steps[:number]:
            if step.name == other.name:
                yield f"[[step]]: hai bậc cùng tên «{step.name}»; tên phải khác nhau."
            elif step.days == other.days:
                yield f"[[step]]: hai bậc «{other.name}» và «{step.name}» cùng days = {step.days}."
    first = {rung: min((s.days for s in steps if rung in map(rung_of, s.to)), default=None) for rung in Rung}
    told = [(rung, days) for rung, days in first.items() if days is not None]
    for (lower, begins), (rung, days) in pairwise(told):
        if days < begins:
            yield f"[[step]]: {rung} được báo (days = {days}) trước {lower} (days = {begins})."
    if told and told[0][0] is not Rung.SECRETARY:
        yield "[[step]]: chưa có bậc nào nhắc bí thư (secretary)."
