"""Quarter I of 2022 for all 55 units: real processes, real HTTP, and a count of its own beside the books."""

from __future__ import annotations

import asyncio
import io
import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from domain.enclosure import QUARTERLY
from tests.harness.ledger import Account, Ledger
from tests.harness.product import Product
from tests.harness.secretary import Secretary, is_of_batch
from tests.harness.telegram_people import Sent, SentFile
from tests.harness.telegram_server import TelegramServer
from tests.harness.wording import holds

JOINING: Final = datetime.fromisoformat("2022-02-21T09:00:00+07:00")
A_WEEK_BEFORE: Final = datetime.fromisoformat("2022-03-24T08:00:30+07:00")
LAST_DAY: Final = datetime.fromisoformat("2022-03-31T17:00:30+07:00")
DAYS_OF_GRACE: Final = datetime.fromisoformat("2022-04-04T10:00:00+07:00")
CLOSED: Final = datetime.fromisoformat("2022-04-06T17:00:30+07:00")
HOUR: Final = timedelta(hours=1)


class Play:
    """The district at work: 55 secretaries, an officer, and the product between them."""

    def __init__(self, product: Product, telegram: TelegramServer) -> None:
        self.product, self.telegram = product, telegram
        self.ledger = Ledger()
        self.secretaries = [
            Secretary(
                account, telegram.person(number, f"Bí thư {account.short}"), random.Random(account.name)
            )
            for number, account in zip(count(1001), self.ledger.accounts)
        ]
        self.officer = Secretary(Account(0, "", "", (0, 0, 0, 0)), telegram.person(1), random.Random(1))

    async def all(self, act: Callable[[Secretary], Awaitable[None]]) -> None:
        """Everybody acts at the same time, but for those who never say anything."""
        await asyncio.gather(*(act(secretary) for secretary in self.secretaries if not secretary.is_silent))

    async def rollup(self, quarter: int, at: datetime) -> dict[str, Any]:
        """What `chibo rollup --json` prints of a moment."""
        options = ("--quarter", f"2022-Q{quarter}", "--at", at.isoformat(), "--json")
        found: dict[str, Any] = json.loads(await self.product.command("rollup", *options, at=CLOSED + HOUR))
        assert datetime.fromisoformat(found.pop("as_of")) == at
        return found


