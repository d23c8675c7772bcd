"""Drawing an output in a process of its own, which ends with it.

What draws stays loaded for good and takes tens of megabytes, and while it draws no other thread runs Python.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

from domain.enclosure import Output
from domain.figures import Figures
from domain.office import Office

PATIENCE: Final = 60.0
"""Seconds that one drawing may take."""
_HOME: Final = str(Path(__file__).parents[2])
_SETTINGS: Final = "CHIBO_"


class NotDrawn(Exception):
    """The process that draws has failed, or took too long; the message is what it wrote last."""


def drawn_apart(output: Output, figures: Figures, office: Office) -> bytes:
    """The file of an output, as `drawn` gives it; raises NotDrawn. It blocks: call it off the event loop."""
    order = pickle.dumps((output, figures, office))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "messages.figures"],
            input=order,
            capture_output=True,
            timeout=PATIENCE,
            env=_environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NotDrawn(type(fault).__name__) from fault
    if done.returncode != 0 or not done.stdout:
        raise NotDrawn(done.stderr.decode("utf-8", "replace").strip()[-2000:])
    return done.stdout


def _environment() -> dict[str, str]:
    """Ours without the settings, which are none of its business, and with the place that our code is in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
    paths = [_HOME, *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}
