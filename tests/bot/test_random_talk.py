"""Whatever two people of one unit send, in whatever order: one answer to each message, and books that are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from domain.organisation import UnitId
from domain.people import Role
from domain.period import Quarter
from messages.channel import Address, IncomingMessage, MessageKind, OutgoingMessage, Tap
from messages.say import LONGEST
from storage.queries import people, senders
from storage.tables import (
    admissions,
    audit,
    filings,
    heads,
    inbox,
    issues,
    outbox,
    plans,
    revisions,
    targets,
    units,
)
from tests.harness.stage import SETUP, Stage, bind_address

START = datetime.fromisoformat("2022-03-24T08:00:00+07:00")
LAST_WORD = "tôi xin phép không trả lời thêm"
UNDONE = re.compile(r"^Đã hoàn tác lúc .+(?:\n• .+)*", re.MULTILINE)
CHANGES = ("correct admission", "withdraw admission", "tell facts", "undo")
RECORDED = re.compile(r"\(mã (DV\d+-\d\d-\d+)\)")
WITHDRAWN = re.compile(r"rút báo cáo (DV\d+-\d\d-\d+)", re.IGNORECASE)
CORRECTED = re.compile(
    r"^Đã ghi nhận lúc [^·]+?\.\n(?:(?:Sửa|Rút) báo cáo|.+ → ).+", re.MULTILINE | re.DOTALL
)
ISSUE = re.compile(r"^Vướng mắc (VM-\d+) của .* đã chuyển ", re.MULTILINE)
RECEIPT = re.compile(
    r"^Đã ghi nhận lúc \d\d:\d\d ngày \d+/\d+/\d{4}(?: · mã (.+)|: .+ (?:chốt|không phát sinh) .+)$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Says:
    """A text, after so many minutes, by the secretary (0) or the deputy (1)."""

    who: int
    text: str
    minutes: int


@dataclass(frozen=True)
class Taps:
    """A tap on the choice of this number under the message that came so many messages ago."""

    who: int
    number: int
    ago: int


@dataclass(frozen=True)
class Repeats:
    """A message that was sent before comes in once more."""

    ago: int


@dataclass(frozen=True)
class Overtakes:
    """Two texts of one person come in the other way round."""

    who: int
    texts: tuple[str, str]


@dataclass(frozen=True)
class Edits:
    """The secretary changes the text sent so many texts ago, as only Telegram lets one do."""

    text: str
    ago: int


Move = Says | Taps | Repeats | Overtakes | Edits
LINES = (
    "kn Nguyen Thi Hoa nu sn 1999 ngay 15/3",
    "kết nạp Nguyễn Thị Hoa 20/3",
    "kn Vi Văn Toàn 1998 và Lý Thị Nga 2001 ngày 28/3",
    "kn 3 đồng chí",
    "kết nạp Trần Văn Minh hôm qua",
    "kn Hoàng Thị Mai ngày 2/4",
    "Lê Văn Cường, nam, 1997",
    "26/3",
    "31/12",
    "hôm qua",
    "quý này không có ai",
    "hoàn tác",
    "nhầm, ngày 27/3 mới đúng",
    "nhầm rồi, 1 thôi",
    "sửa Hoa ngày 3/4",
    "chốt quý 1",
    "chốt quý 2",
    "/sua",
    "sửa tên thành Nguyễn Thị Hòa",
    "nhầm, không phải kết nạp",
    "trưởng thôn đv 9/10",
    "chi bộ có 12 đảng viên, lần kết nạp gần nhất 15/3/2019",
    "vướng mắc: lớp bồi dưỡng chưa mở",
    "để mai",
    "hẹn 31/3",
    "nhờ gọi lại",
    "đúng",
    "không",
    "thêm quần chúng Nguyễn Thị Hoa 1999, Lê Văn Cường",
    "quần chúng ưu tú",
    "Hoa nộp đơn 10/3",
    "Cường học xong lớp cảm tình đảng 12/3",
    "Hoa lùi một bước",
    "Cường xin rút",
    "ghi bước QC-1",
    "hủy",
    "menu",
    "thêm thông tin",
    "xong",
    "trợ giúp",
    "/ketnap",
    "/tiendo",
    "tình hình",
    "kn Nguyễn Thị Hoa ở Trù Hựu 20/3",
    "x" * 5000,
    "😀",
    "/start ABCD-EFGH-JKMN",
    "chờ chút",
    "024 199 001 234",
    "thêm chi bộ thôn Trại Một",
    "kn Vi Thị Lan ở thôn Trại Một 14/3",
    "mời phó bí thư",
    "mời bí thư chi bộ thôn Trại Một",
    "bàn giao cho đồng chí Nguyễn Văn Bình",
)
NAMES = (("Vi", "Hùng"), ("Lý", "Sen"), ("Giáp", "Tú"), ("Hà", "Bích"), ("Ngô", "Lâm"), ("Trần", "Yến"))
MIDDLE = ("Minh", "Thanh", "Ngọc", "Đức", "Xuân", "Hữu", "Quang", "Mạnh", "Đình", "Gia", "Kim", "Bảo", "Tiến")
who = st.integers(0, 1)
texts = st.one_of(
    st.sampled_from(LINES), st.sampled_from("1111122345"), st.sampled_from("0179"), st.text(max_size=40)
)
openings = st.sampled_from(LINES[:25])
moves = st.one_of(
    st.builds(Says, who, texts, st.sampled_from((0, 1, 1, 60, 24 * 60, 12 * 24 * 60))),
    st.builds(Taps, who, st.sampled_from((1, 1, 1, 2, 3, 9)), st.sampled_from((0, 0, 0, 1, 4))),
    st.builds(Repeats, st.integers(0, 5)),
    st.builds(Overtakes, who, st.tuples(texts, texts)),
    st.builds(Edits, texts, st.integers(0, 3)),
)
yes = st.one_of(st.builds(Taps, who, st.just(1), st.just(0)), st.builds(Says, who, st.just("1"), st.just(1)))
begun = st.tuples(st.builds(Says, who, openings, st.sampled_from((0, 1, 24 * 60))), yes)
edited = st.tuples(
    st.builds(Says, st.just(0), openings, st.just(1)), yes, st.builds(Edits, openings, st.just(0)), yes
)
"""What leads somewhere more often than chance does: a line and a yes, though not always of one person."""
talks = st.lists(st.one_of(st.tuples(moves), begun, begun, edited), min_size=5, max_size=20).map(
    lambda parts: [move for part in parts for move in part]
)


@dataclass
class Talkers:
    """A secretary with buttons and a deputy without, of a unit of their own, and what they were answered."""

    stage: Stage
    unit: UnitId
    addresses: tuple[Address, Address]
    now: datetime = START
    sent: list[IncomingMessage] = field(default_factory=list)
    shown: tuple[list[OutgoingMessage], list[OutgoingMessage]] = field(default_factory=lambda: ([], []))
    codes: list[str] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    filed: int = 0
    unanswered: int = 0

    def make(self, move: Move) -> None:
        match move:
            case Says(who, text, minutes):
                self.now += timedelta(minutes=minutes)
                self.hears(who, self.message(who, text))
            case Taps(who, number, ago):
                self.hears(who, self.tap(who, number, ago))
            case Repeats(ago):
                self.repeats(ago)
            case Edits(text, ago):
                self.edits(text, ago)
            case Overtakes(who, (first, second)):
                early = self.message(who, first)
                self.now += timedelta(minutes=1)
                self.hears(who, self.message(who, second))
                self.hears(who, early)

    def message(self, who: int, text: str) -> IncomingMessage:
        address = self.addresses[who]
        key = f"{address.value}:{next(NUMBERS)}"
        return IncomingMessage(
            channel=address.channel,
            external_id=key,
            message_ref=key if address.channel == "telegram" else "",
            sender=address,
            kind=MessageKind.TEXT,
            at=self.now,
            text=text,
        )

    def tap(self, who: int, number: int, ago: int) -> IncomingMessage:
        offered = [message.question for message in self.shown[who] if message.choices]
        question = offered[-1 - ago] if ago < len(offered) else "none"
        tap = Tap(question=question, number=number)
        return replace(self.message(who, ""), kind=MessageKind.CHOICE, tap=tap)

    def hears(self, who: int, message: IncomingMessage) -> None:
        answer = self.stage.receive(message)
        if answer is None:
            assert self.last_words(who) > 0, "every message is answered, but for what was asked to end"
            self.unanswered += 1
            return
        assert 0 < len(answer.as_plain_text()) <= LONGEST
        self.sent.append(message)
        self.shown[who].append(answer)
        for receipt in RECEIPT.finditer(answer.text):
            self.filed += receipt[1] is None
            self.codes += receipt[1].split(", ") if receipt[1] else []
        self.issues += ISSUE.findall(answer.text)
        if CORRECTED.match(answer.text):
            self.withdrawn += WITHDRAWN.findall(answer.text.partition("\n\n")[0])
        for undone in UNDONE.findall(answer.text):
            self.withdrawn += RECORDED.findall(undone)
            for code in WITHDRAWN.findall(undone):
                self.withdrawn.remove(code)

    def edits(self, text: str, ago: int) -> None:
        typed = [m for m in self.sent if m.channel == "telegram" and m.kind is MessageKind.TEXT]
        if ago < len(typed):
            self.now += timedelta(minutes=1)
            edit = replace(self.message(0, text), kind=MessageKind.EDIT)
            self.hears(0, replace(edit, message_ref=typed[-1 - ago].message_ref))

    def last_words(self, who: int) -> int:
        return sum(LAST_WORD in message.text for message in self.shown[who])

    def repeats(self, ago: int) -> None:
        if ago < len(self.sent):
            assert self.stage.receive(self.sent[-1 - ago]) is None, "a message that was seen is not answered"


NUMBERS = count(1)


@pytest.fixture
def stage(plan_url: str) -> Iterator[Stage]:
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


def talkers(stage: Stage) -> Talkers:
    """Two people of a unit that is new on the books, so that one stage serves for all examples."""
    number = next(NUMBERS)
    addresses = (Address("telegram", f"t{number}"), Address("zalo", f"z{number}"))
    with stage.begin() as session:
        row = {"kind": "grassroots", "name": f"Đơn vị {number}", "short": f"Đơn vị {number}", "aliases": []}
        row |= {"code": f"DV{number}", "block": 1, "position": 100 + number, "valid_from": date(1900, 1, 1)}
        unit = UnitId(session.execute(insert(units).values(row).returning(units.c.id)).scalar_one())
        plan = session.scalars(select(plans.c.id)).one()
        target = {"plan_id": plan, "unit_id": unit, "assigned": 2, "from_at": SETUP}
        session.execute(insert(targets), [{**target, "quarter": Quarter(2022, n)} for n in (1, 2, 3, 4)])
        for address, role in zip(addresses, (Role.SECRETARY, Role.DEPUTY), strict=True):
            person = people.add(session, "Hoàng Văn Thắng", SETUP)
            people.appoint(session, person, unit, role, since=date(2022, 1, 1), at=SETUP)
            senders.lock_senders(session, [(address.channel, address.value)], SETUP)
            bind_address(session, address.channel, address.value, person)
    return Talkers(stage, unit, addresses)


def test_every_message_is_answered_once_and_the_books_hold_what_was_acknowledged(stage: Stage) -> None:
    @settings(max_examples=60)
    @given(talks)
    def play(talk: list[Move]) -> None:
        both = talkers(stage)
        for move in talk:
            both.make(move)
        event(f"{min(len(both.codes), 3)} admissions or more, {min(both.filed, 2)} filings or more")
        event(f"{min(len(both.withdrawn), 2)} withdrawn or more")
        the_books_agree(both)

    play()


bursts = st.permutations(NAMES).flatmap(
    lambda names: st.lists(st.tuples(who, st.integers(1, 23)), min_size=1, max_size=len(names)).map(
        lambda sent: [(who, name, day) for (who, day), name in zip(sent, names, strict=False)]
    )
)
"""Reports of so many different people, each by one of the two, none of whom waits for an answer."""


def test_no_report_of_many_at_once_is_lost_or_booked_twice(stage: Stage) -> None:
    @settings(max_examples=25)
    @given(bursts, st.lists(st.integers(0, 5), max_size=3))
    def play(burst: list[tuple[int, tuple[str, str], int]], repeats: list[int]) -> None:
        both = talkers(stage)
        # Nobody of another example bears the same name, for that would be asked about.
        first, second = MIDDLE[both.unit % 13], MIDDLE[both.unit // 13 % 13]
        for who, (family, given_name), day in burst:
            both.make(Says(who, f"kn {family} {first} {second} {given_name} {day}/3", 0))
        for ago in repeats:
            both.make(Repeats(ago))
        for who, _, _ in burst:
            both.make(Says(who, "1", 1))
        assert len(both.codes) == len(burst)
        the_books_agree(both)

    play()


def the_books_agree(both: Talkers) -> None:
    with both.stage.begin() as session:
        unit = session.execute(select(units).where(units.c.id == both.unit)).one()
        on_books = session.execute(
            select(admissions.c.year, admissions.c.serial, revisions.c.ceremony_on, revisions.c.withdrawn)
            .join(revisions, revisions.c.admission_id == admissions.c.id)
            .where(admissions.c.unit_id == both.unit, revisions.c.until_at.is_(None))
        ).all()
        changed_by = session.scalars(
            select(revisions.c.inbox_id).where(revisions.c.unit_id == both.unit, revisions.c.number > 1)
        ).all()
        logged = session.scalars(
            select(audit.c.inbox_id).where(audit.c.unit_id == both.unit, audit.c.act.in_(CHANGES))
        ).all()
        said = session.execute(select(filings).where(filings.c.unit_id == both.unit)).all()
        raised = session.scalars(select(issues.c.id).where(issues.c.unit_id == both.unit)).all()
        told = select(heads.c.id).where(heads.c.unit_id == both.unit, heads.c.until_at.is_(None))
        heads_told = session.scalars(told).all()
        states = session.scalars(select(inbox.c.state).distinct()).all()
        answered = session.scalars(
            select(outbox.c.inbox_id).order_by(outbox.c.id.desc()).limit(len(both.sent))
        ).all()
    codes = {f"{unit.code}-{row.year % 100}-{row.serial:02}": row for row in on_books}
    assert sorted(both.codes) == sorted(codes)
    assert sorted(both.withdrawn) == sorted(code for code, row in codes.items() if row.withdrawn)
    standing = [row for row in on_books if not row.withdrawn]
    assert len(standing) == len(both.codes) - len(both.withdrawn)
    assert set(changed_by) <= set(logged), "nothing that was counted changes without an entry in the log"
    assert len(said) == both.filed
    assert sorted(both.issues) == sorted(f"VM-{id_}" for id_ in raised)
    assert len(heads_told) <= 1
    assert len(set(answered)) == len(both.sent)
    assert set(states) <= {"done"}
    for filing in said:
        if filing.until_at is None:
            admitted = sum(Quarter.of(row.ceremony_on) == filing.quarter for row in standing)
            assert (filing.admitted, filing.kind) == (admitted, "filed" if admitted else "nil")
