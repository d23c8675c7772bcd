"""What an installation is like: the books, each channel and the scheduler, and how what is wrong is mended."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.door import Door
from bot.lines import Part, lines_of
from domain.quota import Quota
from domain.reminder_rules import RulesFaulty
from messages.channel import DeliveryFailed
from storage.queries import heartbeats, sent_counts
from storage.queries.channel_use import LastUse, last_uses
from storage.queries.people import held_on
from storage.queries.plans import plan_years
from storage.queries.sent_counts import SentCount
from storage.session import Begin

if TYPE_CHECKING:
    from bot.line import Line

_NAMES: Final = {Part.WEB: "Trang chat", Part.TELEGRAM: "Telegram", Part.ZALO: "Zalo"}
_TOKENS: Final = {Part.TELEGRAM: "CHIBO_TELEGRAM_TOKEN", Part.ZALO: "CHIBO_ZALO_TOKEN"}
_SILENT: Final = timedelta(minutes=15)
"""After so long without a beat the scheduler is not running; it beats every minute."""


_FROM_OUTSIDE: Final = (
    "mở địa chỉ này trên điện thoại bằng 4G (tắt wifi): mở được là tốt; "
    "không mở được thì xem tường lửa, bộ định tuyến, máy chủ trung gian"
)
_NOT_FOR_TRIAL: Final = "chỉ để thử; dùng thật thì đặt CHIBO_PUBLIC_URL và CHIBO_ZALO_WEBHOOK_SECRET"


class Verdict(StrEnum):
    """What was found of a thing, in the words in which it is printed."""

    WELL = "tốt"
    UNUSED = "không dùng"
    WARNING = "lưu ý"
    WRONG = "SAI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: what was found, when it worked last, and, where it is not well, what to do."""

    subject: str
    verdict: Verdict
    words: str
    used: str = ""
    mend: str = ""


async def findings(door: Door, begin: Begin) -> AsyncIterator[Finding]:
    """Look at everything, one thing after the other, with books that are in order."""
    with begin() as session:
        now = door.now()
        years, people = plan_years(session), held_on(session, door.today)
        uses, seen = last_uses(session), heartbeats.seen_until(session, "reminders")
        month = f"{now.astimezone(door.settings.zone):%Y-%m}"
        counts = {part: sent_counts.count_of(session, part.value, month) for part in _TOKENS}
    yield Finding(subject="Cơ sở dữ liệu", verdict=Verdict.WELL, words="đọc được, đúng bản chibo này")
    yield _plan(years, door.today.year)
    yield _people(len({held.person_id for held in people if held.channels}), len(people))
    yield _scheduler(seen, now, door)
    yield await _web(door, uses.get("web", LastUse()))
    lines = lines_of(door.settings, door.clock)
    for part in _TOKENS:
        line = lines.get(part)
        if line is None:
            yield _unused(part, uses.get(part.value), door)
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
    from bot.premises import timetable_in

    subject, mend = "Lịch nhắc", "chibo run"
    try:
        timetable_in(door.settings)
    except RulesFaulty as faulty:
        words, mend = (
            f"CHIBO_REMINDERS: {' '.join(faulty.faults)}",
            "sửa tệp này, không thì chibo run không chạy",
        )
        return Finding(subject=subject, verdict=Verdict.WRONG, words=words, mend=mend)
    if seen is None:
        return Finding(subject=subject, verdict=Verdict.WARNING, words="chưa chạy lần nào", mend=mend)
    verdict = Verdict.WELL if now - seen < _SILENT else Verdict.WARNING
    words = f"chạy gần nhất {_moment(seen, door)}"
    return Finding(
        subject=subject, verdict=verdict, words=words, mend="" if verdict is Verdict.WELL else mend
    )


