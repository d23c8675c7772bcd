"""The name by which a process leases messages, and what it tells of whether that process is still there."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from typing import Final

_HOST: Final = socket.gethostname()[:20]


def new_name() -> str:
    """A name for this process: its machine, its number there, and something by chance."""
    return f"{_HOST}-{os.getpid()}-{secrets.token_hex(3)}"


def is_dead(name: str, own: str) -> bool:
    """Whether the process of a name surely runs no more: it ran on this machine, and its number is free or ours."""
    host, _, rest = name.rpartition("-")[0].rpartition("-")
    if name == own or host != _HOST or not rest.isdigit():
        return False
    return int(rest) == os.getpid() or not _runs(int(rest))


def _runs(number: int) -> bool:
    if sys.platform == "win32":  # to ask there would be to end it
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
