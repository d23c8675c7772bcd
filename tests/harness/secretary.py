"""A secretary with a phone, who reports in all the ways in which people do, and keeps the account of it."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tests.harness.ledger import ROMAN, Account, Admitted
from tests.harness.patience import WITHIN
from tests.harness.telegram_people import Person, Sent, Update
from tests.harness.wording import holds

SURNAMES: Final = ("Nguyễn", "Trần", "Vi", "Hoàng", "Lý", "Lâm", "Nông", "Đàm", "Giáp", "Thân")
MIDDLES: Final = ("Thị", "Văn", "Đức", "Minh", "Ngọc", "Quang", "Thu", "Xuân")
GIVEN: Final = (
    *("Hoa", "Yến", "Lan", "Hương", "Thảo", "Dũng", "Cường", "Tuấn", "Long", "Phúc", "Hiếu", "Nga"),
    *("Trang", "Mai", "Bình", "Thắng", "Quỳnh", "Vinh", "Đạt", "Oanh", "Thủy", "Phượng", "Hạnh", "Loan"),
)
_UNITS: Final = 59
CODES: Final = re.compile(r"^Đã ghi nhận lúc .* · mã (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class New:
    """Somebody to report."""

    name: str
    is_woman: bool | None
    born: int | None

    @property
    def words(self) -> str:
        sex = {True: ["nữ"], False: ["nam"], None: []}[self.is_woman]
        return ", ".join([self.name, *sex, *([str(self.born)] if self.born else [])])


@dataclass
class Secretary:
    """One unit's secretary; `unasked` counts the messages that came without being asked for.

    `chance` throws the dice for everything that they do; some join and never say anything again.
    """

    account: Account
    phone: Person
    chance: random.Random
    said: int = 0
    unasked: int = 0
    codes: list[str] = field(default_factory=list)
    withdrawn: int = 0
    was_asked_to_file: bool = False
    _update: Update = field(default_factory=dict)
    is_silent: bool = field(init=False)
    _names: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.is_silent = self.chance.random() < 0.1
        # No two units report people of one name: that would be asked about.
        own = [*_all_names()][self.phone.chat_id % _UNITS :: _UNITS]
        self._names = iter(self.chance.sample(own, len(own)))

    # --- one message, one answer -----------------------------------------------------------------

    async def says(self, text: str) -> Sent:
        self.said += 1
        self._update = self.phone.says(text)
        return await self._hears()

    async def takes(self, label: str, under: Sent) -> Sent:
        """Take a choice: by a tap, or by typing its number or its words."""
        how = self.chance.choice(("tap", "tap", "number", "words"))
        number = next(n for n, shown in enumerate(under.labels, 1) if shown.startswith(label))
        if how == "tap":
            return await self.taps(label, under)
        return await self.says(str(number) if how == "number" else under.labels[number - 1])

    async def taps(self, label: str, under: Sent) -> Sent:
        self.said += 1
        self._update = self.phone.taps(label, under)
        return await self._hears()

    async def _hears(self) -> Sent:
        """The next message; what came of a batch of decisions comes between others, and is passed over."""
        while is_of_batch(sent := await self.phone.next_answer(WITHIN)):
            pass
        return sent

    async def is_told(self) -> Sent:
        """Wait for a message that nobody asked for."""
        self.unasked += 1
        return await self._hears()

    # --- reporting -------------------------------------------------------------------------------

    def somebody(self) -> New:
        born = self.chance.choice((None, *range(1980, 2003)))
        return New(next(self._names), self.chance.choice((True, True, False, False, None)), born)

    async def reports(self, days: list[date]) -> None:
        """Report admissions of these days, each in a way of its own; some are two people at once."""
        for day in days:
            way = self.chance.choice(
                (self.in_one_line, self.in_one_line, self.step_by_step, self.as_corrected)
            )
            new, question = await way(day)
            await self.confirms([new], day, question)

    async def in_one_line(self, day: date) -> tuple[New, Sent]:
        new = self.somebody()
        sex = {True: " nữ", False: " nam", None: ""}[new.is_woman]
        line = f"kết nạp {new.name}{sex}{f' sn {new.born}' if new.born else ''} ngày {day.day}/{day.month}"
        return new, await self.says(self.chance.choice((str, str.upper, _bare, _decomposed, _hurried))(line))

    async def step_by_step(self, day: date) -> tuple[New, Sent]:
        new = self.somebody()
        await self.takes("Báo cáo kết nạp", await self.says(self.chance.choice(("/menu", "menu"))))
        assert holds((await self.says(new.words)).text, "report_admission/when")
        return new, await self.says(f"{day.day}/{day.month}")

    async def as_corrected(self, day: date) -> tuple[New, Sent]:
        """A wrong day at first, changed before it is confirmed."""
        new, question = await self.in_one_line(day.replace(day=1))
        question = await self.takes("Sửa", question)
        question = await self.takes("Ngày", question)
        return new, await self.says(f"{day:%d/%m/%Y}")

    async def reports_two(self, day: date) -> None:
        one, other = self.somebody(), self.somebody()
        line = f"kn 2 đồng chí: {one.words}; {other.words}; ngày {day.day}/{day.month}"
        await self.confirms([one, other], day, await self.says(line))

    async def confirms(self, new: list[New], day: date, question: Sent) -> None:
        """Say yes, at times twice or with the update coming twice, and hold the receipt against the account."""
        assert question.labels[:1] == ["Đúng, ghi nhận"], question.text
        assert question.text.count("Kết nạp: ") == len(new)
        assert f"Ngày: {day.day}/{day.month}/2022" in question.text
        receipt = await self.takes("Đúng", question)
        self.account.takes([Admitted(day, each.is_woman) for each in new])
        self.is_acknowledged(receipt, (day.month + 2) // 3)
        found = CODES.search(receipt.text)
        assert found is not None, receipt.text
        self.codes += found[1].split(", ")
        if self.chance.random() < 0.3:
            assert holds((await self.taps("Đúng", question)).text, "talk/passed")
        if self.chance.random() < 0.3:
            self.phone.server.feed_again(self._update)

    def is_acknowledged(self, receipt: Sent, quarter: int) -> None:
        assert "Đã ghi nhận" in receipt.text
        assert self.account.quota(quarter) in receipt.text.splitlines(), (self.account, receipt.text)

    # --- changing what was reported ---------------------------------------------------------------

    async def thinks_better(self, day: date, right: date) -> None:
        """Report somebody, and then undo it, or name another day: in a new message or by editing the first."""
        new, question = await self.in_one_line(day)
        message = self._update["message"]
        await self.confirms([new], day, question)
        wrong = Admitted(day, new.is_woman)
        way = self.chance.choice(("undo", "correct", "edit"))
        if way == "undo":
            question = await self.says(self.chance.choice(("hoàn tác", "hoan tac", "/hoantac")))
            assert holds(question.text, "undo/confirm"), question.text
            self.account.withdraws(wrong)
            self.withdrawn += 1
        else:
            question = await (self.names(right) if way == "correct" else self.edits(message, day, right))
            assert "Ngày: " in question.text, question.text
            self.account.corrects(wrong, Admitted(right, new.is_woman))
        receipt = await self.takes("Đúng", question)
        assert receipt.text.startswith("Đã hoàn tác" if way == "undo" else "Đã ghi nhận"), receipt.text
        assert self.account.quota((day.month + 2) // 3) in receipt.text.splitlines(), receipt.text

    async def names(self, right: date) -> Sent:
        line = self.chance.choice(("nhầm, ngày {} mới đúng", "nham, ngay {} moi dung", "sửa ngày {}"))
        return await self.says(line.format(f"{right.day}/{right.month}"))

    async def edits(self, message: Update, day: date, right: date) -> Sent:
        """Change the day in the message that was sent; the update may come twice."""
        old, new = (f"{each.day}/{each.month}" for each in (day, right))
        assert old in message["text"]
        self.said += 1
        update = self.phone.edits(message["text"].replace(old, new), message["message_id"])
        answer = await self._hears()
        if self.chance.random() < 0.5:
            self.phone.server.feed_again(update)
        return answer

    # --- filing ----------------------------------------------------------------------------------

    async def files(self, quarter: int) -> None:
        """Close the quarter with what was reported, or as a nil."""
        admitted = self.account.count(quarter)
        words = ["chốt quý {}", "chot quy {}"] + (
            [] if admitted else ["không phát sinh quý {}", "quý {} không có ai"]
        )
        question = await self.says(
            self.chance.choice(words).format(self.chance.choice((quarter, ROMAN[quarter - 1])))
        )
        receipt = await self.takes("Đúng", question)
        self.account.filings[quarter] = "filed" if admitted else "nil"
        self.is_acknowledged(receipt, quarter)

    # --- what must leave no trace ----------------------------------------------------------------

    async def gives_up(self, day: date) -> None:
        _, question = await self.in_one_line(day)
        way_out = self.chance.choice(("hủy", "huy", "/huy", "Bỏ"))
        answer = await (self.takes("Bỏ", question) if way_out == "Bỏ" else self.says(way_out))
        assert holds(answer.text, "talk/dropped" if way_out == "Bỏ" else "talk/cancelled")

    async def reports_again(self, day: date) -> None:
        """The same person once more, and it is the same person."""
        new, question = await self.in_one_line(day)
        await self.confirms([new], day, question)
        question = await self.says(f"kn {new.name} {day.day}/{day.month}")
        assert holds(question.text, "report_admission/same")
        assert holds((await self.takes("Cùng một người", question)).text, "refusals/already_reported")

    async def errs(self, text: str, told: str) -> None:
        """Something that cannot be, and the template of what is said to it; then it is given up."""
        answer = await self.says(text)
        assert holds(answer.text, told), answer.text
        await self.says("hủy")


def is_of_batch(sent: Sent) -> bool:
    """Whether a message tells a unit what came of a batch of decisions."""
    return re.match(r"[^\n]*, đợt kết nạp [0-9]", sent.text) is not None


def _bare(line: str) -> str:
    """Without tone marks, as on an old phone."""
    plain = unicodedata.normalize("NFD", line.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _decomposed(line: str) -> str:
    return unicodedata.normalize("NFD", line)


def _hurried(line: str) -> str:
    return line.replace("kết nạp", "kn dc").replace("ngày ", "")


def _all_names() -> Iterator[str]:
    for surname in SURNAMES:
        for middle in MIDDLES:
            for given in GIVEN:
                yield f"{surname} {middle} {given}"
