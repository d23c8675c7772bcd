"""Taking numbers of identity cards out of what is kept."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from messages.understand.identity import holds_id_number

_DIGITS: Final = re.compile(r"\d(?:[ .\-]{0,3}\d)*")
_MAY_HOLD_ONE: Final = re.compile(r"\d(?:[ .\-]{0,3}\d){11}")


def redacted(text: str) -> str:
    """The text, with «…» in place of all its digits where it holds the number of an identity card."""
    return _DIGITS.sub("…", text) if len(text) >= 12 and holds_id_number(text) else text


def redacted_json(raw: str, *, thoroughly: bool) -> str:
    """An original as JSON, with each of its texts redacted; `thoroughly` also where no number is plain to see.

    Ids of chats are numbers there, and stay.
    """
    if not thoroughly and not _MAY_HOLD_ONE.search(raw):
        return raw
    try:
        original = json.loads(raw)
    except ValueError:
        return redacted(raw)
    kept = _without_numbers(original)
    return raw if kept == original else json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _without_numbers(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, list):
        return [_without_numbers(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_numbers(each) for key, each in value.items()}
    return value
