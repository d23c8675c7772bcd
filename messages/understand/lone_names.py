"""Single names that are also other words, where they can be nothing but names: «kn dc ha ngay 12/3», «Định đã nộp đơn»."""

from __future__ import annotations

from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.names import NAME, NameSpan
from messages.understand.spelling import is_syllable, word_set
from messages.understand.stopwords import is_no_subject
from messages.understand.surnames import SURE_MIDDLES
from messages.understand.units import UnitNames

_TITLES: Final = word_set("chi anh em ong ba co chau bac chu ban thay")
_NO_NAMES: Final = word_set(
    "nao gi ai do nay kia ay moi khac tren nu nam toan cung cua o tai la da duoc thi bi ten dang viet mot hai ba bon sau"
    " bay tam chin muoi tu roi nhe nha a xong va voi em toi minh bo cho trong giao vien doan hoi thu pho chu mai khong"
    " chua quan nua gom ta con duoi nguoi tre trai gai"
)
_BODIES: Final = word_set(
    "dang doan doi hoi huyen xa thon truong tinh to ban chi khu bo bi lop le cum don nguon quan"
)
_FOLLOW: Final = word_set("ngay hom sn sinh ns")
_DONE: Final = word_set("da vua")
_PASSIVE: Final = (["ket", "nap"], ["cong", "nhan"], ["phan", "cong"], ["gioi", "thieu"], ["cap", "giay"])


def claim_alone(line: Line, units: UnitNames) -> list[NameSpan]:
    """The single names right after «kết nạp đ/c», and the one that a message begins with."""
    found = [_told_of(line)] if line.mixed and _begins(line, units) else []
    if "nap" in line.bag:
        after = (_after_verb(line, at + 1) for at, word in enumerate(line.words) if word == "nap")
        found += [span for span in after if span]
    return found


def _after_verb(line: Line, index: int) -> NameSpan | None:
    """«[kết nạp] đ/c ha ngay 12/3», «[kết nạp] Sáng ngày 12/3»; no name where a number or a second word follows."""
    at = index
    if line.words[at : at + 2] == ["dong", "chi"]:
        at += 2
    elif line.words[at : at + 1] and line.words[at] in _TITLES and not line.is_capital(at):
        at += 1
    if at >= len(line.tokens) or not line.is_free_word(at) or line.is_written_out(at):
        return None
    named = _by_capital(line, at) if line.mixed else at > index and line.words[at] not in _NO_NAMES
    named = named and line.words[at] not in SURE_MIDDLES
    if not named or not is_syllable(line.words[at]) or not _ends(line, at + 1):
        return None
    line.claim(at, at + 1, NAME)
    return NameSpan(at, at + 1)


def _by_capital(line: Line, at: int) -> bool:
    return line.is_capital(at) and not line.typed(at)[1:].isupper() and line.words[at] not in _BODIES


def _ends(line: Line, at: int) -> bool:
    """Whether a day, a fact, a comma or nothing follows."""
    if at >= len(line.tokens):
        return True
    token = line.tokens[at]
    return token.kind is Kind.DIGITS or token.word in _FOLLOW or (token.word in (",", ".", "(") and at > 2)


def _begins(line: Line, units: UnitNames) -> bool:
    """«Định đã nộp đơn», «Chung được kết nạp», but not «Đoàn đã giới thiệu», «Chưa được kết nạp» or «Chũ đã gọi»."""
    at = line.opening
    if at + 2 >= len(line.tokens) or not line.is_capital(at) or not line.is_free_word(at):
        return False
    word, following = line.words[at], line.words[at + 1]
    done = following in _DONE or (following == "duoc" and line.words[at + 2 : at + 4] in _PASSIVE)
    other = word in _BODIES or is_no_subject(line.typed(at), word, marked=line.marked)
    if not done or other or not is_syllable(word) or line.is_written_out(at):
        return False
    return all(mention.first != at for mention in units.mentions(line))


def _told_of(line: Line) -> NameSpan:
    line.claim(line.opening, line.opening + 1, NAME)
    return NameSpan(line.opening, line.opening + 1)
