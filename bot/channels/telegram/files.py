"""A message's file as Telegram takes it: a picture where it stays readable, else a document."""

from __future__ import annotations

from typing import Final

from telegram import InputFile

from bot.channels.telegram.door import Json
from messages.channel import File

CAPTION: Final = 1024
"""How many characters Telegram takes under a file; it counts those beyond the first 65,536 of Unicode twice."""
READABLE: Final = 1920
"""How long a picture's longer side may be, in pixels: Telegram scales pictures down to 1,280, and documents not at all."""
UPLOAD_SECONDS: Final = 60.0
"""How long Telegram may be silent while it is handed a file."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def fits_as_caption(text: str) -> bool:
    """Whether a text may stand under a file."""
    return len(text.encode("utf-16-le")) // 2 <= CAPTION


def is_picture(file: File) -> bool:
    """Whether a file is shown in the chat itself: a picture that can still be read as Telegram shows it."""
    content = file.content
    if not content.startswith(_PNG):
        return False
    sides = (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))
    return max(sides) <= READABLE


def method_of(file: File, *, as_picture: bool) -> tuple[str, Json]:
    """The method that takes this file, and the parameter that holds it."""
    enclosed = InputFile(file.content, filename=file.name)
    enclosed.mimetype = file.media_type  # else it is guessed from what the machine happens to know
    return ("sendPhoto", {"photo": enclosed}) if as_picture else ("sendDocument", {"document": enclosed})
