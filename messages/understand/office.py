"""What the district office asks for: who is silent, reminders, files, invitations, the roll-up."""

from __future__ import annotations

from messages.understand.heard import Intent
from messages.understand.line import Kind, Line
from messages.understand.scene import VERB, Scene
from messages.understand.signs import Sign
from messages.understand.spelling import may_be


def office_intent(scene: Scene) -> Intent | None:
    """The first that holds; asked by somebody else, the rules of access will refuse it."""
    if (reminds := scene.first(Sign.REMIND)) is not None:
        return _reminding(scene, reminds.first)
    if (of_the_year := _of_the_year(scene)) is not None:
        return of_the_year
    if scene.has(Sign.SILENT) and not scene.has(Sign.ADMIT) and _asks_of_others(scene):
        return Intent.SILENT
    if scene.district and (seen := _seen(scene)):
        return seen
    if scene.has(Sign.EXPORT):
        return Intent.EXPORT
    if scene.has(Sign.INVITE) and not scene.has(*VERB) and scene.line.bag.isdisjoint(("du", "hop")):
        return Intent.INVITE
    if scene.has(Sign.EACH) and not scene.unit and not scene.has(*VERB):
        return Intent.ROLLUP if scene.has(Sign.PROGRESS, Sign.ROLLUP) else Intent.UNIT_STATUS
    return _rollup(scene) if scene.district else _of_the_district(scene)


def _reminding(scene: Scene, at: int) -> Intent:
    """What is said of reminding: «cảm ơn đồng chí đã nhắc» asks for none."""
    thanked = scene.first(Sign.THANKS)
    if thanked is not None and thanked.first < at:
        return Intent.THANKS
    return Intent.UNKNOWN if _is_held_back(scene.line, at) else Intent.REMIND


def line_of_rollup(scene: Scene) -> Intent | None:
    """«vượt», «không phát sinh» and nothing else from the office: that line of the roll-up is to be opened."""
    return Intent.FIGURE if scene.district and scene.line.folded.strip(" .?!") in _LINES else None


_LINES = frozenset({"vuot", "chua dat", "khong phat sinh", "khong co chi tieu", "dieu chinh sau chot"})


def _is_held_back(line: Line, at: int) -> bool:
    """«đừng nhắc Tân Mộc vội», «chưa cần nhắc»; but not «đừng quên nhắc» or «sao không nhắc»."""
    while at and line.words[at - 1] in _BETWEEN_NOT:
        at -= 1
    if not at or line.words[at - 1] not in _HOLDS_BACK:
        return False
    needless = line.words[at - 1] != "chua" or line.words[at] in _BETWEEN_NOT
    return (
        needless
        and "sao" not in line.words[:at]
        and may_be(line.typed(at - 1).lower(), _HOLDS_BACK[line.words[at - 1]])
    )


_HOLDS_BACK = {"dung": "đừng", "khoan": "khoan", "khong": "không", "chua": "chưa"}
_BETWEEN_NOT = frozenset({"can", "phai", "voi", "nen", "hay"})


def _of_the_year(scene: Scene) -> Intent | None:
    """«ds lớp», «xếp loại các đơn vị», «xuất bảng xếp loại»; from somebody else only when nothing more is said."""
    if not (scene.district or scene.covered()) or scene.named:
        return None
    if scene.has(Sign.RATING):
        return Intent.EXPORT if scene.has(Sign.EXPORT) else Intent.RATING
    if scene.has(Sign.FRAME) and not scene.unit:
        return Intent.FRAME
    return Intent.CLASS_LIST if scene.has(Sign.CLASS_LIST) and not scene.unit else None


def _seen(scene: Scene) -> Intent | None:
    """A number to open, an early warning, or a receipt's code and nothing else: «BS-22-01»."""
    if scene.has(Sign.FIGURE, Sign.SINGLED_OUT):
        return Intent.FIGURE
    if scene.has(Sign.AT_RISK) and not scene.unit and "unit" not in scene.unclear:
        return Intent.AT_RISK
    codes, others = scene.codes, [hit for hit in scene.core() if not hit.signs <= _LOOKED_AT]
    is_receipt = len(codes) == 1 and codes[0].count("-") == 2
    return Intent.TRAIL if is_receipt and not others and not scene.named else None