@pytest.fixture
async def play(plan_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    async with TelegramServer() as telegram:
        product = Product(plan_url, tmp_path, telegram)
        yield Play(product, telegram)
        product.clear_away()


async def test_every_number_of_the_roll_up_equals_an_independent_count(play: Play) -> None:
    product = play.product
    codes = await invitations(product)
    async with product.running(JOINING):
        await everybody_joins(play, codes)
        await play.all(early_reports)
    async with product.running(A_WEEK_BEFORE):
        await asyncio.gather(those_who_owe_are_reminded(play), the_week_is_told(play))
        await play.all(reports_in_march)
    async with product.running(LAST_DAY):
        district = the_district_is_told(play, LAST_DAY)
        await asyncio.gather(those_who_owe_are_reminded(play, also_complete=True), district)
        await the_week_is_told(play)
        await play.all(reports_on_the_last_day)
    on_the_last_day = play.ledger.as_json(1)
    async with product.running(DAYS_OF_GRACE):
        await those_who_owe_are_reminded(play, also_complete=True)
        await play.all(reports_in_the_days_of_grace)
    async with product.running(CLOSED):
        await the_district_is_told(play, CLOSED)
        await play.all(comes_too_late)
        told = [await play.officer.says("tình hình quý 1"), await play.officer.says("/tinhhinh quý 2")]
    the_text_is_right(play, told[0], 1, CLOSED)
    the_text_is_right(play, told[1], 2, CLOSED)
    first, second, before = await asyncio.gather(
        play.rollup(1, CLOSED + HOUR), play.rollup(2, CLOSED + HOUR), play.rollup(1, LAST_DAY + HOUR)
    )
    assert (first, second) == (play.ledger.as_json(1, "2022-04-05"), play.ledger.as_json(2))
    assert before == on_the_last_day
    everything_happened(play)


async def invitations(product: Product) -> dict[str, str]:
    """The codes by unit, and the officer's under the district's name."""
    units, officer = await asyncio.gather(
        product.command("people", "invite", "--every-unit", "--json", at=JOINING),
        product.command("people", "invite", "--role", "district", "--json", at=JOINING),
    )
    return {one["unit"]: one["code"] for one in [*json.loads(units), json.loads(officer) | {"unit": ""}]}


async def everybody_joins(play: Play, codes: dict[str, str]) -> None:
    async def join(who: Secretary) -> None:
        words = who.chance.choice(("/start {}", "{}", "  {} "))
        welcome = await who.says(words.format(codes[who.account.short]))
        assert holds(welcome.text, "enrolment/joined"), welcome.text

    await asyncio.gather(*(join(who) for who in [*play.secretaries, play.officer]))


async def those_who_owe_are_reminded(play: Play, *, also_complete: bool = False) -> None:
    """Those and nobody else: what comes to others is found by the count of messages at the end.

    Near the end whoever is complete is asked to file, once.
    """
    complete = [
        who
        for who in play.secretaries
        if also_complete and who.account.is_complete(1) and not who.was_asked_to_file
    ]
    for who in complete:
        who.was_asked_to_file = True
    owing = [*complete, *(who for who in play.secretaries if who.account.owes(1))]
    for who, reminder in zip(owing, await asyncio.gather(*(who.is_told() for who in owing)), strict=True):
        assert holds(reminder.text, "reminders/quarter")
        done, target = who.account.count(1), who.account.target(1)
        figures = f"{done}/{target}" if done else f": {target})"
        assert re.search(
            rf"^{re.escape(who.account.short)} .*{re.escape(figures)}", reminder.text, re.MULTILINE
        )


async def the_district_is_told(play: Play, at: datetime) -> None:
    the_text_is_right(play, await play.officer.is_told(), 1, at)
    files = [(await play.officer.is_told()).file for _ in QUARTERLY]
    assert [file and file.name.rpartition(".")[2] for file in files] == list(QUARTERLY)
    the_table_is_right(play, files[0])


async def the_week_is_told(play: Play) -> None:
    """The digest of the Monday before, caught up, with the table."""
    told, file = await play.officer.is_told(), (await play.officer.is_told()).file
    assert holds(told.text, "rollup/week")
    totals = play.ledger.as_json(1)["totals"]["quarter"]
    assert f"Kết nạp: {totals['admitted']}/{totals['target']} chỉ tiêu quý" in told.text
    the_table_is_right(play, file)


def the_table_is_right(play: Play, file: SentFile | None) -> None:
    """The sums of the official table are those of the JSON."""
    assert file is not None
    table = load_workbook(io.BytesIO(file.content), data_only=True).worksheets[0]
    grand = next(row for row in table.iter_rows(values_only=True) if row[0] == "TỔNG CỘNG")
    totals = play.ledger.as_json(1)["totals"]
    year, quarter = totals["year"], totals["quarter"]
    assert (grand[2], grand[3]) == (year["target"], year["admitted"])
    assert (grand[6], grand[7]) == (quarter["target"], quarter["admitted"])


def the_text_is_right(play: Play, told: Sent, quarter: int, at: datetime) -> None:
    place, moment, *figures = told.text.splitlines()
    assert moment.startswith("Tính đến ")
    assert f"ngày {at.day}/{at.month}/{at.year}" in moment
    assert [place, *figures] == play.ledger.as_text(quarter)


# --- what a secretary does, by the dice of their own ------------------------------------------------


def days(who: Secretary, month: int, last: int, number: int) -> list[date]:
    return [date(2022, month, who.chance.randint(1, last)) for _ in range(number)]


async def early_reports(who: Secretary) -> None:
    if who.chance.random() < (0.3 if who.account.target(1) else 0.1):
        await who.reports(days(who, 1, 31, 1))
    if who.chance.random() < 0.2:
        await who.gives_up(date(2022, 2, 10))


async def reports_in_march(who: Secretary) -> None:
    if who.chance.random() < 0.15:
        await who.errs(f"kn {who.somebody().name} ngày 30/12/2022", "problems/date_in_future")
    if who.chance.random() < 0.15:
        await who.errs(f"kn {who.somebody().name} ngày 12/12/2021", "problems/no_plan")
    missing = who.account.target(1) - who.account.count(1)
    if missing > 1 and who.chance.random() < 0.5:
        await who.reports_two(date(2022, 3, 12))
    elif missing and who.chance.random() < 0.5:
        await who.reports(days(who, 3, 23, missing))
    if who.chance.random() < 0.1:
        await who.reports_again(date(2022, 3, 20))
    if who.chance.random() < 0.2:
        await who.thinks_better(date(2022, 3, 8), date(2022, 3, 9))


async def reports_on_the_last_day(who: Secretary) -> None:
    if who.account.owes(1) and who.chance.random() < 0.3:
        await who.reports(days(who, 3, 31, 1))
    if who.account.target(1) and who.chance.random() < 0.2:
        await who.reports(days(who, 3, 31, 2))
    if who.account.target(1) and who.chance.random() < 0.4:
        await who.files(1)


async def reports_in_the_days_of_grace(who: Secretary) -> None:
    fate = who.chance.random()
    if fate < 0.15:
        return  # what was reported is never filed
    if 1 not in who.account.filings and who.account.target(1) and fate < 0.85:
        await who.files(1)
    if fate > 0.7:
        await who.reports(days(who, 2, 28, 1))  # opens again what was filed
    if fate > 0.9:
        await who.files(1)
    if who.chance.random() < 0.2:
        await who.reports(days(who, 4, 4, 1))
    if who.chance.random() < 0.2:
        await who.thinks_better(date(2022, 3, 27), date(2022, 4, 2))  # from one open quarter into the next


async def comes_too_late(who: Secretary) -> None:
    if who.chance.random() < 0.3:
        await who.errs(f"kn {who.somebody().name} 30/3", "because")


# --- what must have come of it -----------------------------------------------------------------------


def everything_happened(play: Play) -> None:
    """One answer to each message, a code of its own for each admission, and no case left out by the dice."""
    for who in [*play.secretaries, play.officer]:
        received = [sent for sent in who.phone.received() if not is_of_batch(sent)]
        assert len(received) == who.said + who.unasked, [sent.text for sent in received]
    codes = [code for who in play.secretaries for code in who.codes]
    withdrawn = sum(who.withdrawn for who in play.secretaries)
    standing = sum(len(account.admitted) for account in play.ledger.accounts)
    assert withdrawn
    assert len(codes) == len(set(codes)) == standing + withdrawn
    states = Counter(account.state(1) for account in play.ledger.accounts)
    assert states.keys() == {"not_due", "silent", "draft", "nil", "filed"}
    verdicts = Counter(account.verdict(1) for account in play.ledger.accounts)
    assert verdicts.keys() == {"over", "met", "below", "none"}
