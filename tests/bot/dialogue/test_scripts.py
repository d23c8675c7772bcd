"""All conversations together."""

from __future__ import annotations

from bot.dialogue.scripts import ALL, BY_INTENT, questions_without_words


def test_every_question_has_words():
    assert questions_without_words() == ()


def test_no_two_conversations_open_on_the_same_intent_or_share_a_name():
    assert len({script.opens_on for script in ALL}) == len({script.name for script in ALL}) == len(ALL)
    assert all(BY_INTENT[script.opens_on] is script for script in ALL)
