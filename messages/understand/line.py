"""A message cut into tokens that know where they stood, in the one spelling that rules compare."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from messages.fold import clean, flat
from messages.understand.manners import LITTLE, has_marks, is_little
from messages.understand.spelling import is_syllable, plain_word, word_set
from messages.understand.vocabulary import ABBREVIATIONS, KNOWN

MOST_LETTERS: Final = 1500
"""Longer messages are letters to read, not reports; only this much of them is looked at."""

MOST_TOKENS: Final = 400
LONGEST: Final = 6000
"""No channel brings a longer message; what is longer is not even cleaned."""

_TOKEN: Final = re.compile(
    r"(?P<WORD>d[/.]c(?![a-z])|s[/.]n(?![a-z])|[^\W\d_]+)"
    r"|(?P<LONG>[0-9]{9,}|[0-9]{3,4}(?:[ .\-][0-9]{3}){2,3}(?![0-9/])|0[0-9]{3}(?:[ .\-][0-9]{4}){2}(?![0-9/]))"
    r"|(?P<DOCUMENT>[0-9]{1,5}(?: ?/ ?|-)(?:qd|nq|kh|cv|tb|btv|hu|du|bc)[a-z]{0,4}(?:[-.][a-z]+| ?/ ?[a-z]+)*)"
    r"|(?P<DIGITS>[0-9]{1,4}(?: ?/ ?[0-9]{1,4}|[.\-][0-9]{1,4}){1,2})(?![0-9])"
    r"|(?P<NUMBER>2k[0-9]{0,2}(?![a-z])|[0-9]+)"
    r"|(?P<MARK>[^\s\w]|_)"
)
_COUNTED: Final = word_set("mot hai ba bon nam sau bay tam chin muoi")
_COUNTED_NOUNS: Final = word_set("dong dc nguoi dang quan truong ca doan qc")
_AFTER_GOT: Final = word_set("ai roi them khong chua may bao qua tong tat")


_AFTER_NOUGHT: Final = word_set("co ai phat ket")
_NOT: Final = ("khong", "chua", "ko")
_OPENING: Final = word_set("da vang thua alo ok oke u um ,")
_AFTER_DA: Final = ([","], ["em"], ["vang"], ["bao"], ["thua"], ["anh"], ["chi"])
CLOSING: Final = word_set("a ah nhe nha nhi oi")
"""Words of manners at the end of a message."""


class Kind(IntEnum):
    """What a token looks like."""

    WORD = 1
    NUMBER = 2
    DIGITS = 3  # numbers joined by / . or -: a date or a ratio
    DOCUMENT = 4  # 99-QĐ/HU
    MARK = 5
    LONG = 6  # the number of an identity card or a telephone: never a count, a date or a part of a name


_KINDS: Final = {number: Kind[name] for name, number in _TOKEN.groupindex.items()}
_COUNTABLE: Final = (Kind.NUMBER, Kind.DIGITS)


class Token:
    """A word in its comparing form, its place in the text, and what has claimed it (empty: nothing yet)."""

    __slots__ = ("claim", "end", "kind", "start", "word")

    def __init__(self, word: str, kind: Kind, start: int, end: int) -> None:
        self.word = word
        self.kind = kind
        self.start = start
        self.end = end
        self.claim = ""


class Line:
    """A message as tokens; abbreviations are written out (`kn` is `ket nap`), names keep their letters."""

    __slots__ = (
        "bag",
        "cut",
        "figures",
        "folded",
        "kinds",
        "marked",
        "mixed",
        "opening",
        "text",
        "tokens",
        "whole",
        "words",
    )

    def __init__(self, text: str) -> None:
        self.whole = clean(text[:LONGEST]).strip()
        self.text = self.whole[:MOST_LETTERS]
        self.folded = flat(self.text)
        self.marked = not self.text.isascii() and has_marks(self.text)
        self.tokens = _tokens(self.folded)
        self.cut = len(self.whole) > MOST_LETTERS or len(self.tokens) >= MOST_TOKENS
        self.words = [token.word for token in self.tokens]
        self.bag = frozenset(self.words)
        self.kinds = {token.kind for token in self.tokens}
        self.figures = not self.kinds.isdisjoint(_COUNTABLE)
        self.opening = self._past_manners()
        core = self._without_manners()
        self.mixed = not (core.islower() or core.isupper() or self._is_titled())

    def _past_manners(self) -> int:
        """Where the message begins after «dạ», «vâng,» and the like."""
        for at, word in enumerate(self.words):
            if word not in _OPENING or (word == "da" and not self._is_polite(at)):
                return at
        return 0

    def _is_polite(self, at: int) -> bool:
        """Whether «da» is «dạ», and not «đã»: by its marks, or by what follows."""
        typed = self.typed(at).lower()
        return typed == "dạ" or (typed == "da" and self.words[at + 1 : at + 2] in _AFTER_DA)

    def _without_manners(self) -> str:
        """The text from its opening to before a last «ạ», «nhé»: what tells how capitals are used."""
        last = len(self.tokens)
        while last and (self.words[last - 1] in CLOSING or self.tokens[last - 1].kind is Kind.MARK):
            last -= 1
        return self.between(self.opening, last - 1) if last > self.opening else self.text

    def _is_titled(self) -> bool:
        """Whether every word has a capital, the little ones too, so that capitals tell nothing."""
        words = [token for token in self.tokens if token.kind is Kind.WORD]
        if not all(self.text[token.start].isupper() for token in words):
            return False
        return sum(token.word in LITTLE for token in words) > 1 or self._has_little_pair(words)

    def _has_little_pair(self, words: list[Token]) -> bool:
        typed = [self.text[token.start : token.end].lower() for token in words]
        return any(is_little(*pair) for pair in pairwise(typed))

    def is_written_out(self, index: int) -> bool:
        """Whether the token is one of several that an abbreviation stands for."""
        start = self.tokens[index].start
        return any(
            0 <= at < len(self.tokens) and self.tokens[at].start == start for at in (index - 1, index + 1)
        )

    def typed(self, index: int) -> str:
        """The token as the person typed it."""
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def between(self, first: int, last: int) -> str:
        """The text from one token to another, both included, as it was typed."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def claim(self, first: int, after: int, what: str) -> None:
        """Say what the tokens from `first` up to `after` have been understood as."""
        for token in self.tokens[first:after]:
            token.claim = what

    def is_free(self, index: int) -> bool:
        """Whether nobody has claimed the token."""
        return not self.tokens[index].claim

    def is_free_word(self, index: int) -> bool:
        token = self.tokens[index]
        return token.kind is Kind.WORD and not token.claim

    def begins_row(self, index: int) -> bool:
        """Whether the token is the first of the message or of a new line."""
        before = self.tokens[index - 1].end if index else 0
        return not index or "\n" in self.text[before : self.tokens[index].start]

    def is_capital(self, index: int) -> bool:
        """Whether the token begins with a capital in a text that uses both."""
        return self.mixed and self.text[self.tokens[index].start].isupper()


