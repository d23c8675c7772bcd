"""What a killed process has left in its database, read without any of the product's code but the tables' names."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

_ADMISSIONS: Final = """
    SELECT r.name, u.code || '-' || (a.year % 100) || '-' ||
           CASE WHEN a.serial < 10 THEN '0' ELSE '' END || a.serial AS code
    FROM admissions a JOIN units u ON u.id = a.unit_id JOIN admission_revisions r ON r.admission_id = a.id
"""
_LETTERS: Final = """
    SELECT o.id, d.value AS chat, o.text, o.question, o.kind, o.state, o.inbox_id
    FROM outbox o JOIN addresses d ON d.id = o.address_id ORDER BY o.id
"""


@dataclass(frozen=True)
class Letter:
    """A row of the outbox."""

    id: int
    chat: int
    text: str
    question: str
    kind: str
    state: str
    inbox_id: int | None


@dataclass(frozen=True)
class Remains:
    """The books at a moment at which nobody writes them."""

    admissions: Sequence[tuple[str, str]]
    """Name and receipt code of each."""
    filings: int
    updates: Counter[int]
    parked: Sequence[str]
    letters: Sequence[Letter]

    @property
    def codes(self) -> Mapping[str, str]:
        return dict(self.admissions)

    @property
    def unsent(self) -> int:
        return sum(letter.state == "waiting" for letter in self.letters)


def read(url: str, folder: Path) -> Remains:
    """Read the books; those in a file are read from a copy, so that the product has to mend its own journal."""
    with _connected(url, folder) as connection:
        admissions = [(row.name, row.code) for row in connection.execute(text(_ADMISSIONS))]
        inbox = connection.execute(text("SELECT external_id, state, trace FROM inbox")).all()
        return Remains(
            admissions=admissions,
            filings=connection.execute(text("SELECT count(*) FROM filings")).scalar_one(),
            updates=Counter(int(row.external_id.partition(":")[2]) for row in inbox),
            parked=[row.trace for row in inbox if row.state != "done"],
            letters=[
                Letter(row.id, int(row.chat), row.text, row.question, row.kind, row.state, row.inbox_id)
                for row in connection.execute(text(_LETTERS))
            ],
        )


@contextmanager
def _connected(url: str, folder: Path) -> Iterator[Connection]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        parsed = parsed.set(database=str(_copy(Path(str(parsed.database)), folder)))
    else:
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _copy(books: Path, folder: Path) -> Path:
    """The file and what of it is still in the journal; the journal's index belongs to the dead process."""
    copy = folder / "remains.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{copy}{ending}").unlink(missing_ok=True)
    for ending in ("", "-wal"):
        if Path(f"{books}{ending}").exists():
            shutil.copyfile(f"{books}{ending}", f"{copy}{ending}")
    return copy
