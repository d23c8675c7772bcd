"""Somebody who reports and reports while the product dies and comes back, and remembers what was acknowledged."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.harness.telegram_people import Person, Sent, Update
from tests.harness.wording import holds

RECEIPT: Final = re.compile(r"^Đã ghi nhận lúc .* · mã (\S+)$", re.MULTILINE)
PATIENCE: Final = 300.0
_SURNAMES: Final = ("Nguyễn", "Trần", "Hoàng", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương")
_MIDDLES: Final = ("Thị", "Văn")
_GIVEN: Final = (
    "Hoa",
    "Lan",
    "Hương",
    "Thảo",
    "Dũng",
    "Cường",
    "Tuấn",
    "Long",
    "Phúc",
    "Hiếu",
    "Nga",
    "Hạnh",
)


def key_of(sent: Sent) -> tuple[str, str]:
    """What tells one message of the bot from another to the same person: its text, and its question's id."""
    data = str(sent.button(1)["callback_data"]) if sent.keyboard else ""
    return sent.text, data.partition(":")[0]


@dataclass
class Talker:
    """A secretary who never says anything twice and waits for each answer, however long it takes.

    `acknowledged` holds the code of each admission by the name reported, once its receipt has come;
    `affirmed` the names to which a yes was sent, `filed` how many filings were acknowledged.
    """

    phone: Person
    code: str
    chance: random.Random
    updates: list[Update] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    affirmed: set[str] = field(default_factory=set)
    filed: int = 0
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _read: int = 0
    _has_filed: bool = False
    _names: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        combined = itertools.product(_SURNAMES, _MIDDLES, _GIVEN, _GIVEN)
        names = [" ".join(parts) for parts in combined if parts[2] != parts[3]]
        self._names = iter(self.chance.sample(names, len(names)))

    async def talk(self, goes_on: Iterator[bool]) -> None:
        """Join, and then report in one way or another while `goes_on` says so."""
        welcome = await self.says(f"/start {self.code}")
        assert holds(welcome.text, "enrolment/joined"), welcome.text
        while next(goes_on):
            talk = self.chance.choice((self.reports, self.reports, self.reports_by_steps, self.gives_up))
            await talk()
            if not self._has_filed and self.chance.random() < 0.2:
                await self.files()

    # --- talks -------------------------------------------------------------------------------------

    async def reports(self) -> None:
        name = next(self._names)
        await self.confirms(name, await self.says(f"kn {name} ngày {self.chance.randint(1, 27)}/3"))

    async def reports_by_steps(self) -> None:
        name = next(self._names)
        menu = await self.says("/menu")
        answer = await self.taps("Báo cáo kết nạp", menu, expecting="report_admission/who")
        if holds(answer.text, "talk/passed"):
            return  # a reminder has come after the menu
        await self.says(name, expecting="report_admission/when")
        await self.confirms(name, await self.says("20/3"))

    async def confirms(self, name: str, question: Sent) -> None:
        assert f"Kết nạp: {name}" in question.text, question.text
        self.affirmed.add(name)
        receipt = await (self.taps("Đúng", question) if self.chance.random() < 0.7 else self.says("1"))
        code = RECEIPT.search(receipt.text)
        assert code is not None, receipt.text
        self.acknowledged[name] = code[1]
        self._has_filed = False
        if self.chance.random() < 0.2:
            again = await self.taps("Đúng", question)
            assert holds(again.text, "talk/passed"), again.text

    async def gives_up(self) -> None:
        await self.says(f"kn {next(self._names)} ngày 20/3")
        answer = await self.says("hủy")
        assert holds(answer.text, "talk/cancelled"), answer.text

    async def files(self) -> None:
        question = await self.says("chốt quý 1")
        assert "Đã ghi nhận" in (await self.taps("Đúng", question)).text
        self.filed += 1
        self._has_filed = True

    # --- one message, one answer -----------------------------------------------------------------------

    async def says(self, text: str, expecting: str = "") -> Sent:
        return await self._answer(self.phone.says(text), expecting)

    async def taps(self, label: str, under: Sent, expecting: str = "") -> Sent:
        return await self._answer(self.phone.taps(label, under), expecting)

    async def _answer(self, update: Update, expecting: str) -> Sent:
        """The next message that did not come before and was asked for; an answer may come more than once.

        A question without choices reads the same each time: one by the template that is expected will do.
        """
        self.updates.append(update)
        if self.chance.random() < 0.1:
            self.phone.server.feed_again(update)
        while True:
            await self.phone.server.until(lambda: self.phone.count > self._read, within=PATIENCE)
            sent = self.phone.received()[self._read]
            self._read += 1
            is_new = key_of(sent) not in self._seen
            self._seen.add(key_of(sent))
            is_reminder = holds(sent.text.partition("\n")[0], "reminders/deadline")
            if (is_new and not is_reminder) or (expecting and holds(sent.text, expecting)):
                return sent
