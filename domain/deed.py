"""Deeds: what a command does to the books, as the log names it."""

from __future__ import annotations

from enum import StrEnum


class Deed(StrEnum):
    """The kinds of entry that commands leave in the log; a verb phrase each."""

    RECORD_ADMISSION = "record admission"
    FILE_QUARTER = "file quarter"
