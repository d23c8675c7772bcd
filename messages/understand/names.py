"""People's names in a line: where they begin and end, told from the words around them."""

from __future__ import annotations

from typing import Final, NamedTuple

from messages.understand.line import Kind, Line
from messages.understand.name_parts import (
    LONGEST,
    SURE,
    begins_anew,
    begins_told,
    is_given_at_end,
    is_middle,
    is_surname,
    small_run,
)
from messages.understand.spelling import is_syllable, spelled, word_set
from messages.understand.stopwords import (
    NAMES_ALONE,
    NEVER_GIVEN,
    STOPS,
    goes_on_title,
    is_of_office,
    is_stopped,
)
from messages.understand.surnames import MIDDLE_NAMES, PLAIN_SURNAMES, SURE_MIDDLES, SURNAMES

NAME: Final = "name"
_SENTENCE_ENDS: Final = frozenset({".", "!", "?", ":", "-", ")", "["})
_COMRADE: Final = ["dong", "chi"]
_PROGRESS: Final = ["tien", "do"]  # «tien do kim son» is no Đỗ Kim Sơn
_TARGET: Final = ["chi", "tieu"]  # «chỉ tiêu Tân Hoa» is nobody called Tiêu
_SUNDAY: Final = ["chu", "nhat"]
_BIDS: Final = word_set("dua sua xoa them bo ghi cho cu nho xin gui nhap loai rut giao")
_SYLLABIC: Final = frozenset({"ng"})
_VOWELS: Final = frozenset("aeiouy")


class NameSpan(NamedTuple):
    """A name from token `first` up to `after`."""

    first: int
    after: int


def claim_full_names(line: Line, *, alone: bool = False) -> list[NameSpan]:
    """Names that nothing else can be: a surname, a middle name, a given name; or three capitals after a surname.

    With `alone` the text was asked to be names, so that one is expected at its start.
    """
    found: list[NameSpan] = []
    if line.bag.isdisjoint(SURNAMES) and "nguoi" not in line.bag:
        return found
    index, words = 0, line.words
    while index < len(words):
        if words[index] not in SURNAMES and words[index] != "nguoi":
            index += 1
            continue
        after = _full_name(line, index, alone)
        if after:
            line.claim(index, after, NAME)
            found.append(NameSpan(index, after))
        index = after or index + 1
    return found


def _full_name(line: Line, index: int, alone: bool) -> int:
    if (
        not line.is_free_word(index)
        or not is_surname(line, index)
        or line.words[index : index + 2] == _COMRADE
        or line.words[max(0, index - 1) : index + 1] == _PROGRESS
        or (line.words[max(0, index - 1) : index + 1] == _TARGET and not line.is_capital(index))
        or (line.words[index : index + 2] == _SUNDAY and not line.is_capital(index))
        or _assigns(line, index)
    ):
        return 0
    if line.is_capital(index) and not line.is_written_out(index):
        after = _capital_run(line, index)
        if after - index > 1:
            return after if after - index > 2 else 0
    introduced = _introduced(line, index) or (alone and index == 0)
    if introduced and (after := _small_before_capitals(line, index)):
        return after
    if not _may_begin_small(line, index, introduced=introduced):
        return 0
    second = index + 1
    if introduced and _is_dao(line, index):
        return index + 3
    if second >= len(line.tokens) or not line.is_free_word(second) or not is_middle(line, second):
        return 0
    after = small_run(line, index, introduced=introduced)
    return after if after - index > 2 else 0


def _is_dao(line: Line, index: int) -> bool:
    """«trieu tai phu», «ban phuc lim» where a name is expected: a middle name that is another word elsewhere."""
    given, after = index + 2, index + 3
    if line.words[index + 1 : given] not in _DAO_MIDDLES or given >= len(line.tokens):
        return False
    free = line.is_free_word(index + 1) and line.is_free_word(given) and line.words[given] not in _PLACES
    ends = after >= len(line.tokens) or not line.is_free_word(after) or line.words[after] in _AFTER_DAO
    return free and ends and is_syllable(line.words[given])


_DAO_MIDDLES: Final = (["tai"], ["phuc"], ["quy"], ["chan"], ["ton"])
_PLACES: Final = word_set("xa thon ban nha truong cho huyen day do khu xom")
_AFTER_DAO: Final = word_set("va sn sinh nu nam ngay hom")


def _small_before_capitals(line: Line, index: int) -> int:
    """The end of «hoàng Quý Sơn», whose surname alone has no capital; 0 when there is no such name."""
    second = index + 1
    if (
        not line.mixed
        or line.is_capital(index)
        or second >= len(line.tokens)
        or not line.is_free_word(second)
    ):
        return 0
    sure = line.words[index] in PLAIN_SURNAMES or not line.typed(index).isascii()
    after = _capital_run(line, index) if sure and line.is_capital(second) else 0
    return after if after - index > 2 else 0


