"""The words of a frame of several years."""

from __future__ import annotations

from domain.frame import FrameUse
from messages import labels
from messages.say import Say


def frame_words(use: FrameUse) -> Say:
    """Its years side by side, and what is left."""
    seen = f"frame {use.frame.first}-{use.frame.last}"
    return Say("frame/use", {"use": use}, (labels.ROLLUP, labels.MENU), seen=seen)
