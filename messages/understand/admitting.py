"""Whether a message reports an admission: the verb, and all that takes it back."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from domain.period import Quarter
from messages.understand.date_said import DateSaid, is_just_ahead
from messages.understand.heard import Intent
from messages.understand.line import CLOSING, Line
from messages.understand.phrases import Hit
from messages.understand.scene import UNSURE, VERB, Scene
from messages.understand.signs import STEPS, Sign


def vows(scene: Scene) -> bool:
    """«hứa đến 30/6 kết nạp thêm 2 đ/c»."""
    if not scene.has(Sign.PUT_OFF):
        return False
    words = scene.line.words
    return any(
        Sign.PUT_OFF in hit.signs
        and words[hit.first] == "hua"
        and words[hit.first - 1 : hit.first] not in _TITLES
        for hit in scene.hits
    )


_TITLES: Final = (["chi"], ["nap"])


def admits(scene: Scene) -> Hit | None:
    """The verb that reports an admission: not negated, planned, asked about, or part of another thing's name."""
    if (
        not scene.has(*VERB)
        or scene.has(Sign.LEAGUE)
        or vows(scene)
        or scene.asks()
        or _counts_the_league(scene)
    ):
        return None
    return next((hit for hit in scene.hits if _is_verb(scene, hit)), None)


def _counts_the_league(scene: Scene) -> bool:
    """«kết nạp 10 đoàn viên» is about the youth union."""
    tokens = scene.line.tokens
    verbs = [hit for hit in scene.hits if not hit.signs.isdisjoint(VERB)]
    if any(_is_body(scene, hit.after) for hit in verbs):
        return True
    return len(scene.counts) < 2 and any(
        hit.first
        and tokens[hit.first - 1].claim == "count"
        and scene.line.words[hit.first] in ("doan", "thanh")
        for hit in scene.hits
    )


def _is_body(scene: Scene, at: int) -> bool:
    """«kết nạp đoàn …», but not «kết nạp Đoàn Văn Tài»."""
    words = scene.line.words[at : at + 4]
    if words[:1] not in (["doan"], ["doi"], ["hoi"]) or words == ["doan", "vien", "uu", "tu"]:
        return False
    return scene.line.tokens[at].claim != "name"


def _is_verb(scene: Scene, hit: Hit) -> bool:
    if hit.signs.isdisjoint(VERB) or scene.in_clause(hit.first, UNSURE, before=True):
        return False
    if _is_wished(scene, hit) or (
        scene.in_clause(hit.first, _VOTES, before=True) and not _handed_over(scene, hit)
    ):
        return False
    if any(other.after == hit.first and other.signs & _THINGS for other in scene.hits):
        return False
    start, end = scene.clause(hit.first)
    if any(start <= said.first < end and _is_plan(scene, said, hit) for said in scene.dates):
        return False
    later = [other for other in scene.hits if hit.first < other.first < end]
    return not any(Sign.NOT_YET in other.signs or is_future(scene, other) for other in later)


def _handed_over(scene: Scene, verb: Hit) -> bool:
    """«đã trao quyết định và kết nạp Hoa»: both were done at once."""
    start, _ = scene.clause(verb.first)
    votes = [
        hit for hit in scene.hits if start <= hit.first < verb.first and not hit.signs.isdisjoint(_VOTES)
    ]
    return all(
        Sign.DECIDED in hit.signs
        and scene.line.words[hit.first] in _HANDS_OVER
        and not _AND.isdisjoint(scene.line.words[hit.after : verb.first + 1])
        for hit in votes
    )


_HANDS_OVER: Final = frozenset({"trao", "cong", "doc", "nhan"})  # «công bố quyết định»
_AND: Final = frozenset({"va", "roi", "dong", "cung", "kem"})


def _is_wished(scene: Scene, hit: Hit) -> bool:
    """«xin vào đảng», «giới thiệu vào đảng»: nobody was admitted."""
    return scene.line.words[hit.first] == "vao" and scene.line.words[hit.first - 1 : hit.first] in _WISHES