def _assigns(line: Line, index: int) -> bool:
    """«phan cong minh giup do hoa» assigns somebody, and is no Phan Công Minh."""
    if line.words[index : index + 2] != _ASSIGN or line.is_capital(index + 1):
        return False
    return not _HELPS.isdisjoint(line.words[index + 2 :])


_ASSIGN: Final = ["phan", "cong"]
_HELPS: Final = frozenset({"giup", "kem", "theo"})


def _may_begin_small(line: Line, index: int, *, introduced: bool) -> bool:
    """Whether a surname in small letters is one: «be thi ha» only where a name is expected, as after «kn»."""
    if (
        line.words[index] in PLAIN_SURNAMES
        or line.words[index] == "nguoi"
        or (line.marked and not line.typed(index).isascii())
    ):
        return True
    return introduced and line.words[index + 1 : index + 2] in SURE


def _introduced(line: Line, index: int) -> bool:
    """Whether «kn», «kết nạp», «đc», «đồng chí» or «chị» stands before, or somebody else with a comma."""
    if index == line.opening and begins_told(line, index):
        return True
    if index == 0:
        return False
    before = line.tokens[index - 1]
    return before.word in _INTRODUCES or (
        index > 1 and before.word in _JOINS and line.tokens[index - 2].claim in _OF_PEOPLE
    )


_INTRODUCES: Final = word_set("kn nap dc chi anh ong ba em giao la : chung cho duoc them moi vien ten")
_OF_PEOPLE: Final = frozenset({NAME, "fact"})  # «…, sn 1990, tu thi hai»
_JOINS: Final = frozenset({",", ";", "va", "+", "&"})


def _capital_run(line: Line, index: int) -> int:
    """The end of a run of capitals that is one name: it ends before a second surname with its middle name."""
    after = index + 1
    while after < len(line.tokens) and after - index < LONGEST + 1:
        if not line.is_free_word(after) or not line.is_capital(after) or line.is_written_out(after):
            break
        if line.begins_row(after):
            break
        if _is_abbreviation(line, after):
            break
        if begins_anew(line, index, after):
            break
        if line.words[after] == "nu" and after - index > 2 and line.words[after - 1] not in SURE_MIDDLES:
            break
        after += 1
    return after


def capital_names(line: Line, *, alone: bool = False) -> list[NameSpan]:
    """Other names in a text of both capitals and small letters: runs of capitals that are no known words.

    With `alone` the text was asked to be names, so that one word may be a name at its start.
    """
    found: list[NameSpan] = []
    index, last = 0, len(line.tokens) if line.mixed else 0
    while index < last:
        token = line.tokens[index]
        if token.claim or token.kind is not Kind.WORD:
            index += 1
            continue
        after = _capital_name(line, index)
        if after and _is_known(line, index, after, STOPS if not alone else NEVER_GIVEN):
            index = after
        elif after:
            found.append(NameSpan(index, after))
            line.claim(index, after, NAME)
        index = after or index + 1
    return found


def _capital_name(line: Line, index: int) -> int:
    if not line.is_capital(index) or index < line.opening or line.is_written_out(index):
        return 0
    if (
        index == line.opening
        and line.words[index] in _BIDS
        and is_stopped(line.typed(index), line.words[index], STOPS)
    ):
        return index + 1  # «Đưa Huệ vào danh sách»: what is to be done, and to whom
    if index == line.opening and _is_title(line, index):
        return 0
    return 0 if _is_abbreviation(line, index) else _capital_run(line, index)


def _is_title(line: Line, index: int) -> bool:
    """«Cháu Trinh đã học xong»: a title, by its marks, before a name of one or two words that is told of."""
    next_is = index + 1 < len(line.tokens) and line.is_free_word(index + 1) and line.is_capital(index + 1)
    if not next_is or line.words[index + 1] in SURE_MIDDLES:
        return False
    if line.words[index : index + 2] in _ANH_NAMES:
        return False
    return spelled(line.typed(index)) in _TITLE_FORMS


_ANH_NAMES: Final = (["anh", "thu"], ["anh", "dao"], ["anh", "tho"], ["anh", "nguyet"])
_TITLE_FORMS: Final = frozenset(
    map(spelled, ("cháu", "chị", "anh", "ông", "bà", "cô", "chú", "bác", "em", "thầy"))
)


def _is_abbreviation(line: Line, index: int) -> bool:
    """CCCD, CMND, SĐT: capitals without a vowel; shorter ones may be initials."""
    if len(line.words[index]) < 2 or not line.typed(index).isupper() or line.words[index] in _SYLLABIC:
        return False
    titled = index + 1 < len(line.tokens) and _is_titled(line, index + 1)
    return _VOWELS.isdisjoint(line.words[index]) and (titled or len(line.words[index]) > 2)


