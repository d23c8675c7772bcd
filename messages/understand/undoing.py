"""Whether somebody takes back what they just sent: «thu hồi báo cáo vừa xong», «cái vừa gửi xóa đi nhé»."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from messages.understand.heard import Intent
from messages.understand.line import Line
from messages.understand.scene import Scene
from messages.understand.signs import Sign
from messages.understand.spelling import may_be, word_set

_TAKES_BACK: Final = {"rut": "rút", "xoa": "xóa", "huy": "hủy", "bo": "bỏ", "go": "gỡ"}
_BODIES: Final = (["chi"], ["dang"], ["can"], ["noi"], ["toan"])  # «chi bo», «can bo», «noi bo»
_RECALLS: Final = ["thu", "hoi"]
_SENT: Final = word_set("gui bao roi nhan nhap ghi xong qua khai")
_WHILE_AGO: Final = word_set("luc ban hoi khi sang")
_THINGS: Final = word_set("bao tin cai ban thong luot")
_FARTHEST: Final = 8


def undo(scene: Scene) -> Intent | None:
    """The last report is to be taken back, by its phrase or by a verb and how long ago it was sent."""
    if scene.has(Sign.UNDO):
        return Intent.UNDO
    line = scene.line
    verbs = list(_verbs(line))
    if not verbs or scene.has(Sign.NOT, Sign.NOT_YET) or (scene.named and scene.has(Sign.WITHDREW)):
        return None
    if scene.has(Sign.CORRECT) and _is_all_wrong(scene):
        return Intent.UNDO
    if _recalls(line, verbs) and (scene.has(Sign.CORRECT) or not scene.named):
        return Intent.UNDO if not _THINGS.isdisjoint(line.bag) or scene.has(Sign.HELP, Sign.CORRECT) else None
    return Intent.UNDO if any(_is_of_the_last(scene, at, verbs) for at in _moments(line)) else None


def _is_all_wrong(scene: Scene) -> bool:
    """«em báo nhầm, xóa đi giúp em»: nothing is said that should stand instead."""
    told = scene.named or scene.counts or scene.dates or scene.codes or scene.has(Sign.RATHER, Sign.DUPLICATE)
    return not told and not scene.words_unknown() and not scene.asks()


def _verbs(line: Line) -> Iterator[int]:
    for index, word in enumerate(line.words):
        taken = word in _TAKES_BACK and may_be(line.typed(index).lower(), _TAKES_BACK[word])
        body = word == "bo" and line.words[index - 1 : index] in _BODIES
        if (taken and not body) or (word == "thu" and line.words[index : index + 2] == _RECALLS):
            yield index


def _recalls(line: Line, verbs: list[int]) -> bool:
    return any(line.words[at] == "thu" for at in verbs)


def _moments(line: Line) -> Iterator[int]:
    """Where «vừa gửi», «mới nhập», «lúc nãy», «sáng nay» stand."""
    words = line.words
    for index, (word, following) in enumerate(pairwise(words)):
        just = word in ("vua", "moi") and (following in _SENT or words[index + 1 : index + 3] == _THEN_SENT)
        last = (word, following) in _LAST or (word == "cuoi" and words[index - 1 : index] in _OF_THE_LAST)
        if just or last or (word in _WHILE_AGO and following == "nay"):
            yield index
    if words[-1:] == ["cuoi"]:
        yield len(words) - 1


_LAST: Final = frozenset(
    {("cuoi", "cung"), ("sau", "cung"), ("gan", "nhat"), ("moi", "nhat"), ("gan", "day")}
)
_OF_THE_LAST: Final = (["cao"], ["tin"], ["cai"], ["ban"], ["ghi"], ["muc"])  # «báo cáo cuối giúp em»

_THEN_SENT: Final = ["moi", "gui"]


def _is_of_the_last(scene: Scene, moment: int, verbs: list[int]) -> bool:
    """Whether a verb stands near, and a report or message is spoken of, and nobody by name but what was just sent."""
    near = [at for at in verbs if -_FARTHEST < at - moment < _FARTHEST]
    words = scene.line.words
    just = words[moment] == "vua" and any(at < moment for at in near)
    things = not _THINGS.isdisjoint(words[max(0, moment - _FARTHEST) : moment + _FARTHEST])
    return bool(near) and (just or (things and not scene.named))