_LOOKED_AT = frozenset({Sign.POLITE, Sign.STATUS, Sign.PROGRESS, Sign.REPORT, Sign.ASKING, Sign.LIST})


def _asks_of_others(scene: Scene) -> bool:
    """Whether it is about all units: a secretary's «chưa báo cáo được» is about their own."""
    return (
        not scene.unit
        if scene.district
        else scene.has(Sign.ASKING, Sign.LIST, Sign.WHOLE) or not _is_own(scene)
    )


def _is_own(scene: Scene) -> bool:
    hit = scene.first(Sign.SILENT)
    return hit is not None and scene.line.words[hit.first] == "chua"


def _of_the_district(scene: Scene) -> Intent | None:
    """«tình hình toàn huyện» from a secretary is no question for the own unit."""
    if not scene.has(Sign.DISTRICT) or scene.named or scene.unit:
        return None
    asked = scene.has(Sign.PROGRESS, Sign.ROLLUP, Sign.STATUS, Sign.HOW_MANY)
    return Intent.ROLLUP if asked or scene.covered() else None


def _rollup(scene: Scene) -> Intent | None:
    if scene.unit or "unit" in scene.unclear:
        return Intent.UNIT_STATUS
    if scene.has(Sign.ROLLUP, Sign.WHOLE) or _only_a_quarter(scene):
        return Intent.ROLLUP
    asked = scene.has(Sign.PROGRESS, Sign.HOW_MANY, Sign.STATUS, Sign.NOBODY)
    return Intent.ROLLUP if asked and not scene.named and scene.words_unknown() < _SEVERAL else None


def acts_on_units(scene: Scene) -> Intent | None:
    """What the office does to others: an appointment ends, a target becomes another one."""
    told = _notices(scene)
    if told is not None or scene.has(*VERB):
        return told
    if scene.has(Sign.AMEND_TARGET) and not scene.asks():
        return Intent.AMEND_TARGET
    ends = scene.has(Sign.END_OFFICE) or (scene.district and scene.has(Sign.LEAVES_OFFICE))
    return Intent.END_APPOINTMENT if ends and not scene.asks() else None


def _notices(scene: Scene) -> Intent | None:
    """«gửi thông báo: …», whatever follows; «thông báo TB-3 đến đâu rồi». Others say such words of what they were sent."""
    if not scene.district and not scene.covered():
        return None
    if scene.has(Sign.NOTICES) or ((scene.coded("TB-") or scene.coded("NH-")) and not scene.has(Sign.UNDO)):
        return Intent.NOTICES
    if _heads_a_notice(scene):
        return Intent.SEND_NOTICE
    hit = scene.first(Sign.SEND_NOTICE)
    return Intent.SEND_NOTICE if hit is not None and hit.first <= _NEAR_START else None


_NEAR_START = 4  # words of manners before what is wanted


def _heads_a_notice(scene: Scene) -> bool:
    """«thông báo: …», «thông báo cho 29 xã: …» from the office: what stands after the colon is to be sent."""
    words = scene.line.words
    return scene.district and list(words[:2]) == ["thong", "bao"] and ":" in words[2:_HEADING]


_HEADING = 12  # words in which the colon after those who are to get it is found


def new_target(scene: Scene) -> int | None:
    """The figure after «thành», «xuống», «còn», «lên»; the last one where there are several."""
    words, tokens = scene.line.words, scene.line.tokens
    found = [
        int(token.word)
        for at, token in enumerate(tokens)
        if at and token.kind is Kind.NUMBER and len(token.word) < _LONG and words[at - 1] in _BECOMES
    ]
    return found[-1] if found else None


_LONG = 4  # digits of what is no target
_BECOMES = frozenset({"thanh", "xuong", "con", "len", "la", "=", ":", "bang"})


def _only_a_quarter(scene: Scene) -> bool:
    """«quý II», «còn quý 3?»: a quarter, and at the most a word that leads over to it."""
    if not scene.quarter or scene.dates:
        return False
    said = scene.quarter
    rest = {*scene.line.words[: said.first], *scene.line.words[said.after :]}
    return scene.covered() or rest <= _LEADS_OVER


_LEADS_OVER = frozenset({"con", "sang", "qua", "den", "the", "thi", "sao", "o", "?", "."})
_SEVERAL = 2  # words that nobody here knows: the question is about something else