_WISHES: Final = (["xin"], ["muon"], ["don"], ["thieu"], ["vong"], ["de"], ["so"], ["dau"])
_VOTES: Final = (Sign.VOTED, Sign.RECOMMENDS, Sign.DECIDED)
_THINGS: Final = frozenset({Sign.RESOLUTION, Sign.DECISION, Sign.PROGRESS, Sign.FILE, *STEPS})
"""«quyết định kết nạp», «nghị quyết kết nạp», «chi bộ đề nghị kết nạp» are no admissions."""


def is_future(scene: Scene, hit: Hit) -> bool:
    """Whether a phrase says that something is to come: «tuần sau», «sắp»."""
    return Sign.PLANNED in hit.signs and scene.line.words[hit.first] in _FUTURE_WORDS


_FUTURE_WORDS: Final = frozenset(
    {
        "sap",
        "se",
        "du",
        "tuan",
        "thang",
        "quy",
        "nam",
        "toi",
        "hoan",
        "sang",
        "cuoi",
        "dot",
        "ky",
        "khai",
        "chieu",
        "trieu",
    }
)


def admission(scene: Scene) -> Intent | None:
    """An admission that has taken place."""
    if not admits(scene) or wants_help(scene):
        return _new_member(scene) or _figure(scene)
    if scene.district and not scene.named and scene.has(Sign.DISTRICT, Sign.WHOLE, Sign.ROLLUP):
        return None
    verb = scene.first(*VERB)
    if scene.has(Sign.CANDIDATE, Sign.LIST) and not scene.dates and verb and _puts_down(scene, verb):
        return None
    if not scene.named and not scene.dates and not scene.quarter and _tells_of_years(scene.line):
        return None
    planned = any(verb and _is_plan(scene, said, verb) for said in scene.dates)
    return None if planned else Intent.ADMISSION


def _puts_down(scene: Scene, verb: Hit) -> bool:
    """Whether somebody is added to a list; «mới kết nạp thêm 1 quần chúng» adds a member."""
    adds = [hit for hit in scene.hits if not hit.signs.isdisjoint((Sign.ADD, Sign.LIST))]
    return any(Sign.LIST in hit.signs or not verb.after <= hit.first <= verb.after + 1 for hit in adds)


def _tells_of_years(line: Line) -> bool:
    """«năm ngoái kết nạp 3 đồng chí»: it is told of a year, and reports nothing of now."""
    return "nam" in line.bag and any(pair in _YEARS for pair in pairwise(line.words))


_YEARS: Final = frozenset(
    {("nam", "ngoai"), ("nam", "truoc"), ("hang", "nam"), ("moi", "nam"), ("nam", "nao"), ("cac", "nam")}
)


def wants_help(scene: Scene) -> bool:
    """Whether help is asked for; «báo kết nạp giúp em: đ/c Chính» is a report, said politely."""
    if not scene.has(Sign.HELP):
        return False
    asked = [hit for hit in scene.hits if Sign.HELP in hit.signs]
    polite = all(scene.line.words[hit.first] == "giup" for hit in asked)
    return not (polite and (scene.named or scene.counts or scene.dates))


def _new_member(scene: Scene) -> Intent | None:
    """«xã có 1 đảng viên mới là đồng chí Minh»."""
    if scene.district or scene.asks() or scene.has(Sign.CANDIDATE, Sign.HELP, Sign.RATHER, *VERB, *STEPS):
        return None
    words = scene.line.words
    for hit in scene.hits:
        if Sign.PARTY_MEMBER not in hit.signs or words[hit.after - 1] != "moi":
            continue
        had = "co" in words[max(0, hit.first - 4) : hit.first] and not scene.in_clause(hit.first, UNSURE)
        if had and (scene.named or any(scene.counts)) and not _goes_on(scene, hit):
            return Intent.ADMISSION
    return None


