"""The phrases that carry meaning, each under the sign it gives."""

from __future__ import annotations

from typing import Final

from messages.understand.lexicon_reports import REPORT_PHRASES
from messages.understand.lexicon_talk import TALK_PHRASES
from messages.understand.signs import Sign

PHRASES: Final[dict[Sign, str]] = {**REPORT_PHRASES, **TALK_PHRASES}
"""Sign -> its phrases, parted by commas; a phrase may stand under several signs.

One that begins with ! counts only with its marks: «chờ» is not «cho».
"""
