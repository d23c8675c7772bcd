"""What a line such as «nhầm, ngày 16/3 mới đúng» or «sửa BS-22-01, rút» says of a correction."""

from __future__ import annotations

import re
from typing import Final

from bot.dialogue.talk import Fills
from messages.fold import fold
from messages.readers import Answer
from messages.understand.heard import Heard, Intent

_OF_THE_REPORT: Final = re.compile(r"bao cao (?:cua )?(?:ngay|hom|sang|trua|chieu|toi)\b")
"""«sửa báo cáo hôm qua» names the report, and no new day."""
_DAY: Final = re.compile(r"(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(?![0-9/])")
"""«2/4», which could be a ratio elsewhere: a correction speaks of none."""
_CODE: Final = re.compile(r"\b[A-Za-z][A-Za-z0-9]{1,3}-[0-9]{2}-[0-9]{1,3}\b")
"""What looks like a receipt's code, though no unit bears it."""
_RENAMES: Final = re.compile(r"\b(?:ten|thanh|moi dung|moi la|phai la|nham|sai|nham lan)\b")
"""«sửa tên thành …», «nhầm, … mới đúng»; «sửa …» alone names whose report it is."""
_WITHDRAWS: Final = re.compile(
    r"\b(?:rut|huy|xoa) (?:lai )?(?:bao cao|bc|ten)?|\b(?:khong phai|chua|khong|ko) (?:duoc )?ket nap"
)
_BORN: Final = re.compile(r"\b(?:sinh|sn)\b.{0,30}?\b((?:19|20)[0-9]{2})\b")
_GENDER: Final = re.compile(r"(?:giới tính|là|,)\s*(nam|nữ)\s*[.!]?$", re.IGNORECASE)


def correct_fills(heard: Heard, line: Answer) -> Fills:
    """The report and the new values that a line names; a number of people alone is that fewer were admitted."""
    folded = fold(line.said)
    code = _CODE.search(line.said) if heard.code is None else None
    said: dict[str, str | None] = {
        "report": code[0].upper() if code else heard.code,
        "decision": heard.decision,
        "day": heard.date.isoformat() if heard.date and not _OF_THE_REPORT.search(folded) else None,
    }
    if heard.intent is Intent.CORRECT:
        said["withdrawn"] = "yes" if _WITHDRAWS.search(folded) else None
        said |= _of_person(heard, line.said, folded) if code is None else {}
        said["fewer"] = str(heard.count) if heard.count is not None and not heard.people else None
    fills = {key: Answer(line.said, line.at, value) for key, value in said.items() if value is not None}
    day = _DAY.findall(line.said) if "date" in heard.unclear else []
    return fills | ({"day": Answer(day[-1], line.at)} if day else {})


def _of_person(heard: Heard, text: str, folded: str) -> dict[str, str | None]:
    """Whom the line names and what it says of them; `renames` when the name is as it should be."""
    person = heard.people[0] if len(heard.people) == 1 else None
    born, gender = _BORN.search(folded), _GENDER.search(text)
    year = str(person.birth_year) if person and person.birth_year else None
    return {
        "named": person.name if person else None,
        "renames": "yes" if person and _RENAMES.search(folded) else None,
        "year": year or (born[1] if born else None),
        "gender": (person.gender if person else None) or (gender[1].lower() if gender else None),
    }
