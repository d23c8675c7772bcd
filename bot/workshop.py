"""The workshop: where files are made, off the event loop, one at a time."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import Final

from domain.enclosure import Enclosure, Output
from domain.office import Office
from messages.channel import File, NotMade
from messages.figures.apart import drawn_apart
from messages.figures.outputs import MEDIA_TYPES
from storage.queries.figures import figures_of
from storage.queries.rollup import roll_up
from storage.session import Begin

log = logging.getLogger("chibo.workshop")

KEPT: Final = 6
"""Files that are at hand, for the same ones are asked for by several people, and fetched twice; some 100 KB each."""


class Workshop:
    """Makes files from the books, which `read` opens; the latest ones are kept in memory."""

    def __init__(self, read: Begin, office: Office) -> None:
        self._read, self._office = read, office
        self._kept: OrderedDict[Enclosure, File] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def make(self, enclosure: Enclosure) -> File:
        """The file that this stands for; raises NotMade."""
        async with self._one_at_a_time:
            file = self._kept.pop(enclosure, None) or await self._made(enclosure)
            self._kept[enclosure] = file
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return file

    async def _made(self, enclosure: Enclosure) -> File:
        try:
            content = await asyncio.to_thread(self._drawn, enclosure)
        except Exception as fault:
            log.exception("the file %s could not be made", enclosure.subject)
            raise NotMade(enclosure.subject) from fault
        return File(name=enclosure.name, media_type=MEDIA_TYPES[enclosure.output], content=content)

    def _drawn(self, enclosure: Enclosure) -> bytes:
        with self._read() as session:
            found = roll_up(session, enclosure.quarter, enclosure.as_of, self._office)
            figures = figures_of(session, found, self._office, rated=enclosure.output is Output.RATING)
        return drawn_apart(enclosure.output, figures, self._office)
