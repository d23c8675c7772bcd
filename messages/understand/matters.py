"""What is wanted of things with a code, and of the unit itself: hand-overs, new cells, answers, more facts, a call."""

from __future__ import annotations

from typing import Final

from messages.understand.heard import Intent
from messages.understand.line import Line
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign

_TAKES_BACK: Final = frozenset({"xoa", "huy", "bo", "rut", "loai"})
_DENIES: Final = (Sign.NOT, Sign.NOT_YET, Sign.NO)
_OTHER_THINGS: Final = (["ho", "so"], ["giay", "to"], ["tai", "lieu"], ["ly", "lich"])


def undo_by_code(scene: Scene) -> Intent | None:
    """«xóa BS-22-01», «hủy BS-22-01»."""
    if not scene.receipt or scene.has(Sign.CORRECT):
        return None
    words = scene.line.words
    taken_back = any(word in _TAKES_BACK and not scene.line.tokens[i].claim for i, word in enumerate(words))
    return Intent.UNDO if taken_back or scene.has(Sign.CANCEL, Sign.DUPLICATE) else None


def call_me(scene: Scene) -> Intent | None:
    """Somebody wants to be rung up, and does not write why; the office itself rings others."""
    hit = scene.first(Sign.CALL_ME)
    if hit is None or scene.district or scene.in_clause(hit.first, _DENIES, before=True):
        return None
    matter = scene.first(Sign.ISSUE)
    told = matter is not None and matter.first < hit.first and scene.line.words[matter.first] != "de"
    return None if told or scene.has(*VERB) else Intent.CALL_ME


_OF_CHANNELS: Final = (
    (Sign.SIGN_OUT, Intent.SIGN_OUT),
    (Sign.OPEN_CHANNEL, Intent.OPEN_CHANNEL),
    (Sign.CHANNELS, Intent.CHANNELS),
)


def channels(scene: Scene) -> Intent | None:
    """What somebody does about where they write from; not in a line that reports something."""
    if scene.has(*VERB, Sign.ISSUE):
        return None
    return next((intent for sign, intent in _OF_CHANNELS if scene.has(sign)), None)


def consent(scene: Scene) -> Intent | None:
    """«BG-2», «duyệt BG-2», «đồng ý bàn giao»; «không đồng ý BG-2» is a no."""
    if not scene.coded("BG-") and not scene.has(Sign.CONSENT):
        return None
    refused = scene.has(Sign.NO, Sign.NOT, Sign.NOT_YET) or "tu choi" in " ".join(scene.line.words)
    return Intent.NO if refused else Intent.CONSENT


def issue_answer(scene: Scene) -> Intent | None:
    """The office's answer to a matter: «VM-3 đã giải quyết …»; the matter alone is to be shown."""
    about = scene.coded("VM-")
    if not about and not (scene.district and scene.has(Sign.ISSUE) and _answers(scene)):
        return None
    asked = scene.asks() or (
        scene.has(Sign.STATUS) and scene.covered() and not scene.has(Sign.ANSWER, Sign.DONE)
    )
    if not scene.district or asked or not answer_said(scene):
        return Intent.ISSUES_LIST
    return Intent.ISSUE_ANSWER


def _answers(scene: Scene) -> bool:
    hit = scene.first(Sign.ANSWER)
    return hit is not None and scene.line.words[hit.first] in ("tra", "phan", "hoi")


def answer_said(scene: Scene) -> str:
    """The words of an answer: what follows the matter's code, or the colon."""
    line = scene.line
    after = _after_code(line)
    while after < len(line.words) and line.words[after] in (":", ",", "-", ".", "la"):
        after += 1
    return line.whole[line.tokens[after].start :].strip() if after < len(line.tokens) else ""


def _after_code(line: Line) -> int:
    """The token after the last code, or after the first colon where there is no code."""
    codes = [index for index, token in enumerate(line.tokens) if token.claim == "code"]
    if codes:
        return codes[-1] + 1
    return line.words.index(":") + 1 if ":" in line.words else len(line.words)


def hand_over(scene: Scene) -> Intent | None:
    """Somebody else becomes secretary: «bàn giao cho đồng chí A», «tôi nghỉ, đ/c A thay tôi»."""
    hit = scene.first(Sign.HAND_OVER)
    if hit is None and _names_another(scene):
        return Intent.HAND_OVER
    if hit is None or scene.has(*VERB) or scene.line.words[hit.after : hit.after + 2] in _OTHER_THINGS:
        return None
    if scene.in_clause(hit.first, _DENIES, before=True) or (scene.asks() and not scene.named):
        return None
    if not scene.district:
        return Intent.HAND_OVER
    if scene.line.words[hit.first] in ("doi", "thay"):
        return Intent.INVITE
    return Intent.HAND_OVER if scene.named else Intent.CONSENT  # the office is asked for its consent


