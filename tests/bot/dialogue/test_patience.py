"""Where answering ends: a person is told so, another program is not kept company."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogue.patience import MOST
from bot.dialogue.turn import take_turn
from messages.channel import MessageKind
from tests.bot.dialogue.test_turn import AT, Talker, incoming


def at(minutes, text):
    message = incoming(MessageKind.TEXT, text=text)
    return type(message)(
        channel="web",
        external_id="1",
        sender=message.sender,
        kind=message.kind,
        at=AT + timedelta(minutes=minutes),
        text=text,
    )


def says(talker, text, minutes=0):
    talker.turn = take_turn(talker.state, at(minutes, text), talker.room)
    talker.state = talker.turn.state
    return [part.template for part in talker.turn.says]


def test_the_very_same_text_that_leads_nowhere_gets_a_last_word_and_then_silence():
    talker = Talker()
    assert says(talker, "hm") == says(talker, "hm") == ["problems/not_understood"]
    assert says(talker, "hm") == ["talk/no_more"]
    assert says(talker, "hm") == says(talker, "hm") == []
    assert says(talker, "hum") == ["problems/not_understood"]


def test_the_office_is_not_offered_to_be_rung_up_by_itself(stage):
    for someone in (stage.person("secretary", "Chũ", "zalo"), stage.person("district", "", "zalo")):
        for line in ("hm hm", "hừm hừm", "hứm hứm"):
            said = someone.says(line, AT)
        assert ("huyện gọi lại" in said.lower()) == (someone.unit.short == "Chũ")


def test_silence_leaves_the_question_as_it_is():
    talker = Talker()
    talker.says("nil")
    for _ in range(6):
        before = talker.state
        shown = says(talker, "hm")
    assert shown == []
    assert (talker.state.frames, talker.state.waiting) == (before.frames, before.waiting)
    assert says(talker, "2") == ["report_nil/quarter"]
    assert says(talker, "hm") == ["problems/not_a_number", "report_nil/quarter"]


def test_politeness_without_end_is_not_answered_without_end():
    talker = Talker()
    answers = [says(talker, "thanks") for _ in range(5)]
    assert answers == [["talk/thanks"], ["talk/thanks"], ["talk/no_more"], [], []]


def test_too_much_in_a_short_time_gets_a_last_word_and_then_silence_until_something_is_understood():
    talker = Talker()
    for number in range(MOST):
        assert says(talker, f"hm {number}") != []
    assert says(talker, "hm a") == ["talk/no_more"]
    assert says(talker, "hm b") == says(talker, "hm c") == []
    assert says(talker, "menu") == ["talk/menu"]
    assert says(talker, "hm d") == ["problems/not_understood"]


def test_after_a_while_what_is_not_understood_is_answered_again():
    talker = Talker()
    for number in range(MOST + 5):
        says(talker, f"hm {number}")
    assert says(talker, "hm once more", minutes=11) == ["problems/not_understood"]


def test_much_that_leads_on_is_always_answered():
    talker = Talker()
    for _ in range(3 * MOST):
        assert says(talker, "menu") == ["talk/menu"]
