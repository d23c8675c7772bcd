"""Codes of the books in a line: receipts («BS-22-01»), matters («VM-3»), hand-overs («BG-2»), candidates («QC-12»)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date
from typing import Final

from messages.understand.line import Line
from messages.understand.vocabulary import ABBREVIATIONS, KNOWN
from messages.understand.years import near_year

CODE: Final = "code"
_GAP: Final = r"[ ._\-\u2013]"
_RECEIPT: Final = re.compile(
    rf"(?<![^\W_])([a-z][a-z0-9]{{1,3}}?)({_GAP}{{0,3}})(2[0-9])({_GAP}{{0,3}})([0-9]{{2,3}}|(?<=-)[0-9])(?![0-9/])"
)
_MATTER: Final = re.compile(
    rf"(?<![^\W_])(vm|bg|qc|tb|nh)({_GAP}{{0,3}})([0-9]{{1,4}})(?![0-9/])(?!{_GAP}[0-9])"
)
_HYPHENED: Final = frozenset({"qc", "tb", "nh"})
_ENDS: Final = re.compile(r"\s*(?:$|[^\w\s])")
_HYPHEN: Final = frozenset("-\u2013")
_DIGIT: Final = re.compile(r"[0-9]")


def claim_codes(line: Line, units: Container[str], today: date, *, surely: bool = False) -> list[str]:
    """The codes of a line as the books write them, each once; `units` are the folded codes of the units.

    With `surely` a matter's code may also run on without its hyphen: «VM 3 đã giải quyết», as the office writes.
    """
    if not _DIGIT.search(line.text):
        return []
    found = dict.fromkeys([*_receipts(line, units, today), *_matters(line, surely=surely)])
    return list(found)


def _receipts(line: Line, units: Container[str], today: date) -> Iterator[str]:
    for match in _RECEIPT.finditer(line.folded):
        if near_year(match[3], today) and _is_receipt(line, match, units):
            _claim(line, match)
            yield f"{match[1].upper()}-{match[3]}-{int(match[5]):02}"


def _is_receipt(line: Line, match: re.Match[str], units: Container[str]) -> bool:
    """A unit's code, however it is joined; words that mean something else only with both hyphens."""
    hyphens = match[2] in _HYPHEN and match[4] in _HYPHEN
    capitals = line.text[match.start() : match.end(1)].isupper()
    is_word = match[1] in ABBREVIATIONS or match[1] in KNOWN
    if match[1] not in units:
        return hyphens and capitals and not is_word
    return hyphens or not is_word or (capitals and not line.text.isupper())


def _matters(line: Line, *, surely: bool) -> Iterator[str]:
    for match in _MATTER.finditer(line.folded):
        hyphen = match[2] in _HYPHEN
        alone = surely or _ENDS.match(line.folded, match.end()) is not None
        if hyphen or (match[1] not in _HYPHENED and alone):
            _claim(line, match)
            yield f"{match[1].upper()}-{int(match[3])}"


def _claim(line: Line, match: re.Match[str]) -> None:
    start, end = match.span()
    for token in line.tokens:
        if start <= token.start < end:
            token.claim = CODE
