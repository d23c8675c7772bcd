"""A port of this machine that is kept free for a server which comes, goes and comes again."""

from __future__ import annotations

import socket
import sys
import weakref
from typing import Final


class Port:
    """A port of 127.0.0.1 that the system gives to nobody who asks for any; a server that names it can take it.

    A socket holds it that is bound and never listens, beside which Linux lets a server listen.
    Elsewhere it is as good as a port that was free a moment ago.
    """

    def __init__(self) -> None:
        held = socket.socket()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        self.number: Final[int] = held.getsockname()[1]
        self.url: Final = f"http://127.0.0.1:{self.number}"
        if sys.platform != "linux":
            held.close()
        weakref.finalize(self, held.close)
