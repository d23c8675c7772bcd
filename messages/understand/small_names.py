"""Names in small letters, told by where they stand."""

from __future__ import annotations

from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.names import NameSpan, name_after
from messages.understand.spelling import may_be, word_set
from messages.understand.stopwords import ALSO_GIVEN, is_no_subject

_TITLES: Final = word_set("chi anh em ong ba co chu bac chau thay ban a")
_LEADING: Final = word_set("va cho la cua voi cung gom ten dua xoa loai")
_DOUBTFUL: Final = word_set(
    "mai hai ba tu nam sau bay tam chin muoi thu thoi them huy hoi duoc hoc chi co no nu sang tinh tham thieu"
    " truong quy chinh nghi nhung dung chu ket dong moi vui"
)
_BETWEEN_PEOPLE: Final = word_set(", ; + & va voi cung")


def add_small_names(line: Line, spans: list[NameSpan], *, alone: bool = False) -> None:
    """Find names where one is expected; a second one only beside the first or after a title.

    With `alone` the text was asked to be names: each may begin after any gap.
    """
    for index in range(len(line.tokens)):
        if not line.is_free_word(index) or _is_our(line, index) or _is_particle(line, index):
            continue
        if (
            line.words[index] in _TITLES
            and index + 1 < len(line.tokens)
            and line.tokens[index + 1].claim == "name"
        ):
            continue
        titled, subject = _is_titled(line, index), _is_subject(line, index)
        if (
            index == line.opening
            and spans
            and line.mixed
            and not (titled or subject or line.is_capital(index))
        ):
            continue  # «hơn chục hôm trước kết nạp Vân»: names are written with capitals here
        if not titled and not _expects_name(line, index, first=alone or not spans):
            continue
        sure = (
            titled or subject or (alone and (line.words[index] not in _DOUBTFUL or _is_double(line, index)))
        )
        span = name_after(line, index, introduced=sure, subject=subject)
        if span:
            spans.append(span)


def add_titled_names(line: Line, spans: list[NameSpan]) -> None:
    """Find names where nothing but a title, or a phrase before the one last word, tells of one: «đc cường dân tộc Tày»."""
    for index in range(1, len(line.tokens)):
        last = index + 1 == len(line.tokens) and line.tokens[index - 1].claim == "phrase" and not spans
        titled = _is_titled(line, index)
        doubtful = _is_our(line, index) or (line.words[index] in _DOUBTFUL and not line.is_capital(index))
        if line.is_free_word(index) and (titled or last) and not doubtful:
            span = name_after(line, index, introduced=titled or line.words[index] in ALSO_GIVEN)
            spans.extend([span] if span else [])


def _is_subject(line: Line, index: int) -> bool:
    """«nam nop don roi», «Thắng xin rút»: a name that is another word elsewhere, before what is told of it."""
    begins = index == line.opening or line.words[index - 1] == ":"
    if not begins or index + 1 >= len(line.tokens):
        return False
    following = line.tokens[index + 1]
    if following.word == "khong" and line.words[index + 2 : index + 3] in _NO_MORE:
        given = line.words[index] in ALSO_GIVEN and following.claim in ("phrase", "about")
        return given or (line.is_capital(index) and not is_no_subject(line.typed(index), line.words[index]))
    if following.word in _TOWARDS and any(
        token.claim == "place" for token in line.tokens[index + 2 : index + 3]
    ):
        return line.is_capital(index)  # «Hoàn vào Bình Dương»
    if following.word not in _AFTER_SUBJECT and following.claim not in ("phrase", "about"):
        return False
    if following.word == "qua" and line.typed(index + 1).lower() != "quá":
        return False  # «Năm qua»
    if line.words[index] in ("nam", "hai", "bay", "tam", "tu"):
        return True
    marked = line.marked and line.mixed
    return following.word in _AFTER_SUBJECT and not is_no_subject(
        line.typed(index), line.words[index], marked=marked
    )