def _names_another(scene: Scene) -> bool:
    """«tôi chuyển công tác, từ nay đồng chí Hường làm bí thư», told by who goes."""
    if scene.district or scene.named != 1 or scene.asks() or scene.has(*VERB, *_DENIES):
        return False
    words, after = scene.line.words, scene.spans[0].after
    takes_over = words[after : after + 3] == ["lam", "bi", "thu"]
    return takes_over and (
        scene.has(Sign.MOVED) or ["tu", "nay"] in (words[:2], words[after - 6 : after - 4])
    )


def add_cell(scene: Scene) -> Intent | None:
    """A commune has a new cell: «thêm chi bộ thôn Đồng Cốc»."""
    hit = scene.first(Sign.ADD_CELL)
    if hit is None or scene.asks() or scene.has(*VERB):
        return None
    return None if scene.in_clause(hit.first, _DENIES, before=True) else Intent.ADD_CELL


def cell_said(scene: Scene) -> str:
    """The name of a new cell as it was typed, from «chi bộ» on."""
    line, hit = scene.line, scene.first(Sign.ADD_CELL)
    if hit is None:
        return ""
    at = hit.after
    while at < len(line.words) and line.words[at] in (":", "moi", "la", "ten"):
        at += 1
    return line.whole[line.tokens[at].start :].strip(" .;,!?") if at < len(line.tokens) else ""


def invited_cell(scene: Scene) -> str:
    """The cell whose secretary is to be invited, as it was typed: «thôn Trại»."""
    line, words = scene.line, scene.line.words
    at = next((i + 2 for i in range(len(words)) if words[i : i + 2] == ["chi", "bo"]), len(words))
    last = next((i for i in range(at, len(words)) if words[i] in (",", ".", ":", "(")), len(words))
    return line.between(at, last - 1) if at < last else ""


def step_back(scene: Scene) -> Intent | None:
    """«lùi bước Hoa», «Hoa chưa xong thẩm tra, ghi nhầm»: a step was noted that is not done."""
    if scene.has(*VERB):
        return None
    return Intent.CANDIDATE_BACK if _goes_back(scene) or _was_not_done(scene) else None


def _goes_back(scene: Scene) -> bool:
    words = scene.line.words if "buoc" in scene.line.bag else ()
    apart = any(
        (word in ("lui", "quay", "tro") and "buoc" in words[i + 1 : i + 8])
        or (word in ("tra", "dua") and ["ve", "buoc"] in (words[i + 1 : i + 3], words[i + 2 : i + 4]))
        for i, word in enumerate(words)
    )
    return scene.has(Sign.BACK) or apart


def _was_not_done(scene: Scene) -> bool:
    if not scene.named or not scene.has(Sign.CORRECT):
        return False
    steps = [hit for hit in scene.hits if not hit.signs.isdisjoint(STEPS)]
    return any(scene.in_clause(hit.first, (Sign.NOT_YET, Sign.NOT), before=True) for hit in steps)


def more_facts(scene: Scene) -> Intent | None:
    """«thêm thông tin BS-22-01», «BS-22-01 đoàn viên, dân tộc»."""
    if scene.has(Sign.CORRECT, Sign.UNDO) or scene.asks() or (scene.has(*VERB) and scene.named):
        return None
    told = scene.receipt and scene.told.told() and not scene.dates
    return Intent.FACTS if scene.has(Sign.MORE) or told else None


def facts_of_somebody(scene: Scene) -> Intent | None:
    """«Hoa đoàn viên, dân tộc Nùng»: somebody, and facts, and nothing else."""
    plain = not scene.asks() and not scene.dates and not scene.has(*_DENIES, Sign.PLANNED, *VERB, *STEPS)
    return Intent.FACTS if plain and scene.named == 1 and scene.told.told() else None


def corrected_by_code(scene: Scene) -> Intent | None:
    """«BS-22-01 ngày 16/3»: a report, and what it should say."""
    said = scene.dates or scene.named or scene.has(Sign.RATHER)
    return Intent.CORRECT if scene.receipt and said and not scene.asks() else None
