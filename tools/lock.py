"""Make requirements.lock from pyproject.toml, or say whether it still fits.

The lock begins with a fingerprint of what pyproject.toml asks for, so that `--check` needs no network and
does not change its mind when somebody uploads another wheel of a version that is locked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = ROOT / "pyproject.toml"
LOCK = ROOT / "requirements.lock"
HEAD = (
    "# Made by `make lock` for every system and Python 3.11 or later; not edited by hand.\n# asked for: {}\n"
)


def fingerprint() -> str:
    """A digest of every requirement in pyproject.toml, whatever its order and comments."""
    pyproject = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    project = pyproject["project"]
    asked = {
        "build": sorted(pyproject["build-system"]["requires"]),
        "python": project["requires-python"],
        "runtime": sorted(project["dependencies"]),
        "extras": {name: sorted(wanted) for name, wanted in project["optional-dependencies"].items()},
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def head() -> str:
    """The two lines that a fitting lock begins with."""
    return HEAD.format(fingerprint())


def compile_lock(arguments: list[str]) -> None:
    """Resolve with uv for all systems at once; versions that are locked already stay unless `--upgrade` is given."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"),
        *("--extra", "dev", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
        *("--no-config", "--quiet", "--output-file", LOCK.name),
    ]
    subprocess.run([*command, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    LOCK.write_text(head() + LOCK.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


def faults() -> list[str]:
    """What is wrong with the lock, one line each."""
    if not LOCK.exists():
        return ["requirements.lock is missing: run `make lock`"]
    text = LOCK.read_text(encoding="utf-8")
    found = []
    if not text.startswith(head()):
        found.append("requirements.lock does not fit pyproject.toml: run `make lock`")
    if "://" in text:
        found.append("requirements.lock names an address: it must not depend on one machine's index")
    return found


def main() -> int:
    """Exit 1 when `--check` finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the lock is stale")
    chosen, further = parser.parse_known_args()
    if not chosen.check:
        compile_lock(further)
    found = faults()
    print("\n".join(found or ["requirements.lock fits pyproject.toml"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
