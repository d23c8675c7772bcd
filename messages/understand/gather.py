"""Going over a line, claiming its parts from the surest to the least sure."""

from __future__ import annotations

from datetime import date
from typing import Final

from messages.understand.addressed import without_addressed
from messages.understand.amounts import COUNT, claim_decision, claim_shares, counts_in
from messages.understand.births import claim_births, claim_short_years
from messages.understand.codes import claim_codes
from messages.understand.dates import dates_in
from messages.understand.denials import claim_denied
from messages.understand.facts import claim_descent, claim_genders
from messages.understand.line import Line
from messages.understand.listed_names import claim_listed
from messages.understand.lone_names import claim_alone
from messages.understand.names import capital_names, claim_full_names
from messages.understand.no_days import claim_clock, claim_no_days
from messages.understand.phrases import Hit, hits
from messages.understand.provinces import claim_institutions, claim_provinces
from messages.understand.ratios import ratio_in
from messages.understand.responsible import settle_responsible
from messages.understand.scene import VERB, Scene
from messages.understand.signs import STEPS, Sign
from messages.understand.small_names import add_small_names, add_titled_names
from messages.understand.spans import blank_beside, quarter_said
from messages.understand.spelling import word_set
from messages.understand.steps import with_steps
from messages.understand.told import all_told, claim_told, told_of_heads
from messages.understand.unit_claims import (
    claim_surely_units,
    claim_units_asked_for,
    claim_units_spoken_for,
)
from messages.understand.units import UnitNames

_AFTER_VERB: Final = word_set("duoc them moi la : so luong")
_OF_SOMEBODY: Final = (Sign.MENTORED, Sign.VETTED, Sign.RECOMMENDS, Sign.CANDIDATE)
"""The signs of phrases after which somebody else is named: «phân công Minh giúp đỡ Hoa»."""
_NAMED_AFTER: Final = (Sign.PLACE, Sign.HEADS, Sign.CELL, Sign.COMMITTEE)
"""The signs of phrases after which capitals name a place or a body: «thôn Trại», «chi bộ Trại»."""
_ABROAD: Final = word_set("ve di sang ra vao len xuong den toi dong ban vu xa chong")
_WHEREABOUTS: Final = word_set("duoi tren tan o tai ngoai")  # «lấy chồng dưới Nhã Nam»
_OF_DAYS_AHEAD: Final = (Sign.PUT_OFF, Sign.REPORT)
_TALK_OF_PEOPLE: Final = frozenset(
    {
        Sign.ADMIT,
        Sign.CEREMONY,
        Sign.CANDIDATE,
        Sign.ADD,
        Sign.WITHDREW,
        Sign.MOVED,
        Sign.INELIGIBLE,
        Sign.DUPLICATE,
        Sign.STRUCK,
        Sign.MENTORED,
        Sign.TRAINED,
        Sign.APPLIED,
        Sign.VETTED,
        Sign.RECOMMENDED,
        Sign.RECOMMENDS,
        Sign.VOTED,
        Sign.DECIDED,
        Sign.CONFIRMED,
        Sign.NOBODY,
        Sign.HAND_OVER,
        Sign.BACK,
        Sign.MORE,
        Sign.NOTE_STEP,
        Sign.IN_CHARGE,
    }
)


