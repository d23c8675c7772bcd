"""What an installation is like: the books, each channel and the scheduler, and how what is wrong is mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.door import Door
from bot.lines import Part, lines_of
from messages.channel import DeliveryFailed
from storage.queries import heartbeats, sent_counts
from storage.queries.channel_use import LastUse, last_uses
from storage.queries.people import held_on
from storage.queries.plans import plan_years
from storage.session import Begin

if TYPE_CHECKING:
    from bot.line import Line

_NAMES: Final = {Part.TELEGRAM: "Telegram", Part.ZALO: "Zalo"}
_TOKENS: Final = {Part.TELEGRAM: "CHIBO_TELEGRAM_TOKEN", Part.ZALO: "CHIBO_ZALO_TOKEN"}
_SILENT: Final = timedelta(minutes=15)
"""After so long without a beat the scheduler is not running; it beats every minute."""
_NEARLY: Final = 0.8


class Verdict(StrEnum):
    """What was found of a thing, in the words in which it is printed."""

    WELL = "tốt"
    UNUSED = "không dùng"
    WARNING = "lưu ý"
    WRONG = "SAI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: what was found, and, where it is not well, what to do."""

    subject: str
    verdict: Verdict
    words: str
    mend: str = ""


async def findings(door: Door, begin: Begin) -> AsyncIterator[Finding]:
    """Look at everything, one thing after the other, with books that are in order."""
    with begin() as session:
        now = door.now()
        years, people = plan_years(session), held_on(session, door.today)
        uses, seen = last_uses(session), heartbeats.seen_until(session, "reminders")
        month = f"{now.astimezone(door.settings.zone):%Y-%m}"
        counts = {part: sent_counts.count_of(session, part.value, month).sent for part in _NAMES}
    yield Finding(subject="Cơ sở dữ liệu", verdict=Verdict.WELL, words="đọc được, đúng bản chibo này")
    yield _plan(years, door.today.year)
    yield _people(len({held.person_id for held in people if held.channels}), len(people))
    yield _scheduler(seen, now, door)
    yield _web(door, uses.get("web", LastUse()))
    lines = lines_of(door.settings, door.clock)
    for part in _NAMES:
        line = lines.get(part)
        if line is None:
            yield _unused(part)
        else:
            yield await _line(part, line, uses, door)
            if line.monthly is not None:
                yield _quota(part, counts[part], line.monthly)
            await line.close()


def _plan(years: tuple[int, ...], year: int) -> Finding:
    if year in years:
        return Finding(subject="Kế hoạch", verdict=Verdict.WELL, words=f"có kế hoạch năm {year}")
    words = f"chưa có kế hoạch năm {year}" if years else "chưa có kế hoạch nào"
    verdict = Verdict.WARNING if years else Verdict.WRONG
    return Finding(subject="Kế hoạch", verdict=verdict, words=words, mend="chibo plan import TỆP")


def _people(joined: int, appointed: int) -> Finding:
    words = f"{joined}/{appointed} người được phân công đã tham gia"
    if appointed:
        return Finding(subject="Người dùng", verdict=Verdict.WELL, words=words)
    mend = "chibo people invite --every-unit"
    return Finding(subject="Người dùng", verdict=Verdict.WARNING, words="chưa có ai tham gia", mend=mend)


def _scheduler(seen: datetime | None, now: datetime, door: Door) -> Finding:
    subject, mend = "Lịch nhắc", "chibo run"
    if seen is None:
        return Finding(subject=subject, verdict=Verdict.WARNING, words="chưa chạy lần nào", mend=mend)
    verdict = Verdict.WELL if now - seen < _SILENT else Verdict.WARNING
    words = f"chạy gần nhất {_moment(seen, door)}"
    return Finding(
        subject=subject, verdict=verdict, words=words, mend="" if verdict is Verdict.WELL else mend
    )


def _web(door: Door, use: LastUse) -> Finding:
    settings, subject = door.settings, "Trang chat"
    if settings.public_url is None:
        words = f"chỉ mở được tại máy này, cổng {settings.web_port}"
        mend = "điện thoại chưa mở được; đặt CHIBO_PUBLIC_URL"
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, mend=mend)
    if not settings.public_url.startswith("https://"):
        words = f"{settings.public_url} không mã hóa"
        mend = "đặt CHIBO_PUBLIC_URL là một địa chỉ https"
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, mend=mend)
    return Finding(subject=subject, verdict=Verdict.WELL, words=f"{settings.public_url}{_used(use, door)}")


def _unused(part: Part) -> Finding:
    mend = f"muốn dùng thì đặt {_TOKENS[part]}"
    return Finding(subject=_NAMES[part], verdict=Verdict.UNUSED, words="chưa cấu hình", mend=mend)


async def _line(part: Part, line: Line, uses: Mapping[str, LastUse], door: Door) -> Finding:
    """Whether the messenger answers, knows the token, and brings what comes in to where it should."""
    try:
        name, told = await line.bot_name(), await line.webhook()
    except DeliveryFailed as failed:
        mend = f"kiểm tra {_TOKENS[part]} và đường mạng"
        return Finding(subject=_NAMES[part], verdict=Verdict.WRONG, words=failed.reason, mend=mend)
    wanted = line.wanted_webhook
    if told != wanted and not (wanted is None and told):
        ought = "đặt tay" if wanted is None else wanted or "không đặt"
        words = f"{name}: webhook đang là {told or 'không đặt'}, cần là {ought}"
        mend = "đặt CHIBO_PUBLIC_URL" if wanted is None else "chibo run đặt lại khi khởi động"
        return Finding(subject=_NAMES[part], verdict=Verdict.WRONG, words=words, mend=mend)
    way = "webhook" if told else "tự hỏi tin"
    used = _used(uses.get(part.value, LastUse()), door)
    return Finding(subject=_NAMES[part], verdict=Verdict.WELL, words=f"{name}, {way}{used}")


def _quota(part: Part, sent: int, monthly: int) -> Finding:
    subject, words = f"{_NAMES[part]}: hạn mức", f"tháng này đã gửi {sent}/{monthly} tin"
    if sent >= monthly:
        mend = "nâng gói, hoặc chờ tháng sau; người dùng kênh khác không bị ảnh hưởng"
        return Finding(subject=subject, verdict=Verdict.WRONG, words=words, mend=mend)
    if sent >= _NEARLY * monthly:
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, mend="xem xét nâng gói")
    return Finding(subject=subject, verdict=Verdict.WELL, words=words)


def _used(use: LastUse, door: Door) -> str:
    """When it worked last, as the end of a sentence."""
    said = [
        f"{words} {_moment(at, door)}"
        for words, at in (("nhận", use.received_at), ("gửi", use.sent_at))
        if at is not None
    ]
    return f"; gần nhất {', '.join(said)}" if said else "; chưa có tin nào"


def _moment(at: datetime, door: Door) -> str:
    local = at.astimezone(door.settings.zone)
    return f"{local:%H:%M} {local.day}/{local.month}"
