"""Who is named in a line, with what is said of each."""

from __future__ import annotations

from datetime import date
from typing import Final

from messages.fold import fold
from messages.understand.births import claim_births
from messages.understand.codes import claim_codes
from messages.understand.facts import Fact, claim_descent, claim_genders, gender_of_title
from messages.understand.heard import PersonSaid
from messages.understand.line import Line
from messages.understand.names import NameSpan, capital_names, claim_full_names, name_typed
from messages.understand.phrases import hits
from messages.understand.signs import Sign
from messages.understand.small_names import add_small_names, claim_titles
from messages.understand.told import claim_told


def people_said(line: Line, spans: list[NameSpan], facts: list[Fact]) -> tuple[PersonSaid, ...]:
    """The people at the spans, each with the facts that stand nearest, the ones before the first name included."""
    if not spans:
        return ()
    spans = sorted(spans, key=lambda span: span.first)
    own = [fact for fact in facts if not fact.shared]
    leading = bool(own) and min(fact.at for fact in own) < spans[0].first
    shares: list[list[Fact]] = [[] for _ in spans]
    for fact in own:
        shares[_owner(spans, fact, leading=leading and len(spans) > 1)].append(fact)
    for fact in facts:
        if fact.shared:
            _share(spans, shares, fact)
    said = [_person(line, span, share) for span, share in zip(spans, shares, strict=True)]
    return tuple(one for at, one in enumerate(said) if not _said_before(said[:at], one))


def _share(spans: list[NameSpan], shares: list[list[Fact]], fact: Fact) -> None:
    """Give what is said of several to those named last before it, or to all when nobody was named yet."""
    before = sum(span.first < fact.at for span in spans)
    for share in shares[max(0, before - fact.shared) : before] or shares:
        share.append(fact)


def _said_before(before: list[PersonSaid], one: PersonSaid) -> bool:
    """Whether a name only comes again («không kết nạp Hoa vì Hoa đi Nhật») with nothing new said of it."""
    known = one.birth_year or one.birth_date
    return not known and any(fold(other.name) == fold(one.name) for other in before)


def _owner(spans: list[NameSpan], fact: Fact, *, leading: bool) -> int:
    before = sum(span.first < fact.at for span in spans)
    return min(before, len(spans) - 1) if leading else max(before - 1, 0)


def _person(line: Line, span: NameSpan, facts: list[Fact]) -> PersonSaid:
    gender = next((fact.gender for fact in facts if fact.gender), None)
    return PersonSaid(
        name=name_typed(line, span),
        gender=gender or gender_of_title(line, span.first),
        birth_year=next((fact.year for fact in facts if fact.year), None),
        birth_date=next((fact.born for fact in facts if fact.born), None),
    )


def read_people(text: str, today: date) -> tuple[PersonSaid, ...]:
    """The people of an answer to «kết nạp ai?»; none when the text is no name."""
    line = Line(text)
    if line.cut:
        return ()
    claim_codes(line, (), today)
    births = claim_births(line, today)
    spans = claim_full_names(line, alone=True)
    claim_told(line)
    claim_descent(line)
    facts = births + (claim_genders(line, births) if len(line.tokens) > 1 else [])
    for hit in hits(line):
        single = hit.after - hit.first == 1
        if not single or (hit.signs.isdisjoint(_BESIDE_NAMES) and not line.is_capital(hit.first)):
            line.claim(hit.first, hit.after, "phrase")
    claim_titles(line)
    spans += capital_names(line, alone=True)
    add_small_names(line, spans, alone=True)
    return people_said(line, spans, facts)


_BESIDE_NAMES: Final = frozenset({Sign.HONORIFIC, Sign.POLITE, Sign.PEOPLE_NOUN})