def _is_titled(line: Line, index: int) -> bool:
    """«BS Đinh Thị Loan», «BS Lan»: a name that is not all in capitals."""
    return line.tokens[index].claim == NAME or (line.is_capital(index) and not line.typed(index).isupper())


def _is_known(line: Line, index: int, after: int, stops: frozenset[str]) -> bool:
    """Whether a run of capitals is an ordinary word, as at the start of a sentence, or begins with one."""
    word = line.words[index]
    begins = index <= line.opening or line.words[index - 1] in _SENTENCE_ENDS or line.begins_row(index)
    if begins and word in ("nam", "hai", "bay", "tam") and line.tokens[index + 1 : index + 2]:
        stops = NEVER_GIVEN if line.tokens[index + 1].claim in ("phrase", "about") else stops
    if index and (line.words[index - 1] == ":" or line.tokens[index - 1].claim == "about"):
        stops = NEVER_GIVEN  # a list of people, or «giúp đỡ Kinh»
    if after > index + 1:
        return False
    first = index <= line.opening or line.begins_row(index)
    if line.typed(index) == "I":
        return True  # «khóa I»
    if first and (not is_syllable(word) or _is_label(line, index)):
        return True  # «Hihi», «Q»; «Giới tính: nữ»
    if begins and line.typed(index).lower() in _NO_NAMES:
        return True
    typed = line.typed(index)
    if begins:
        return is_stopped(typed, word, stops)
    return is_of_office(typed, word) and not (word in NAMES_ALONE and _stands_alone(line, index))


def _is_label(line: Line, index: int) -> bool:
    """«Giới tính:», «Nghề nghiệp hiện nay:»: what a row of a form is about, in small letters after its first."""
    at = index + 1
    while line.words[at : at + 1] and at - index < _LONGEST_LABEL and line.is_free_word(at):
        if line.is_capital(at) or line.begins_row(at):
            return False
        at += 1
    return at > index + 1 and line.words[at : at + 1] == [":"]


_LONGEST_LABEL: Final = 5


def _stands_alone(line: Line, index: int) -> bool:
    """«kết nạp Tâm 3/3», «kết nạp đ/c Định hôm qua»: one word after the verb, a title or a comma, and nothing to go on."""
    before = line.tokens[index - 1]
    led = before.claim in ("phrase", "about") or before.word in _JOINS or line.words[index - 1] in _INTRODUCES
    return led and (index + 1 >= len(line.tokens) or not line.is_free_word(index + 1))


_NO_NAMES: Final = frozenset({"lần", "hiện", "đợt", "dịp", "kỳ"})


def name_after(line: Line, index: int, *, introduced: bool, subject: bool = False) -> NameSpan | None:
    """The name in small letters that begins at a token where one is expected.

    It may be `introduced` by a title, or be the `subject` of what follows, which says that it is a name.
    """
    if index >= len(line.tokens) or not line.is_free_word(index) or line.is_written_out(index):
        return None
    word, after = line.words[index], _small_end(line, index)
    if not is_syllable(word):
        return None
    typed = line.typed(index)
    if introduced and index and line.is_capital(index):
        alone = word in NAMES_ALONE and _stands_alone(line, index)
        stopped = goes_on_title(typed, word) and not alone  # «đ/c Tới», but not «đ/c Bí thư»
    else:
        stopped = is_stopped(typed, word, NEVER_GIVEN if introduced else STOPS)
    if stopped and not subject and (after - index < 2 or not is_surname(line, index)):
        return None
    if word in SURE_MIDDLES and index and not line.marked and line.words[index - 1] in SURNAMES:
        index -= line.is_free_word(index - 1)  # «ban thi hau»
    line.claim(index, after, NAME)
    return NameSpan(index, after)


def _small_end(line: Line, index: int) -> int:
    """A surname takes its names with it, a middle name one more word, anything else stands alone."""
    word = line.words[index]
    if word in PLAIN_SURNAMES and is_surname(line, index):
        return small_run(line, index)
    second = index + 1
    if word not in MIDDLE_NAMES or second >= len(line.tokens) or not line.is_free_word(second):
        return second
    if is_given_at_end(line, second):
        return second + 1
    stopped = is_stopped(line.typed(second), line.words[second], _NO_SECOND)
    return second if stopped or not is_syllable(line.words[second]) else second + 1


_NO_SECOND: Final = STOPS | NEVER_GIVEN


def is_half_name(line: Line, span: NameSpan) -> bool:
    """Whether a name was cut off after its surname: «Dương», with a «Văn» left over behind it."""
    after = span.after
    alone = after - span.first == 1 and line.words[span.first] in PLAIN_SURNAMES
    return alone and after < len(line.tokens) and line.is_free_word(after) and is_middle(line, after)


def name_typed(line: Line, span: NameSpan) -> str:
    """The name as the person typed it, in single spaces."""
    return " ".join(line.between(span.first, span.after - 1).split())
