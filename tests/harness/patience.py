"""How long a test waits for what has to come, on a machine however busy."""

from __future__ import annotations

from typing import Final

WITHIN: Final = 120.0
"""Seconds after which something has gone wrong; whoever waits so long fails."""
