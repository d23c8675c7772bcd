"""`python -m messages.figures`: the process that draws one output. Its order comes in, and its file goes out."""

from __future__ import annotations

import pickle
import sys

from messages.figures.outputs import drawn


def main() -> None:
    """Draw what stands in the order, which our own process has written."""
    output, figures, office = pickle.load(sys.stdin.buffer)  # noqa: S301  written by `drawn_apart`
    sys.stdout.buffer.write(drawn(output, figures, office))


if __name__ == "__main__":
    main()