_NO_MORE: Final = (["phan"], ["du"], ["dat"], ["dam"], ["tham"], ["muon"], ["theo"])
_TOWARDS: Final = word_set("vao ra ve sang len xuong di o")
_AFTER_SUBJECT: Final = word_set("da vua xin duoc bi hoc nop viet rut chuyen di lay theo nhap qua")


def _is_our(line: Line, index: int) -> bool:
    """«chi bo minh» is ours, and nobody called so."""
    return (
        line.words[index] == "minh" and line.words[index - 1 : index] in _OURS and line.typed(index) != "Minh"
    )


def _is_particle(line: Line, index: int) -> bool:
    """«1 đ/c thôi, …», «2 người nhé»: manners after a count."""
    if line.words[index] not in _PARTICLES or line.is_capital(index):
        return False
    closes = index + 1 >= len(line.tokens) or line.tokens[index + 1].kind is Kind.MARK
    return closes and any(token.claim == "count" for token in line.tokens[max(0, index - 3) : index])


_PARTICLES: Final = word_set("thoi nha nhe nhi a day roi")
_OURS: Final = (["bo"], ["vi"], ["xa"], ["ben"], ["thon"], ["huyen"], ["truong"], ["uy"])


def _is_double(line: Line, index: int) -> bool:
    """«thu ha»: two words that stand alone."""
    after = index + 2
    return (
        line.is_free_word(index + 1) and (after >= len(line.tokens) or not line.is_free_word(after))
        if after <= len(line.tokens)
        else False
    )


def claim_titles(line: Line) -> None:
    """«Chị Hương», «anh Hai»: the title is no part of the name."""
    for index, token in enumerate(line.tokens[:-1]):
        if token.word in _TITLES and line.is_free_word(index + 1) and _may_be_title(line, index):
            marked = _TITLE_MARKS.get(token.word)
            if marked is None or may_be(line.typed(index).lower(), marked):
                token.claim = "title"


def _may_be_title(line: Line, index: int) -> bool:
    """A capital in the middle belongs to a name: «Vàng A Páo»."""
    begins = index == 0 or line.tokens[index - 1].kind is Kind.MARK
    return not line.tokens[index].claim and (begins or not line.is_capital(index))


_TITLE_MARKS: Final = {
    "chi": "chị",
    "ong": "ông",
    "ba": "bà",
    "co": "cô",
    "chu": "chú",
    "bac": "bác",
    "chau": "cháu",
    "thay": "thầy",
    "ban": "bạn",
}


def _is_child(line: Line, index: int) -> bool:
    """«thằng tám», «con lan nhà ông bảy» at the start of a message with marks."""
    before = line.typed(index - 1).lower() if index else ""
    if before == "thằng":
        return line.words[index] not in _NO_CHILD
    begins = index - 1 == line.opening and before == "con" and line.marked
    return begins and line.words[index] not in _NO_CHILD


_NO_CHILD: Final = word_set("trai gai toi nha em chau duong so be anh chi ong dau re ruot ut")


def _is_titled(line: Line, index: int) -> bool:
    if _is_child(line, index):
        return True
    if not index or line.words[index - 1] not in _TITLES or line.tokens[index - 1].claim == "name":
        return False
    marked = _TITLE_MARKS.get(line.words[index - 1])
    comrade = line.words[index - 2 : index] == ["dong", "chi"]
    return marked is None or comrade or may_be(line.typed(index - 1).lower(), marked)


def _expects_name(line: Line, index: int, *, first: bool) -> bool:
    if index == line.opening:
        return True
    before = line.tokens[index - 1]
    if first:
        return (
            before.kind in (Kind.MARK, Kind.NUMBER, Kind.LONG)
            or before.claim in _GAPS
            or before.word in _LEADING
        )
    if before.claim == "about" and line.tokens[index].start >= before.end:
        return True
    return before.word in _BETWEEN_PEOPLE and index > 1 and line.tokens[index - 2].claim in ("name", "fact")


_GAPS: Final = frozenset({"title", "phrase", "about", "fact", "count", "date", "quarter"})
