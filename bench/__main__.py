"""All measurements, one after the other, in one table: `make bench`, or `python -m bench reports --rounds 5`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench import delivery, idle, reminders, reports, rollup, talk, understand
from bench.table import Row, lines

PARTS = {
    "idle": idle.measure_all,
    "understand": understand.measure_all,
    "talk": talk.measure_all,
    "reports": reports.measure_all,
    "rollup": rollup.measure_all,
    "reminders": reminders.measure_all,
    "delivery": delivery.measure_all,
}


def main() -> int:
    """Exit 1 when a part could not be measured; the others are still shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help="which to run; all of them without a name"
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the median is shown")
    parser.add_argument(
        "--minutes", type=float, default=1.0, help="how long delivery is watched; the aim is 10"
    )
    chosen = parser.parse_args()
    parts = {**PARTS, "delivery": partial(delivery.measure_all, minutes=chosen.minutes)}
    rows: list[Row] = []
    faults: list[str] = []
    for part in chosen.parts or PARTS:
        print(f"measuring: {part} …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="chibo-bench-") as folder:
            try:
                rows += parts[part](chosen.rounds, Path(folder))
            except Exception as fault:  # noqa: BLE001  (what one part lacks must not hide the others)
                faults.append(f"{part}: {fault}")
    print("\n".join(lines(rows)))
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
