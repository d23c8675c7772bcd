"""Whether delivery keeps the rate that it may, for minutes on end, and never goes beyond: `python -m bench delivery --minutes 10`.

The product empties a full outbox to a Telegram server that looks at the clock. What is counted as a breach is what
Telegram would mind: more than 30 messages in any second, or to one chat more than 4 in a second or 13 in ten.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, insert, select

from bench import machine
from bench.contestants import CHIBO, CLOCK, chibo, settings
from bench.table import Row
from bench.telegram_load import Bot, started, until
from bench.telegram_server import Spoken, TelegramServer
from storage.session import open_engine
from storage.tables import addresses, outbox

RATE: Final = 25.0
"""Messages a second in all: the default of the settings. To one chat it is one."""
EACH: Final = 4
"""Messages that wait for each chat."""
CAPS: Final = ((30, 1.0),)
CHAT_CAPS: Final = ((4, 1.0), (13, 10.0))
"""At most so many within so many seconds."""
SETTLING: Final = 2.0
PUT: Final = datetime.fromisoformat(f"{CLOCK}:00+07:00") - timedelta(minutes=1)


def fill(folder: Path, messages: int) -> None:
    """An outbox with so many messages, some for each chat, all due."""
    chibo(folder, "init")
    chats = messages // EACH + 1
    engine = open_engine(f"sqlite:///{folder / 'chibo.db'}")
    with engine.begin() as session:
        people = [{"channel": "telegram", "value": str(n), "created_at": PUT} for n in range(1, chats + 1)]
        session.execute(insert(addresses), people)
        first: int = session.execute(select(func.min(addresses.c.id))).scalar_one()
        session.execute(insert(outbox), [_message(first + n // EACH, n) for n in range(messages)])
    engine.dispose()


def _message(address: int, number: int) -> dict[str, Any]:
    return {
        "address_id": address,
        "kind": "notice",
        "text": f"Thông báo số {number}",
        "choices": [],
        "question": "",
        "created_at": PUT,
        "due_at": PUT,
        "expires_at": PUT + timedelta(days=3),
        "state": "waiting",
    }


async def listen(folder: Path, seconds: float) -> list[tuple[float, int]]:
    """What arrives in a span, as (when, chat); the span begins when the flow has settled."""
    heard: list[tuple[float, int]] = []
    flows = asyncio.Event()

    def hear(spoken: Spoken) -> None:
        heard.append((spoken.at, spoken.chat))
        flows.set()

    server = TelegramServer(hear, start=PUT)
    bot = Bot(
        name="chibo",
        command=(*CHIBO, "run", "--only", "telegram,delivery"),
        environment={
            **settings(folder),
            "CHIBO_TELEGRAM_RATE": str(RATE),
            "CHIBO_TELEGRAM_CHAT_RATE": "1",
        },
        url="CHIBO_TELEGRAM_API_URL",
        token="CHIBO_TELEGRAM_TOKEN",
        report=(),
    )
    async with started(bot, await server.open(), folder / "output.txt") as running:
        await until(flows.wait(), running)
        await until(asyncio.sleep(SETTLING + seconds), running)
    server.close()
    begun = heard[0][0] + SETTLING
    return [(at, chat) for at, chat in heard if begun <= at < begun + seconds]


def breaches(times: Iterable[float], caps: Iterable[tuple[int, float]]) -> int:
    """How many messages came when as many as may had come in the span before."""
    ordered = sorted(times)
    return sum(1 for most, span in caps for _ in _beyond(ordered, most, span))


def _beyond(times: Iterable[float], most: int, span: float) -> Iterator[float]:
    lately: deque[float] = deque()
    for at in times:
        while lately and lately[0] <= at - span:
            lately.popleft()
        lately.append(at)
        if len(lately) > most:
            yield at


def measure_all(rounds: int, root: Path, minutes: float = 1.0) -> list[Row]:
    """Once, for so many minutes, whatever the rounds."""
    machine.pin(0, core=0)
    seconds = 60 * minutes
    fill(root, int(1.1 * RATE * (seconds + 10 * SETTLING)))
    heard = asyncio.run(listen(root, seconds))
    by_chat: dict[int, list[float]] = defaultdict(list)
    for at, chat in heard:
        by_chat[chat].append(at)
    beyond = breaches((at for at, _ in heard), CAPS)
    to_one = sum(breaches(times, CHAT_CAPS) for times in by_chat.values())
    kept = len(heard) / seconds
    return [
        Row(
            f"delivery at {RATE:.0f} a second, {minutes:g} minutes",
            f"{100 * kept / RATE:.1f} %",
            f"{kept:.2f} a second to {len(by_chat):,} chats · breaches: {beyond} in all, {to_one} to one chat"
            " · aim: 97 %, ten minutes, none",
        )
    ]
