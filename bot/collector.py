"""Python's collector of cycles, told what a process of ours is like."""

from __future__ import annotations

import gc


def leave_alone_what_stays() -> None:
    """Spare the collector what was loaded to stay, and let it run seldom: a turn leaves few cycles behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
