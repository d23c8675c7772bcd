"""Every template is rendered with what it may have to say at most, and fits into a message of any channel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.office import NamesShown, Office
from messages.say import LONGEST, Hearer, Say, render
from tests.harness import transcripts
from tests.harness.specimens import LONG_NAME, PEOPLE, all_templates, grown, noted, says_always_the_same
from tests.harness.stage import Stage
from tests.harness.troupe import Troupe
from tests.specimens import BY_HAND

ROOM = LONGEST - 20 * 5
"""What a message leaves for the words of one template, beside short choices."""
FEW = {
    "amend_target/confirm": ("command",),  # one quarter, and another one at most
    "candidate_add/confirm": ("on_books",),
    "progress/answer": ("year",),  # it has four quarters
    "report_admission/done": ("standings", "reopened"),  # a day can be of two open quarters
    "report_admission/confirm": ("on_books",),  # together with the people they are not more than may be named
}
"""Facts that never are many."""
AT_ONCE = {
    "notices/shown": 3,
    "call_sheet/page": 3,  # a page ends where it is full
    "candidate_list/what": 11,
    "correct/confirm": 12,
    "correct/done": 12,
    "issue/which": 9,
    "issues_list/which": 9,
    "progress/answer": 15,
    "reminders/limits": 10,
    "reminders/quarter": 3,
    "trail/one": 3,
}
"""Where fewer are shown at once than there can be in all."""
FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.fixture(scope="module")
def specimens(sqlite_shelf, tmp_path_factory):
    """What each template is rendered with in the transcripts, and by hand where none has it."""
    folder = tmp_path_factory.mktemp("specimens")
    with noted() as found:
        for path in FILES:
            transcript = transcripts.read(path)
            stage = Stage(sqlite_shelf.take("plan", folder / f"{path.stem}.db"))
            troupe = Troupe(stage, transcript, transcript.channels[0])
            for exchange in transcript.exchanges:
                troupe.play(exchange)
            stage.engine.dispose()
    by_hand = {name: [Say(name, facts) for facts in given] for name, given in BY_HAND.items()}
    return {name: [Say(name)] for name in all_templates() if says_always_the_same(name)} | by_hand | found


HEARERS = [Hearer.on(channel, Office(names=NamesShown.FULL)) for channel in ("telegram", "web")]


def test_every_template_has_a_specimen(specimens):
    """A new one is rendered by a transcript, or has its facts in tests/specimens.py."""
    assert [name for name in all_templates() if name not in specimens] == []


def test_no_specimen_is_of_a_template_that_is_gone():
    assert [name for name in BY_HAND if name not in all_templates()] == []


def test_every_template_says_something_and_never_what_code_says(specimens):
    for name, parts in specimens.items():
        words = [render(part, HEARERS[0]) for part in parts]
        assert any(words), name
        assert not [word for word in words if "None" in word or "<" in word], name


def test_every_template_fits_into_a_message_at_its_worst(specimens):
    too_long = {}
    for name, parts in specimens.items():
        for part in parts:
            as_they_are = {key: part.facts[key] for key in FEW.get(name, ())}
            longest = render(Say(name, grown(dict(part.facts), AT_ONCE.get(name)) | as_they_are), HEARERS[0])
            if len(longest) > ROOM:
                too_long[name] = max(too_long.get(name, 0), len(longest))
    assert too_long == {}


def test_to_grow_makes_names_long_and_people_many():
    people = grown({"people": [Person("Vi Văn An")], "kind": "edit"})
    assert people == {"people": (Person(LONG_NAME),) * PEOPLE, "kind": "edit"}


@dataclass(frozen=True)
class Person:
    name: str
