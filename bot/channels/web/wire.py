"""The JSON between the page and the server, both ways."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.channels.web.channel import NAME
from bot.channels.web.guard import Rejected
from domain.invitation import is_plainly_code, normalise
from domain.policy import Action, may
from messages.channel import Address, IncomingMessage, MessageKind, Tap
from storage.queries.channels import Standing
from storage.queries.senders import Sender
from storage.queries.timeline import TAIL, Enclosed, Line, Mark, Page

LONGEST: Final = 20_000
"""The longest text, in characters; the dialogue judges what is too long for an answer."""
_OLDEST: Final = timedelta(days=30)
"""How long a page may have kept a message that it could not send."""
_QUESTION: Final = re.compile(r"[A-Za-z0-9]{1,16}")
_WHOSE: Final = re.compile(r"[0-9]{0,18}", re.ASCII)
_MARK: Final = re.compile(r"(\d{1,18})-(\d{1,18}(?:\.\d{1,18})*)?", re.ASCII)
_UNREADABLE: Final = "Tin gửi lên không đọc được."


@dataclass(frozen=True, slots=True)
class Sending:
    """A message as a page sends it: what it says, its key on the phone, and whose it was when it was written.

    `of` is as in `Reading.whose`; None where the page did not know, or does not say.
    """

    message: IncomingMessage
    key: str
    of: str | None

    def by(self, address: str, whose: str = "") -> IncomingMessage:
        """The message as it enters the books: from an address; of somebody's it is known again at any of theirs."""
        space = address if not whose or self.of is None else f"person-{whose}"
        return replace(self.message, sender=Address(NAME, address), external_id=f"{space}/{self.key}")


def sending(body: dict[str, object], address: str, now: datetime) -> Sending:
    """What a page sends from an address: a message, and beside it perhaps `of`."""
    of = body.get("of")
    if of is not None and not (isinstance(of, str) and _WHOSE.fullmatch(of)):
        raise Rejected(400, _UNREADABLE)
    return Sending(incoming(body, address, now), _uuid(body.get("id")), of)


def incoming(body: dict[str, object], address: str, now: datetime) -> IncomingMessage:
    """The message in `{"id": UUID, "text": …}` or `{"id": UUID, "tap": {"question", "number"}}`.

    `age` beside them says how many seconds ago it was written: a phone without network sends late, and
    «hôm qua» means the day before it was written. The phone's own clock is not trusted, only the difference.
    """
    key = _uuid(body.get("id"))
    tap = None if body.get("tap") is None else _tap(body["tap"])
    return IncomingMessage(
        channel=NAME,
        external_id=f"{address}/{key}",
        sender=Address(NAME, address),
        kind=MessageKind.TEXT if tap is None else MessageKind.CHOICE,
        at=now - _age(body.get("age")),
        text=_text(body.get("text")) if tap is None else "",
        tap=tap,
        raw=json.dumps(body),
    )


def client_id(external_id: str) -> str:
    """The id that the page gave to a message."""
    return external_id.rpartition("/")[2]


def mark_text(mark: Mark) -> str:
    """A mark as the page keeps it and gives it back."""
    return f"{mark.own}-{'.'.join(map(str, mark.bots))}"


def read_mark(text: str) -> Mark | None:
    """The mark in a text; None where there is none, or none of ours: the chat then begins anew."""
    match = _MARK.fullmatch(text)
    if match is None:
        return None
    bots = sorted(int(number) for number in (match[2] or "").split(".") if number)
    return Mark(int(match[1]), tuple(bots[-TAIL:]))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page is told at once: new lines, how far that goes, and who the person is by now.

    `whose` tells one person's session from another's, and is empty at nobody's.
    """

    page: Page
    sender: Sender | None
    whose: str = ""

    def as_dict(self) -> dict[str, object]:
        """The form that the page's script reads."""
        return {
            "lines": [_line(line) for line in self.page.lines],
            "mark": mark_text(self.page.mark),
            "who": _who(self.sender),
            "whose": self.whose,
        }


def whose(standing: Standing) -> str:
    """What tells one person's session from another's; empty at nobody's."""
    return "" if standing.person is None else str(standing.person)


def _line(line: Line) -> dict[str, object]:
    told: dict[str, object] = {"key": line.key, "own": line.own, "at": line.at.isoformat(), "text": line.text}
    secret: dict[str, object] = {"secret": True} if _shows_code(line) else {}
    if line.own:
        return {**told, "id": client_id(line.external_id), **secret}
    told |= {"choices": list(line.choices), "question": line.question, "file": _file(line.enclosed)}
    return {**told, **secret}


def _shows_code(line: Line) -> bool:
    """Whether a line shows a code to join with, so that a phone is not to keep it."""
    return line.secret or (line.own and normalise(line.text) is not None and is_plainly_code(line.text))


def _file(enclosed: Enclosed | None) -> dict[str, object] | None:
    if enclosed is None:
        return None
    return {"name": enclosed.what.full_name, "kind": enclosed.what.output.ending, "size": enclosed.size}


def _who(sender: Sender | None) -> dict[str, object] | None:
    if sender is None or sender.person is None:
        return None
    first = sender.person.appointments[0]
    oversees = may(sender.person, Action.OVERSEE)
    return {
        "name": sender.person.name,
        "role": first.role.label,
        "unit": first.unit.short,
        "oversees": oversees,
    }


def _uuid(value: object) -> str:
    try:
        return str(uuid.UUID(value if isinstance(value, str) else ""))
    except ValueError:
        raise Rejected(400, _UNREADABLE) from None


def _tap(value: object) -> Tap:
    match value:
        case {"question": str(question), "number": int(number)}:
            if _QUESTION.fullmatch(question) and number is not True and 1 <= number <= 999:
                return Tap(question=question, number=number)
    raise Rejected(400, _UNREADABLE)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Rejected(400, _UNREADABLE)
    if len(value) > LONGEST:
        raise Rejected(413, "Tin dài quá. Đồng chí chia thành nhiều tin ngắn giúp.")
    # Half of a surrogate pair and NUL are no text to any database.
    text = value.encode("utf-8", "replace").decode().replace("\0", "").strip()
    if not text:
        raise Rejected(400, "Tin chưa có chữ nào.")
    return text


def _age(value: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        return timedelta(0)
    return min(timedelta(seconds=value), _OLDEST)
