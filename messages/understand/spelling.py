"""Spelling of single words: Telex that was not turned into marks, and whether two marked words agree."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ONSET: Final = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|sl|th|tr|[bcdghklmnpqrstvx])?"
_RHYME: Final = r"[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
_SYLLABLE: Final = re.compile(_ONSET + _RHYME)
_LEFTOVER: Final = re.compile(r"aa|ee|oo|dd|w|(?<=[aeiouy])[a-z]*[sfrxj]")
_DOUBLES: Final = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("uw", "u"), ("ow", "o"), ("aw", "a"))
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


def is_syllable(word: str) -> bool:
    """Whether a folded word is shaped like one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


def plain_word(word: str) -> str:
    """A folded word without the letters that Telex leaves behind: `keets` is `ket`; others come back as they are."""
    if not _LEFTOVER.search(word):
        return word
    plain = word
    for double, single in _DOUBLES:
        plain = plain.replace(double, single)
    first, rest = (plain[:2], plain[2:]) if plain.startswith("tr") else (plain[:1], plain[1:])
    plain = first + re.sub("[sfrxjw]", "", rest)
    return plain if is_syllable(plain) else word


@lru_cache(maxsize=8192)
def spelled(word: str) -> str:
    """A marked word with its tone at the end, so that `hủy` and `huỷ` are one."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(mark for mark in letters if mark in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tone


def may_be(typed: str, meant: str) -> bool:
    """Whether what was typed can be `meant`: it has no marks, or the same ones."""
    return typed.isascii() or spelled(typed) == spelled(meant)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())
