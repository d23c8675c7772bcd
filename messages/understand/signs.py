"""What a phrase can point to, and which signs stand for steps and ways out."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.candidate import Step, WayOut


class Sign(StrEnum):
    """What a phrase points to; the rules of `intents` weigh the signs of a message."""

    ADMIT = "admit"
    CEREMONY = "ceremony"
    LEAGUE = "league"  # members of the youth union and other bodies: no admission to the Party
    NOT = "not"
    NOT_YET = "not_yet"
    PLANNED = "planned"
    ASKING = "asking"
    HOW_MANY = "how_many"
    DONE = "done"
    NOBODY = "nobody"
    NOTHING = "nothing"
    CANDIDATE = "candidate"
    ADD = "add"
    LIST = "list"
    MENTORED = "mentored"
    TRAINED = "trained"
    APPLIED = "applied"
    VETTED = "vetted"
    RECOMMENDED = "recommended"
    CELL_RESOLVED = "cell_resolved"
    COMMITTEE_RESOLVED = "committee_resolved"
    DECIDED = "decided"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    WITHDREW = "withdrew"
    INELIGIBLE = "ineligible"
    DUPLICATE = "duplicate"
    STRUCK = "struck"
    CELL = "cell"
    COMMITTEE = "committee"
    RESOLUTION = "resolution"
    DECISION = "decision"
    VOTED = "voted"
    RECOMMENDS = "recommends"
    BODY = "body"  # the youth union and other bodies that recommend
    FILE = "file"
    REOPEN = "reopen"
    REPORT = "report"
    PROGRESS = "progress"
    ISSUE = "issue"
    HEADS = "heads"
    MEMBERS = "members"
    LAST_ADMISSION = "last_admission"
    SINGLED_OUT = "singled_out"  # units with few members, or long without an admission
    CORRECT = "correct"
    RATHER = "rather"
    UNDO = "undo"
    CANCEL = "cancel"
    HELP = "help"
    MENU = "menu"
    OTHER = "other"
    PUT_OFF = "put_off"
    GREETING = "greeting"
    THANKS = "thanks"
    YES = "yes"
    NO = "no"
    ROLLUP = "rollup"
    WHOLE = "whole"
    DISTRICT = "district"  # surely the whole district, also when a secretary says it
    EACH = "each"
    AT_RISK = "at_risk"
    FIGURE = "figure"
    LESSON = "lesson"  # what was learnt from a batch
    RATING = "rating"
    FRAME = "frame"  # of several years
    CLASS_LIST = "class_list"  # who is to go to the class, as the district asks
    SILENT = "silent"
    REMIND = "remind"
    EXPORT = "export"
    INVITE = "invite"
    STATUS = "status"
    POLITE = "polite"
    HONORIFIC = "honorific"
    PARTY_MEMBER = "party_member"
    PEOPLE_NOUN = "people_noun"
    PLACE = "place"
    ASSIGN = "assign"
    MORE = "more"  # more is told of somebody who was reported
    BACK = "back"
    ANSWER = "answer"
    ADD_CELL = "add_cell"
    HAND_OVER = "hand_over"
    END_OFFICE = "end_office"
    LEAVES_OFFICE = "leaves_office"  # said of oneself, or by the office of another
    AMEND_TARGET = "amend_target"
    SEND_NOTICE = "send_notice"
    NOTICES = "notices"
    CONSENT = "consent"
    CALL_ME = "call_me"
    CHANNELS = "channels"
    OPEN_CHANNEL = "open_channel"
    SIGN_OUT = "sign_out"
    DUE = "due"
    WORK = "work"  # something else that is done
    HEARSAY = "hearsay"  # told by others, of others
    HOUR = "hour"  # the hour is asked for
    IN_CHARGE = "in_charge"
    NOTE_STEP = "note_step"
    WAIT = "wait"  # «chờ chút»: somebody will go on later


STEPS: Final = {
    Sign.MENTORED: Step.MENTORED,
    Sign.TRAINED: Step.TRAINED,
    Sign.APPLIED: Step.APPLIED,
    Sign.VETTED: Step.VETTED,
    Sign.RECOMMENDED: Step.RECOMMENDED,
    Sign.CELL_RESOLVED: Step.CELL_RESOLVED,
    Sign.COMMITTEE_RESOLVED: Step.COMMITTEE_RESOLVED,
    Sign.DECIDED: Step.DECIDED,
    Sign.CONFIRMED: Step.CONFIRMED,
}
"""The sign of each step, in the order of the steps."""
WAYS_OUT: Final = {
    Sign.WITHDREW: WayOut.WITHDREW,
    Sign.INELIGIBLE: WayOut.INELIGIBLE,
    Sign.DUPLICATE: WayOut.DUPLICATE,
    Sign.MOVED: WayOut.MOVED,
}
"""The sign of each way out, the weightier first."""