def gather(line: Line, today: date, units: UnitNames, *, district: bool) -> Scene:
    """Everything that a line says, without deciding yet what is wanted."""
    scene = Scene(line=line, today=today, district=district)
    scene.codes = claim_codes(line, units.codes, today, surely=district)
    claim_clock(line)
    claim_denied(line)
    listed = [*claim_listed(line), *claim_alone(line, units)]
    births = claim_births(line, today)
    scene.decision = claim_decision(line)
    named = [] if district else claim_surely_units(line, units)
    claim_institutions(line)
    spans = listed + claim_full_names(line)
    claim_provinces(line)
    told = claim_told(line)
    claim_descent(line)
    scene.facts = births + claim_genders(line, births)
    _claim_time(scene)
    if district:
        claim_units_asked_for(scene, units)
    scene.hits = list(hits(line))
    scene.signs = scene.signs_of_hits()
    if named:
        claim_units_spoken_for(scene, named)
    if scene.has(*_OF_DAYS_AHEAD) or ("bao" in line.bag and scene.has(Sign.ADMIT)):
        scene.ahead = list(dates_in(line, today, ahead=True))
    scene.counts = counts_in(line, _after_verbs(scene))
    scene.facts = [fact for fact in scene.facts if line.tokens[fact.at].claim != COUNT]
    scene.dates = [said for said in scene.dates if line.tokens[said.after - 1].claim != COUNT]
    _move_away(scene)
    _claim_hits(scene)
    spans += capital_names(line)
    scene.spans = spans
    if not _TALK_OF_PEOPLE.isdisjoint(scene.signs):
        add_small_names(line, spans)
    elif told or scene.has(Sign.CORRECT):
        add_titled_names(line, spans)
    scene.facts += claim_short_years(line, spans, today)
    scene.hits = with_steps(scene)
    scene.spans = without_addressed(scene)
    _read_ratio(scene)
    settle_responsible(scene)
    scene.told = all_told([*told, *told_of_heads(scene)], scene.named)
    return scene


def _claim_time(scene: Scene) -> None:
    line, today = scene.line, scene.today
    scene.quarter = quarter_said(line, today)
    if scene.quarter:
        line.claim(scene.quarter.first, scene.quarter.after, "quarter")
        blank = blank_beside(line, scene.quarter)
        if blank:
            line.claim(blank, blank + 1, "quarter")
            scene.blank = True
    scene.later = claim_no_days(line)
    claim_shares(line)
    scene.dates = list(dates_in(line, today))
    for said in scene.dates:
        line.claim(said.first, said.after, "date")


def _after_verbs(scene: Scene) -> set[int]:
    """The tokens right after a verb, where a number says how many people."""
    words = scene.line.words
    wanted = (Sign.ADMIT, Sign.CEREMONY, Sign.CORRECT, Sign.DONE)
    found = {hit.after for hit in scene.hits if not hit.signs.isdisjoint(wanted)}
    for at in sorted(found):
        after = at
        while after < len(words) and words[after] in _AFTER_VERB:
            after += 1
            found.add(after)
    return found


def _claim_hits(scene: Scene) -> None:
    line = scene.line
    for hit in scene.hits:
        if hit.after - hit.first > 1 or hit.signs.isdisjoint((Sign.POLITE, Sign.HONORIFIC)):
            line.claim(hit.first, hit.after, "phrase" if hit.signs.isdisjoint(_OF_SOMEBODY) else "about")
        moved = Sign.MOVED in hit.signs and line.words[hit.after - 1] in _ABROAD
        if moved or not hit.signs.isdisjoint(_NAMED_AFTER):
            _claim_place(line, hit.after)
    for at in range(1, len(line.words) if Sign.MOVED in scene.signs else 0):
        if line.words[at - 1] in _WHEREABOUTS:
            _claim_place(line, at)


def _move_away(scene: Scene) -> None:
    """«vào Bình Dương làm công nhân»: who goes to work in another province has moved."""
    line = scene.line
    if line.bag.isdisjoint(_GOES) or scene.has(Sign.MOVED, *VERB, *STEPS):
        return
    for at in range(1, len(line.tokens)):
        begins = line.tokens[at].claim == "place" and line.words[at - 1] in _GOES
        if begins and (scene.has(Sign.STRUCK) or line.words[at + 2 : at + 3] in _TO_LIVE):
            scene.hits = sorted([*scene.hits, Hit(_MOVED, at - 1, at)], key=lambda hit: hit.first)
            scene.signs |= _MOVED
            return


_GOES: Final = word_set("vao ra di len xuong sang ve")
_TO_LIVE: Final = (["lam"], ["lao"], ["song"], ["sinh"], ["o"], ["buon"])
_MOVED: Final = frozenset({Sign.MOVED})


def _claim_place(line: Line, at: int) -> None:
    """The name of a place is nobody's name: the capitals after «thôn», «ở», «chuyển về», …"""
    while at < len(line.tokens) and line.is_free_word(at) and line.is_capital(at):
        line.tokens[at].claim = "place"
        at += 1


def _read_ratio(scene: Scene) -> None:
    if Sign.HEADS not in scene.signs:
        return
    scene.ratio, scene.odd_ratio = ratio_in(scene.line)