async def _web(door: Door, use: LastUse) -> Finding:
    """Whether phones can open the pages; without a public address, whether they run on this machine."""
    from bot.channels.web.reach import unreached

    settings = door.settings
    subject, used = _NAMES[Part.WEB], _used(use, door)
    at_home = f"http://{_at_home(settings.web_host)}:{settings.web_port}"
    if settings.public_url is None:
        runs = await unreached(at_home) is None
        words = f"chỉ mở được tại máy này, cổng {settings.web_port}{', đang chạy' if runs else ', chưa chạy'}"
        mend = f"{'' if runs else 'chibo run; '}điện thoại chưa mở được: đặt CHIBO_PUBLIC_URL"
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, used=used, mend=mend)
    if trouble := await unreached(settings.public_url):
        if trouble.unanswered and await unreached(at_home) is None:
            # Many routers lead nobody from inside to the public address: phones may open it all the same.
            words = f"{settings.public_url} chưa thử được từ trong máy ({trouble.words}); chibo đang chạy"
            return Finding(
                subject=subject, verdict=Verdict.WARNING, words=words, used=used, mend=_FROM_OUTSIDE
            )
        words = f"{settings.public_url}: {trouble.words}"
        return Finding(subject=subject, verdict=Verdict.WRONG, words=words, used=used, mend=trouble.mend)
    if not settings.public_url.startswith("https://"):
        words = f"{settings.public_url} mở được, nhưng không mã hóa"
        mend = "đặt CHIBO_PUBLIC_URL là một địa chỉ https"
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, used=used, mend=mend)
    words = f"{settings.public_url} mở được"
    if settings.web_proxies is None:
        words += ", nhưng mọi điện thoại chưa đăng nhập chung một giới hạn"
        mend = "đặt CHIBO_WEB_PROXIES là địa chỉ máy chủ trung gian, ví dụ 127.0.0.1"
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, used=used, mend=mend)
    return Finding(subject=subject, verdict=Verdict.WELL, words=words, used=used)


def _at_home(host: str) -> str:
    """Where the web server is found from its own machine."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - asked about, not listened at
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _unused(part: Part, use: LastUse | None, door: Door) -> Finding:
    mend = f"muốn dùng thì đặt {_TOKENS[part]}"
    used = "" if use is None else _used(use, door)
    return Finding(subject=_NAMES[part], verdict=Verdict.UNUSED, words="chưa cấu hình", used=used, mend=mend)


async def _line(part: Part, line: Line, uses: Mapping[str, LastUse], door: Door) -> Finding:
    """Whether the messenger answers, knows the token, and brings what comes in to where it should."""
    subject, used = _NAMES[part], _used(uses.get(part.value, LastUse()), door)
    try:
        name, told = await line.bot_name(), await line.webhook()
    except DeliveryFailed as failed:
        mend = f"kiểm tra {_TOKENS[part]}{' rồi chạy lại chibo run' if failed.closed else ' và đường mạng'}"
        return Finding(subject=subject, verdict=Verdict.WRONG, words=failed.reason, used=used, mend=mend)
    wanted = line.wanted_webhook
    if told != wanted and not (wanted is None and told):
        ought = "đặt tay" if wanted is None else wanted or "không đặt"
        words = f"{name}: webhook đang là {told or 'không đặt'}, cần là {ought}"
        mend = "đặt CHIBO_PUBLIC_URL" if wanted is None else "chibo run đặt lại khi khởi động"
        return Finding(subject=subject, verdict=Verdict.WRONG, words=words, used=used, mend=mend)
    words = f"{name} trả lời, {'webhook đúng' if told else 'tự hỏi tin'}"
    if part is Part.ZALO and not told:  # it hands each event out once, whether or not it arrives
        words += ": tin tới khi máy dừng giữa chừng sẽ mất"
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, used=used, mend=_NOT_FOR_TRIAL)
    return Finding(subject=subject, verdict=Verdict.WELL, words=words, used=used)


def _quota(part: Part, count: SentCount, monthly: int) -> Finding:
    """How much the messenger still takes this month; its own word that it is over counts more than the number set."""
    subject = f"{_NAMES[part]}: hạn mức"
    if not monthly:
        words = f"không giới hạn; tháng này đã gửi {count.sent} tin"
        return Finding(subject=subject, verdict=Verdict.WELL, words=words)
    words = f"tháng này còn {max(0, monthly - count.sent)}/{monthly} tin, đã gửi {count.sent}"
    if count.refused:
        words += f"; {_NAMES[part]} đã từ chối {count.refused} tin vì hết hạn mức"
    if count.sent >= monthly or count.refused:
        mend = "nâng gói, hoặc chờ tháng sau; người dùng kênh khác không bị ảnh hưởng"
        return Finding(subject=subject, verdict=Verdict.WRONG, words=words, mend=mend)
    if count.sent >= Quota(monthly=monthly).warned_at:
        return Finding(subject=subject, verdict=Verdict.WARNING, words=words, mend="xem xét nâng gói")
    return Finding(subject=subject, verdict=Verdict.WELL, words=words)


def _used(use: LastUse, door: Door) -> str:
    """When it worked last."""
    said = [
        f"{words} {_moment(at, door)}"
        for words, at in (("nhận", use.received_at), ("gửi", use.sent_at))
        if at is not None
    ]
    return f"gần nhất: {', '.join(said)}" if said else "chưa có tin nào"


def _moment(at: datetime, door: Door) -> str:
    local = at.astimezone(door.settings.zone)
    return f"{local:%H:%M} {local.day}/{local.month}/{local.year}"
