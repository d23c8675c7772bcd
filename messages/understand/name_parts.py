"""The parts of a name in small letters: surname, middle names, and the given name that ends it."""

from __future__ import annotations

from typing import Final

from messages.understand.line import Kind, Line
from messages.understand.spelling import is_syllable, spelled, word_set
from messages.understand.stopwords import ALSO_GIVEN, NEVER_GIVEN, STOPS, is_small, is_stopped
from messages.understand.surnames import MIDDLE_NAMES, SURE_MIDDLES, SURNAMES

LONGEST: Final = 5
"""Words of a name."""


def is_surname(line: Line, index: int) -> bool:
    """Whether a token can be a surname, going by its marks."""
    if line.words[index] == "nguoi":  # «ng van hoang»: Nguyễn in short
        return line.typed(index).lower() == "ng" and line.words[index + 1 : index + 2] in SURE
    forms = SURNAMES.get(line.words[index])
    return forms is not None and (line.typed(index).isascii() or spelled(line.typed(index)) in forms)


SURE: Final = tuple([word] for word in sorted(SURE_MIDDLES))


def is_middle(line: Line, index: int) -> bool:
    """Whether a token is a middle name; «vẫn» and «thì» are none."""
    word = line.words[index]
    marked = _MARKED_MIDDLES.get(word)
    typed = line.typed(index).lower()
    return word in MIDDLE_NAMES and (marked is None or typed.isascii() or spelled(typed) in marked)


_MARKED_MIDDLES: Final = {"van": {spelled("văn"), spelled("vân")}, "thi": {spelled("thị")}}


def begins_anew(line: Line, index: int, at: int) -> bool:
    """Whether another name begins within the run from `index`: a surname with its middle name."""
    follows = at + 1 < len(line.tokens) and line.words[at + 1] in SURE_MIDDLES
    return at - index >= 2 and follows and is_surname(line, at)


def begins_told(line: Line, index: int) -> bool:
    """«tu thi hoa da hoc …», «la van nam xin rut»: three words of a name, and what is told of somebody."""
    if line.words[index + 1 : index + 2] not in (["thi"], ["van"]) or index + 3 >= len(line.words):
        return False
    return not line.is_free_word(index + 3) or line.words[index + 3] in _AFTER_NAMES


def small_run(line: Line, index: int, *, introduced: bool = False) -> int:
    """The end of a name in small letters: middle names, then one given name."""
    after = index + 1
    while after < len(line.tokens) and after - index < LONGEST and line.is_free_word(after):
        if line.begins_row(after) or _cannot_follow(line, index, after, introduced=introduced):
            break
        after += 1
        if line.words[after - 1] not in MIDDLE_NAMES:
            after += after - index == 3 and _goes_on(line, after)
            break
    return after - 1 if after - index == 2 and line.words[after - 1] in _NEED_MORE else after


def _goes_on(line: Line, at: int) -> bool:
    """«duong thi hoa hong»: one more word that is nothing else, before a date, a fact or the end."""
    if at >= len(line.tokens) or not line.is_free_word(at) or line.is_written_out(at):
        return False
    other = is_stopped(line.typed(at), line.words[at], STOPS) or line.words[at] in _NEVER_SECOND
    return (
        not other and is_syllable(line.words[at]) and (_ends(line, at) or line.words[at + 1] in _AFTER_NAMES)
    )


_NEVER_SECOND: Final = word_set(
    "mung mong nu nam sinh sang chieu toi trua dem hom tu sau thu quy thang nay qua mai"
)
_NEED_MORE: Final = frozenset({"thi", "van"})  # «Nguyễn Văn» is half a name, «Lê Đức» a whole one


def _cannot_follow(line: Line, index: int, at: int, *, introduced: bool) -> bool:
    """Whether a word ends the name: after «Thị» or «Văn» nearly anything is a given name, later little is."""
    word = line.words[at]
    if word in ("mung", "mong") and line.tokens[at + 1 : at + 2] and line.tokens[at + 1].kind is Kind.NUMBER:
        return True  # «mùng 5»
    if begins_anew(line, index, at) or line.is_written_out(at):
        return True
    if at - index > 1 and line.words[at - 1] in SURE_MIDDLES:
        sure = introduced or line.words[index] != "vi"  # «vì thì được»
        bare = sure and line.typed(at).isascii() and not line.typed(at - 1).isascii()
        named = sure and word in _ALSO_NAMES and (bare or _ends(line, at))
        return is_small(line.typed(at), word) and not named
    if at - index == 1 and is_middle(line, at):
        return False
    if is_given_at_end(line, at):
        return False
    stops = NEVER_GIVEN if at - index == 1 else STOPS
    return is_stopped(line.typed(at), word, stops) or not is_syllable(word)


def is_given_at_end(line: Line, at: int) -> bool:
    """«tran xuan mai ngay 11/3»: after a middle name, before a date or a fact; but not «tran xuan nam 1999»."""
    if line.words[at - 1] not in MIDDLE_NAMES or line.words[at] not in _LAST_NAMES:
        return False
    if line.words[at] == "hoc" and line.words[at + 1 : at + 2] in _LEARNS:
        return False  # «lan hoc xong lớp …»
    if not _ends(line, at):
        return line.words[at + 1] in _AFTER_NAMES and line.words[at] not in _OF_TIME
    following = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
    is_figure = following is not None and (following.claim == "fact" or following.kind is Kind.NUMBER)
    return not is_figure or line.words[at] not in _OF_TIME  # «nam», «sinh» lead to the figure


_LEARNS: Final = (["xong"], ["lop"], ["cam"], ["boi"], ["roi"])
_LAST_NAMES: Final = (
    ALSO_GIVEN
    | word_set("bao duong loi khoi chau bang huyen chung chuyen doanh ky luc nguyen phat tai thuc ut vu")
) - {"nu"}
_AFTER_NAMES: Final = word_set(
    "ngay hom nu nam sn sinh ns dan doan dt duoc da vua vao mung mong sang toi chieu trua cach que giao trinh gioi quyet qd thu hqua xin chuyen xong khong chua nop viet lay rut hoc"
)
_OF_TIME: Final = word_set("nam sinh thang quy thu tu sau")
_ALSO_NAMES: Final = frozenset({"la", "dang", "duoc", "cung", "bi", "nhung"})


def _ends(line: Line, at: int) -> bool:
    """Whether nothing follows that could belong to a sentence: the end, a mark, a number, a fact."""
    return at + 1 >= len(line.tokens) or not line.is_free_word(at + 1)
