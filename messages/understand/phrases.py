"""Finding the phrases of the lexicon in a line, the longest at each place first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from messages.fold import fold
from messages.understand.lexicon import PHRASES
from messages.understand.line import Line
from messages.understand.signs import Sign
from messages.understand.slips import SLIPPERY, slips_of
from messages.understand.spelling import spelled, word_set
from messages.understand.vocabulary import KNOWN_FORMS

_MARKS_NEEDED: Final = "!"


class Hit(NamedTuple):
    """A phrase found in a line: its signs, and the tokens from `first` up to `after`."""

    signs: frozenset[Sign]
    first: int
    after: int


Words = tuple[str, ...]


def _long_phrases() -> dict[Words, tuple[tuple[Words, frozenset[Sign]], ...]]:
    """The phrases of several words by their first two, the longest first; with their likely slips."""
    signs: dict[Words, set[Sign]] = {}
    for sign, phrase in _phrases():
        words = tuple(fold(phrase.removeprefix(_MARKS_NEEDED)).split())
        if len(words) > 1:
            signs.setdefault(words, set()).update((sign, *_asks_how_many(phrase)))
    for known in SLIPPERY:
        for slip in slips_of(known) if known in signs else ():
            signs.setdefault(slip, signs[known])
    found: dict[Words, list[tuple[Words, frozenset[Sign]]]] = {}
    for words in sorted(signs, key=len, reverse=True):
        found.setdefault(words[:2], []).append((words, frozenset(signs[words])))
    return {begin: tuple(entries) for begin, entries in found.items()}


def _asks_how_many(phrase: str) -> tuple[Sign, ...]:
    return (Sign.HOW_MANY,) if " mấy" in phrase or phrase.endswith("bao nhiêu") else ()


def _single_words() -> dict[str, tuple[frozenset[Sign], dict[str, frozenset[Sign]]]]:
    """For each folded word: its signs when typed without marks, and those of each marked form."""
    plain: dict[str, set[Sign]] = {}
    forms: dict[str, dict[str, set[Sign]]] = {}
    for sign, phrase in _phrases():
        bare = phrase.removeprefix(_MARKS_NEEDED)
        if " " in bare:
            continue
        folded = fold(bare)
        plain.setdefault(folded, set()).update({sign} if bare == phrase else ())
        forms.setdefault(folded, {}).setdefault(spelled(bare), set()).add(sign)
    return {
        folded: (frozenset(plain[folded]), {form: frozenset(signs) for form, signs in marked.items()})
        for folded, marked in forms.items()
    }


def _firsts() -> dict[Words, str]:
    """The first word, as `spelled` writes it, of the phrases that need their marks in a marked text."""
    return {
        tuple(fold(phrase[1:]).split()): spelled(phrase[1:].split()[0])
        for _, phrase in _phrases()
        if phrase.startswith(_MARKS_NEEDED) and " " in phrase
    }


def _phrases() -> Iterator[tuple[Sign, str]]:
    for sign, phrases in PHRASES.items():
        for phrase in phrases.split(","):
            yield sign, phrase.strip()


_LONG: Final = _long_phrases()
_SINGLE: Final = _single_words()
_FIRSTS: Final = _firsts()


def hits(line: Line) -> Iterator[Hit]:
    """The phrases of the line from left to right, none overlapping, among the tokens nobody has claimed."""
    words, tokens, index = line.words, line.tokens, 0
    while index < len(words):
        hit = None
        if not tokens[index].claim:
            entries = _LONG.get((words[index], words[index + 1])) if index + 1 < len(words) else None
            hit = _long_at(line, index, entries) if entries else None
            if hit is None and words[index] in _SINGLE:
                hit = _single_at(line, index)
        if hit is None:
            index += 1
        else:
            yield hit
            index = hit.after


def _long_at(line: Line, index: int, entries: tuple[tuple[Words, frozenset[Sign]], ...]) -> Hit | None:
    for words, signs in entries:
        after = index + len(words)
        if len(words) > 2 and tuple(line.words[index:after]) != words:
            continue
        if line.marked and words in _FIRSTS and spelled(line.typed(index)) != _FIRSTS[words]:
            continue
        if any(token.claim for token in line.tokens[index:after]) or _is_called(line, index, signs):
            continue
        if not line.mixed or not _holds_name(line, index, after):
            return Hit(signs, index, after)
    return None


def _holds_name(line: Line, index: int, after: int) -> bool:
    """«trả Lợi về bước trước» is no «trả lời»: a capital in the middle, with marks that no phrase has."""
    return any(
        line.is_capital(at)
        and not line.typed(at).isascii()
        and not line.is_written_out(at)
        and spelled(line.typed(at)) not in KNOWN_FORMS
        for at in range(index + 1, after)
    )


def _is_called(line: Line, index: int, signs: frozenset[Sign]) -> bool:
    """«chị Dung rồi»: after a title a capital begins a name, unless another title does («đồng chí Bí thư»)."""
    if not index or line.words[index - 1] not in _TITLES or not line.is_capital(index):
        return False
    return signs.isdisjoint(
        (Sign.HONORIFIC, Sign.BODY, Sign.CELL, Sign.COMMITTEE, Sign.HEADS, Sign.PLACE)
    ) and (not line.is_capital(index - 1))


_TITLES: Final = word_set("chi anh em ong ba chau bac")
_BEFORE_CAPITALS: Final = frozenset(".:!?-()\u2013")  # not a comma: names follow one another


def _single_at(line: Line, index: int) -> Hit | None:
    """A word by its marks; one with a capital in mid-sentence is a name and no phrase."""
    if index > line.opening and line.is_capital(index) and line.words[index - 1] not in _BEFORE_CAPITALS:
        return None
    plain, forms = _SINGLE[line.words[index]]
    typed = line.typed(index)
    if typed.isascii() and not (line.marked and (typed.lower() in forms or line.is_capital(index))):
        signs = plain
    else:
        signs = forms.get(spelled(typed), frozenset())
    return Hit(signs, index, index + 1) if signs else None