def _goes_on(scene: Scene, member: Hit) -> bool:
    """«có 2 đảng viên mới chuyển đến», «… cần bồi dưỡng»: it is told of them, and they were not admitted."""
    if any(hit.first >= member.after and not hit.signs & _LIGHT_AFTER for hit in scene.hits):
        return True
    said = {index for hit in scene.hits for index in range(hit.first, hit.after)}
    line = scene.line
    after = range(member.after, len(line.tokens))
    return any(line.is_free_word(at) and at not in said and line.words[at] not in _JOINING for at in after)


_LIGHT_AFTER: Final = frozenset(
    {Sign.POLITE, Sign.HONORIFIC, Sign.PLACE, Sign.CELL, Sign.COMMITTEE, Sign.PARTY_MEMBER, Sign.HEADS}
)
_JOINING: Final = frozenset(
    {"la", "ten", "gom", "trong", "quy", "thang", "vao", "va", "do", "nay", "cua", "sinh", "nam", "vien"}
)


def _figure(scene: Scene) -> Intent | None:
    """«quý 1: 2 đồng chí»: a quarter and how many, nothing else."""
    bare = scene.quarter and any(scene.counts) and all(hit.signs & _FIGURE_WORDS for hit in scene.hits)
    known = {index for hit in scene.hits for index in range(hit.first, hit.after)}
    loose = any(
        token.word.isalpha() and not token.claim and index not in known
        for index, token in enumerate(scene.line.tokens)
    )
    return Intent.ADMISSION if bare and not loose and not scene.named else None


_FIGURE_WORDS: Final = frozenset(
    {Sign.POLITE, Sign.REPORT, Sign.PARTY_MEMBER, Sign.PEOPLE_NOUN, Sign.HONORIFIC}
)


def bare_report(scene: Scene) -> Intent | None:
    """«le van hai 20/3»: a full name and a day that has been, and nothing else; that it is a report has to be asked."""
    if scene.district or scene.codes or len(scene.dates) != 1 or scene.asks():
        return None
    if scene.counts and list(scene.counts) != [scene.named]:
        return None
    if _tells_more(scene) or not all(span.after - span.first > 1 for span in scene.spans) or not scene.spans:
        return None
    said = scene.dates[0].reading.value
    light = all(hit.signs & _FIGURE_WORDS for hit in scene.hits) and not scene.unclear and not scene.unit
    if not light or said is None or said > scene.today or is_just_ahead(scene.dates[0], scene.today):
        return None
    scene.unclear.append("intent")
    return Intent.ADMISSION


def _tells_more(scene: Scene) -> bool:
    """«… từ trần ngày 15/3»: words that say something else of somebody."""
    said = {index for hit in scene.hits for index in range(hit.first, hit.after)}
    return any(
        scene.line.is_free_word(index) and index not in said and scene.line.words[index] not in CLOSING
        for index in range(scene.spans[0].after if scene.spans else 0, len(scene.line.tokens))
    )


def _is_plan(scene: Scene, said: DateSaid, verb: Hit) -> bool:
    """«mai kết nạp Hoa» tells a plan; «kn Hoa ngày mai» is a report whose day the books will refuse."""
    week = "tuan" in scene.line.words[said.first : said.after]
    reported = scene.named and said.first >= verb.after and not said.quarter and not week
    return _is_deadline(scene, said) or (
        _lies_ahead(scene, said) and (not reported or scene.has(Sign.DECIDED))
    )


def _is_deadline(scene: Scene, said: DateSaid) -> bool:
    """«đến 30/6 kết nạp thêm 2 đ/c»: a day of this year that is still to come."""
    day = said.reading.value
    ahead = said.yearless and day is not None and day.year < scene.today.year
    return ahead and scene.line.words[said.first - 1 : said.first] in _UNTIL


_UNTIL: Final = (["den"], ["truoc"], ["het"])


def _lies_ahead(scene: Scene, said: DateSaid) -> bool:
    """«mai», «thứ 4 tuần sau», «tháng sau»: a plan. A date in figures that lies ahead the books will refuse."""
    if scene.has(Sign.DECIDED) and is_just_ahead(said, scene.today):
        return True
    if said.quarter:
        return said.quarter > Quarter.of(scene.today)
    return said.relative and said.reading.value is not None and said.reading.value > scene.today
