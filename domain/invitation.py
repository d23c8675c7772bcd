"""Invitations: one-time codes that a person joins with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NewType

from domain.organisation import Unit
from domain.people import PersonId, Role

Code = NewType("Code", str)
"""A code in its plain form: 13 capital letters and digits, without dashes."""
InvitationId = NewType("InvitationId", int)

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code can be read from paper."""
LENGTH: Final = 13  # 65 bits
GROUPS: Final = (5, 5, 3)
LIFETIME: Final = timedelta(days=30)
WRONG_CODES: Final = 5
"""Wrong codes in a row after which an address has to rest."""
REST: Final = timedelta(hours=1)

_SURE_DIGITS: Final = frozenset("23456789")
_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_START: Final = re.compile(r"^\s*/start(@\w+)?\s+", re.IGNORECASE)
_AS_SHOWN: Final = re.compile(r"(?<![\w-])[0-9A-Za-z]{5}-[0-9A-Za-z]{5}-[0-9A-Za-z]{3}(?![\w-])")
_NEARLY: Final = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z]{10,16}")
_AROUND: Final = "«»\"'`.,;:()[]<>*"
_BETWEEN: Final = re.compile(r"[\s_\-\u2010-\u2015]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation to hold a role at a unit; `person` when it opens a further channel for somebody known."""

    id: InvitationId
    unit: Unit
    role: Role
    name: str | None
    person: PersonId | None
    expires_at: datetime
    phone: str | None = None
    used_at: datetime | None = None
    used_by: PersonId | None = None
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether somebody could join with it now."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


def new_code(below: Callable[[int], int]) -> Code:
    """A fresh code; `below(n)` gives a number from 0 to n-1 that nobody can foresee (`secrets.randbelow`)."""
    while True:
        code = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH))
        # Without a digit it could be taken for words; 0 and 1 may be letters to whoever types them.
        if not _SURE_DIGITS.isdisjoint(code):
            return Code(code)


def shown(code: Code) -> str:
    """The code as people read it: `7K3MQ-9XT2P-4HB`."""
    first, second, _ = GROUPS
    return f"{code[:first]}-{code[first : first + second]}-{code[first + second :]}"


def normalise(text: str) -> Code | None:
    """The code that somebody typed, alone or after `/start`; None when the text is not one.

    Lower case, spaces and dashes, O for 0 and I or L for 1 are forgiven.
    """
    plain = "".join(_pieces(text)).upper().translate(_MEANT)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET) or _SURE_DIGITS.isdisjoint(plain):
        return None
    return Code(plain)


def code_in(text: str) -> Code | None:
    """The code that a stranger sends: alone, or among words as it is shown, when a whole message was copied."""
    alone = normalise(text)
    if alone is not None:
        return alone
    found = {normalise(each) for each in _AS_SHOWN.findall(text)}
    return found.pop() if len(found) == 1 else None


def is_nearly_code(text: str) -> bool:
    """Whether a text is one word of letters and digits about as long as a code: whoever typed it left something out."""
    return len(text.split()) == 1 and _NEARLY.fullmatch("".join(_pieces(text))) is not None


def is_plainly_code(text: str) -> bool:
    """Whether a text that `normalise` takes is written as codes are, and is not by chance as long as one.

    «kn Thanh sn 1999» has 13 letters and digits, too.
    """
    lengths = [len(piece) for piece in _pieces(text)]
    return _START.match(text) is not None or lengths in ([LENGTH], list(GROUPS))


def _pieces(text: str) -> list[str]:
    words = _START.sub("", unicodedata.normalize("NFKC", text)).strip().strip(_AROUND)
    return [piece for piece in _BETWEEN.split(words) if piece]


def hash_of(code: Code) -> str:
    """What the books keep of a code; 65 random bits need no salt and no slow hash."""
    return sha256(code.encode("ascii")).hexdigest()
