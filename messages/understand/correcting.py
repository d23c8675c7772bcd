"""Whether somebody sets right what was reported: «nhầm», «sinh 1994 không phải 1993», «tên đúng là Vâng»."""

from __future__ import annotations

from typing import Final

from messages.understand.denials import DENIED, sets_right
from messages.understand.heard import Intent
from messages.understand.phrases import Hit
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign

DENIALS: Final = (Sign.NOT, Sign.NOTHING, Sign.NOT_YET)
_AGAIN: Final = ["bao", "lai"]


def correct(scene: Scene) -> Intent | None:
    """Something that was reported is to read otherwise."""
    if scene.has(Sign.DUPLICATE, Sign.INELIGIBLE) or _asks_who(scene):
        return None
    if _reported_otherwise(scene):
        return Intent.CORRECT
    if scene.has(Sign.RATHER) and (_is_denied(scene) or _is_rather(scene)):
        return Intent.CORRECT
    if "phai" in scene.line.bag and _is_denied(scene) and sets_right(scene.line) and not scene.asks():
        return Intent.CORRECT
    hit = scene.first(Sign.CORRECT)
    if hit is not None and scene.line.words[hit.first : hit.after] == _AGAIN and (scene.ahead or scene.later):
        return None  # «mai em báo lại»
    if hit is None or scene.in_clause(hit.first, (Sign.NOT, *STEPS), before=True):
        return None
    return None if _is_the_matter(scene, hit) else Intent.CORRECT


def _asks_who(scene: Scene) -> bool:
    """«ai đã sửa số của Nam Dương»: it is asked who did it."""
    hit = scene.first(Sign.CORRECT)
    if hit is None or "ai" not in scene.line.words[: hit.first]:
        return False
    between = scene.line.words[scene.line.words.index("ai") + 1 : hit.first]
    return not set(between) - _DID


_DID: Final = frozenset({"da", "vua", "moi", "la", "nguoi"})


def _reported_otherwise(scene: Scene) -> bool:
    """«đã báo 3 nhưng thực tế chỉ có 2 đồng chí»; but not «kế hoạch 3, thực tế chỉ kết nạp 2»."""
    rather, told = scene.first(Sign.RATHER), scene.first(Sign.REPORT)
    if rather is None or scene.line.words[rather.first] != "thuc" or told is None:
        return False
    return told.first < rather.first and not scene.has(*VERB) and not scene.asks()


def _is_the_matter(scene: Scene, wrong: Hit) -> bool:
    """«vướng mắc là hồ sơ bị trả về vì sai mẫu»: what is wrong belongs to the matter that is told."""
    told = scene.first(Sign.ISSUE)
    if told is None or told.first > wrong.first or scene.in_clause(told.first, DENIALS, before=True):
        return False
    if scene.line.words[told.first] != "de":
        return True
    return not (scene.has(*VERB, Sign.FILE) or scene.named or scene.counts or scene.dates or scene.codes)


def _is_denied(scene: Scene) -> bool:
    return any(token.claim == DENIED for token in scene.line.tokens)


def _is_rather(scene: Scene) -> bool:
    """«tên đúng là Vâng», «sinh năm 2001 mới đúng»: what is right is said, and of what."""
    words = scene.line.words
    hit = scene.first(Sign.RATHER)
    if hit is not None and words[hit.first : hit.first + 2] in _RIGHT and not scene.asks():
        return bool(scene.facts or scene.dates or scene.counts or scene.line.figures)
    return hit is not None and words[hit.first] == "dung" and words[hit.first - 1 : hit.first] in _OF_WHAT


_RIGHT: Final = (["moi", "dung"], ["dung", "ra"])
_OF_WHAT: Final = (["ten"], ["ngay"], ["so"], ["nam"], ["sinh"], ["ho"])
