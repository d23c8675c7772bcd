"""The rules of the engine, on a small conversation of its own: no books, no clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.dialogue.state import State
from bot.dialogue.talk import Script, Talk, dialogue
from bot.dialogue.turn import DEEPEST, Room, Turn, after, again, take_turn
from domain.commands import RecordNil
from domain.errors import NotAllowed
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Appointment, Person, PersonId, Role
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.channel import Address, Choice, IncomingMessage, MessageKind, Tap
from messages.labels import menu as menu_of
from messages.readers import Answer, OneOf, WholeNumber
from messages.say import Say
from messages.understand.heard import Heard, Intent

AT = datetime(2022, 3, 28, 1, tzinfo=UTC)
UNIT = Unit(id=UnitId(1), kind=UnitKind.GRASSROOTS, name="Biên Sơn", short="Biên Sơn", code="BS")
SECRETARY = Person(id=PersonId(1), name="Hoàng", appointments=(Appointment(role=Role.SECRETARY, unit=UNIT),))


def nil_script(**given) -> Script:
    """Asks which quarter, then how many; a number that `facts` holds goes into the command as the year."""

    def fills(heard, line):
        return {} if heard.count is None else {"when": Answer(line.said, line.at, str(heard.count))}

    @dialogue(
        "report_nil",
        opens_on=Intent.NIL,
        needs=Action.FILE,
        facts=lambda _session, _asker: None,
        fills=given.get("fills", fills),
        asks=("unit", "quarter", "confirm"),
    )
    def script(talk: Talk, facts: dict) -> RecordNil:
        if facts.get("refuse"):
            raise NotAllowed
        shown = tuple((Choice(code, code), code) for code in facts["quarters"])
        code = talk.ask("unit", OneOf(shown))
        number = talk.ask("quarter", WholeNumber(1, 4))
        command = RecordNil(unit=UNIT, quarter=Quarter(int(code) + facts.get("shift", 0), number))
        talk.confirm(command, {})
        return command

    return script


@dialogue("menu", opens_on=Intent.MENU, needs=Action.BE_HERE, facts=lambda _s, _a: None)
def menu(_talk: Talk, _facts: dict) -> Say:
    return Say("talk/menu", {}, (Choice("nil", "Không phát sinh"),))


@dialogue("thanks", opens_on=Intent.THANKS, needs=Action.BE_HERE, facts=lambda _s, _a: None)
def thanks(_talk: Talk, _facts: dict) -> Say:
    return Say("talk/thanks")


@dialogue("call_me", opens_on=Intent.CALL_ME, needs=Action.BE_HERE, facts=lambda _s, _a: None)
def call_me(_talk: Talk, _facts: dict) -> Say:
    return Say("talk/thanks")


WORDS = {
    "nil 2": Intent.NIL,
    "thanks": Intent.THANKS,
    "nil": Intent.NIL,
    "menu": Intent.MENU,
    "huy": Intent.CANCEL,
    "dung": Intent.YES,
    "all": Intent.ROLLUP,
}


class Talker:
    """Somebody at the engine, whose state is stored and read back between all messages."""

    def __init__(self, **facts):
        self.facts = {"quarters": ("2021", "2022"), **facts}
        self.state = State()
        self.turn: Turn | None = None

    @property
    def room(self) -> Room:
        scripts = {script.opens_on: script for script in (nil_script(), menu, thanks, call_me)}
        return Room(
            person=SECRETARY,
            scripts=scripts,
            hear=lambda text: Heard(
                intent=WORDS.get(text, Intent.UNKNOWN), count=2 if text == "nil 2" else None
            ),
            facts=lambda _script, _answers: self.facts,
        )

    def says(self, text: str) -> list[str]:
        return self._take(incoming(MessageKind.TEXT, text=text))

    def taps(self, number: int, question: str | None = None) -> list[str]:
        tap = Tap(question=question or self.state.waiting.question, number=number)
        return self._take(incoming(MessageKind.CHOICE, tap=tap))

    def _take(self, message) -> list[str]:
        self.turn = take_turn(self.state, message, self.room)
        self.state = State.from_json(json.loads(json.dumps(self.turn.state.as_json())))
        assert self.state == self.turn.state
        return [part.template for part in self.turn.says]


def incoming(kind, text="", tap=None):
    return IncomingMessage(
        channel="web", external_id="1", sender=Address("web", "x"), kind=kind, at=AT, text=text, tap=tap
    )


def test_a_conversation_asks_for_what_is_missing_reads_back_and_gives_its_command():
    talker = Talker()
    assert talker.says("nil") == ["report_nil/unit"]
    assert talker.says("2") == ["report_nil/quarter"]
    assert talker.says("3") == ["report_nil/confirm"]
    assert talker.turn.command is None
    assert talker.says("dung") == []
    assert talker.turn.command == RecordNil(unit=UNIT, quarter=Quarter(2022, 3))
    assert talker.state.frames == ()


def test_a_tap_under_an_old_question_is_no_answer_to_the_new_one():
    talker = Talker()
    talker.says("nil")
    old = talker.state.waiting.question
    talker.taps(2)
    assert talker.taps(1, question=old) == ["talk/passed", "report_nil/quarter"]
    assert talker.says("1") == ["report_nil/confirm"]


def test_a_number_means_the_choice_as_it_was_shown_though_the_list_has_changed():
    talker = Talker()
    talker.says("nil")
    talker.facts["quarters"] = ("2020", "2021", "2022")
    talker.says("2")
    talker.says("1")
    talker.says("dung")
    assert talker.turn.command.quarter == Quarter(2022, 1)


def test_a_choice_that_is_there_no_more_is_asked_again():
    talker = Talker()
    talker.says("nil")
    talker.facts["quarters"] = ("2021",)
    assert talker.says("2") == ["problems/not_a_choice", "report_nil/unit"]


def test_a_yes_is_void_when_what_it_confirmed_has_changed():
    talker = Talker()
    for text in ("nil", "2", "3"):
        talker.says(text)
    talker.facts["shift"] = 1
    assert talker.taps(1) == ["problems/changed_meanwhile", "report_nil/confirm"]
    assert talker.turn.command is None
    talker.taps(1)
    assert talker.turn.command.quarter == Quarter(2023, 3)


def test_what_was_said_before_it_was_changed_stays_but_for_that_answer():
    talker = Talker()
    for text in ("nil", "2", "3"):
        talker.says(text)
    assert talker.says("2") == ["report_nil/unit"]  # only the unit can be changed here: no need to ask what
    assert talker.says("1") == ["report_nil/confirm"]
    talker.says("dung")
    assert talker.turn.command.quarter == Quarter(2021, 3)


@pytest.mark.parametrize("before", [(), ("nil",), ("nil", "2"), ("nil", "2", "3")])
def test_cancelling_works_everywhere_and_leaves_nothing_waiting_but_the_menu(before):
    talker = Talker()
    for text in before:
        talker.says(text)
    assert talker.says("huy") == ["talk/cancelled"]
    assert talker.state.frames == ()
    assert talker.turn.command is None


def test_another_question_in_the_middle_is_answered_and_the_waiting_one_put_again():
    talker = Talker()
    talker.says("nil")
    assert talker.says("menu") == ["talk/menu"]
    assert talker.state.waiting.choices[0] == labels.GO_ON
    assert talker.says("1") == ["report_nil/unit"]
    assert [choice.label for choice in talker.state.waiting.choices] == ["2021", "2022"]


def test_the_waiting_question_comes_before_a_new_intent():
    talker = Talker()
    talker.says("nil")
    talker.says("2")
    WORDS["4"] = Intent.MENU
    try:
        assert talker.says("4") == ["report_nil/confirm"]
    finally:
        del WORDS["4"]


def test_the_number_of_an_identity_card_is_no_choice():
    talker = Talker()
    talker.says("nil")
    talker.says("2")
    assert talker.says("000000000001") == ["problems/not_a_number", "report_nil/quarter"]


def test_an_answer_that_cannot_be_taken_says_why_and_asks_again():
    talker = Talker()
    talker.says("nil")
    talker.says("2")
    assert talker.says("9") == ["problems/not_a_number", "report_nil/quarter"]
    assert talker.says("nine")[:2] == ["problems/not_a_number", "report_nil/quarter"]
    assert talker.state.waiting.failures == 2
    talker.says("4")
    assert talker.state.waiting.failures == 0


def test_a_conversation_in_a_conversation_ends_and_the_first_goes_on():
    talker = Talker()
    talker.says("nil")
    talker.says("nil")
    assert len(talker.state.frames) == 2
    for text in ("2", "1", "dung"):
        talker.says(text)
    following = after(talker.turn.state, talker.room)
    assert [part.template for part in following.says] == ["report_nil/unit"]


def test_conversations_do_not_pile_up_without_end_and_none_is_dropped_in_silence():
    talker = Talker()
    for _ in range(DEEPEST):
        assert talker.says("nil") == ["report_nil/unit"]
    before = talker.state.frames
    assert talker.says("nil") == ["talk/too_many", "report_nil/unit"]
    assert talker.state.frames == before


def test_cancelling_drops_only_what_is_under_way_and_says_what_goes_on():
    talker = Talker()
    talker.says("nil")
    talker.says("1")
    talker.says("nil")
    assert talker.says("huy") == ["talk/cancelled", "report_nil/quarter"]
    assert talker.turn.says[0].facts["goes_on"] == "Không phát sinh"
    assert talker.says("huy") == ["talk/cancelled"]
    assert talker.state.frames == ()


def test_a_report_that_comes_while_another_waits_for_its_yes_is_asked_for_after_it():
    talker = Talker()
    for text in ("nil", "2", "3"):
        talker.says(text)
    assert talker.says("nil 2") == ["talk/later", "report_nil/confirm"]
    talker.says("dung")
    assert talker.turn.command.quarter == Quarter(2022, 3)
    following = after(talker.turn.state, talker.room)
    assert [part.template for part in following.says] == ["talk/next", "report_nil/unit"]


def test_the_same_report_once_more_does_not_wait_a_second_time():
    talker = Talker()
    for text in ("nil", "2", "3"):
        talker.says(text)
    assert talker.says("nil") == ["report_nil/confirm"]
    talker.says("nil 2")
    before = talker.state.frames
    assert talker.says("nil 2") == ["talk/later", "report_nil/confirm"]
    assert talker.state.frames == before


def test_after_two_failures_in_a_row_a_way_out_is_offered_by_number():
    talker = Talker()
    talker.says("nil")
    talker.says("hm")
    assert labels.STOP not in talker.state.waiting.choices
    talker.says("hum")
    assert talker.state.waiting.choices[-2:] == (labels.STOP, labels.CALL_ME)
    assert talker.says("4") == ["talk/thanks", "report_nil/unit"]  # the call, and the question stays
    talker.says("hm")
    talker.says("hum")
    assert talker.says("3") == ["talk/cancelled"]


def test_where_a_number_is_an_answer_by_itself_the_way_out_is_told_in_words():
    talker = Talker()
    talker.says("nil")
    talker.says("2")
    talker.says("9")
    assert talker.says("99") == ["problems/not_a_number", "report_nil/quarter", "talk/way_out"]
    assert talker.state.waiting.choices == ()
    assert talker.says("1") == ["report_nil/confirm"]


def test_failures_with_nothing_under_way_count_as_well():
    talker = Talker()
    talker.says("hm")
    assert talker.state.waiting.choices == labels.short_menu(SECRETARY)
    assert talker.says("dung") == ["talk/nod"]
    talker.says("hum")
    assert talker.state.waiting.choices == (labels.CALL_ME, *menu_of(SECRETARY))
    talker.says("menu")
    talker.says("hm")
    assert labels.CALL_ME not in talker.state.waiting.choices


@pytest.mark.parametrize("said", ["chờ chút", "Để tôi xem", "doi ti", "de xem lai da."])
def test_who_asks_for_time_is_given_it(said):
    talker = Talker()
    for text in ("nil", "2", "3"):
        talker.says(text)
    before = talker.state
    assert talker.says(said) == ["talk/take_your_time"]
    assert (talker.state.frames, talker.state.waiting) == (before.frames, before.waiting)
    assert talker.says("dung") == []
    assert talker.turn.command is not None


def test_what_somebody_may_not_do_is_refused_in_words():
    talker = Talker()
    talker.facts["refuse"] = True
    assert talker.says("nil") == ["refusals/not_allowed"]
    assert talker.state.frames == ()


def test_what_has_no_conversation_offers_the_menu():
    assert Talker().says("all") == ["problems/not_by_message"]
    assert Talker().says("hm") == ["problems/not_understood"]


def test_what_is_not_text_is_answered_and_the_question_stays():
    talker = Talker()
    talker.says("nil")
    talker.turn = take_turn(talker.state, incoming(MessageKind.VOICE), talker.room)
    assert [part.template for part in talker.turn.says] == ["talk/not_text", "report_nil/unit"]
    assert talker.turn.state.frames == talker.state.frames


def test_a_conversation_that_a_later_release_knows_no_more_is_let_go():
    talker = Talker()
    talker.says("nil")
    state = State.from_json(
        json.loads(json.dumps(talker.state.as_json()).replace("report_nil", "report_old"))
    )
    assert again(state, talker.room).state.frames == ()


@pytest.mark.parametrize("before", [("menu",), ("nil",), ("nil", "2", "3")])
def test_a_number_that_no_choice_has_means_nothing_else_and_the_choices_are_shown_again(before):
    talker = Talker()
    for text in before:
        talker.says(text)
    shown = talker.state.waiting.choices
    WORDS["7"] = Intent.MENU
    try:
        assert talker.says("7")[0] == "problems/not_a_choice"
    finally:
        del WORDS["7"]
    assert talker.state.waiting.choices == shown


def test_what_offers_nothing_leaves_the_list_that_was_shown_before_in_force():
    talker = Talker()
    talker.says("menu")
    offered = talker.state.waiting
    assert talker.says("thanks") == ["talk/thanks"]
    assert talker.state.waiting == offered
    assert talker.says("1") == ["report_nil/unit"]


def test_whoever_drops_a_report_or_is_refused_is_offered_the_short_menu():
    talker = Talker()
    for text in ("nil", "2", "3"):
        talker.says(text)
    assert talker.says("bỏ") == ["talk/dropped"]
    assert talker.state.waiting.choices == labels.short_menu(SECRETARY)
    talker.facts["refuse"] = True
    assert talker.says("nil") == ["refusals/not_allowed"]
    assert talker.state.waiting.choices == labels.short_menu(SECRETARY)
