"""What the office does to a whole quarter: its books are closed, or take reports again."""

from __future__ import annotations

from typing import Final

from messages.understand.heard import Intent
from messages.understand.scene import UNSURE, Scene
from messages.understand.signs import Sign

_NEAR_START: Final = 4  # words of manners before what is wanted
_OPENS: Final = (("mo", "lai"), ("mo", "so"), ("mo", "khoa"))
_CLOSES: Final = (("dong", "quy"), ("khoa", "quy"), ("dong", "lai"))


def close_or_reopen(scene: Scene) -> Intent | None:
    """«đóng quý I», «mở lại quý I đến 20/4, lý do …»; a secretary who says that a quarter is closed files it."""
    if scene.asks():
        return None
    if _begins(scene, Sign.REOPEN, _OPENS) and (scene.district or not scene.has(Sign.ISSUE)):
        return Intent.REOPEN_QUARTER
    closes = _begins(scene, Sign.FILE, _CLOSES) if scene.district else _by_two_words(scene, _CLOSES)
    unsure = scene.has(Sign.SILENT) or scene.in_clause(0, UNSURE)
    if not closes or unsure or scene.unit:
        return None
    return Intent.CLOSE_QUARTER if scene.district else Intent.FILE_QUARTER


def _begins(scene: Scene, sign: Sign, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether a message begins so: by a phrase, or by two words beside a quarter that is named."""
    hit = scene.first(sign)
    return (hit is not None and hit.first <= _NEAR_START) or _by_two_words(scene, pairs)


def _by_two_words(scene: Scene, pairs: tuple[tuple[str, str], ...]) -> bool:
    words = scene.line.words
    return scene.quarter is not None and any(tuple(words[at : at + 2]) in pairs for at in range(_NEAR_START))
