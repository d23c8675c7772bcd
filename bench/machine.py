"""What the system tells of a running program: processor time, memory, and which core it may use (Linux)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

HINDERING: Final = ("PYTHONDONTWRITEBYTECODE", "PYTHONTRACEMALLOC", "PYTHONASYNCIODEBUG", "PYTHONDEVMODE")


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """What a program is started with: this one's variables and `more`; it may keep its compiled modules."""
    mine = {name: value for name, value in os.environ.items() if name not in HINDERING}
    return {**mine, **more}


def cpu(pid: int) -> float | None:
    """Seconds of processor time of a program so far; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float | None:
    """MiB of memory that a program holds now; None where the system does not tell."""
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None


def pin(pid: int, *, core: int) -> None:
    """Keep a program (0: this one) on one core, where there are two and the system lets us choose."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})
