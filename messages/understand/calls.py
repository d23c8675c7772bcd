"""What came of calls: «3 đã gọi, hẹn mai», «Biên Sơn không nghe máy»; and somebody's own number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from domain.call_sheet import CallResult
from domain.phone import phone_in
from messages.fold import fold
from messages.understand.heard import CallSaid, Intent
from messages.understand.line import CLOSING, Kind, Line
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.spelling import word_set

_Phrases: TypeAlias = Mapping[str, Sequence[list[str]]]
"""Folded phrases by their first word, the longer ones first."""


def _phrases(written: str) -> _Phrases:
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted((fold(each).split() for each in written.split(",")), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_CALLED: Final = _phrases(
    "đã gọi điện thoại, đã gọi điện, đã gọi lại, đã gọi rồi, đã gọi, gọi điện rồi, gọi lại rồi, gọi rồi, vừa gọi điện, vừa gọi, "
    "mới gọi, gọi xong, gọi được, gọi được rồi, đã điện thoại, đã điện, điện rồi, đã liên hệ, liên hệ rồi, đã liên lạc, "
    "liên lạc rồi, đã alo, alo rồi"
)
_MET: Final = _phrases(
    "đã gặp, gặp rồi, gặp được, đã nói chuyện, đã trao đổi, trao đổi rồi, nghe máy rồi, có nghe máy, đã nghe máy, "
    "đã nhắc, nói rồi, đã nói, đã nắm được"
)
_NO_ANSWER: Final = _phrases(
    "không nghe máy, không nghe điện thoại, không nghe, không bắt máy, không nhấc máy, không cầm máy, thuê bao, "
    "không liên lạc được, không liên hệ được, không gọi được, gọi không được, gọi không nghe, máy bận, tắt máy, "
    "chưa nghe máy, chưa liên lạc được, chưa liên hệ được, chưa gọi được, chưa gặp được, không có ai nghe, sai số máy, "
    "không đổ chuông"
)
_BEFORE_ROWS: Final = word_set("so dong muc stt thu")
_BETWEEN_ROWS: Final = word_set(", va ;")
_AFTER_ROWS: Final = word_set(". ) : , - –")
_NO_ROW: Final = word_set(
    "don xa nguoi dong truong chi to thang ngay gio phut quy quan ca bo lan ngan phan vi nam hom tuan"
)
"""Words after a number that counts something: «3 đơn vị chưa báo» names no row."""
_MEMBERS: Final = (["dang", "vien"], ["dang", "bo"])
_LEADS_ON: Final = word_set("thi nhung ma la va , . : ; - – bao noi vi do")
_MOST_ROWS: Final = 20


def rows_said(line: Line) -> tuple[tuple[int, ...], int]:
    """The rows that a line begins with («3», «số 3 và 5»), and the token after them; no row, and 0, without any."""
    at = len(list(_taken(line, 0, _BEFORE_ROWS)))
    rows: list[int] = []
    while at < len(line.tokens) and line.tokens[at].kind is Kind.NUMBER and len(line.words[at]) < 3:
        rows.append(int(line.words[at]))
        at += 1
        between = len(list(_taken(line, at, _BETWEEN_ROWS)))
        if at + between < len(line.tokens) and line.tokens[at + between].kind is Kind.NUMBER:
            at += between
    counts = at < len(line.words) and (line.words[at] in _NO_ROW or line.words[at : at + 2] in _MEMBERS)
    if not rows or len(rows) > _MOST_ROWS or counts:
        return (), 0
    return tuple(dict.fromkeys(rows)), at + len(list(_taken(line, at, _AFTER_ROWS)))


def _may_begin_rows(line: Line) -> bool:
    """Whether a line begins with a number, or a word that leads to one."""
    return line.tokens[0].kind is Kind.NUMBER or line.words[0] in _BEFORE_ROWS


def _taken(line: Line, at: int, words: frozenset[str]) -> list[str]:
    found: list[str] = []
    for word in line.words[at:]:
        if word not in words:
            break
        found.append(word)
    return found


def _find(line: Line, phrases: _Phrases) -> bool:
    """Whether one of the phrases stands in a line."""
    return not line.bag.isdisjoint(phrases) and any(
        _ends(line, at, phrases) for at, word in enumerate(line.words) if word in phrases
    )


def _ends(line: Line, at: int, phrases: _Phrases) -> int:
    """The token after the phrase that begins at a token; 0 where none does."""
    begins = phrases.get(line.words[at], ())
    return next((at + len(p) for p in begins if line.words[at : at + len(p)] == p), 0)


def tells_of_call(text: str) -> bool:
    """Whether a text names a row, or says by itself what came of a call."""
    line = Line(text)
    said = any(_find(line, phrases) for phrases in (_CALLED, _MET, _NO_ANSWER))
    return said or bool(rows_said(line)[0])


def call_note(scene: Scene) -> Intent | None:
    """A row of the sheet or a unit, and what came of the call; from who asks of others, a mere delay as well."""
    line = scene.line
    if not scene.district and not _may_begin_rows(line):
        return None
    rows, after = rows_said(line)
    if not rows and not scene.district:
        return None
    called = any(_find(line, phrases) for phrases in (_CALLED, _NO_ANSWER))
    said = called or _find(line, _MET)
    if scene.asks() or (not said and scene.has(*_OF_OTHERS)) or (not rows and scene.has(Sign.CALL_ME)):
        return None
    if rows and after < len(line.tokens) and said:
        return Intent.CALL_NOTE
    if not scene.district:
        return None
    about = rows and after < len(line.tokens) and scene.has(Sign.ISSUE, Sign.PUT_OFF)
    delayed = bool(scene.ahead) and (bool(rows) or scene.has(Sign.PUT_OFF))
    unit = scene.unit is not None and said
    return Intent.CALL_NOTE if called or unit or about or delayed else None


_OF_OTHERS: Final = (Sign.SILENT, Sign.REMIND)
_ASKS: Final = (
    Sign.SILENT,
    Sign.REMIND,
    Sign.EXPORT,
    Sign.INVITE,
    Sign.EACH,
    Sign.ROLLUP,
    Sign.PROGRESS,
    Sign.HOW_MANY,
)
"""The signs of what the office asks for, and says of no call."""


def row_and_words(scene: Scene) -> Intent | None:
    """«3 bị ốm»: a row, and words that mean nothing else, from who asks of others."""
    if not scene.district or not _may_begin_rows(scene.line):
        return None
    rows, after = rows_said(scene.line)
    words = [token for token in scene.line.tokens[after:] if token.kind is Kind.WORD]
    asks = scene.asks() or scene.has(*_ASKS) or scene.unit is not None or "unit" in scene.unclear
    told = rows and len(words) > 1 and not asks
    return Intent.CALL_NOTE if told else None


def call_said(scene: Scene) -> CallSaid:
    """The rows, and what came of the call, as far as it is said."""
    rows, _ = rows_said(scene.line)
    return CallSaid(rows=rows, result=_result(scene))


def _result(scene: Scene) -> CallResult | None:
    if _find(scene.line, _NO_ANSWER):
        return CallResult.NO_ANSWER
    if scene.ahead:
        return CallResult.PROMISED
    words = words_of_call(scene)
    if scene.has(Sign.ISSUE):
        return CallResult.ISSUE if words else None
    if words:
        return CallResult.HINDERED
    if scene.has(Sign.PUT_OFF):
        return CallResult.PROMISED
    return CallResult.REACHED if _find(scene.line, _MET) else None


def words_of_call(scene: Scene) -> str:
    """What is said beside the row, the unit and the call, as typed; empty where it is nothing, or only a day."""
    line = scene.line
    if scene.ahead or _find(line, _NO_ANSWER):
        return ""
    at = rows_said(line)[1]
    while at < len(line.tokens):
        called = next((end for p in _SAID_BEFORE if (end := _ends(line, at, p))), 0)
        if not called and line.tokens[at].claim != "unit" and line.words[at] not in _LEADS_ON:
            break
        at = called or at + 1
    rest = [token for token in line.tokens[at:] if token.kind is not Kind.MARK and token.word not in CLOSING]
    if len(rest) < 2 or (scene.has(Sign.PUT_OFF) and len(rest) < 4):
        return ""
    return line.whole[line.tokens[at].start :].strip(" .,")


_SAID_BEFORE: Final = (_CALLED, _MET, _phrases("có vướng mắc là, có vướng mắc, vướng mắc là, vướng mắc"))


_OF_PHONES: Final = word_set(
    "so dien thoai sdt dt dtdd di dong cua toi em minh anh chi la may goi moi day lien he lac xin cung cap bao nhan cho "
    "doi thay cap nhat ghi luu a nhe nha dong chi huyen day vao theo ban can neu khi qua : , . - – ( ) +"
)
_PHONE_NAMED: Final = _phrases("số điện thoại, số di động, số máy, sđt, sdt, số liên hệ, số liên lạc")


def phone(scene: Scene) -> Intent | None:
    """Somebody's own telephone number and nothing else, or the wish to tell it."""
    line = scene.line
    if Kind.LONG not in line.kinds and line.bag.isdisjoint(_PHONE_NAMED):
        return None
    if any(token.kind is not Kind.LONG and token.word not in _OF_PHONES for token in line.tokens):
        return None
    told = phone_in(line.whole) is not None
    named = _find(line, _PHONE_NAMED) and all(token.kind is not Kind.LONG for token in line.tokens)
    return Intent.PHONE if told or named else None
