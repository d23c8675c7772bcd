"""understand(): a message's text to its meaning, in one straight line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.candidate import Step, WayOut
from domain.period import Quarter
from messages.understand import amounts, intents
from messages.understand.commands import in_words
from messages.understand.dates import DateSaid, dates_in
from messages.understand.facts import Fact, claim_births, claim_genders
from messages.understand.heard import Heard, Intent, PersonSaid
from messages.understand.lexicon import Sign
from messages.understand.line import Kind, Line
from messages.understand.names import NameSpan, capital_names, claim_full_names, name_after
from messages.understand.people import people_said
from messages.understand.phrases import Hit, hits
from messages.understand.quarters import QuarterSaid, latest_begun, quarter_in
from messages.understand.scene import Scene
from messages.understand.units import UnitNames

_DATED: Final = frozenset(
    {
        Intent.ADMISSION,
        Intent.CANDIDATE_STEP,
        Intent.CANDIDATE_CLOSE,
        Intent.CANDIDATE_ADD,
        Intent.CORRECT,
        Intent.UNKNOWN,
    }
)
_PEOPLED: Final = _DATED
_REPORTS: Final = frozenset({Intent.ADMISSION, Intent.NIL, Intent.FILE_QUARTER, Intent.CORRECT})


def understand(text: str, *, today: date, units: UnitNames, district: bool) -> Heard:
    """What a message means on a day, said by somebody of the district office or by a secretary; never raises."""
    whole = in_words(text)
    line = Line(whole)
    if not line.tokens:
        return Heard()
    return _Listener(line, today, units, district=district).heard()


class _Listener:
    """Goes over one line, claiming its parts from the surest to the least sure."""

    def __init__(self, line: Line, today: date, units: UnitNames, *, district: bool) -> None:
        self.line, self.today, self.units, self.district = line, today, units, district
        self.unclear: list[str] = []

    def heard(self) -> Heard:
        line, today = self.line, self.today
        self.spans: list[NameSpan] = claim_full_names(line)
        self.births: list[Fact] = claim_births(line, today)
        self.facts = self.births + claim_genders(line, self.births)
        self.decision = amounts.claim_decision(line)
        self.quarter: QuarterSaid | None = quarter_in(line, today)
        if self.quarter:
            line.claim(self.quarter.first, self.quarter.after, "quarter")
        self.ahead = list(dates_in(line, today, ahead=True))
        self.dates = list(dates_in(line, today))
        for said in self.dates:
            line.claim(said.first, said.after, "date")
        self._claim_units()
        self.hits: list[Hit] = list(hits(line))
        verbs = {hit.after for hit in self.hits if Sign.ADMIT in hit.signs or Sign.DONE in hit.signs}
        verbs |= {at + 1 for at in verbs if line.words[at : at + 1] in (["duoc"], ["them"])}
        self.counts = amounts.counts_in(line, verbs)
        self._claim_hits()
        self.spans += capital_names(line)
        self._names_in_small_letters()
        scene = self._scene()
        intent = intents.intent_of(scene)
        return self._filled(intent, scene)

    def _claim_units(self) -> None:
        self.unit = None
        for mention in self.units.mentions(self.line):
            tokens = self.line.tokens[mention.first : mention.after]
            if any(token.claim for token in tokens):
                continue
            long = mention.after - mention.first > 2
            if self.district or mention.marked or long:
                self.unit = mention.unit
                self.line.claim(mention.first, mention.after, "unit")

    def _claim_hits(self) -> None:
        for hit in self.hits:
            if hit.after - hit.first > 1 or Sign.POLITE not in hit.signs:
                self.line.claim(hit.first, hit.after, "phrase")
            if Sign.PLACE in hit.signs:
                self._claim_place(hit.after)

    def _claim_place(self, at: int) -> None:
        """The name of a place is nobody's name: the capitals after «thôn», «ở», …"""
        while at < len(self.line.tokens) and self.line.is_free_word(at) and self.line.is_capital(at):
            self.line.tokens[at].claim = "place"
            at += 1

    def _names_in_small_letters(self) -> None:
        line = self.line
        anchored = any(not hit.signs.isdisjoint(_ANCHORS) for hit in self.hits)
        if not anchored:
            return
        for index in range(len(line.tokens)):
            if self._expects_name(index) and (span := name_after(line, index)):
                self.spans.append(span)

    def _expects_name(self, index: int) -> bool:
        if index == 0:
            return True
        before = self.line.tokens[index - 1]
        return (
            before.kind is Kind.MARK
            or before.claim in ("phrase", "fact")
            or before.word in ("chi", "anh", "em", "va", "cho")
        )

    def _scene(self) -> Scene:
        ratio = None
        if any(Sign.HEADS in hit.signs for hit in self.hits):
            ratio, off = amounts.ratio_in(self.line)
            if off:
                self.unclear.append("heads")
        return Scene(
            line=self.line,
            hits=self.hits,
            today=self.today,
            district=self.district,
            named=len(self.spans),
            dates=self.dates,
            ahead=self.ahead,
            counts=self.counts,
            quarter_said=self.quarter is not None,
            unit_said=self.unit is not None,
            ratio=ratio,
        )

    def _filled(self, intent: Intent, scene: Scene) -> Heard:
        people = people_said(self.line, self.spans, self.facts) if intent in _PEOPLED else ()
        day = self._day(intent, people)
        heard_unit = self.unit.name if self.unit else None
        text = self._matter() if intent is Intent.ISSUE else ""
        if intent is Intent.UNKNOWN and self.district:
            found = self.units.find(self.line.text)
            if found.unit or found.candidates:
                intent = Intent.UNIT_STATUS
                people = ()
                if found.unit:
                    heard_unit = found.unit.name
                else:
                    self.unclear.append("unit")
                    text = self.line.text
        return Heard(
            intent=intent,
            people=people,
            count=self._count(intent, people),
            date=day,
            quarter=self._quarter(intent, day),
            unit=heard_unit,
            step=self._step(scene) if intent is Intent.CANDIDATE_STEP else None,
            reason=self._reason(scene) if intent is Intent.CANDIDATE_CLOSE else None,
            decision=self.decision,
            heads=scene.ratio if intent is Intent.HEADS else None,
            text=text,
            unclear=tuple(dict.fromkeys(self.unclear)),
        )

    def _day(self, intent: Intent, people: Sequence[PersonSaid]) -> date | None:
        if intent is Intent.PROMISE:
            return self.ahead[0].reading.value
        if intent not in _DATED or not self.dates:
            return None
        said = self.dates
        days = {one.reading.value for one in said if one.reading.value}
        may_be_ratio = len(said) == 1 and said[0].bare and not people and self._like_ratio(said[0])
        if len(days) > 1 or any(one.reading.unclear for one in said) or may_be_ratio:
            self.unclear.append("date")
            return None
        return next(iter(days), None)

    def _like_ratio(self, said: DateSaid) -> bool:
        first, _, second = self.line.words[said.first].replace(" ", "").partition("/")
        if not second.isdecimal() or not first.isdecimal():
            return False
        return int(first) <= 12 and int(second) <= 12 and int(first) <= 2 * int(second) + 1

    def _count(self, intent: Intent, people: Sequence[PersonSaid]) -> int | None:
        counts = sorted(set(self.counts))
        if (
            intent is Intent.UNKNOWN
            and len(self.line.tokens) == 1
            and self.line.tokens[0].kind is Kind.NUMBER
        ):
            return int(self.line.words[0][:6])
        if intent is Intent.CORRECT and not counts:
            counts = self._lone_numbers()
        if intent not in (Intent.ADMISSION, Intent.CORRECT, Intent.CANDIDATE_ADD):
            return counts[0] if len(counts) == 1 and intent is Intent.UNKNOWN else None
        if len(counts) > 1:
            self.unclear.append("count")
            return None
        if counts and people and counts[0] != len(people):
            self.unclear.append("count")
        return counts[0] if counts else len(people) or None

    def _lone_numbers(self) -> list[int]:
        numbers = [
            int(t.word) for t in self.line.tokens if t.kind is Kind.NUMBER and not t.claim and len(t.word) < 3
        ]
        return numbers if len(numbers) == 1 else []

    def _quarter(self, intent: Intent, day: date | None) -> Quarter | None:
        if self.quarter is not None:
            if intent not in _REPORTS:
                return self.quarter.quarter
            reading = latest_begun(self.quarter, self.today)
            if reading.unclear or (day and reading.value and day not in reading.value):
                self.unclear.append("quarter")
                return None
            return reading.value
        month = next((said.quarter for said in self.dates if said.quarter), None)
        return month or (Quarter.of(day) if day and intent is Intent.ADMISSION else None)

    def _step(self, scene: Scene) -> Step | None:
        steps = [intents.STEPS[sign] for hit in scene.hits for sign in hit.signs if sign in intents.STEPS]
        return max(steps, key=list(Step).index, default=None)

    def _reason(self, scene: Scene) -> WayOut | None:
        return next((way for sign, way in intents.WAYS_OUT.items() if scene.has(sign)), None)

    def _matter(self) -> str:
        hit = next(hit for hit in self.hits if Sign.ISSUE in hit.signs)
        rest = self.line.text[self.line.tokens[hit.after - 1].end :].lstrip(" :,.-–")
        return rest or self.line.text if rest or hit.first else ""


_ANCHORS: Final = frozenset(
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
        *intents.STEPS,
    }
)
