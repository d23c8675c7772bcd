"""The file that goes with a message: made when the message leaves, and handed over as its channel can."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from domain.enclosure import Enclosure, Output
from domain.file_link import Linking
from domain.office import Office
from domain.people import Role
from messages.channel import Channel, DeliveryFailed, Make, NotMade, OutgoingMessage
from messages.say import Hearer, Say, adding, render
from scheduler.letters import Letter
from scheduler.recorder import Books
from storage.queries import file_links, outbox, people
from storage.queries.senders import owner_of
from storage.session import Session

log = logging.getLogger(__name__)

T = TypeVar("T")
NOT_MADE: Final = Say("files/not_made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosing:
    """Gives each letter of one channel the file that it encloses.

    A channel that carries files is handed the file; on another the words say where it can be fetched,
    and a picture has a second link, by which the channel fetches and shows it.
    A file that cannot be made is answered in words, once, and the message goes without it.
    """

    channel: Channel
    books: Books
    make: Make
    linking: Linking
    office: Office
    now: Callable[[], datetime]

    async def __call__(self, letter: Letter) -> OutgoingMessage:
        """The message as it goes out; raises DeliveryFailed when the books cannot be reached."""
        if letter.message.encloses is None:
            return letter.message
        return await self._with_file(letter, letter.message.encloses)

    async def _with_file(self, letter: Letter, enclosure: Enclosure) -> OutgoingMessage:
        try:
            file = await self.make(enclosure)
        except NotMade:
            return await self._without(letter, NOT_MADE)
        if not self.channel.carries_files:
            return await self._linked(letter, enclosure)
        await self._written(lambda session: outbox.note_made(session, letter.id, len(file.content)))
        return replace(letter.message, file=file)

    async def _linked(self, letter: Letter, enclosure: Enclosure) -> OutgoingMessage:
        """With a link for whoever is reached at the address; each try has its own, for the books keep none."""
        token, until = self.linking.new_token(), self.now() + self.linking.lasts
        url = self.linking.url(token)
        if not url:
            is_admin = await self._written(lambda session: self._is_admin(session, letter.address_id))
            return await self._without(letter, Say("files/no_place", {"is_admin": is_admin}))
        pictures = self.channel.fetches_pictures and enclosure.output is Output.PNG
        shown = self.linking.new_token() if pictures else ""
        if not await self._put_links(letter, enclosure, [token, shown] if shown else [token], until):
            return await self._without(letter, NOT_MADE)
        words = self._words(Say("files/link", {"name": enclosure.name, "url": url, "until": until}))
        return replace(
            letter.message,
            text=adding(letter.message, words),
            encloses=None,
            picture_url=f"{self.linking.url(shown)}/{enclosure.name}" if shown else "",
        )

    def _is_admin(self, session: Session, address_id: int) -> bool:
        """Whether whoever is reached at an address is who can mend the settings."""
        person = owner_of(session, address_id)
        found = None if person is None else people.person_on(session, person, self.office.day_of(self.now()))
        return found is not None and Role.ADMIN in found.roles

    async def _put_links(
        self, letter: Letter, enclosure: Enclosure, tokens: Sequence[str], until: datetime
    ) -> bool:
        """Put links on the books for whoever is reached at the letter's address; says whether there is anybody."""

        def put(session: Session) -> bool:
            person = owner_of(session, letter.address_id)
            if person is None:
                return False
            for token in tokens:
                file_links.put_link(session, token, person, enclosure, at=self.now(), until=until)
            return True

        return await self._written(put)

    async def _without(self, letter: Letter, why: Say) -> OutgoingMessage:
        log.error("message %d goes without its file", letter.id)
        text = adding(letter.message, self._words(why))
        await self._written(lambda session: outbox.go_without(session, letter.id, text))
        return replace(letter.message, text=text, encloses=None)

    def _words(self, words: Say) -> str:
        return render(words, Hearer.on(self.channel.name, self.office))

    async def _written(self, work: Callable[[Session], T]) -> T:
        try:
            return await self.books.run(work)
        except Exception as fault:
            log.exception("the books cannot be reached for the file of a message")
            raise DeliveryFailed("sổ sách chưa mở được để lập tệp", retryable=True) from fault
