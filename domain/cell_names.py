"""The names of a cell that is added in a chat: the official one and the short one, from what was typed."""

from __future__ import annotations

from typing import Final

from domain.spelling import bare

LONGEST: Final = 60
"""Characters of a short name: what fits on a choice."""
MOST_WORDS: Final = 9
_CELL: Final = "chi bo"
_REPORTS: Final = ("ket nap", "kn", "khong phat sinh", "bi thu")
"""Words of reports, which are in no cell's name."""
_KINDS: Final = {
    "to dan pho": "tổ dân phố",
    "khu pho": "khu phố",
    "thon": "thôn",
    "xom": "xóm",
    "lang": "làng",
    "ban": "bản",
    "khu": "khu",
    "pho": "phố",
    "truong": "Trường",
    "tram": "Trạm",
}
"""What a cell may be the cell of, in words that are written in one way."""
_NUMBERS: Final = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")


def short_name(typed: str) -> str:
    """The short name: «chi bo thon trại một» is «thôn Trại Một»; capitals are kept where there are any."""
    words = typed.split()
    if bare(" ".join(words[:2])) == _CELL:
        words = words[2:]
    kind = next((kind for kind in _KINDS if _begins_with(words, kind)), None)
    first = [] if kind is None else [_KINDS[kind]]
    rest = words[len(kind.split()) :] if kind else words
    return " ".join((*first, *_with_capitals(rest)))


def official_name(short: str) -> str:
    """The official name that belongs to a short one: «Chi bộ thôn Trại Một»."""
    return f"Chi bộ {short}"


def is_name(short: str) -> bool:
    """Whether a short name can be one: letters, not only the kind of place, and no more than fits on a choice."""
    plain = f" {bare(short)} "
    says_more = "/" in short or len(short.split()) > MOST_WORDS or any(f" {w} " in plain for w in _REPORTS)
    named = any(c.isalpha() for c in short) and plain.strip() not in _KINDS
    return named and not says_more and len(short) <= LONGEST


def without_kind(short: str) -> str:
    """The name without its kind and marks, numbers in digits: «thôn Trại Một» and «Trại 1» are both `trai 1`."""
    words = bare(short).split()
    kind = next((kind for kind in _KINDS if _begins_with(words, kind) and len(words) > len(kind.split())), "")
    rest = words[len(kind.split()) :]
    return " ".join(str(_NUMBERS.index(w) + 1) if at and w in _NUMBERS else w for at, w in enumerate(rest))


def _begins_with(words: list[str], kind: str) -> bool:
    return bare(" ".join(words[: len(kind.split())])) == kind


def _with_capitals(words: list[str]) -> list[str]:
    """Names typed all small or all big as names are written; others as they were typed."""
    text = " ".join(words)
    if text not in (text.lower(), text.upper()):
        return words
    return [word[:1].upper() + word[1:].lower() for word in words]