def _tokens(folded: str) -> list[Token]:
    found: list[Token] = []
    nought = False
    for match in islice(_TOKEN.finditer(folded), MOST_TOKENS):
        kind = _KINDS[match.lastindex or 0]
        start, end = match.span()
        word = match[0]
        if kind is not Kind.WORD:
            nought = nought or word == "0"
            found.append(Token(_year_2000(word) if "k" in word else word, kind, start, end))
            continue
        for part in _written_out(word):
            found.append(Token(part, Kind.WORD, start, end))  # noqa: PERF401
    if nought:
        _said_in_words(found)
    return _settled(found if len(found) <= MOST_TOKENS else found[:MOST_TOKENS])


def _year_2000(word: str) -> str:
    """`2k1`, as young people write 2001; anything else as it is."""
    return f"20{word[2:]:0>2}" if word.startswith("2k") else word


def _said_in_words(tokens: list[Token]) -> None:
    """A nought before «có ai», «phát sinh» or «kết nạp» is typed for «không»."""
    for token, after in pairwise(tokens):
        if token.word == "0" and after.word in _AFTER_NOUGHT and after.kind is Kind.WORD:
            token.word, token.kind = "khong", Kind.WORD


def _settled(tokens: list[Token]) -> list[Token]:
    """`dc` is «được» before a number or at an end, and «đồng chí» before a name or after a number."""
    if not any(token.word == "dc" for token in tokens):
        return tokens
    found: list[Token] = []
    for index, token in enumerate(tokens):
        if token.word != "dc":
            found.append(token)
        elif _means_got(tokens, index):
            found.append(Token("duoc", Kind.WORD, token.start, token.end))
        else:
            found += [Token(word, Kind.WORD, token.start, token.end) for word in ("dong", "chi")]
    return found


def _means_got(tokens: list[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    if before and (
        before.kind is Kind.NUMBER or before.word in _COUNTED or before.word in ("cac", "may", "vi")
    ):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.kind is not Kind.WORD:
        return after is None or (after.kind in (Kind.NUMBER, Kind.MARK) and after.word != ":")
    if after.word in _COUNTED:
        return index + 2 < len(tokens) and tokens[index + 2].word in _COUNTED_NOUNS
    return after.word in _AFTER_GOT


@lru_cache(maxsize=4096)
def _written_out(word: str) -> tuple[str, ...]:
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word]
    if word in KNOWN:
        return (word,)
    if parts := _apart(word):
        return parts
    plain = plain_word(word)
    return (plain if is_syllable(plain) else plain_word(_usual(word)),)


def _apart(word: str) -> tuple[str, ...]:
    """«khôngcó», «koai»: a «không» that runs on into the next word."""
    for begin in _NOT:
        if word.startswith(begin) and word[len(begin) :] in _AFTER_NOUGHT:
            return (*_written_out(begin), word[len(begin) :])
    return ()


def _usual(word: str) -> str:
    """The usual letters for those of teen-code: «fat» is «phat», «thj» is «thi»."""
    if word[0] == "f" and len(word) > 1:
        return "ph" + word[1:]
    other = word.replace("j", "i")
    return other if is_syllable(other) else word
